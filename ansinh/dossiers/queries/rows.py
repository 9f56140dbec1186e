"""What the reading desk shows of a paper: its pages, and a row for each field with its value, its place and how sure it is."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..catalogue import Field
from ..models import Dossier, Entering, Page, Paper
from ..rounds import FIRST, SECOND, THIRD
from ..values import shown
from . import entering as queries

SURE, FAIRLY = 95, 80
AIR = 10  # pixels of the page
UNREADABLE = "unreadable"
State = Dossier.State


@dataclass(frozen=True)
class Spot:
    """A place on a page as the script and the drawing need it."""

    page: int
    left: int
    top: int
    width: int
    height: int

    @property
    def frame(self) -> "Spot":
        """The place with a little air, so that a line drawn around it does not cover what stands there."""
        return Spot(self.page, self.left - AIR, self.top - AIR, self.width + 2 * AIR, self.height + 2 * AIR)


@dataclass(frozen=True)
class Choice:
    """One of two blind enterings, shown as an equal choice; ``number`` is its round."""

    number: int
    words: str
    who: str
    spot: Spot | None

    @property
    def key(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class Row:
    """A field of a paper at the desk. ``tone`` is done, todo or differs; ``value`` stands in the box, ``base`` is what Esc brings back."""

    paper: int
    field: Field
    value: str
    base: str
    tone: str
    spot: Spot | None
    confidence: int | None = None
    note: str = ""
    fault: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: str = ""

    @property
    def id(self) -> str:
        return f"{self.paper}-{self.field.code}"

    @property
    def sureness(self) -> str:
        if self.confidence is None:
            return ""
        return _("chắc") if self.confidence >= SURE else _("khá") if self.confidence >= FAIRLY else _("ngờ")


def pages_of(dossier: Dossier) -> list[Page]:
    """The dossier's pages in their order, blank ones, separators and covers left out."""
    rows = dossier.pages.filter(kind=Page.Kind.PAGE).select_related("paper")
    return list(rows.order_by("position", "id"))


def page_to_do(dossier: Dossier, pages: list[Page], papers: list[Paper]) -> Page | None:
    """The first page of a paper of which something has still to be entered in this round; else the first page."""
    entered = queries.newest_of(papers)[dossier.round]
    open_ones = {paper.pk for paper, field in queries.to_enter(dossier, papers, dossier.round) if (paper.pk, field.code) not in entered}
    if dossier.round == FIRST:
        open_ones = {paper.pk for paper, _field in queries.undecided(dossier, papers, FIRST)} | {p.pk for p in papers if not p.kind_is_confirmed}
    return next((page for page in pages if page.paper_id in open_ones), next(iter(pages), None))


def rows_of(dossier: Dossier, paper: Paper, account, *, is_entering: bool, typed: dict | None = None) -> list[Row]:
    """The rows of a paper. While an entering is open, suggestions and the values of others are shown to the first round only."""
    found, suggested = queries.newest_of([paper]), queries.suggested_of([paper])
    if not is_entering:
        return [_with_typed(_counted(paper, field, dossier, found), typed or {}) for field in queries.fields_of(paper)]
    wanted = queries.to_enter(dossier, [paper], dossier.round)
    make = {FIRST: _first, SECOND: _blind, THIRD: _difference}[dossier.round]
    return [_with_typed(make(paper, field, found, suggested), typed or {}) for _paper, field in wanted]


def is_open_to_all(dossier: Dossier) -> bool:
    """Whether entered values may be shown to anyone: nobody has still to enter blind."""
    return dossier.state in (State.CHECKED, State.VERIFIED)


def spot_of(boxed) -> Spot | None:
    """The place of an entering or a suggestion, if it has one."""
    if boxed is None or boxed.page_id is None:
        return None
    return Spot(boxed.page_id, boxed.left, boxed.top, boxed.width, boxed.height)


