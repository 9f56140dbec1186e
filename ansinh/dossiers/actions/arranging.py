"""Pages are turned, split, joined and put where they belong: instructions that can be taken back; the original stays as it came."""
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.office.act import action
from ansinh.web.refusal import Forbidden, Refusal

from ..bounded import Bounded
from ..index import index_pages
from ..intake.bounds import Unfit
from ..intake.reasons import reason_of
from ..models import Batch, Dossier, Entering, Page, Paper
from ..opening import page_again
from .arrangements import kept_before, put_back, refuse_used
from .ordering import next_place, order_reading, unread, wait_for_reading

State, Kind = Batch.State, Page.Kind
NARROWEST = 0.1


@action("dossiers.turn_page", label=gettext_lazy("Xoay trang"), undo=put_back)
def turn_page(page: Page, *, turn: int, by) -> Page:
    """Xoay trang: by quarter turns clockwise from where it stands; it is read again."""
    if turn not in (90, 180, 270):
        raise Refusal(_("Trang chỉ xoay 90, 180 hoặc 270 độ."), field="turn")
    refuse_used([page])
    with kept_before([page]):
        page.turn, before = (page.turn + turn) % 360, page.turn
        return _change(page, before, page.cut, by)


@action("dossiers.split_page", label=gettext_lazy("Tách đôi trang"), undo=put_back)
def split_page(page: Page, *, at: int, by) -> list[Page]:
    """Tách đôi trang: two pages scanned in one image become two, left and right of a column of pixels."""
    refuse_used([page])
    if page.part:
        raise Refusal(_("Trang này đã được tách đôi; ghép lại trước nếu muốn tách chỗ khác."))
    if not NARROWEST * page.width <= at <= (1 - NARROWEST) * page.width:
        raise Refusal(_("Chỗ tách phải nằm trong trang, cách mép ít nhất một phần mười bề rộng."), field="at")
    with kept_before([page]):
        return _split(page, at, by)


def _split(page, at, account):
    left, top = (page.cut or (0, 0))[:2]
    if page.dossier and page.position is not None:
        page.dossier.pages.filter(position__gt=page.position).update(position=F("position") + 1)
    other = Page(
        scan=page.scan, number=page.number, part=2, turn=page.turn, width=page.width - at, height=page.height, dpi=page.dpi, kind=page.kind,
        dossier=page.dossier, paper=page.paper, position=None if page.position is None else page.position + 1, priority=page.priority,
    )
    page.part = 1
    _change(page, 0, [left, top, at, page.height], account)
    _change(other, 0, [left + at, top, other.width, page.height], account)
    return [page, other]


@action("dossiers.join_page", label=gettext_lazy("Ghép lại trang"), undo=put_back)
def join_page(page: Page, *, by) -> Page:
    """Ghép lại trang: the two halves of an image are one page again."""
    halves = list(Page.objects.filter(scan=page.scan, number=page.number, part__in=(1, 2)).order_by("part"))
    if len(halves) != 2:
        raise Refusal(_("Trang này không phải một nửa của trang đã tách."))
    refuse_used(halves)
    with kept_before(halves):
        return _join(*halves, by)


@action("dossiers.set_page_kind", label=gettext_lazy("Đổi loại trang"), undo=put_back)
def set_page_kind(page: Page, *, kind: str, by) -> Page:
    """Đổi loại trang: blank, separator and cover sheets are set aside; what was set aside by mistake is a page again, and read."""
    if kind not in Kind:
        raise Refusal(_("Không có loại trang %(kind)s.") % {"kind": kind}, field="kind")
    refuse_used([page])
    with kept_before([page]):
        paper = page.paper
        page.kind = kind
        if kind == Kind.PAGE:
            page.paper = paper or _paper_before(page)
            page.position = page.position or (next_place(page.dossier.pages) if page.dossier else None)
        else:
            page.paper = None
        page.save(update_fields=["kind", "paper", "position"])
        wait_for_reading(page)
        _drop_empty([paper])
    order_reading(page, by)
    return page


@action("dossiers.put_pages", label=gettext_lazy("Chuyển trang"), scope=lambda pages, *, dossier, **_more: _where_put(pages, dossier), undo=put_back)
def put_pages(pages: list[Page], *, dossier: Dossier | None, paper: Paper | None = None, position: int | None = None, by) -> list[Page]:
    """Chuyển trang: into a dossier, at a place in it, into a paper or a new one; or out of every dossier, back to their batch."""
    pages = list(Page.objects.select_for_update().filter(pk__in=[page.pk for page in pages]).order_by("scan__position", "number", "part"))
    refuse_used(pages)
    _check_put(pages, dossier, paper, by)
    with kept_before(pages, *filter(None, [dossier])):
        _put(pages, dossier, paper, position)
    index_pages(page.pk for page in pages)
    if dossier:
        unread(dossier)
    return pages


