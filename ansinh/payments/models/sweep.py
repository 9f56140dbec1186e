"""What a sweep found on the lists of a month, how each finding was closed, and decisions to pay in spite of open ones."""
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.append_only import AppendOnly
from ansinh.office.dated import Dated, DatedQuerySet
from ansinh.office.keys import KeyText
from ansinh.office.models import Entry
from ansinh.registry.models import Person

from .lists import Line, PayList


class SweepDecisionQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Decisions about lists of places and fields in which the account sees money."""
        return self.filter(rights.seen(account, "money"))


class SweepDecision(AppendOnly):
    """Quyết định chi khi còn mục mở: number and reason of a decision; what it covers are the closings that name it."""

    field = models.CharField(_("lĩnh vực"), max_length=40)
    month = models.DateField(_("tháng"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    number = models.CharField(_("số quyết định"), max_length=80)
    reason = models.CharField(_("lý do"), max_length=300)
    count = models.IntegerField(_("số mục"))
    amount = models.BigIntegerField(_("có rủi ro (đồng)"))
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = SweepDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định chi khi còn mục mở")

    def __str__(self):
        return self.number


class FindingQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Findings on lists of places and fields in which the account sees money."""
        return self.filter(rights.seen(account, "money"))

    def standing(self):
        """Findings that the latest sweep still saw."""
        return self.filter(gone_in=None)

    def closed(self):
        """Findings that somebody closed for the very facts that they have now."""
        return self.filter(Exists(_closings()))

    def open(self):
        """Findings that still stand and that nobody has closed, or that were closed for other facts."""
        return self.standing().exclude(Exists(_closings()))

    def of_lists(self, lists):
        """Findings about payees of these lists, which are of one month and one field."""
        lines = Line.objects.filter(paylist__in=lists, person=OuterRef("person"))
        first = lists[0]
        return self.filter(Exists(lines), month=first.month, field=first.field)

    def unpaid_risk(self, lists):
        """Open findings whose line would be paid: a held line is not at risk."""
        paid = Line.objects.filter(paylist__in=lists, person=OuterRef("person"), held_because="")
        return self.of_lists(lists).open().filter(Exists(paid))


def _closings():
    return Closing.objects.current().filter(finding=OuterRef("pk"), facts=OuterRef("facts"))


class Finding(models.Model):
    """Mục soát: one check found one payee on the lists of one month; the same again is the same finding.

    ``facts`` is what was found, as text: a closing holds for just these facts, and opens again by itself when they change.
    """

    field = models.CharField(_("lĩnh vực"), max_length=40)
    month = models.DateField(_("tháng"))
    check_code = models.CharField(_("phép soát"), max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="findings", verbose_name=_("cá nhân"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    facts = models.CharField(_("điều thấy được"), max_length=300)
    amount = models.BigIntegerField(_("có rủi ro (đồng)"))
    found_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("thấy lần đầu ở"))
    seen_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("thấy lần cuối ở"))
    gone_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("không còn từ"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục soát")
        constraints = [
            models.UniqueConstraint(fields=["month", "field", "check_code", "person"], name="one_finding_a_month_and_check"),
        ]
        indexes = [
            models.Index(fields=["month", "area_path", "check_code"], name="finding_place"),
            models.Index(fields=["month", "id"], condition=Q(gone_in=None), name="finding_standing"),
        ]

    def __str__(self):
        return f"{self.check_code} {self.month:%m/%Y}"

    def journal_title(self):
        return str(self)

    def line(self) -> Line | None:
        """The payee's line on a list of the month that counts, while there is one."""
        lines = Line.objects.filter(person=self.person_id, paylist__month=self.month, paylist__field=self.field)
        return lines.exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist__area__parent").first()


class ClosingQuerySet(DatedQuerySet):
    def visible_to(self, account):
        """Closings of findings that the account sees."""
        return self.filter(rights.seen(account, "money", path="finding__area_path", field="finding__field"))


class Closing(Dated):
    """Đóng mục soát: why a finding is no longer open, by whom, and for which facts."""

    subject_fields = ("finding",)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="closings", verbose_name=_("mục soát"))
    reason = models.CharField(_("loại lý do"), max_length=20)
    note = models.CharField(_("ghi thêm"), max_length=300, blank=True)
    facts = models.CharField(_("điều thấy được"), max_length=300)
    decision = models.ForeignKey(
        SweepDecision, models.PROTECT, null=True, related_name="closings", verbose_name=_("quyết định")
    )

    objects = ClosingQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("lần đóng mục soát")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["finding"], condition=Q(withdrawn_at=None), name="finding_closed_once"),
        ]
