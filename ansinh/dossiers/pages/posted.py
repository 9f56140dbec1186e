"""What came from the desk's form: values by field, a place that was pointed at, a choice between two enterings."""
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from .. import actions
from ..catalogue import Field
from ..models import Page, PageText, Paper
from ..nearest import LEAST_TO_OFFER, Place
from ..nearest import places as near
from ..queries.entering import fields_of, newest_of
from ..queries.rows import UNREADABLE, rows_of
from ..rounds import FIRST, SECOND
from ..values import LONGEST, understood
from ..words import Box

OTHER = "other"
PLACES = 6
Fault = tuple[str, str]


def save_one(request, paper: Paper, name: str) -> Fault | None:
    """Save one field; what was typed and why it was not kept, if it was not."""
    choice = request.POST.get("choice", "")
    value = request.POST.get(f"value-{paper.pk}-{name}", "")
    try:
        if choice and choice != OTHER:
            _choose(request.user, paper, name, choice)
        else:
            page, box = _pointed_at(request, paper)
            actions.enter_field(paper, name=name, value=value, page=page, box=box, by=request.user)
    except Refusal as refusal:
        return value, refusal.sentence
    return None


def save_all(request, paper: Paper) -> dict[str, Fault]:
    """Save what was typed or ticked in the whole form (without a script); by field what could not be kept."""
    faults, ticked, unread = {}, set(request.POST.getlist("accept")), set(request.POST.getlist(UNREADABLE))
    for row in rows_of(paper.dossier, paper, request.user, is_entering=True):
        typed = request.POST.get(f"value-{row.id}")
        choice = request.POST.get(f"choice-{row.id}", "")
        try:
            if row.id in unread and row.chosen != UNREADABLE:
                _choose(request.user, paper, row.field.code, UNREADABLE)
            elif choice and choice not in (OTHER, row.chosen):
                _choose(request.user, paper, row.field.code, choice)
            elif typed is not None and (typed.strip() != row.base or row.id in ticked) and (not row.choices or choice == OTHER):
                actions.enter_field(paper, name=row.field.code, value=typed, by=request.user)
        except Refusal as refusal:
            faults[row.id] = typed or "", refusal.sentence
    return faults


def _choose(account, paper, name, choice):
    """Say that it cannot be read, in any round; or take over one of the blind enterings with its place."""
    if choice == UNREADABLE:
        actions.enter_field(paper, name=name, is_unreadable=True, by=account)
        return
    number = {"1": FIRST, "2": SECOND}.get(choice)
    chosen = newest_of([paper]).get(number, {}).get((paper.pk, name))
    if number is None or name not in {field.code for field in fields_of(paper)}:
        raise Refusal(_("Không có lựa chọn này; mở lại trang."))
    if chosen is None or not chosen.value:
        actions.enter_field(paper, name=name, is_unreadable=bool(chosen and chosen.is_unreadable), by=account)
        return
    box = Box(chosen.left, chosen.top, chosen.width, chosen.height) if chosen.page_id else None
    actions.enter_field(paper, name=name, value=chosen.value, page=chosen.page, box=box, by=account)


def _pointed_at(request, paper) -> tuple[Page | None, Box | None]:
    """The place that a drag or a choice among near words gave, if there was one."""
    sides = [request.POST.get(side, "") for side in ("left", "top", "width", "height")]
    asked = request.POST.get("page", "")
    if not asked.isdecimal() or not all(side.lstrip("-").isdecimal() for side in sides):
        return None, None
    page = Page.objects.filter(pk=asked, dossier=paper.dossier).first()
    return (page, Box(*map(int, sides))) if page else (None, None)


def places(request, paper: Paper, field: Field) -> list[tuple[Page, Place]]:
    """Where on the paper's pages the typed value may stand, the most alike first."""
    value = request.POST.get("value", "")[:LONGEST]
    try:
        plain = understood(field, value)
    except Refusal:
        plain = value
    found = []
    for text in PageText.objects.filter(page__paper=paper).select_related("page").order_by("page__position"):
        words = text.as_words()
        found += [(text.page, place) for place in near(words, plain) or near(words, value, least=LEAST_TO_OFFER)]
    return sorted(found, key=lambda pair: -pair[1].alike)[:PLACES]