def _put(pages, dossier, paper, position):
    left = [page.paper for page in pages]
    if dossier and paper is None:
        paper = Paper.objects.create(dossier=dossier, position=next_place(dossier.papers))
    place = _make_room(dossier, position, pages) if dossier else None
    for page in pages:
        page.dossier, page.paper = dossier, paper if page.kind == Kind.PAGE else None
        page.position = place
        page.save(update_fields=["dossier", "paper", "position"])
        place = None if place is None else place + 1
    _drop_empty([*left, paper])


@action("dossiers.new_paper", label=gettext_lazy("Bắt đầu giấy mới"), undo=put_back)
def new_paper(page: Page) -> Paper:
    """Bắt đầu giấy mới: this page and those behind it in its paper become a paper of their own."""
    paper = page.paper
    if paper is None:
        raise Refusal(_("Trang này chưa thuộc giấy nào; chuyển trang vào hồ sơ trước."))
    moved = list(paper.pages.filter(position__gte=page.position))
    refuse_used(moved)
    if len(moved) == paper.pages.count():
        raise Refusal(_("Trang này đã là trang đầu của giấy."))
    with kept_before(moved):
        paper.dossier.papers.filter(position__gt=paper.position).update(position=F("position") + 1)
        made = Paper.objects.create(dossier=paper.dossier, position=paper.position + 1)
        Page.objects.filter(pk__in=[each.pk for each in moved]).update(paper=made)
    return made


@action("dossiers.join_papers", label=gettext_lazy("Gộp giấy"), undo=put_back)
def join_papers(paper: Paper, *, other: Paper) -> Paper:
    """Gộp giấy: pages of another paper of the dossier belong to this one."""
    if paper.pk == other.pk or paper.dossier_id != other.dossier_id:
        raise Refusal(_("Chỉ gộp hai giấy khác nhau của cùng một hồ sơ."))
    if Entering.objects.filter(paper=other).exists():
        raise Refusal(_("Giấy thứ %(n)d đã được nhập nên không gộp được; gộp theo chiều ngược lại.") % {"n": other.position})
    with kept_before([], paper.dossier):
        other.pages.update(paper=paper)
        other.delete()
    return paper


def _join(first, second, account):
    paper = second.paper
    wait_for_reading(second)  # takes its words out of the index
    second.delete()
    _drop_empty([paper])
    first.part = 0
    return _change(first, first.turn, None, account)


def _change(page, before: int, cut: list | None, account) -> Page:
    """Make the page anew from its original under its instructions; ``before`` is the turn under which ``cut`` was said."""
    try:
        with Bounded() as child:
            made = page_again(page, child, before=before, cut=cut)
    except Unfit as unfit:
        raise Refusal(" ".join(reason_of(unfit.code, unfit.facts))) from None
    page.cut, page.width, page.height = made["cut"], made["width"], made["height"]
    page.look, page.screen, page.same_as = made["look"], made["screen"], None
    page.save()
    wait_for_reading(page)
    order_reading(page, account)
    return page


def _where_put(pages, dossier):
    place = dossier or next(iter(pages))
    return place.area_path, place.field


def _check_put(pages, dossier, paper, account):
    if not pages:
        raise Refusal(_("Chọn ít nhất một trang."))
    for page in pages:
        if not rights.may(account, "dossiers.put_pages", page.area_path, page.field):
            raise Forbidden(_("Tài khoản %(who)s không có quyền chuyển trang ở địa bàn này.") % {"who": account})
    if any(page.scan.batch.state == State.SORTING for page in pages):
        raise Refusal(_("Lô quét đang được tách trang; chờ xong rồi chuyển."))
    if paper and (dossier is None or paper.dossier_id != dossier.pk):
        raise Refusal(_("Giấy được chọn không thuộc hồ sơ này."))


def _make_room(dossier, position, pages) -> int:
    others = dossier.pages.exclude(pk__in=[page.pk for page in pages])
    if position is None:
        return next_place(others)
    others.filter(position__gte=position).update(position=F("position") + len(pages))
    return position


def _paper_before(page):
    """The paper that is open where the page stands, or a new one; a page of no dossier has none."""
    if page.dossier is None:
        return None
    before = page.dossier.pages.exclude(paper=None)
    before = before.filter(position__lt=page.position) if page.position else before
    last = before.order_by("position").last()
    return last.paper if last else Paper.objects.create(dossier=page.dossier, position=next_place(page.dossier.papers))


def _drop_empty(papers):
    """A paper that no page belongs to any more, and of which nothing was entered, is none."""
    for pk in {paper.pk for paper in papers if paper}:
        if not Page.objects.filter(paper=pk).exists() and not Entering.objects.filter(paper=pk).exists():
            Paper.objects.filter(pk=pk).delete()
