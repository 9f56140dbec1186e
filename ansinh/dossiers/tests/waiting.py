"""Pages that wait to be read: drawn, and damaged ones between them."""
import io

from ansinh.dossiers.models import Batch, Page, Paper, Scan
from ansinh.dossiers.reading.tests.drawn import page as drawn
from ansinh.office import clock
from ansinh.office.cabinet import store_file


def typed(width=1654) -> bytes:
    """A typed page as PNG; another width makes another file."""
    data = io.BytesIO()
    drawn(width=width).save(data, "PNG")
    return data.getvalue()


def wait(dossier, files, *, by, area_path, priority=0) -> list[Page]:
    """A sorted batch of one paper of the dossier: a page for each file's bytes, waiting to be read."""
    batch = Batch.objects.create(
        name="Tủ 4", origin=Batch.Origin.FOLDER, area_path=area_path, field="merit", state=Batch.State.SORTED, received_by=by, received_at=clock.now()
    )
    paper = Paper.objects.create(dossier=dossier, position=7) if dossier else None
    pages = []
    for position, data in enumerate(files, start=1):
        file = store_file(data, name=f"{position}.png")
        scan = Scan.objects.create(batch=batch, file=file, name=f"{position}.png", position=position, size=file.size, outcome=Scan.Outcome.TAKEN)
        pages.append(
            Page.objects.create(
                scan=scan, number=1, width=1654, height=1169, dpi=200, dossier=dossier, paper=paper, position=position if dossier else None, priority=priority
            )
        )
    return pages
