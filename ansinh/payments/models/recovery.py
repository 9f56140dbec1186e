"""What is got back of money paid by mistake: a case of one person, its months, and its steps in their order."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.append_only import AppendOnly
from ansinh.office.models import Entry
from ansinh.registry.models import Person

from .payables import Payable


class RecoveryCaseQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Cases of persons in whose areas the account sees money of the case's field."""
        return self.filter(rights.seen(account, "money", path="person__area_path"))

    def open(self):
        """Cases in which something is still owed back."""
        return self.exclude(state__in=(RecoveryCase.State.CLOSED, RecoveryCase.State.WITHDRAWN))


class RecoveryCase(models.Model):
    """Vụ việc thu hồi: what one person owes back in one field; identity and the state to which its standing steps have led."""

    class State(models.TextChoices):
        OPENED = "opened", _("mới mở")
        NOTICED = "noticed", _("đã thông báo")
        HEARD = "heard", _("đã lấy ý kiến")
        DECIDED = "decided", _("đã quyết định")
        SUSPENDED = "suspended", _("tạm dừng trừ")
        CLOSED = "closed", _("đã kết thúc")
        WITHDRAWN = "withdrawn", _("đã rút")

    person = models.ForeignKey(Person, models.PROTECT, related_name="recoveries", verbose_name=_("cá nhân"))
    field = models.CharField(_("lĩnh vực"), max_length=40)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.OPENED)
    opened_on = models.DateField(_("ngày mở"))
    opened_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("mở ở"))

    objects = RecoveryCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("vụ việc thu hồi")
        indexes = [models.Index(fields=["state", "opened_on"], name="recovery_state")]

    def __str__(self):
        return f"TH-{self.opened_on:%Y}-{self.pk:05}"

    def journal_title(self):
        return str(self)

    @property
    def area_path(self):
        return self.person.area_path


class RecoveryMonth(models.Model):
    """Tháng của vụ việc thu hồi: what was owed back for a month of a payable when the case took it; one open case a month."""

    case = models.ForeignKey(RecoveryCase, models.PROTECT, related_name="months", verbose_name=_("vụ việc thu hồi"))
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="recovery_months", verbose_name=_("khoản phải chi"))
    month = models.DateField(_("tháng"))
    amount = models.BigIntegerField(_("phải thu hồi khi mở (đồng)"))
    is_open = models.BooleanField(_("đang thu hồi"), default=True)

    class Meta:
        verbose_name = _("tháng của vụ việc thu hồi")
        constraints = [
            models.UniqueConstraint(fields=["case", "payable", "month"], name="recovery_month_once_a_case"),
            models.UniqueConstraint(fields=["payable", "month"], condition=Q(is_open=True), name="recovery_month_in_one_open_case"),
        ]

    def __str__(self):
        return f"{self.month:%m/%Y} {self.amount}"


class RecoveryStep(AppendOnly):
    """Bước của vụ việc thu hồi: what happened on a day, by which paper; numbers 1, 2, 3 … are taken once each.

    A step that was taken with an older step before one's eyes takes a number that is used already, and is refused.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Mở vụ việc")
        NOTICE = "notice", _("Thông báo")
        HEARING = "hearing", _("Ý kiến của người phải trả")
        DECISION = "decision", _("Quyết định thu hồi")
        WAIVER = "waiver", _("Quyết định miễn thu hồi")
        SUSPENSION = "suspension", _("Tạm dừng trừ")
        RESUMPTION = "resumption", _("Trừ tiếp")
        REPAYMENT = "repayment", _("Nộp lại")
        CLOSING = "closing", _("Kết thúc")

    class Way(models.TextChoices):
        INSTALMENTS = "instalments", _("trừ dần vào các lần chi sau")
        REFUND = "refund", _("nộp lại một lần bằng tiền mặt hoặc chuyển khoản")

    once = ("withdrawn_in",)
    case = models.ForeignKey(RecoveryCase, models.PROTECT, related_name="steps", verbose_name=_("vụ việc thu hồi"))
    number = models.IntegerField(_("lần"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    paper = models.CharField(_("số giấy tờ"), max_length=200, blank=True, db_default="")
    words = models.CharField(_("nội dung"), max_length=1_000, blank=True, db_default="")
    payer = models.CharField(_("người nộp"), max_length=200, blank=True, db_default="")
    amount = models.BigIntegerField(_("số tiền (đồng)"), null=True)
    way = models.CharField(_("cách thu hồi"), max_length=12, choices=Way.choices, blank=True, db_default="")
    monthly = models.BigIntegerField(_("trừ mỗi tháng (đồng)"), null=True)
    percent = models.IntegerField(_("trừ mỗi tháng (phần trăm)"), null=True)
    first_month = models.DateField(_("trừ từ danh sách tháng"), null=True)
    other_field = models.CharField(_("trừ cả ở lĩnh vực"), max_length=40, blank=True, db_default="")
    due_on = models.DateField(_("hạn"), null=True)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    withdrawn_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("rút ở"))

    class Meta:
        verbose_name = _("bước của vụ việc thu hồi")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="recovery_step_number_once"),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="recovery_step_amount_is_positive"),
            models.CheckConstraint(condition=Q(monthly=None) | Q(monthly__gt=0), name="recovery_step_monthly_is_positive"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100), name="recovery_step_percent_is_a_share"
            ),
            models.CheckConstraint(
                condition=~Q(way="instalments") | (Q(monthly=None) ^ Q(percent=None)), name="recovery_step_one_instalment"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.paper}".strip()

    @property
    def person(self):
        return self.case.person

    @property
    def area_path(self):
        return self.case.area_path

    @property
    def field(self):
        return self.case.field
