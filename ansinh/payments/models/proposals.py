"""What an assessment proposes to post: differences as spans of months, replaced until they are approved."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import Entry

from .payables import Payable


class Kind(models.TextChoices):
    """What a difference is; a posting keeps it."""

    DUE = "due", _("tháng này")
    ARREARS = "arrears", _("truy lĩnh")
    OVERPAYMENT = "overpayment", _("chi thừa, phải thu hồi")
    CANCELLATION = "cancellation", _("bù khoản phải thu hồi")
    REVERSAL = "reversal", _("rút danh sách")


class Batch(models.Model):
    """Đợt tính: what one assessment of a month found; one batch a field and month is current."""

    field = models.CharField(_("lĩnh vực"), max_length=40)
    month = models.DateField(_("tháng"))
    known_at = models.DateTimeField(_("theo điều biết đến"))
    law_digest = models.CharField(_("bản luật"), max_length=64)
    content_digest = models.CharField(_("nội dung"), max_length=64)
    is_provisional = models.BooleanField(_("tạm tính"), default=False)
    count = models.IntegerField(_("số dòng"), default=0)
    made_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("lập ở"))

    class Meta:
        verbose_name = _("đợt tính")
        constraints = [models.UniqueConstraint(fields=["field", "month"], name="one_batch_a_month")]

    area_path = "19."

    def __str__(self):
        return f"{self.field} {self.month:%m/%Y}"


class Proposal(models.Model):
    """Đề nghị ghi: for each month of the span the total of a payable goes from ``before`` to ``after`` (đồng a month)."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="proposals", verbose_name=_("đợt tính"))
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="proposals", verbose_name=_("khoản phải chi"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    since = models.DateField(_("từ tháng"))
    until = models.DateField(_("đến tháng"))
    before = models.BigIntegerField(_("đã ghi"))
    after = models.BigIntegerField(_("phải ghi"))
    rests_on = models.BigIntegerField(_("dòng chế độ"), null=True)
    parts = models.JSONField(_("giải thích"), default=list)

    class Meta:
        verbose_name = _("đề nghị ghi")
        indexes = [models.Index(fields=["batch", "payable"], name="proposal_of_payable")]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="proposal_ends_after_start")]
