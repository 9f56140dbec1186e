"""What several screens of dossiers share: the switch between them, and numbers out of addresses."""
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.web.page import Crumb

RAIL = "dossiers"
PART = 50
SCREENS = (
    ("dossiers", gettext_lazy("Hồ sơ")), ("scan_batches", gettext_lazy("Lô quét")), ("dossiers.reading", gettext_lazy("Đọc máy")),
    ("dossiers.desk", gettext_lazy("Bàn đọc")), ("dossiers.progress", gettext_lazy("Tiến độ")),
)


@dataclass(frozen=True)
class Link:
    """A screen to go to; the open one is marked."""

    label: str
    url: str
    is_here: bool = False


def refuse_strangers(account):
    """Who sees no dossiers at all finds none of these pages."""
    if not rights.sees(account, "dossiers"):
        raise Http404


def screens(here: str) -> tuple[Link, ...]:
    """The screens of the module beside each other."""
    return tuple(Link(str(label), reverse(name), name == here) for name, label in SCREENS)


def crumb() -> Crumb:
    return Crumb(_("Hồ sơ"), reverse("dossiers"))


def whole(text: str | None) -> int | None:
    """A whole number as an address carries it; anything else is none."""
    return int(text) if text and text.isascii() and text.isdecimal() else None
