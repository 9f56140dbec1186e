"""Imports: a spreadsheet on its way in, and what became of each of its rows."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.keys import KeyText
from ansinh.office.models import Account, Entry, StoredFile


class ImportQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Imports of areas and fields in which the account sees imports."""
        return self.filter(rights.seen(account, "imports"))


class Import(models.Model):
    """Lượt nạp bảng tính: one file of one kind, checked, approved by another person, applied as one act."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("đã tải lên, chờ kiểm tra")
        CHECKED = "checked", _("đã kiểm tra, chờ duyệt")
        REFUSED = "refused", _("tệp không nhận được")
        APPROVED = "approved", _("đã duyệt, đang ghi")
        APPLIED = "applied", _("đã ghi")
        UNDONE = "undone", _("đã hoàn tác")
        DISCARDED = "discarded", _("đã bỏ")

    kind = models.CharField(_("loại bảng"), max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    name = models.CharField(_("tên tệp"), max_length=255)
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40, blank=True)
    as_of = models.DateField(_("địa bàn tính theo ngày"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.UPLOADED)
    refusal = models.CharField(_("lý do không nhận"), max_length=600, blank=True)
    notes = models.JSONField(_("ghi chú"), default=list)
    counts = models.JSONField(_("số dòng theo kết quả"), default=dict)
    report = models.JSONField(_("đối chiếu"), default=dict)
    uploaded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người nạp"))
    uploaded_at = models.DateTimeField(_("nạp lúc"))
    approved_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("người duyệt"))
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True)
    applied_in = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("ghi ở"))
    undone_in = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("hoàn tác ở"))

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt nạp bảng tính")
        constraints = [models.CheckConstraint(condition=Q(area_path__endswith="."), name="import_path_ends_with_dot")]

    def __str__(self):
        return self.name

    def journal_title(self):
        return self.name


class ImportRowQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Rows of imports that the account sees."""
        return self.filter(of_import__in=Import.objects.visible_to(account))


class ImportRow(models.Model):
    """Dòng nạp: one row of a sheet as read, what it would change, and what came of it."""

    class Outcome(models.TextChoices):
        NEW = "new", _("mới")
        CHANGED = "changed", _("thay đổi")
        SAME = "same", _("không đổi")
        AMBIGUOUS = "ambiguous", _("chưa rõ là ai")
        WRONG = "wrong", _("sai")

    class Result(models.TextChoices):
        WAITING = "", _("chưa ghi")
        APPLIED = "applied", _("đã ghi")
        LEFT = "left", _("không ghi")
        UNDONE = "undone", _("đã hoàn tác")
        KEPT = "kept", _("giữ lại khi hoàn tác")

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("lượt nạp"))
    sheet = models.IntegerField(_("trang"))
    row = models.BigIntegerField(_("dòng"))
    outcome = models.CharField(_("kết luận"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("lý do"), db_default="")
    remedy = models.TextField(_("gợi ý sửa"), db_default="")
    note = models.TextField(_("đã hiểu là"), db_default="")
    title = models.CharField(_("tên"), max_length=120, db_default="")
    values = models.JSONField(_("nội dung"))
    raw = models.JSONField(_("như trong tệp"), null=True)
    differences = models.JSONField(_("khác với sổ"), null=True)
    candidates = models.JSONField(_("người có thể là"), null=True)
    subject = models.BigIntegerField(_("người trong sổ"), null=True)
    result = models.CharField(_("kết quả"), max_length=10, choices=Result.choices, blank=True, db_default="")

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng nạp")
        constraints = [models.UniqueConstraint(fields=["of_import", "sheet", "row"], name="import_row_once")]
        indexes = [
            models.Index(fields=["of_import", "outcome", "id"], name="import_row_outcome"),
            models.Index(fields=["subject"], condition=Q(subject__isnull=False), name="import_row_subject"),
        ]

    def __str__(self):
        return f"{self.of_import} {self.row}"
