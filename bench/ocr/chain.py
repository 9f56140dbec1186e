"""Every PDF of a folder through the product's own road: taken in, taken apart, read, indexed, and a PDF/A of each paper written."""

import json
import resource
import sys
from pathlib import Path

from office import open_office

from ansinh.dossiers import actions
from ansinh.dossiers.actions.archiving import archive_later
from ansinh.dossiers.models import Batch, Dossier, Page, Paper
from ansinh.office import jobs


def spent() -> float:
    """CPU seconds of this process and of all that it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(folder: Path):
    officer, _approver = open_office()
    before = spent()
    for file in sorted(folder.glob("*.pdf")):
        dossier = actions.register_dossier(file.stem, category="wounded", title="x", area_path="19.", by=officer)
        batch = actions.receive_batch(file.stem, origin=Batch.Origin.COMMAND, dossier=dossier, by=officer)
        actions.add_scan(batch, name=file.name, path=file, by=officer)
        actions.close_batch(batch, by=officer)
    jobs.work(until_idle=True)
    Paper.objects.filter(kind="").update(kind="other")
    for dossier in Dossier.objects.all():
        archive_later(dossier, officer)
    jobs.work(until_idle=True)
    read = Page.objects.filter(reading=Page.Reading.READ).count()
    archived = Paper.objects.exclude(archived=None).count()
    print(json.dumps({"cpu": spent() - before, "read": read, "unread": Page.objects.exclude(reading=Page.Reading.READ).count(), "archived": archived}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
