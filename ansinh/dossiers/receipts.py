"""What a receipt of a package says of each dossier, in words."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Dossier

LINKS = {
    "linked": gettext_lazy("đã nối với người mang số định danh ghi trong gói"),
    "no_number": gettext_lazy("chưa nối với ai: gói không có số định danh"),
    "several_numbers": gettext_lazy("chưa nối với ai: giấy trong hồ sơ ghi nhiều số định danh"),
    "nobody": gettext_lazy("chưa nối với ai: trong địa bàn của tài khoản không thấy người mang số định danh ấy"),
}


def receipt_words(said: dict) -> str:
    """One dossier of a receipt in one line."""
    return f"{said['code']}: {state_words(said)}; {link_words(said)}; {work_words(said)}"


def state_words(said: dict) -> str:
    """How far the dossier has come here, and there where that differs."""
    here, there = (str(Dossier.State(said[name]).label) for name in ("state", "state_there"))
    return here if here == there else _("%(here)s (ở nơi gửi: %(there)s)") % {"here": here, "there": there}


def link_words(said: dict) -> str:
    """Whose it is here, or why that is left open."""
    return str(LINKS[said["link"]])


def work_words(said: dict) -> str:
    """How many values were entered there, and how many places prove a value of the register here."""
    if not said["proved_there"]:
        return _("%(entered)d lượt nhập, nơi gửi chưa có chứng cứ") % {"entered": said["entered"]}
    words = _("%(entered)d lượt nhập, %(proved)d/%(there)d chứng cứ nối lại được với sổ")
    return words % {"entered": said["entered"], "proved": said["proved"], "there": said["proved_there"]}
