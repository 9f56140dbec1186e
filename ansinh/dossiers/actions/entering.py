"""Entering at the reading desk: kinds of papers confirmed, fields accepted or typed, rounds finished."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action, current_entry
from ansinh.office.actions import close_tasks
from ansinh.web.refusal import Refusal

from ..catalogue import Field, catalogue
from ..models import Dossier, Entering, Page, PageText, Paper, Suggestion
from ..nearest import nearest
from ..queries import entering as queries
from ..queries.desk import may_enter
from ..rounds import FIRST, SECOND, THIRD, habits, is_drawn, is_of_second
from ..values import same, shown, understood
from ..words import Box
from .arrangements import kept_before, put_back
from .describing import describe_papers
from .leasing import hold, pass_on, remember, renew
from .settling import ACT as SETTLE
from .settling import ask_to_settle

State = Dossier.State
NAMED = 4
# The queue asks these, not every entering ever made.
FINISHED_BY = {FIRST: "first_entered_by", SECOND: "second_entered_by"}


@action("dossiers.confirm_kind", label=gettext_lazy("Nhận loại giấy"), undo=put_back)
def confirm_kind(paper: Paper, *, kind: str, by) -> Paper:
    """Nhận loại giấy: an officer says what kind of paper this is; it decides which fields are entered."""
    if kind not in catalogue().papers:
        raise Refusal(_("Không có loại giấy %(kind)s; chọn trong danh mục.") % {"kind": kind}, field="kind")
    _hold_for_entering(paper.dossier, by)
    with kept_before([], paper.dossier):
        paper.kind, paper.kind_is_confirmed = kind, True
        paper.save(update_fields=["kind", "kind_is_confirmed"])
    return paper


@action("dossiers.enter_field", label=gettext_lazy("Ghi một ô"), undoable=False, private=("value",))
def enter_field(paper: Paper, *, name: str, value: str = "", is_unreadable=False, page: Page | None = None, box: Box | None = None, by) -> Entering:
    """Ghi một ô: accepted or typed in the round that the dossier waits for; empty says that the paper does not carry it.

    Without a box the value's place is the suggestion that was accepted, else the nearest words on the paper's pages.
    """
    dossier = paper.dossier
    _hold_for_entering(dossier, by)
    field = _field(paper, name, dossier.round)
    plain = "" if is_unreadable else understood(field, value)
    suggestion = queries.suggested_of([paper]).get((paper.pk, name)) if dossier.round == FIRST else None
    accepted = bool(suggestion and plain and same(field, suggestion.value, plain))
    page, box = _placed(paper, field, plain, page, box, suggestion if accepted else None)
    place = {"page": page, "left": box.left, "top": box.top, "width": box.width, "height": box.height} if box else {}
    remember(by, dossier, page=page, name=name)
    return Entering.objects.create(
        paper=paper, name=name, round=dossier.round, value=plain, is_unreadable=is_unreadable, is_as_suggested=accepted,
        entered_by=by, entered_at=clock.now(), entered_in=current_entry(), **place,
    )


def _reopen(entry):
    """After the undo of a finished round: the dossier waits for it again; refused once others have built on it."""
    dossier = Dossier.objects.select_for_update().get(pk=int(entry.key.partition(":")[2]))
    number = entry.facts["number"]
    later = Entering.objects.filter(paper__dossier=dossier, round__gt=number).exists()
    if dossier.state == State.VERIFIED or later and number != THIRD:
        raise Refusal(_("Hồ sơ %(code)s đã được người khác nhập tiếp hoặc ghi vào sổ; hoàn tác việc ấy trước.") % {"code": dossier.code})
    dossier.state, dossier.round = State.READ if number == FIRST else State.ENTERED, number
    _finished_by(dossier, number, None)
    dossier.save()
    close_tasks(SETTLE, key=entry.key)


@action("dossiers.finish_entering", label=gettext_lazy("Xong lượt nhập"), undo=_reopen)
def finish_entering(dossier: Dossier, *, number: int, by) -> Dossier:
    """Xong lượt nhập: what is still undecided is named; then the dossier goes to a second officer, a third, or is checked."""
    dossier.refresh_from_db()
    if dossier.round != number:
        raise Refusal(_("Hồ sơ %(code)s không còn chờ lần nhập này; mở lại trang.") % {"code": dossier.code})
    _hold_for_entering(dossier, by)
    papers = queries.papers_of(dossier)
    check_finished(dossier, papers, number)
    if number == FIRST:
        dossier.entered_twice = is_drawn(dossier.code, habits().twice_per_mille)
    dossier.round = _next_round(dossier, papers, number)
    dossier.state = State.ENTERED if dossier.round else State.CHECKED
    dossier.round = dossier.round or number
    _finished_by(dossier, number, by)
    dossier.save(update_fields=["entered_twice", "round", "state", *FINISHED_BY.values()])
    if dossier.state == State.CHECKED:
        describe_papers(dossier, papers)
        ask_to_settle(dossier)
    pass_on(dossier, by)
    return dossier


def _finished_by(dossier, number, account):
    if number in FINISHED_BY:
        setattr(dossier, FINISHED_BY[number], account)


def _hold_for_entering(dossier, account):
    """Entering needs the dossier in hand; one whose lease ran out is taken again unless another holds it."""
    if not may_enter(account, dossier):
        raise Refusal(
            _("Hồ sơ %(code)s không chờ tài khoản này nhập: đã nhập xong, hoặc lần trước do chính mình nhập.") % {"code": dossier.code}
        )
    if not renew(dossier, account):
        hold(dossier, account)


def _field(paper, name, number) -> Field:
    known = {field.code: field for field in queries.fields_of(paper)}
    if name not in known:
        raise Refusal(_("Giấy này không có ô %(name)s; nhận lại loại giấy nếu giấy có ô ấy.") % {"name": name})
    if number == SECOND and not is_of_second(known[name], paper.dossier.entered_twice):
        raise Refusal(_("Ô %(field)s không nhập lần hai.") % {"field": known[name].title})
    return known[name]


def _placed(paper, field, value, page, box, suggestion: Suggestion | None):
    if box is not None and page is not None:
        return _on_page(paper, page, box)
    if suggestion:
        return suggestion.page, suggestion.box
    if value:
        for text in PageText.objects.filter(page__paper=paper).select_related("page").order_by("page__position"):
            if found := nearest(text.as_words(), value) or nearest(text.as_words(), shown(field, value)):
                return text.page, found
    return None, None


def _on_page(paper, page, box):
    if page.dossier_id != paper.dossier_id:
        raise Refusal(_("Chỗ được chỉ không nằm trên trang của hồ sơ này; chỉ lại trên trang đang mở."))
    left, top = max(box.left, 0), max(box.top, 0)
    width, height = min(box.right, page.width) - left, min(box.bottom, page.height) - top
    if width < 1 or height < 1:
        raise Refusal(_("Khung nằm ngoài trang; kéo lại một khung trên trang."))
    return page, Box(left, top, width, height)


def check_finished(dossier: Dossier, papers: list[Paper], number: int):
    """Refused with the places that are still open."""
    if unknown := [paper for paper in papers if not paper.kind_is_confirmed and paper.pages.exists()]:
        numbers = ", ".join(str(paper.position) for paper in unknown)
        raise Refusal(_("Giấy thứ %(n)s chưa được nhận loại; chọn loại giấy rồi bấm Nhận loại.") % {"n": numbers})
    if left := queries.undecided(dossier, papers, number):
        raise Refusal(_("Còn %(n)d ô chưa nhận: %(fields)s.") % {"n": len(left), "fields": _named(left)})
    entered = queries.newest_of(papers)[number]
    if not entered:
        raise Refusal(_("Chưa ô nào được ghi; ghi các ô đọc được rồi mới xong."))
    homeless = [(p, f) for p in papers for f in queries.fields_of(p) if f.proves and _lacks_place(entered.get((p.pk, f.code)))]
    if homeless and number != SECOND:
        sentence = _("Chưa chỉ chỗ trên trang cho: %(fields)s. Kéo một khung quanh chữ, hoặc chọn một chỗ gần giống.")
        raise Refusal(sentence % {"fields": _named(homeless)})


def _lacks_place(entered):
    return bool(entered and entered.value and entered.page_id is None)


def _named(places):
    words = [_("%(field)s (giấy %(n)d)") % {"field": field.title, "n": paper.position} for paper, field in places[:NAMED]]
    return "; ".join(words) + (" …" if len(places) > NAMED else "")


def _next_round(dossier, papers, number) -> int | None:
    if number == FIRST and queries.to_enter(dossier, papers, SECOND):
        return SECOND
    return THIRD if number == SECOND and queries.differing(dossier, papers) else None
