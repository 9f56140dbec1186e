"""Lĩnh vực: the fields of the department's work to which rights, money and records belong, in words."""
from django.utils.translation import gettext_lazy as _

FIELD_NAMES = {"merit": _("người có công"), "assistance": _("trợ giúp xã hội")}
# How lists of a field are headed.
MONEY_NAMES = {"merit": _("Trợ cấp ưu đãi người có công"), "assistance": _("Trợ cấp xã hội")}
