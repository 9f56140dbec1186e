"""Dossiers: the papers about one subject, who works on them, and where the paper file is."""
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.engine.text.names import fold
from ansinh.office import clock, rights
from ansinh.office.append_only import AppendOnly
from ansinh.office.keys import KeyText
from ansinh.office.models import Account, Entry, StoredFile
from ansinh.registry.models import Person


def seen_by(account, prefix="") -> Q:
    """A condition on dossiers: in areas and fields in which the account sees dossiers; ``prefix`` leads to the dossier."""
    return rights.seen(account, "dossiers", path=f"{prefix}area_path", field=f"{prefix}field")


class DossierQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Dossiers of areas and fields in which the account sees dossiers; no other exists for it."""
        return self.filter(seen_by(account))


class Dossier(models.Model):
    """Hồ sơ: the papers about one subject, kept as evidence.

    ``area_path`` is where the person is found today, kept by acts as the person's own; ``category`` is a code of
    law/dossiers/categories.yaml; ``retention_years`` None is permanent; ``round`` is the entering that it waits for.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("đã ghi sổ")
        SCANNED = "scanned", _("đã quét")
        READ = "read", _("đã đọc")
        ENTERED = "entered", _("đã nhập")
        CHECKED = "checked", _("đã đối chiếu")
        VERIFIED = "verified", _("đã xác minh")

    code = KeyText(_("số hồ sơ"), max_length=40, unique=True)
    category = models.CharField(_("loại hồ sơ"), max_length=40)
    title = models.CharField(_("tên hồ sơ"), max_length=200)
    search_key = KeyText(_("khóa tìm không dấu"), max_length=250)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="dossiers", verbose_name=_("cá nhân"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.REGISTERED)
    sheets_on_paper = models.IntegerField(_("số tờ trên giấy"), null=True)
    shelf = models.CharField(_("nơi để"), max_length=120, blank=True)
    retention_years = models.IntegerField(_("thời hạn bảo quản (năm)"), null=True)
    entered_twice = models.BooleanField(_("nhập hai lần"), default=False)
    round = models.IntegerField(_("chờ nhập lần"), default=1)
    first_entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("xong lần 1"))
    second_entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("xong lần 2"))
    registered_at = models.DateTimeField(_("ghi sổ lúc"))
    verified_at = models.DateTimeField(_("xác minh lúc"), null=True)
    lost_on = models.DateField(_("mất bản gốc ngày"), null=True)
    loss_note = models.CharField(_("về việc mất bản gốc"), max_length=300, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ số hóa")
        constraints = [models.CheckConstraint(condition=Q(area_path__endswith="."), name="dossier_path_ends_with_dot")]
        indexes = [
            models.Index(fields=["area_path", "code"], name="dossier_by_area"),
            models.Index(fields=["state", "area_path"], name="dossier_by_state"),
        ]

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        # Found without accents by number and title, however the row is written.
        self.search_key = fold(f"{self.code} {self.title}")[:250]
        super().save(*args, **kwargs)

    def journal_title(self):
        return self.code


class OfDossierQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Rows of dossiers that the account sees."""
        return self.filter(seen_by(account, "dossier__"))


class FormerDossier(AppendOnly):
    """Hồ sơ trước khi sửa: what stood in the book before an act changed it, so that the act can be undone and the change be seen."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="former", verbose_name=_("hồ sơ"))
    title = models.CharField(_("tên hồ sơ"), max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("cá nhân"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    sheets_on_paper = models.IntegerField(_("số tờ trên giấy"), null=True)
    shelf = models.CharField(_("nơi để"), max_length=120, blank=True)
    retention_years = models.IntegerField(_("thời hạn bảo quản (năm)"), null=True)
    lost_on = models.DateField(_("mất bản gốc ngày"), null=True)
    loss_note = models.CharField(_("về việc mất bản gốc"), max_length=300, blank=True)
    replaced_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("sửa ở"))

    objects = OfDossierQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("hồ sơ trước khi sửa")


class Lease(models.Model):
    """Lượt giữ hồ sơ: an officer has the dossier on the desk until a moment; nobody else is given it meanwhile."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="lease", verbose_name=_("hồ sơ"))
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("người giữ"))
    until = models.DateTimeField(_("giữ đến"))

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt giữ hồ sơ")


class Bookmark(models.Model):
    """Chỗ đang làm: where an officer left off at the reading desk, and the dossiers passed on the way, newest last.

    ``wanted`` narrows what the officer is given next: category, area_path, round.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="+", verbose_name=_("tài khoản"))
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+", verbose_name=_("hồ sơ"))
    page = models.ForeignKey("dossiers.Page", models.SET_NULL, null=True, related_name="+", verbose_name=_("trang"))
    name = models.CharField(_("ô"), max_length=40, blank=True)
    passed = models.JSONField(_("đã qua"), default=list)
    wanted = models.JSONField(_("lọc theo"), default=dict)

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỗ đang làm")


class Loan(models.Model):
    """Lượt mượn hồ sơ giấy: who has the paper file, until when, and when it came back."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="loans", verbose_name=_("hồ sơ"))
    borrower = models.CharField(_("người mượn"), max_length=120)
    purpose = models.CharField(_("để làm gì"), max_length=300)
    out_on = models.DateField(_("mượn ngày"))
    due_on = models.DateField(_("hẹn trả"))
    back_on = models.DateField(_("trả ngày"), null=True)
    lent_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    returned_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("ghi trả ở"))

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt mượn hồ sơ giấy")
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(back_on=None), name="paper_file_is_out_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("out_on")), name="loan_due_after_out"),
            models.CheckConstraint(condition=Q(back_on=None) | Q(back_on__gte=F("out_on")), name="loan_back_after_out"),
        ]


class Extract(models.Model):
    """Trích lục: a numbered copy of pages, given out for a purpose; its code is checked by whoever receives it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extracts", verbose_name=_("hồ sơ"))
    year = models.IntegerField(_("năm"))
    number = models.IntegerField(_("số"))
    code = KeyText(_("mã kiểm tra"), max_length=20, unique=True)
    purpose = models.CharField(_("để làm gì"), max_length=300)
    receiver = models.CharField(_("người nhận"), max_length=120)
    pages = models.JSONField(_("các trang"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    made_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("trích lục hồ sơ")
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="extract_numbered_once")]

    def __str__(self):
        return f"{self.number}/{self.year}"

    @property
    def given_on(self) -> date:
        """The day on which it was given out, as people count days here."""
        return self.made_in.at.astimezone(clock.ZONE).date()
