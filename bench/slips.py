"""Slips of a month's exported lists in one background job: PDF of all, DOCX of a thousand. Argument: payees."""
import json
import resource
import sys
import time
from datetime import date

import polars as pl
from office import open_office

from ansinh.documents.models import Letter
from ansinh.documents.queries import letter_docx
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import clock, jobs
from ansinh.office.act import action, current_entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Area

MONTH, PRINTED, A_LIST, DOCX = date(2023, 10, 1), date(2023, 10, 2), 1_000, 1_000


@action("payments.propose_for_bench", label="Dựng số liệu đo", scope=lambda *_, **__: ("19.", "merit"))
def fill(count: int):
    """Exported lists of a thousand lines, one a commune."""
    areas = list(Area.objects.communes().on(PRINTED).filter(path__startswith="19."))
    for start in range(0, count, A_LIST):
        area, size = areas[start // A_LIST], min(A_LIST, count - start)
        names = [f"Nguyễn Văn {i}" for i in range(start, start + size)]
        ids = register_many(pl.DataFrame({
            "name": names, "search_key": [fold(n) for n in names], "sort_key": [sort_key(n) for n in names], "birth_on": [date(1950, 1, 1)] * size,
            "birth_precision": ["day"] * size, "sex": ["male"] * size, "area_path": [area.path] * size, "area_id": [area.pk] * size,
            "address": [""] * size, "household": [""] * size, "phone": [""] * size, "place_since": [date(2000, 1, 1)] * size,
        }), source="bench")
        paylist = PayList.objects.create(
            number=str(start), field="merit", month=MONTH, area=area, area_path=area.path, channel="post", state="exported", known_at=clock.now(),
            law_digest="", content_digest="", batch_digest="", proposed_in=current_entry(),
        )
        Line.objects.bulk_create(
            Line(paylist=paylist, person_id=person, position=at, name=name, birth="1950", standing="Thương binh", address="xóm 5", this_month=2_055_000, total=2_055_000)
            for at, (person, name) in enumerate(zip(ids, names, strict=True), 1)
        )


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(count: int):
    officer, signer = open_office()
    signer.title = "Trưởng phòng Người có công"
    signer.save()
    with clock.held_at(PRINTED):
        fill(count, by=officer)
        payments.print_slips(MONTH, area_path="19.", field="merit", signer=signer, by=officer)
        wall, cpu = time.monotonic(), _cpu()
        jobs.run_one()
        wall, cpu = time.monotonic() - wall, _cpu() - cpu
    began = _cpu()
    for letter in Letter.objects.select_related("template")[:DOCX]:
        letter_docx(letter)
    print(json.dumps({
        "slips": Letter.objects.count(), "wall": wall, "cpu_of_1000": cpu * 1_000 / count, "docx_of_1000": (_cpu() - began) * 1_000 / min(DOCX, count),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memory_of_typesetter": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }))


if __name__ == "__main__":
    main(int(sys.argv[1]))
