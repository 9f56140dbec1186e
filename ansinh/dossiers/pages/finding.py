"""Words inside scans on screen: what was found, and one page with what was asked marked on it."""
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import rights
from ansinh.web import asked
from ansinh.web import page as kit
from ansinh.web.composed import address_of

from ..actions import note_opening
from ..catalogue import catalogue
from ..models import Page
from ..queries.scans import MOST, found_pages, hits
from ..question import marks, understood

PART = 50


def found_in_scans(request):
    """Tìm trong bản quét: pages with all words that were asked, newest first, a part at a time; asked by POST."""
    if not rights.sees(request.user, "dossiers"):
        raise Http404
    text = asked.keep(request)
    start = _number(request.POST.get("tu"))
    question = understood(text)
    pages = found_pages(question, request.user)
    shown = pages[:MOST][start : start + PART]
    found = hits(question, request.user, shown)
    content = {
        "hits": [{"hit": hit, "what": words_for(hit.page), "url": reverse("page", args=[hit.page.pk])} for hit in found],
        "count": _count(pages), "first": start + 1, "last": start + len(shown),
        "next": start + PART if start + PART < min(len(pages), MOST) else None, "is_capped": len(pages) > MOST,
    }
    page = kit.Page(title=_("Tìm trong bản quét: %(text)s") % {"text": text} if text else _("Tìm trong bản quét"), asked=text, content=content)
    return render(request, "dossiers/found.html", {"page": page})


def one_page(request, pk: int):
    """Một trang quét: its image with what was asked last marked on it, and its words."""
    page = _found(request, pk)
    if page.dossier:
        note_opening(page.dossier, request.user)
    text, words = asked.last(request), page.text.as_words() if hasattr(page, "text") else []
    marked = marks(understood(text), [word.text for word in words])
    content = {
        "page": page, "words": [(word.text, n in marked) for n, word in enumerate(words)], "boxes": [words[n].box for n in sorted(marked)],
        "asked": text if marked else "", "before": _beside(request, page, "-position"), "after": _beside(request, page, "position"),
        "has_image": page.screen_id is not None,
    }
    dossier = page.dossier
    crumb = (kit.Crumb(dossier.code, address_of(f"dossiers.dossier:{dossier.pk}")),) if dossier else ()
    note = dossier.title if dossier else page.scan.name
    shown = kit.Page(title=words_for(page), note=note, rail="dossiers", crumbs=crumb, asked=text, content=content)
    return render(request, "dossiers/page.html", {"page": shown})


def words_for(page: Page) -> str:
    """``TB-00161 · quyết định trợ cấp · trang 3``."""
    kind = catalogue().papers.get(page.paper.kind) if page.paper else None
    parts = [page.dossier.code if page.dossier else page.scan.batch.name, kind.title if kind else ""]
    parts.append(_("trang %(n)d") % {"n": page.position or page.number})
    return " · ".join(filter(None, parts))


def _found(request, pk):
    return get_object_or_404(Page.objects.visible_to(request.user).select_related("dossier", "paper", "screen", "text", "scan__batch"), pk=pk)


def _beside(request, page, order):
    """The address of the page before or after in the dossier."""
    if page.dossier_id is None or page.position is None:
        return ""
    beyond = {"position__lt": page.position} if order.startswith("-") else {"position__gt": page.position}
    other = Page.objects.visible_to(request.user).filter(dossier_id=page.dossier_id, **beyond).order_by(order).first()
    return reverse("page", args=[other.pk]) if other else ""


def _count(pages):
    return _("hơn %(n)d trang") % {"n": MOST} if len(pages) > MOST else _("%(n)d trang") % {"n": len(pages)}


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0
