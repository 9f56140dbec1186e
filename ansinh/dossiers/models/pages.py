"""Pages as instructions on the images of scans, the papers they make up, and the words on them."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.append_only import AppendOnly
from ansinh.office.keys import KeyText
from ansinh.office.models import Entry, StoredFile

from ..words import Box, Word
from .dossiers import Dossier, OfDossierQuerySet, seen_by
from .intake import Scan


class Paper(models.Model):
    """Giấy tờ: one paper of a dossier, its kind (law/dossiers/papers.yaml) and what describes it in the archive.

    ``number``/``notation`` are the two halves of "1187/QĐ-LĐTBXH"; ``archived`` is the PDF/A of ``version`` under ``archive_code``.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers", verbose_name=_("hồ sơ"))
    position = models.IntegerField(_("thứ tự trong hồ sơ"))
    kind = models.CharField(_("loại giấy"), max_length=40, blank=True)
    kind_confidence = models.IntegerField(_("độ chắc của loại giấy"), null=True)
    kind_is_confirmed = models.BooleanField(_("loại giấy đã được nhận"), default=False)
    number = models.CharField(_("số"), max_length=11, blank=True)
    notation = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    subject = models.CharField(_("trích yếu"), max_length=500, blank=True)
    reliability = models.CharField(_("mức độ tin cậy"), max_length=30, blank=True)
    archive_code = KeyText(_("mã tài liệu"), max_length=30, blank=True)
    version = models.IntegerField(_("lần số hóa"), default=0)
    archived = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("bản lưu trữ PDF/A"))

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("giấy tờ")
        constraints = [
            models.UniqueConstraint(fields=["archive_code"], condition=~Q(archive_code=""), name="archive_code_once"),
        ]
        indexes = [models.Index(fields=["dossier", "position"], name="paper_of_dossier")]

    @property
    def area_path(self) -> str:
        return self.dossier.area_path

    @property
    def field(self) -> str:
        return self.dossier.field


class PageQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Pages of dossiers that the account sees; those of no dossier yet, of batches that it sees."""
        return self.filter(seen_by(account, "dossier__") | Q(dossier=None) & seen_by(account, "scan__batch__"))

    def waiting(self):
        """Pages that a machine has still to read, the most urgent first."""
        return self.filter(reading=Page.Reading.WAITING).order_by("-priority", "id")


class Page(models.Model):
    """Trang: one side of a sheet, as reversible instructions on an image of a scan.

    The image ``number`` (from 1) of the scan is turned ``turn`` degrees clockwise, then cut to ``cut`` ([left, top, width,
    height] in pixels of the turned image; None is the whole): that gives ``width`` × ``height`` pixels, in which all boxes
    count. Two pages of one image are ``part`` 1 and 2.
    """

    class Kind(models.TextChoices):
        PAGE = "page", _("trang")
        BLANK = "blank", _("trang trắng")
        SEPARATOR = "separator", _("tờ ngăn")
        COVER = "cover", _("tờ bìa lô")

    class Reading(models.TextChoices):
        NONE = "none", _("không đọc")
        WAITING = "waiting", _("chờ đọc")
        READ = "read", _("đã đọc")
        FAILED = "failed", _("không đọc được")

    scan = models.ForeignKey(Scan, models.PROTECT, related_name="pages", verbose_name=_("tệp quét"))
    number = models.IntegerField(_("ảnh thứ"))
    part = models.IntegerField(_("phần"), default=0)
    turn = models.IntegerField(_("xoay (độ)"), default=0)
    cut = models.JSONField(_("cắt"), null=True)
    width = models.IntegerField(_("rộng (điểm ảnh)"))
    height = models.IntegerField(_("cao (điểm ảnh)"))
    dpi = models.IntegerField(_("độ phân giải"))
    kind = models.CharField(_("loại trang"), max_length=10, choices=Kind.choices, default=Kind.PAGE)
    look = KeyText(_("dấu ảnh"), max_length=16, blank=True)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", verbose_name=_("trùng với trang"))
    screen = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("ảnh màn hình"))
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="pages", verbose_name=_("hồ sơ"))
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, related_name="pages", verbose_name=_("giấy tờ"))
    position = models.IntegerField(_("thứ tự trong hồ sơ"), null=True)
    reading = models.CharField(_("việc đọc"), max_length=10, choices=Reading.choices, default=Reading.WAITING)
    priority = models.IntegerField(_("ưu tiên"), default=0)
    attempts = models.IntegerField(_("lần đọc"), default=0)
    failure = models.CharField(_("vì sao không đọc được"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("đọc lúc"), null=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("trang quét")
        constraints = [
            models.UniqueConstraint(fields=["scan", "number", "part"], name="page_cut_once"),
            models.CheckConstraint(condition=Q(turn__in=(0, 90, 180, 270)), name="page_turns_by_quarters"),
        ]
        indexes = [
            models.Index(fields=["-priority", "id"], condition=Q(reading="waiting"), name="page_waiting"),
            models.Index(fields=["id"], condition=Q(reading="failed"), name="page_failed"),
            models.Index(fields=["read_at"], condition=Q(read_at__isnull=False), name="page_read_at"),
            models.Index(fields=["dossier", "position"], name="page_of_dossier"),
        ]

    def __str__(self):
        return f"{self.scan} {self.number}"

    @property
    def area_path(self) -> str:
        return (self.dossier or self.scan.batch).area_path

    @property
    def field(self) -> str:
        return (self.dossier or self.scan.batch).field


class OfPageQuerySet(models.QuerySet):
    def visible_to(self, account):
        """What belongs to pages that the account sees."""
        of_batch = Q(page__dossier=None) & seen_by(account, "page__scan__batch__")
        return self.filter(seen_by(account, "page__dossier__") | of_batch)


class FormerArrangement(AppendOnly):
    """Cách xếp trang, giấy trước khi đổi: what an act changed of pages and papers, so that it can be undone.

    ``changes``: {"pages": {id: [before, after]}, "papers": …}, each side the changed columns by name; ``None`` where there was no row.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", verbose_name=_("hồ sơ"))
    changes = models.JSONField(_("điều đã đổi"))
    changed_in = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = OfDossierQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("cách xếp trang trước khi đổi")


class PageText(models.Model):
    """Chữ trên trang: words as corrected, with boxes and confidence, and beside them what was read before each correction.

    ``words``: [[text, left, top, width, height, confidence, line], …]; ``corrections``: [[place in words, as read, rule], …].
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="text", verbose_name=_("trang"))
    words = models.JSONField(_("các chữ"))
    corrections = models.JSONField(_("đã sửa"), default=list)
    confidence = models.IntegerField(_("độ chắc trung bình"))
    reader = models.CharField(_("bộ đọc"), max_length=120)
    cost = models.IntegerField(_("công đọc (ms CPU)"))

    objects = OfPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("chữ trên trang")

    def as_words(self) -> list[Word]:
        """The stored words as values."""
        return [Word(text, Box(*box), confidence, line) for text, *box, confidence, line in self.words]