def _first(paper, field, found, suggested) -> Row:
    entering, suggestion = found[FIRST].get((paper.pk, field.code)), suggested.get((paper.pk, field.code))
    if entering:
        return _entered(paper, field, entering, suggestion)
    if suggestion is None:
        return Row(paper.pk, field, "", "", "todo", None, note=_("Máy chưa đọc được. Gõ giá trị rồi kéo một khung trên trang để chỉ chỗ."))
    value = shown(field, suggestion.value)
    return Row(paper.pk, field, value, value, "todo", spot_of(suggestion), suggestion.confidence, note=_doubt(field, suggestion, value))


def _blind(paper, field, found, _suggested) -> Row:
    entering = found[SECOND].get((paper.pk, field.code))
    return _entered(paper, field, entering, None) if entering else Row(paper.pk, field, "", "", "todo", None)


def _difference(paper, field, found, _suggested) -> Row:
    key = paper.pk, field.code
    third = found[THIRD].get(key)
    choices = tuple(_choice(field, number, found[number].get(key)) for number in (FIRST, SECOND))
    spot = spot_of(third) or next((choice.spot for choice in choices if choice.spot), None)
    return Row(
        paper.pk, field, shown(field, third.value) if third else "", "", "done" if third else "differs", spot,
        choices=choices, chosen=_chosen(field, third, choices),
    )


def _chosen(field, third, choices):
    if third is None:
        return ""
    if third.is_unreadable:
        return UNREADABLE
    return next((choice.key for choice in choices if choice.words == shown(field, third.value)), "other")


def _choice(field, number, entering: Entering | None) -> Choice:
    words = shown(field, entering.value) if entering and entering.value else _("không đọc được") if entering and entering.is_unreadable else ""
    who = _("lần 1, %(who)s") % {"who": entering.who} if entering else _("lần 1")
    who = _("lần 2, nhập kín") if number == SECOND else who
    return Choice(number, words, who, spot_of(entering))


def _entered(paper, field, entering, suggestion) -> Row:
    value = shown(field, entering.value)
    note = "" if entering.value else _("Đã ghi: không đọc được trên giấy.") if entering.is_unreadable else _("Đã ghi: giấy không có ô này.")
    if entering.value and field.proves and entering.page_id is None:
        note = _("Chưa chỉ chỗ trên trang: kéo một khung, hoặc Alt ↓ để chọn chỗ gần giống.")
    confidence = suggestion.confidence if suggestion and entering.is_as_suggested else None
    chosen = UNREADABLE if entering.is_unreadable else ""
    return Row(paper.pk, field, value, value, "done", spot_of(entering), confidence, note=note, chosen=chosen)


def _counted(paper, field, dossier, found) -> Row:
    """A row to look at: what counts, once nobody has to enter blind any more."""
    if not is_open_to_all(dossier):
        return Row(paper.pk, field, "", "", "todo", None)
    third, first = found[THIRD].get((paper.pk, field.code)), found[FIRST].get((paper.pk, field.code))
    entering = third or first
    if entering is None:
        return Row(paper.pk, field, "", "", "todo", None)
    value = _("không đọc được") if entering.is_unreadable else shown(field, entering.value)
    return Row(paper.pk, field, value, value, "done", spot_of(entering), note=_("%(who)s ghi") % {"who": entering.who})


def _doubt(field, suggestion, value):
    if field.digits:
        read = _("Đọc được “%(raw)s”. ") % {"raw": suggestion.raw} if suggestion.raw != value else ""
        return read + _("Chữ số luôn phải có người nhận: Tab để nhận, Esc để trả lại.")
    return _("Đọc được “%(raw)s”.") % {"raw": suggestion.raw} if suggestion.raw != value else ""


def _with_typed(row: Row, typed) -> Row:
    """A row with what was typed but not kept: refused, or typed before the session ended."""
    if row.id not in typed:
        return row
    value, fault = typed[row.id]
    return Row(
        row.paper, row.field, value, row.base, row.tone, row.spot, row.confidence, row.note, fault, row.choices, row.chosen,
    )


def at(page: int, box) -> Spot:
    """A box on a page."""
    return Spot(page, box.left, box.top, box.width, box.height)
