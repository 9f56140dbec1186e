"""What documents keeps: templates as the office edited them, and every letter that was issued."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.keys import KeyText
from ansinh.office.models import Account, Entry, StoredFile
from ansinh.registry.models import Person

from .kinds import kinds


class LetterTemplate(models.Model):
    """Mẫu văn bản: a DOCX that the office edited for a kind of letter; the newest that was not withdrawn is in use."""

    kind = models.CharField(_("loại văn bản"), max_length=30)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    name = models.CharField(_("tên tệp"), max_length=200)
    taken_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("nhận ở"))
    withdrawn_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("thôi dùng ở"))

    class Meta:
        verbose_name = _("mẫu văn bản")

    def __str__(self):
        return self.name


class LetterQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Letters to persons of areas and fields in which the account sees persons."""
        return self.filter(rights.seen(account, "persons", path="person__area_path"))

    def standing(self):
        """Letters that hold: all but the voided."""
        return self.filter(voided_in=None)


class Letter(models.Model):
    """Văn bản phát hành: numbered in its series of the year, with the template and the values it was made of.

    ``file`` is the PDF as it was issued, never made anew; of letters issued together it holds many, this one from ``page`` on.
    ``about`` is the subject that it rests on (``benefits.entitlement:12``).
    """

    kind = models.CharField(_("loại văn bản"), max_length=30)
    series = KeyText(_("ký hiệu loại"), max_length=10)
    year = models.IntegerField(_("năm"))
    number = models.IntegerField(_("số"))
    symbol = KeyText(_("số, ký hiệu"), max_length=40)
    code = KeyText(_("mã kiểm tra"), max_length=20, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="letters", verbose_name=_("cá nhân"))
    field = models.CharField(_("lĩnh vực"), max_length=40)
    about = KeyText(_("dựa trên"), max_length=80, blank=True)
    signed_on = models.DateField(_("ngày ký"))
    signer = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người ký"))
    template = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("mẫu"))
    values = models.JSONField(_("nội dung điền"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    page = models.IntegerField(_("từ trang"), default=1)
    issued_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("phát hành ở"))
    voided_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("hủy ở"))
    void_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    handed_on = models.DateField(_("ngày trao"), null=True)
    handed_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("ghi trao ở"))

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản phát hành")
        constraints = [models.UniqueConstraint(fields=["series", "year", "number"], name="letter_numbered_once")]
        indexes = [
            models.Index(fields=["person", "id"], name="letter_of_person"),
            models.Index(fields=["about"], name="letter_about"),
            models.Index(fields=["file", "page"], name="letter_in_file"),
        ]

    def __str__(self):
        return self.symbol

    def journal_title(self):
        return self.symbol

    @property
    def area_path(self):
        return self.person.area_path

    @property
    def title(self) -> str:
        """How its kind is called."""
        return kinds()[self.kind].title
