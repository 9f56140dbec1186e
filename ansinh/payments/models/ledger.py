"""The ledger: append only, double entry; what was posted is never changed, a correction is a further posting."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.append_only import AppendOnly
from ansinh.office.models import Entry

from .lists import Line, PayList
from .payables import Payable
from .proposals import Kind
from .recovery import RecoveryCase


class LedgerAccount(models.TextChoices):
    """Tài khoản sổ chi."""

    COST = "cost", _("chi phí của ngân sách")
    OWED = "owed", _("còn nợ người hưởng")
    PROVIDER = "provider", _("tiền ở tổ chức chi trả")
    FUND = "fund", _("kho bạc")
    CLAIM = "claim", _("người hưởng phải trả lại")
    WAIVED = "waived", _("đã miễn thu hồi")
    KEPT = "kept", _("giữ lại để trừ thu hồi")


class Opening(AppendOnly):
    """Khoản đã chi trước khi dùng An Sinh: months taken as settled, đồng a month."""

    once = ("withdrawn_in",)
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="openings", verbose_name=_("khoản phải chi"))
    since = models.DateField(_("từ tháng"))
    until = models.DateField(_("đến tháng"))
    amount = models.BigIntegerField(_("mỗi tháng (đồng)"), null=True)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    withdrawn_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("rút ở"))

    class Meta:
        verbose_name = _("khoản đã chi trước khi dùng An Sinh")
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="opening_ends_after_start")]


class Posting(AppendOnly):
    """Bút toán: the total of a payable's month becomes ``total``; numbers 1, 2, 3 … are taken once each.

    A run against a stale total takes a number that is already used and is refused by the database.
    """

    payable = models.ForeignKey(Payable, models.PROTECT, related_name="postings", verbose_name=_("khoản phải chi"))
    month = models.DateField(_("tháng"))
    number = models.IntegerField(_("lần"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    amount = models.BigIntegerField(_("chênh lệch (đồng)"))
    total = models.BigIntegerField(_("tổng sau lần này (đồng)"))
    paylist = models.ForeignKey(PayList, models.PROTECT, null=True, related_name="postings", verbose_name=_("danh sách"))
    rests_on = models.BigIntegerField(_("dòng chế độ"), null=True)
    parts = models.JSONField(_("giải thích"), default=list)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    class Meta:
        verbose_name = _("bút toán")
        constraints = [models.UniqueConstraint(fields=["payable", "month", "number"], name="posting_number_once")]
        indexes = [models.Index(fields=["paylist"], name="posting_paylist")]


class Item(models.Model):
    """Khoản trên dòng: a posting or a carried amount on a line; what was paid in part leaves a rest that goes its own way."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="items", verbose_name=_("dòng danh sách"))
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="items", verbose_name=_("bút toán"))
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="carried_to", verbose_name=_("chuyển từ"))
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="rests", verbose_name=_("phần còn lại của"))
    amount = models.BigIntegerField(_("số tiền (đồng)"))
    result = models.CharField(_("kết quả"), max_length=10, choices=Line.Result.choices, blank=True)

    class Meta:
        verbose_name = _("khoản trên dòng")
        # A rest and a part that was brought back may be carried side by side, each once.
        constraints = [
            models.UniqueConstraint(fields=["posting"], condition=Q(result="", carried_from=None), name="posting_on_one_open_list"),
        ]

    def __str__(self):
        return f"{self.posting.month:%m/%Y} {self.amount}"

    @property
    def area_path(self):
        return self.posting.payable.area_path

    @property
    def field(self):
        return self.posting.payable.field


class Movement(AppendOnly):
    """Dòng sổ chi: one amount from one account to another, with what caused it."""

    debit = models.CharField(_("nợ"), max_length=10, choices=LedgerAccount.choices)
    credit = models.CharField(_("có"), max_length=10, choices=LedgerAccount.choices)
    amount = models.BigIntegerField(_("số tiền (đồng)"))
    payable = models.ForeignKey(Payable, models.PROTECT, null=True, related_name="movements", verbose_name=_("khoản phải chi"))
    month = models.DateField(_("tháng"), null=True)
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="movements", verbose_name=_("bút toán"))
    paylist = models.ForeignKey(PayList, models.PROTECT, null=True, related_name="movements", verbose_name=_("danh sách"))
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="movements", verbose_name=_("dòng danh sách"))
    recovery = models.ForeignKey(RecoveryCase, models.PROTECT, null=True, related_name="movements", verbose_name=_("vụ việc thu hồi"))
    channel = models.CharField(_("kênh chi"), max_length=10, blank=True, db_default="")
    at = models.DateTimeField(_("lúc"))
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    class Meta:
        verbose_name = _("dòng sổ chi")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="movement_between_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["payable", "month"], name="movement_of_payable"),
            models.Index(fields=["paylist"], name="movement_of_paylist"),
        ]
