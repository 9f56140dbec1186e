"""Batches of scans on their way in, and what became of each file."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.keys import KeyText
from ansinh.office.models import Account, StoredFile

from .dossiers import Dossier, seen_by
from .passing import WatchedFolder


class BatchQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Batches of areas and fields in which the account sees dossiers."""
        return self.filter(seen_by(account))


class Batch(models.Model):
    """Lô quét: files that came in together.

    ``dossier`` is set where all of them belong to one; else cover sheets and separators among the pages say whose they are.
    ``priority``: higher is read first.
    """

    class Origin(models.TextChoices):
        BROWSER = "browser", _("tải lên từ trình duyệt")
        FOLDER = "folder", _("thư mục theo dõi")
        COMMAND = "command", _("lệnh quét thư mục")
        PACKAGE = "package", _("gói hồ sơ")

    class State(models.TextChoices):
        RECEIVING = "receiving", _("đang nhận tệp")
        SORTING = "sorting", _("đang tách trang")
        SORTED = "sorted", _("đã tách trang")
        DISCARDED = "discarded", _("đã bỏ")

    name = models.CharField(_("tên lô"), max_length=200)
    origin = models.CharField(_("đến từ"), max_length=10, choices=Origin.choices)
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="batches", verbose_name=_("hồ sơ"))
    sheets_on_paper = models.IntegerField(_("số tờ trên giấy"), null=True)
    priority = models.IntegerField(_("ưu tiên"), default=0)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.RECEIVING)
    watched = models.ForeignKey(WatchedFolder, models.PROTECT, null=True, related_name="batches", verbose_name=_("thư mục theo dõi"))
    received_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người nhận"))
    received_at = models.DateTimeField(_("nhận lúc"))

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("lô quét")
        constraints = [models.CheckConstraint(condition=Q(area_path__endswith="."), name="batch_path_ends_with_dot")]

    def __str__(self):
        return self.name

    def journal_title(self):
        return self.name


class ScanQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Files of batches that the account sees."""
        return self.filter(seen_by(account, "batch__"))


class Scan(models.Model):
    """Tệp quét: one file as it came; its bytes are never altered.

    ``part_of`` is the archive that it was packed in. While it is uploaded (``outcome`` RECEIVING) ``received`` bytes of
    ``size`` have come.
    """

    class Outcome(models.TextChoices):
        RECEIVING = "receiving", _("đang nhận")
        WAITING = "waiting", _("chờ tách trang")
        TAKEN = "taken", _("đã tách trang")
        DUPLICATE = "duplicate", _("trùng tệp đã có")
        REFUSED = "refused", _("không nhận được")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="scans", verbose_name=_("lô quét"))
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="members", verbose_name=_("nằm trong tệp nén"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("tệp"))
    name = models.CharField(_("tên tệp"), max_length=255)
    position = models.IntegerField(_("thứ tự"))
    size = models.BigIntegerField(_("cỡ (byte)"), null=True)
    received = models.BigIntegerField(_("đã nhận (byte)"), default=0)
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    attempts = models.IntegerField(_("lần thử"), default=0)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    remedy = models.CharField(_("cách xử lý"), max_length=500, blank=True)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", verbose_name=_("trùng với"))
    page_count = models.IntegerField(_("số ảnh trang"), null=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp quét")
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="scan_stands_once_in_a_batch")]

    def __str__(self):
        return self.name

    @property
    def area_path(self) -> str:
        return self.batch.area_path

    @property
    def field(self) -> str:
        return self.batch.field
