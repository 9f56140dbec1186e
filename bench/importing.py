"""Import the common register through the ordinary road: upload, check, approve by another, apply. Argument: CSV file."""
import json
import sys
import time
from datetime import date
from pathlib import Path

from office import open_office

from ansinh.office import jobs
from ansinh.office.models import Job
from ansinh.registry import actions
from ansinh.registry.models import Person


def main(path: str):
    officer, approver = open_office()
    started = time.process_time()
    upload = actions.upload_import("persons", data=Path(path).read_bytes(), name="register.csv", area_path="19.", as_of=date(2021, 6, 1), by=officer)
    jobs.work(until_idle=True)
    upload.refresh_from_db()
    actions.approve_import(upload, by=approver)
    jobs.work(until_idle=True)
    failed = list(Job.objects.exclude(state=Job.State.DONE).values_list("note", flat=True))
    print(json.dumps({"rows": Person.objects.count(), "cpu_of_import": time.process_time() - started, "failed": failed}))


if __name__ == "__main__":
    main(sys.argv[1])
