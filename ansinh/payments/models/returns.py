"""What providers report back: the files, each kept as it came, and what each of their rows said of a line."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import Entry, StoredFile

from .lists import Line, PayList


class ReturnFileQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Files that answer a list which the account sees."""
        return self.filter(pk__in=ReturnAnswer.objects.visible_to(account).values("return_file"))


class ReturnFile(models.Model):
    """Tệp trả về: a provider reports in parts; a later file completes an earlier one, or corrects it with a reason."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("tệp lưu"))
    name = models.CharField(_("tên tệp"), max_length=255)
    rows = models.IntegerField(_("số dòng"))
    corrects = models.CharField(_("sửa tệp trước vì"), max_length=200, blank=True, db_default="")
    taken_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("nhận ở"))
    undone_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("hoàn tác ở"))

    objects = ReturnFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp trả về")
        constraints = [models.UniqueConstraint(fields=["file"], condition=Q(undone_in=None), name="return_file_taken_once")]

    def __str__(self):
        return self.name


class ReturnAnswerQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Answers of lines that the account sees."""
        return self.filter(line__paylist__in=PayList.objects.visible_to(account))

    def open(self):
        """Answers that wait for somebody to look at the name."""
        return self.filter(state=ReturnAnswer.State.ASKED)


class ReturnAnswer(models.Model):
    """Dòng trả về: what one file said of one line, and what became of it; at most one answer of a line stands."""

    class Result(models.TextChoices):
        PAID = "paid", _("đã nhận")
        UNPAID = "unpaid", _("chưa nhận")
        BROUGHT_BACK = "returned", _("trả lại sau")

    class State(models.TextChoices):
        TAKEN = "taken", _("đã ghi")
        SAME = "same", _("như tệp trước")
        ASKED = "asked", _("chờ xác nhận tên")
        REJECTED = "rejected", _("không phải người này")
        REPLACED = "replaced", _("tệp sau đã sửa")
        OVERTAKEN = "overtaken", _("tệp sau đã trả lời")
        UNDONE = "undone", _("đã hoàn tác")

    return_file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="answers", verbose_name=_("tệp trả về"))
    line = models.ForeignKey(Line, models.PROTECT, related_name="answers", verbose_name=_("dòng danh sách"))
    row = models.IntegerField(_("dòng của tệp"))
    result = models.CharField(_("kết quả"), max_length=10, choices=Result.choices)
    paid = models.BigIntegerField(_("đã trả (đồng)"))
    reason = models.CharField(_("lý do"), max_length=200, blank=True, db_default="")
    name = models.CharField(_("họ và tên trong tệp"), max_length=120, blank=True, db_default="")
    signer = models.CharField(_("người ký nhận"), max_length=120, blank=True, db_default="")
    relation = models.CharField(_("quan hệ"), max_length=60, blank=True, db_default="")
    paper = models.CharField(_("giấy tờ"), max_length=200, blank=True, db_default="")
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("thay cho"))

    objects = ReturnAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng trả về")
        constraints = [
            models.UniqueConstraint(fields=["return_file", "line"], name="line_answered_once_a_file"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state="taken", result__in=("paid", "unpaid")), name="one_answer_stands"
            ),
        ]
        indexes = [models.Index(fields=["line"], name="answer_of_line"), models.Index(fields=["state"], name="answer_state")]

    def __str__(self):
        return f"{self.line} {self.get_result_display()}"

    def journal_title(self):
        return f"{self.line.paylist} {self.line.position}"

    @property
    def area_path(self):
        return self.line.paylist.area_path

    @property
    def field(self):
        return self.line.paylist.field
