"""Pay lists: one commune, one channel, one month; a line is one payee."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.keys import KeyText
from ansinh.office.models import Entry
from ansinh.registry.models import Area, Person

from .payables import Channel


class PayListQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Lists of communes and fields in which the account sees money."""
        return self.filter(seen_money(account))

    def standing(self):
        """Lists that count: all but the withdrawn."""
        return self.exclude(state=PayList.State.WITHDRAWN)


def seen_money(account, prefix=""):
    """The condition that a list's commune and field are in the account's sight of money."""
    return rights.seen(account, "money", path=f"{prefix}area_path", field=f"{prefix}field")


class PayList(models.Model):
    """Danh sách chi trả: proposed, approved by another person, exported, returned, closed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ duyệt")
        APPROVED = "approved", _("đã duyệt")
        EXPORTED = "exported", _("đã xuất")
        RETURNED = "returned", _("đã có tệp trả về")
        CLOSED = "closed", _("đã đối chiếu")
        WITHDRAWN = "withdrawn", _("đã rút")

    number = models.CharField(_("số danh sách"), max_length=40)
    field = models.CharField(_("lĩnh vực"), max_length=40)
    month = models.DateField(_("tháng"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("xã, phường"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    channel = models.CharField(_("kênh chi"), max_length=10, choices=Channel.Kind.choices)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.PROPOSED)
    known_at = models.DateTimeField(_("theo điều biết đến"))
    law_digest = models.CharField(_("bản luật"), max_length=64)
    is_provisional = models.BooleanField(_("tạm tính"), default=False)
    people = models.IntegerField(_("số người"), default=0)
    this_month = models.BigIntegerField(_("tháng này (đồng)"), default=0)
    arrears = models.BigIntegerField(_("truy lĩnh (đồng)"), default=0)
    carried = models.BigIntegerField(_("chuyển sang (đồng)"), default=0)
    deduction = models.BigIntegerField(_("trừ thu hồi (đồng)"), default=0)
    overpaid = models.BigIntegerField(_("chi thừa phát hiện (đồng)"), default=0)
    total = models.BigIntegerField(_("tổng (đồng)"), default=0)
    content_digest = models.CharField(_("nội dung"), max_length=64)
    batch_digest = models.CharField(_("đợt tính"), max_length=64)
    changes = models.JSONField(_("tăng giảm lúc xuất"), null=True)
    proposed_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("lập ở"))
    approved_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("duyệt ở"))
    exported_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("xuất ở"))
    returned_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("đối chiếu ở"))

    objects = PayListQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách chi trả")
        constraints = [
            models.UniqueConstraint(
                fields=["field", "month", "area", "channel"], condition=~Q(state="withdrawn"), name="one_list_a_month"
            ),
        ]
        indexes = [models.Index(fields=["month", "area_path"], name="paylist_month_area")]

    def __str__(self):
        return self.number

    def journal_title(self):
        return self.number

    @property
    def pays_nobody(self) -> bool:
        """Whether it is out and no line of it pays anything: no provider will report on it."""
        return self.state == self.State.EXPORTED and not self.lines.filter(held_because="", total__gt=0).exists()


class LineQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Lines of lists that the account sees."""
        return self.filter(paylist__in=PayList.objects.visible_to(account))


class Line(models.Model):
    """Dòng danh sách: one payee on one list, as known at the lock; sums of its items."""

    class Result(models.TextChoices):
        NONE = "", _("chưa có")
        PAID = "paid", _("đã nhận")
        PARTLY = "partly", _("nhận một phần")
        UNPAID = "unpaid", _("chưa nhận")
        BROUGHT_BACK = "returned", _("trả lại sau")
        HEIRS = "heirs", _("chi cho thân nhân")
        KEPT = "kept", _("không chi, bù khoản phải thu hồi")

    paylist = models.ForeignKey(PayList, models.CASCADE, related_name="lines", verbose_name=_("danh sách"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="lines", verbose_name=_("cá nhân"))
    position = models.IntegerField(_("số thứ tự"))
    name = models.CharField(_("họ và tên"), max_length=120)
    birth = models.CharField(_("ngày, năm sinh"), max_length=10, blank=True)
    file_number = models.CharField(_("số hồ sơ"), max_length=40, blank=True)
    standing = models.CharField(_("diện, mức"), max_length=300)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    receiver = models.CharField(_("người nhận thay"), max_length=200, blank=True)
    bank = models.CharField(_("ngân hàng"), max_length=80, blank=True)
    account_number = models.CharField(_("số tài khoản"), max_length=40, blank=True)
    notes = models.CharField(_("ghi chú"), max_length=300, blank=True)
    this_month = models.BigIntegerField(_("tháng này (đồng)"), default=0)
    arrears = models.BigIntegerField(_("truy lĩnh (đồng)"), default=0)
    carried = models.BigIntegerField(_("chuyển sang (đồng)"), default=0)
    deduction = models.BigIntegerField(_("trừ thu hồi (đồng)"), default=0)
    overpaid = models.BigIntegerField(_("chi thừa phát hiện (đồng)"), default=0)
    total = models.BigIntegerField(_("thực nhận (đồng)"), default=0)
    arrears_months = models.CharField(_("tháng truy lĩnh"), max_length=120, blank=True)
    held_because = models.CharField(_("lý do giữ lại"), max_length=200, blank=True)
    result = models.CharField(_("kết quả"), max_length=10, choices=Result.choices, blank=True)
    result_reason = models.CharField(_("lý do chưa nhận"), max_length=200, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng danh sách")
        constraints = [models.UniqueConstraint(fields=["paylist", "person"], name="payee_once_a_list")]
        indexes = [models.Index(fields=["paylist", "position"], name="line_in_order")]

    def __str__(self):
        return self.name

    @property
    def area_path(self):
        return self.paylist.area_path

    @property
    def field(self):
        return self.paylist.field
