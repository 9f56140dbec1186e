"""What passes in and out without a browser's help: folders that are watched, packages that come and go."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.keys import KeyText
from ansinh.office.models import Account, Entry, StoredFile

from .dossiers import seen_by


class PlacedQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Those of areas and fields in which the account sees dossiers."""
        return self.filter(seen_by(account))


class WatchedFolder(models.Model):
    """Thư mục theo dõi: the standing order of an officer that scans which appear in a folder are taken in, in the officer's name.

    ``folder`` lies below the office's intake folder and begins with the code of a unit; it is watched for as long as the
    officer's right lasts. ``known``, ``growing`` and ``fault`` say what the last look found.
    """

    class State(models.TextChoices):
        WATCHED = "watched", _("đang theo dõi")
        STOPPED = "stopped", _("đã dừng")
        ENDED = "ended", _("đã hết quyền")

    folder = models.CharField(_("thư mục"), max_length=300)
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40)
    priority = models.IntegerField(_("ưu tiên"), default=0)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.WATCHED)
    ordered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người giao"))
    ordered_at = models.DateTimeField(_("giao lúc"))
    ordered_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    looked_at = models.DateTimeField(_("xem lần cuối lúc"), null=True)
    known = models.IntegerField(_("tệp đã nhận từ trước"), default=0)
    growing = models.IntegerField(_("tệp đang được ghi"), default=0)
    fault = models.CharField(_("trở ngại lần cuối"), max_length=500, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư mục theo dõi")
        constraints = [
            models.UniqueConstraint(fields=["folder"], condition=Q(state="watched"), name="folder_watched_once"),
            models.CheckConstraint(condition=Q(area_path__endswith="."), name="watched_path_ends_with_dot"),
        ]

    def __str__(self):
        return self.folder

    def journal_title(self):
        return self.folder


class PackageTransfer(models.Model):
    """Lượt chuyển gói hồ sơ: a package that was ordered to be written here, or came from another installation; and its receipt.

    ``chosen`` are the dossiers to be written; ``digest`` is the digest of the package's manifest, the same at both ends.
    """

    class Direction(models.TextChoices):
        OUT = "out", _("xuất đi")
        IN = "in", _("nhận về")

    class State(models.TextChoices):
        WAITING = "waiting", _("đang làm")
        DONE = "done", _("xong")
        REFUSED = "refused", _("không nhận được")

    direction = models.CharField(_("chiều"), max_length=3, choices=Direction.choices)
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40, blank=True)
    chosen = models.JSONField(_("hồ sơ được chọn"), default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("tệp gói"))
    digest = models.CharField(_("mã gói"), max_length=64, blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.WAITING)
    receipt = models.JSONField(_("biên nhận"), default=list)
    refusal = models.CharField(_("vì sao không được"), max_length=600, blank=True)
    ordered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người giao"))
    ordered_at = models.DateTimeField(_("giao lúc"))
    done_at = models.DateTimeField(_("xong lúc"), null=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt chuyển gói hồ sơ")
        constraints = [models.CheckConstraint(condition=Q(area_path__endswith="."), name="transfer_path_ends_with_dot")]
        indexes = [models.Index(fields=["digest"], condition=~Q(digest=""), name="transfer_digest")]

    def __str__(self):
        return f"{self.pk}"

    def journal_title(self):
        return self.file.name if self.file else ""
