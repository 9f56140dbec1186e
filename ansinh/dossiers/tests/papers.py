"""A dossier of Lan as it stands when one paper of it was scanned, read, entered and used: one row of every kind."""
import io
from datetime import date, timedelta

import pytest
from PIL import Image

from ansinh.dossiers.actions import arranging, register_dossier, sorting
from ansinh.dossiers.models import (
    Batch,
    Bookmark,
    Dossier,
    Entering,
    Evidence,
    Extract,
    FormerArrangement,
    FormerDossier,
    Lease,
    Loan,
    PackageTransfer,
    Page,
    PageText,
    Paper,
    Scan,
    Settlement,
    Suggestion,
    WatchedFolder,
)
from ansinh.office import clock
from ansinh.office.cabinet import store_file
from ansinh.office.models import Entry
from tests.people import COMMUNE


def white_page(width=600, height=800) -> bytes:
    """A small white PNG."""
    data = io.BytesIO()
    Image.new("L", (width, height), 255).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def lan_dossier(lan_is_recognised, officer) -> Dossier:
    """Hồ sơ TB-00161 of Lan, registered."""
    return register_dossier(
        "TB-00161", category="wounded", title="Dương Thị Lan", area_path=COMMUNE, person=lan_is_recognised, sheets_on_paper=4, by=officer
    )


@pytest.fixture
def lan_page(lan_dossier, officer) -> Page:
    """One page of Lan's dossier: an allowance decision, read, with her name suggested."""
    batch = Batch.objects.create(
        name="Tủ 3", origin=Batch.Origin.BROWSER, area_path=COMMUNE, field="merit", state=Batch.State.SORTED, received_by=officer, received_at=clock.now()
    )
    file = store_file(white_page(), name="trang-1.png", content_type="image/png")
    scan = Scan.objects.create(batch=batch, file=file, name="trang-1.png", position=1, size=file.size, outcome=Scan.Outcome.TAKEN, page_count=1)
    paper = Paper.objects.create(dossier=lan_dossier, position=1, kind="allowance_decision", kind_confidence=96)
    page = Page.objects.create(
        scan=scan, number=1, width=600, height=800, dpi=72, dossier=lan_dossier, paper=paper, position=1, screen=file,
        reading=Page.Reading.READ, read_at=clock.now(), look="00ff00ff00ff00ff",
    )
    words = [["Dương", 50, 60, 60, 20, 96, 0], ["Thị", 115, 60, 40, 20, 95, 0], ["Lan", 160, 60, 45, 20, 97, 0]]
    PageText.objects.create(page=page, words=words, confidence=96, reader="kiểm thử", cost=0)
    Suggestion.objects.create(
        page=page, name="full_name", value="Dương Thị Lan", raw="Dương Thị Lan", confidence=96, rule="label", left=50, top=60, width=155, height=20
    )
    return page


@pytest.fixture
def lan_dossier_in_use(lan_page, officer) -> Dossier:
    """The same dossier with a row of every other kind: entered, proving her name, held, lent, and extracted from."""
    dossier, entry, box = lan_page.dossier, Entry.objects.latest("id"), {"left": 50, "top": 60, "width": 155, "height": 20}
    entering = Entering.objects.create(
        paper=lan_page.paper, name="full_name", round=1, value="Dương Thị Lan", page=lan_page, entered_by=officer, entered_at=clock.now(),
        entered_in=entry, **box,
    )
    Evidence.objects.create(
        entering=entering, page=lan_page, name="name", value="Dương Thị Lan", recorded_in=entry,
        particulars=dossier.person.particulars_rows.get(), **box,
    )
    Settlement.objects.create(dossier=dossier, name="full_name", entering=entering, settled_in=entry)
    FormerDossier.objects.create(dossier=dossier, title="Dương Thị Lân", area_path=COMMUNE, replaced_in=entry)
    FormerArrangement.objects.create(dossier=dossier, changes={"pages": {}, "papers": {}}, changed_in=entry)
    Lease.objects.create(dossier=dossier, account=officer, until=clock.now() + timedelta(hours=1))
    Bookmark.objects.create(account=officer, dossier=dossier, page=lan_page, name="full_name")
    Loan.objects.create(dossier=dossier, borrower="Phòng Thanh tra", purpose="đối chiếu", out_on=date(2023, 5, 4), due_on=date(2023, 6, 4), lent_in=entry)
    Extract.objects.create(
        dossier=dossier, year=2023, number=1, code="TL2023-0001", purpose="cấp lại giấy", receiver="bà Lan", pages=[lan_page.pk],
        file=lan_page.scan.file, made_in=entry,
    )
    ordered = {"area_path": COMMUNE, "field": "merit", "ordered_by": officer, "ordered_at": clock.now()}
    WatchedFolder.objects.create(folder="05920/may-quet-1", ordered_in=entry, **ordered)
    PackageTransfer.objects.create(direction=PackageTransfer.Direction.OUT, chosen=[dossier.pk], **ordered)
    return dossier


@pytest.fixture
def lan_to_enter(lan_page) -> Dossier:
    """The same dossier, read, waiting to be entered for the first time."""
    dossier = lan_page.dossier
    dossier.state = Dossier.State.READ
    dossier.save()
    return dossier


@pytest.fixture
def nothing_is_read(monkeypatch):
    """Pages that came in wait; reading them is another test's."""
    monkeypatch.setattr(sorting, "order_reading", lambda *_: None)
    monkeypatch.setattr(arranging, "order_reading", lambda *_: None)


@pytest.fixture
def still_clock(db):
    """The clock stands: whether its shift is read anew must not change how many questions a page asks."""
    with clock.held_at(clock.now()) as moment:
        yield moment
