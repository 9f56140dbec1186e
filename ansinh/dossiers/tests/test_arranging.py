"""Pages are turned, split, joined and moved by instructions that can be taken back; what officers used stays where it is."""
import io

import pytest
from PIL import Image

from ansinh.dossiers.actions import (
    add_scan,
    close_batch,
    confirm_kind,
    enter_field,
    join_page,
    join_papers,
    new_paper,
    put_pages,
    receive_batch,
    register_dossier,
    set_page_kind,
    split_page,
    turn_page,
)
from ansinh.dossiers.index import index_pages, newest_first
from ansinh.dossiers.models import Dossier, Page, PageText, Paper, Suggestion
from ansinh.dossiers.tests import scans
from ansinh.dossiers.words import Box
from ansinh.office import jobs
from ansinh.office.actions import undo
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.usefixtures("nothing_is_read")
Kind = Page.Kind


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch):
    """What is told here ends where pages wait to be read."""
    monkeypatch.delitem(jobs.HANDLERS, "dossiers.read_pages")


@pytest.fixture
def dossier(areas, officer) -> Dossier:
    return register_dossier("TB-1", category="wounded", title="x", area_path=COMMUNE, by=officer)


@pytest.fixture
def pages(dossier, officer) -> list[Page]:
    """Four pages of one paper, the second twice as wide as a page; all have been read."""
    wide = Image.new("L", (1240, 877), 245)
    wide.paste(scans.drawn(5), (0, 0))
    wide.paste(scans.drawn(6), (620, 0))
    batch = receive_batch("Lô", origin="folder", dossier=dossier, by=officer)
    add_scan(batch, name="a.tiff", data=scans.tiff(scans.drawn(1), wide, scans.drawn(3), scans.drawn(4)), by=officer)
    close_batch(batch, by=officer)
    jobs.work(until_idle=True)
    Page.objects.update(reading=Page.Reading.READ)
    Dossier.objects.update(state=Dossier.State.READ)
    return list(dossier.pages.order_by("position"))


def order(dossier):
    return [(page.number, page.part, page.paper.position if page.paper else None) for page in dossier.pages.order_by("position")]


def size_of(page):
    page.refresh_from_db()
    with Image.open(io.BytesIO(read_file(page.screen))) as picture:
        return picture.size, (page.width, page.height)


def test_a_turned_page_is_made_and_read_again_and_an_undo_turns_it_back(pages, officer):
    page, before = pages[0], pages[0].screen_id
    PageText.objects.create(page=page, words=[["Lan", 1, 1, 9, 9, 90, 0]], confidence=90, reader="x", cost=0)
    Suggestion.objects.create(page=page, name="full_name", value="x", raw="x", confidence=9, rule="x", left=1, top=1, width=9, height=9)
    index_pages([page.pk])
    turn_page(page, turn=90, by=officer)
    assert (size_of(page), page.turn, page.reading, page.dossier.state) == (((877, 620), (877, 620)), 90, "waiting", "scanned")
    assert not PageText.objects.exists() and not Suggestion.objects.exists() and not list(newest_first([["lan"]]))
    undo(Entry.objects.get(act="dossiers.turn_page"), by=officer)
    page.refresh_from_db()
    assert (page.turn, page.screen_id) == (0, before)


def test_two_pages_in_one_image_are_split_and_joined_again(pages, dossier, officer):
    left, right = split_page(pages[1], at=600, by=officer)
    assert (left.cut, right.cut) == ([0, 0, 600, 877], [600, 0, 640, 877])
    assert [size_of(half) for half in (left, right)] == [((600, 877), (600, 877)), ((640, 877), (640, 877))]
    assert order(dossier) == [(1, 0, 1), (2, 1, 1), (2, 2, 1), (3, 0, 1), (4, 0, 1)]
    with pytest.raises(Refusal, match="đã được tách đôi"):
        split_page(left, at=100, by=officer)
    whole = join_page(right, by=officer)
    assert (whole.part, whole.cut, whole.width) == (0, None, 1240)
    assert order(dossier) == [(1, 0, 1), (2, 0, 1), (3, 0, 1), (4, 0, 1)]


def test_the_undo_of_a_split_joins(pages, dossier, officer):
    split_page(pages[1], at=600, by=officer)
    undo(Entry.objects.get(act="dossiers.split_page"), by=officer)
    assert order(dossier) == [(1, 0, 1), (2, 0, 1), (3, 0, 1), (4, 0, 1)]


TURNED = {90: [0, 600, 877, 640], 180: [0, 0, 640, 877], 270: [0, 0, 877, 640]}


