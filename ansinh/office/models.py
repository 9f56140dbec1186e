"""What the office keeps about itself: accounts, rights, journal, tasks, files, jobs."""
from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from . import clock
from .append_only import AppendOnly
from .keys import KeyText


class Account(AbstractUser):
    """Tài khoản: a member of staff who can sign in."""

    first_name = last_name = None
    full_name = models.CharField(_("họ và tên"), max_length=120)
    title = models.CharField(_("chức vụ"), max_length=120, blank=True)
    is_demonstration = models.BooleanField(_("tài khoản trình diễn"), default=False)

    class Meta:
        verbose_name = _("tài khoản")

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


class RightQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Right(models.Model):
    """Quyền: a role of an account in an area and a field; paths end with a dot, an empty field means every field."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="rights", verbose_name=_("tài khoản"))
    role = models.CharField(_("vai trò"), max_length=40)
    area_path = KeyText(_("địa bàn"), max_length=60)
    field = models.CharField(_("lĩnh vực"), max_length=40, blank=True)
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = RightQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyền")
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "area_path", "field", "since"], name="right_given_once"),
            models.CheckConstraint(condition=Q(area_path__endswith="."), name="right_path_ends_with_dot"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="right_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.role} {self.area_path} {self.field}"


class Entry(AppendOnly):
    """Dòng nhật ký: one act, by whom, when, on what; never changed."""

    at = models.DateTimeField(_("lúc"), db_index=True)
    act = models.CharField(_("việc"), max_length=60, db_index=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="entries", verbose_name=_("người làm"))
    key = models.CharField(_("đối tượng"), max_length=80, blank=True, db_index=True)
    title = models.CharField(_("nội dung"), max_length=300, blank=True)
    facts = models.JSONField(_("số liệu"), default=dict)
    area_path = KeyText(_("địa bàn"), max_length=60, blank=True)
    field = models.CharField(_("lĩnh vực"), max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("thuộc việc"))
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("hoàn tác"))

    class Meta:
        verbose_name = _("dòng nhật ký")

    def __str__(self):
        return f"{self.act} {self.key}"


class Seal(AppendOnly):
    """Dấu niêm nhật ký: a digest over all entries up to one, chained to the seal before it."""

    last_entry = models.OneToOneField(Entry, models.PROTECT, verbose_name=_("đến dòng"))
    count = models.BigIntegerField(_("số dòng"))
    digest = models.CharField(_("mã băm"), max_length=64)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("dấu niêm nhật ký")


class TaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_in=None)


class Task(models.Model):
    """Việc phải làm: an act that waits for a person, with the values that a fact proposes for it."""

    act = models.CharField(_("việc"), max_length=60)
    key = models.CharField(_("đối tượng"), max_length=80)
    cause = models.CharField(_("nguyên do"), max_length=60)
    title = models.CharField(_("nội dung"), max_length=300)
    area_path = KeyText(_("địa bàn"), max_length=60, db_index=True)
    field = models.CharField(_("lĩnh vực"), max_length=40, blank=True)
    facts = models.JSONField(_("giá trị đề nghị"), default=dict)
    raised_on = models.DateField(_("ngày phát sinh"))
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    raised_in = models.ForeignKey(Entry, models.PROTECT, related_name="tasks_raised", verbose_name=_("phát sinh từ"))
    done_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="tasks_done", verbose_name=_("xong ở"))

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc phải làm")
        constraints = [
            models.UniqueConstraint(fields=["act", "key", "cause"], condition=Q(done_in=None), name="one_open_task"),
        ]

    def __str__(self):
        return self.title


class StoredFile(models.Model):
    """Tệp lưu: bytes under their own SHA-256, never altered; both copies were looked at last at ``checked_at``."""

    class Outcome(models.TextChoices):
        GOOD = "good", _("nguyên vẹn")
        MENDED = "mended", _("đã sửa từ bản kia")
        WEAK = "weak", _("chỉ còn một bản tốt")
        LOST = "lost", _("hỏng cả hai bản")

    BROKEN = (Outcome.WEAK, Outcome.LOST)

    sha256 = models.CharField(_("mã băm"), max_length=64, unique=True)
    name = models.CharField(_("tên tệp"), max_length=255)
    size = models.BigIntegerField(_("cỡ (byte)"))
    content_type = models.CharField(_("loại"), max_length=120, blank=True)
    stored_at = models.DateTimeField(_("lưu lúc"))
    checked_at = models.DateTimeField(_("kiểm tra lúc"), null=True)
    outcome = models.CharField(_("kết quả kiểm tra"), max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("tệp lưu")
        indexes = [models.Index(fields=["outcome"], name="stored_file_outcome")]

    def __str__(self):
        return self.name


class Job(models.Model):
    """Việc chạy nền: ordered by an account, owned while it runs by whoever holds its death lock."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ chạy")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("xong")
        FAILED = "failed", _("không xong")

    OPEN = (State.WAITING, State.RUNNING)

    act = models.CharField(_("việc"), max_length=60)
    key = models.CharField(_("đối tượng"), max_length=80, blank=True, db_index=True)
    args = models.JSONField(_("tham số"), default=dict)
    by = models.ForeignKey(Account, models.PROTECT, verbose_name=_("người giao"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.WAITING)
    attempt = models.IntegerField(_("lần chạy"), default=0)
    done = models.BigIntegerField(_("đã xong"), default=0)
    total = models.BigIntegerField(_("tổng số"), null=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    queued_at = models.DateTimeField(_("giao lúc"))
    due_at = models.DateTimeField(_("chạy từ lúc"), null=True)
    begun_at = models.DateTimeField(_("bắt đầu lúc"), null=True)
    seen_at = models.DateTimeField(_("thấy chạy lúc"), null=True)

    class Meta:
        verbose_name = _("việc chạy nền")
        indexes = [models.Index("id", condition=Q(state__in=("waiting", "running")), name="job_open")]

    def __str__(self):
        return f"{self.act} {self.key}"


class InstallationQuerySet(models.QuerySet):
    def clock_shift(self) -> timedelta:
        row = self.filter(pk=1).values_list("clock_shift", flat=True).first()
        return row or timedelta()

    def is_demonstration(self) -> bool:
        return self.filter(pk=1, is_demonstration=True).exists()


class Installation(models.Model):
    """Bản cài đặt: whether this database is a demonstration, and where its clock stands."""

    is_demonstration = models.BooleanField(_("bản trình diễn"), default=False)
    clock_shift = models.DurationField(_("đồng hồ lệch"), default=timedelta)

    objects = InstallationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản cài đặt")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_installation")]

    def set_clock(self, moment):
        """Let a demonstration's clock stand at ``moment`` from now on."""
        self.clock_shift = moment - clock.real_now()
