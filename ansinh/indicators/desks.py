"""The front page on the rail."""
from django.utils.translation import gettext_lazy as _

from ansinh.web import rail


def anyone(_account) -> bool:
    return True


rail.put(rail.RailItem(_("Trang chính"), "front", 10, anyone))