@pytest.mark.parametrize("turn", TURNED)
def test_half_a_page_is_turned_with_its_cut(pages, officer, turn):
    _left, right = split_page(pages[1], at=600, by=officer)
    upright = Image.open(io.BytesIO(read_file(right.screen)))
    turn_page(right, turn=turn, by=officer)
    right.refresh_from_db()
    turned = Image.open(io.BytesIO(read_file(right.screen)))
    assert right.cut == TURNED[turn]
    assert abs(turned.rotate(turn, expand=True).resize((32, 32)).tobytes()[200] - upright.resize((32, 32)).tobytes()[200]) < 60
    assert turned.size == (right.width, right.height)


def test_a_split_beside_the_page_is_refused(pages, officer):
    with pytest.raises(Refusal, match="Chỗ tách phải nằm trong trang"):
        split_page(pages[1], at=1240, by=officer)


def test_a_page_set_aside_is_not_read_and_comes_back(pages, dossier, officer):
    set_page_kind(pages[0], kind="blank", by=officer)
    assert order(dossier)[0] == (1, 0, None)
    assert Page.objects.get(pk=pages[0].pk).reading == "none"
    set_page_kind(pages[0], kind="page", by=officer)
    assert Page.objects.get(pk=pages[0].pk).reading == "waiting"
    assert order(dossier)[0][2]


def test_papers_are_parted_and_joined(pages, dossier, officer):
    made = new_paper(pages[2], by=officer)
    assert order(dossier) == [(1, 0, 1), (2, 0, 1), (3, 0, 2), (4, 0, 2)]
    with pytest.raises(Refusal, match="trang đầu của giấy"):
        new_paper(Page.objects.get(pk=pages[2].pk), by=officer)
    join_papers(pages[0].paper, other=made, by=officer)
    assert order(dossier) == [(1, 0, 1), (2, 0, 1), (3, 0, 1), (4, 0, 1)]
    assert Paper.objects.count() == 1


def test_pages_go_to_another_place_and_another_dossier(pages, dossier, officer):
    put_pages([pages[3]], dossier=dossier, paper=pages[0].paper, position=1, by=officer)
    assert [page.number for page in dossier.pages.order_by("position")] == [4, 1, 2, 3]
    other = register_dossier("TB-2", category="wounded", title="x", area_path=COMMUNE, by=officer)
    put_pages(pages[:2], dossier=other, by=officer)
    assert (order(other), other.pages.first().paper.dossier) == ([(1, 0, 1), (2, 0, 1)], other)
    put_pages(pages, dossier=None, by=officer)
    assert not Paper.objects.exists() and not Page.objects.exclude(dossier=None).exists()


def test_words_are_found_where_a_page_was_moved(pages, officer, appoint):
    PageText.objects.create(page=pages[0], words=[["Lan", 1, 1, 9, 9, 90, 0]], confidence=90, reader="x", cost=0)
    other = register_dossier("TB-2", category="wounded", title="x", area_path=COMMUNE, by=officer)
    put_pages(pages[:1], dossier=other, by=officer)
    assert list(newest_first([["lan"]])) == [[pages[0].pk]]


def test_nobody_takes_pages_of_another_district(pages, areas, neighbour):
    theirs = register_dossier("TB-2", category="wounded", title="x", area_path=OTHER_COMMUNE, by=neighbour)
    with pytest.raises(Forbidden):
        put_pages(pages, dossier=theirs, by=neighbour)


def test_a_paper_of_another_dossier_is_no_place_for_a_page(pages, dossier, officer):
    other = register_dossier("TB-2", category="wounded", title="x", area_path=COMMUNE, by=officer)
    with pytest.raises(Refusal, match="không thuộc hồ sơ này"):
        put_pages(pages, dossier=other, paper=pages[0].paper, by=officer)
    with pytest.raises(Refusal, match="cùng một hồ sơ"):
        join_papers(pages[0].paper, other=pages[0].paper, by=officer)


def standing(dossier):
    """Everything that arranging may change, for all pages and papers."""
    pages = Page.objects.order_by("pk").values_list("pk", "dossier", "paper", "position", "kind", "part", "turn", "cut", "width", "height", "screen")
    return list(pages), list(Paper.objects.order_by("pk").values_list("pk", "dossier", "position", "kind", "kind_is_confirmed"))


UNDONE = {
    "set_page_kind": lambda pages, other, by: set_page_kind(pages[0], kind="blank", by=by),
    "put_pages": lambda pages, other, by: put_pages(pages, dossier=other, by=by),
    "put_pages out": lambda pages, other, by: put_pages(pages[:2], dossier=None, by=by),
    "put_pages first": lambda pages, other, by: put_pages(pages[3:], dossier=pages[0].dossier, paper=pages[0].paper, position=1, by=by),
    "new_paper": lambda pages, other, by: new_paper(pages[2], by=by),
    "split_page": lambda pages, other, by: split_page(pages[1], at=600, by=by),
    "turn_page": lambda pages, other, by: turn_page(pages[1], turn=270, by=by),
}


