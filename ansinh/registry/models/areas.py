"""Administrative units through time: a unit is (code, since); mergers, splits and renamings are dated successions."""
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.keys import KeyText

# The unit lists begin on 11 September 2019; of what was there before no beginning is known.
FIRST_LIST = date(2019, 9, 11)
UNKNOWN_START = date(1900, 1, 1)


class AreaQuerySet(models.QuerySet):
    def on(self, day: date):
        """Units that exist on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def communes(self):
        """Units of the lowest level: xã, phường, thị trấn."""
        return self.filter(level=Area.Level.COMMUNE)

    def visible_to(self, account):
        """Units in which the account sees persons."""
        return self.filter(rights.within(rights.sees(account, "persons"), "path"))


class Area(models.Model):
    """Đơn vị hành chính: a province, district or commune under one code and name from a day on."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("tỉnh")
        DISTRICT = 2, _("huyện")
        COMMUNE = 3, _("xã")

    code = models.CharField(_("mã"), max_length=5)
    name = models.CharField(_("tên"), max_length=80)  # without the word of its kind
    kind = models.CharField(_("loại"), max_length=20)
    level = models.IntegerField(_("cấp"), choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("thuộc"))
    path = KeyText(_("đường dẫn quyền"), max_length=60)
    search_key = KeyText(_("khóa tìm"), max_length=80)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="area_code_from_a_day"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="area_ends_after_start"),
            models.CheckConstraint(condition=Q(path__endswith="."), name="area_path_ends_with_dot"),
        ]
        indexes = [
            models.Index(fields=["path"], name="area_path"),
            models.Index(fields=["search_key"], name="area_search"),
        ]

    def __str__(self):
        return f"{self.kind} {self.name}"

    @property
    def since_words(self) -> str:
        """The first day as pages show it; what was there before the first list has no known beginning."""
        if self.since == UNKNOWN_START:
            return _("trước %(day)s") % {"day": f"{FIRST_LIST.day}/{FIRST_LIST.month}/{FIRST_LIST.year}"}
        return f"{self.since:%d/%m/%Y}"


class Succession(models.Model):
    """Kế thừa địa bàn: one unit goes on as another from a day; a divided unit has several successors."""

    predecessor = models.ForeignKey(Area, models.PROTECT, related_name="goes_on_as", verbose_name=_("đơn vị cũ"))
    successor = models.ForeignKey(Area, models.PROTECT, related_name="comes_from", verbose_name=_("đơn vị mới"))
    on = models.DateField(_("từ ngày"))
    is_split = models.BooleanField(_("đơn vị cũ bị chia"), default=False)
    source = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("kế thừa địa bàn")
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
