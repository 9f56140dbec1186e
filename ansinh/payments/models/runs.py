"""Orders about many lists that a person gives and the worker carries out."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.keys import KeyText
from ansinh.office.models import Entry, StoredFile


class ListRunQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Orders about lists of places and fields in which the account sees money."""
        return self.filter(rights.seen(account, "money"))


class ListRun(models.Model):
    """Lượt duyệt, xuất: which lists with which content a person ordered to be approved or exported, and what came of it."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("duyệt")
        EXPORT = "export", _("xuất")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    field = models.CharField(_("lĩnh vực"), max_length=40)
    month = models.DateField(_("tháng"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    contents = models.JSONField(_("nội dung từng danh sách"))
    people = models.IntegerField(_("số người"))
    amount = models.BigIntegerField(_("số tiền (đồng)"))
    number = models.CharField(_("số quyết định chi"), max_length=80, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    findings = models.CharField(_("mục soát còn mở"), max_length=64, blank=True)
    ordered_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("giao ở"))
    done_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("làm ở"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("tệp lưu"))

    objects = ListRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt duyệt, xuất")
        indexes = [models.Index(fields=["month"], name="list_run_month")]

    def journal_title(self):
        return str(self)

    def __str__(self):
        return f"{self.get_kind_display()} {self.month:%m/%Y}"

    @property
    def keys(self) -> list[int]:
        """The keys of its lists."""
        return [int(key) for key in self.contents]