@pytest.mark.parametrize("act", UNDONE)
def test_every_arranging_is_taken_back_by_the_journal(pages, dossier, officer, act):
    other = register_dossier("TB-2", category="wounded", title="x", area_path=COMMUNE, by=officer)
    before = standing(dossier)
    UNDONE[act](pages, other, officer)
    assert standing(dossier) != before
    undo(Entry.objects.get(act=f"dossiers.{act.split()[0]}"), by=officer)
    assert standing(dossier) == before


def test_a_page_set_aside_is_read_again_when_that_is_taken_back(pages, officer):
    set_page_kind(pages[0], kind="blank", by=officer)
    undo(Entry.objects.get(act="dossiers.set_page_kind"), by=officer)
    assert Page.objects.get(pk=pages[0].pk).reading == "waiting"


def test_joined_papers_are_parted_again_with_what_described_them(pages, dossier, officer):
    made = new_paper(pages[2], by=officer)
    Paper.objects.filter(pk=made.pk).update(kind="declaration", kind_is_confirmed=True, issued_on="1995-01-02")
    before = standing(dossier)
    join_papers(pages[0].paper, other=Paper.objects.get(pk=made.pk), by=officer)
    undo(Entry.objects.get(act="dossiers.join_papers"), by=officer)
    assert standing(dossier) == before
    assert str(Paper.objects.get(pk=made.pk).issued_on) == "1995-01-02"


def test_joined_halves_are_parted_again_as_they_were(pages, dossier, officer):
    _left, right = split_page(pages[1], at=600, by=officer)
    turn_page(right, turn=180, by=officer)
    before = standing(dossier)
    join_page(right, by=officer)
    undo(Entry.objects.get(act="dossiers.join_page"), by=officer)
    assert standing(dossier) == before


def test_what_was_arranged_again_since_is_taken_back_from_the_last(pages, dossier, officer):
    before = standing(dossier)
    made = new_paper(pages[2], by=officer)
    put_pages([pages[3]], dossier=dossier, paper=pages[0].paper, position=1, by=officer)
    with pytest.raises(Refusal, match="đã được xếp lại lần nữa"):
        undo(Entry.objects.get(act="dossiers.new_paper"), by=officer)
    assert Paper.objects.filter(pk=made.pk).exists()
    undo(Entry.objects.get(act="dossiers.put_pages"), by=officer)
    undo(Entry.objects.get(act="dossiers.new_paper"), by=officer)
    assert standing(dossier) == before


def test_words_are_found_again_where_a_page_was_before(pages, officer):
    PageText.objects.create(page=pages[0], words=[["Lan", 1, 1, 9, 9, 90, 0]], confidence=90, reader="x", cost=0)
    put_pages(pages[:1], dossier=None, by=officer)
    undo(Entry.objects.get(act="dossiers.put_pages"), by=officer)
    assert list(newest_first([["lan"]])) == [[pages[0].pk]]


def test_a_kind_of_paper_is_taken_back_until_fields_of_it_were_entered(lan_to_enter, lan_page, officer):
    paper = lan_page.paper
    confirm_kind(paper, kind="medical_board_minutes", by=officer)
    confirm_kind(paper, kind="declaration", by=officer)
    first, second = Entry.objects.filter(act="dossiers.confirm_kind").order_by("id")
    with pytest.raises(Refusal, match="xếp lại lần nữa"):
        undo(first, by=officer)
    undo(second, by=officer)
    undo(first, by=officer)
    paper.refresh_from_db()
    assert (paper.kind, paper.kind_is_confirmed) == ("allowance_decision", False)
    confirm_kind(paper, kind="allowance_decision", by=officer)
    enter_field(paper, name="full_name", value="Dương Thị Lan", by=officer)
    with pytest.raises(Refusal, match="đã được nhập theo loại"):
        undo(Entry.objects.filter(act="dossiers.confirm_kind").latest("id"), by=officer)


def test_a_page_entered_since_is_not_moved_back(pages, dossier, officer):
    put_pages(pages[:1], dossier=dossier, by=officer)
    page = Page.objects.get(pk=pages[0].pk)
    confirm_kind(page.paper, kind="declaration", by=officer)
    enter_field(page.paper, name="full_name", value="Dương Thị Lan", page=page, box=Box(1, 1, 9, 9), by=officer)
    with pytest.raises(Refusal, match="đã có ô được nhập"):
        undo(Entry.objects.get(act="dossiers.put_pages"), by=officer)


USED = {
    "turn": lambda page, by: turn_page(page, turn=90, by=by), "split": lambda page, by: split_page(page, at=300, by=by),
    "kind": lambda page, by: set_page_kind(page, kind="blank", by=by), "put": lambda page, by: put_pages([page], dossier=None, by=by),
}


@pytest.mark.parametrize("act", USED)
def test_a_page_that_officers_used_stays_as_it_is(lan_dossier_in_use, lan_page, officer, act):
    with pytest.raises(Refusal, match="đã có ô được nhập hoặc đã làm chứng cứ"):
        USED[act](lan_page, officer)
