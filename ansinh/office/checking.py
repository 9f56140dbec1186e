"""The public door of papers: whoever holds one types its code, or opens the address in its QR code, without signing in. / Kiểm tra giấy tờ."""
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh.web import composed
from ansinh.web.page import Page

from .papers import ASKED, CODE_LENGTH

# Enough for a clerk with a pile of papers; guessing one of 25^12 codes takes longer than the world has.
RATES = {"check_paper": "20/m/ip,600/m/key"}
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@login_not_required
@require_safe
def check_publicly(request):
    """Kiểm tra giấy tờ, không cần tài khoản: a wrong code of any kind is answered alike, after the same work; nothing is written."""
    asked = request.GET.get(ASKED, "")
    content = {"is_asked": bool(asked), "found": None, "is_too_often": False, "asked": ASKED, "longest": CODE_LENGTH}
    status = 200
    if asked:
        if ratelimit.consume(request, app="office", action="check_paper", config=RATES, key="everybody", limit_get=True):
            content["found"] = composed.checked(_typed(asked))
        else:
            content["is_too_often"], status = True, 429
    frame = Page(title=_("Kiểm tra giấy tờ"), content=content)
    return HttpResponse(render_to_string("office/check_publicly.html", {"page": frame}, request), status=status, headers=HEADERS)


def _typed(asked: str) -> str:
    """Whatever was typed as one code, so that the time tells nothing of how wrong it is."""
    typed = "".join(asked.split()).upper()[: CODE_LENGTH + 1]
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter == "-") else "?" for letter in typed)
