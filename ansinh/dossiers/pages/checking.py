"""The public door of extracts: whoever holds one types its code, or opens the address in its QR code, without signing in. / Kiểm tra trích lục."""
from dataclasses import dataclass
from datetime import date

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ansinh.office.departments import department
from ansinh.web.page import Page as Frame

from ..actions.extracting import CODE_LENGTH
from ..models import Extract

# Enough for a clerk with a pile of papers; guessing one of 25^12 codes takes longer than the world has.
RATES = {"check_extract": "20/m/ip,600/m/key"}
ASKED = "ma"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True)
class Checked:
    """All that a stranger learns of an extract: nothing of whom it is about, who has it and what for."""

    number: str
    day: date
    issuer: str
    sha256: str


@login_not_required
@require_safe
def check_publicly(request):
    """Kiểm tra trích lục, không cần tài khoản: a wrong code of any kind is answered alike, after the same work; nothing is written."""
    asked = request.GET.get(ASKED, "")
    content = {"is_asked": bool(asked), "found": None, "is_too_often": False, "asked": ASKED, "longest": CODE_LENGTH}
    status = 200
    if asked:
        if ratelimit.consume(request, app="dossiers", action="check_extract", config=RATES, key="everybody", limit_get=True):
            content["found"] = _found(asked)
        else:
            content["is_too_often"], status = True, 429
    frame = Frame(title=_("Kiểm tra trích lục"), content=content)
    return HttpResponse(render_to_string("dossiers/check_publicly.html", {"page": frame}, request), status=status, headers=HEADERS)


def _found(asked: str) -> Checked | None:
    """One look into one index for whatever was typed, so that the time tells nothing of how wrong a code is."""
    typed = "".join(asked.split()).upper()[: CODE_LENGTH + 1]
    code = "".join(letter if letter.isascii() and (letter.isalnum() or letter == "-") else "?" for letter in typed)
    made = Extract.objects.select_related("file", "made_in").filter(code=code).first()
    if made is None:
        return None
    return Checked(str(made), made.given_on, department(made.given_on), made.file.sha256)
