"""Persons: an undated subject row for identity, and dated rows for what is true of them."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.dated import Dated, DatedQuerySet
from ansinh.office.keys import KeyText

from .areas import Area


class Sex(models.TextChoices):
    MALE = "male", _("nam")
    FEMALE = "female", _("nữ")
    UNKNOWN = "", _("chưa rõ")


class Precision(models.TextChoices):
    """How much of a birth date is known."""

    DAY = "day", _("đủ ngày")
    MONTH = "month", _("chỉ tháng và năm")
    YEAR = "year", _("chỉ năm")
    UNKNOWN = "unknown", _("không rõ")


class PersonQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Persons who live (the dead: last lived) in areas of the account's rights; nobody else exists for it."""
        return self.filter(rights.within(rights.sees(account, "persons")))


class Person(models.Model):
    """Cá nhân: identity only; name, birth, death day and place are a cache that acts keep for search and lists."""

    name = models.CharField(_("họ và tên"), max_length=120)
    search_key = KeyText(_("khóa tìm không dấu"), max_length=120)
    accented_key = KeyText(_("khóa tìm có dấu"), max_length=120, db_default="")
    given_key = KeyText(_("khóa tìm từ tên"), max_length=120, db_default="")
    sort_key = models.BinaryField(_("khóa xếp"), max_length=400)
    birth_on = models.DateField(_("ngày sinh"), null=True)
    birth_precision = models.CharField(_("độ rõ ngày sinh"), max_length=8, choices=Precision.choices, default=Precision.UNKNOWN)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex.choices, blank=True)
    died_on = models.DateField(_("mất ngày"), null=True)
    area_path = KeyText(_("địa bàn"), max_length=60, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("cá nhân")
        indexes = [
            models.Index(fields=["search_key", "birth_on", "area_path"], name="person_search"),
            models.Index(fields=["accented_key", "birth_on", "area_path"], name="person_accented"),
            models.Index(fields=["given_key", "birth_on", "area_path"], name="person_given"),
            models.Index(fields=["area_path", "sort_key", "id"], name="person_by_area"),
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
        ]

    def __str__(self):
        return self.name

    def journal_title(self):
        return ""  # no personal data in the journal's own text; the key leads to the person


class PersonRowQuerySet(DatedQuerySet):
    def visible_to(self, account):
        """Rows of persons whom the account sees."""
        return self.filter(rights.within(rights.sees(account, "persons"), "person__area_path"))


class PersonRow(Dated):
    """What dated rows of a person share."""

    subject_fields = ("person",)
    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("cá nhân"))

    objects = PersonRowQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True


class Particulars(PersonRow):
    """Nhân thân: name, birth and sex as the office believes them."""

    name = models.CharField(_("họ và tên"), max_length=120)
    birth_on = models.DateField(_("ngày sinh"), null=True)
    birth_precision = models.CharField(_("độ rõ ngày sinh"), max_length=8, choices=Precision.choices, default=Precision.UNKNOWN)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(_("dân tộc"), max_length=40, blank=True, db_default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("nhân thân")


class Identifier(PersonRow):
    """Số giấy tờ: a number that leads to a person; one current row a number and kind."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("số định danh cá nhân")
        OLD_CARD = "old_card", _("chứng minh nhân dân")
        SOCIAL_INSURANCE = "social_insurance", _("mã số bảo hiểm xã hội")
        FILE = "file", _("số hồ sơ người có công")

    subject_fields = ("person", "kind")
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    number = KeyText(_("số"), max_length=40)

    class Meta(PersonRow.Meta):
        verbose_name = _("số giấy tờ")
        constraints = [
            *PersonRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "number"], condition=Q(withdrawn_at=None, until=None), name="number_leads_to_one_person"
            ),
        ]
        indexes = [models.Index(fields=["number"], name="identifier_number")]

    def __str__(self):
        return self.number


class Residence(PersonRow):
    """Nơi cư trú: where the person lives; the unit is the one of that time, the place on an issued paper never changes.

    Without a unit the person lives outside the province, at ``address``.
    """

    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị hành chính"))
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    household = models.CharField(_("số hộ"), max_length=40, blank=True, db_default="")
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True, db_default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("nơi cư trú")


class Death(PersonRow):
    """Ghi nhận mất: ``since`` is the day of death."""

    class Meta(PersonRow.Meta):
        verbose_name = _("ghi nhận mất")


class StandingFacts(models.Model):
    """What a deciding paper says of a standing: the facts by which the law's tables are read."""

    grade = models.IntegerField(_("tỷ lệ tổn thương cơ thể (%)"), null=True)
    special = models.BooleanField(_("đặc biệt nặng"), default=False, db_default=False)
    attendant = models.BooleanField(_("có người phục vụ"), default=False, db_default=False)
    martyrs = models.IntegerField(_("số liệt sĩ"), null=True)
    care = models.BooleanField(_("hưởng nuôi dưỡng"), default=False, db_default=False)
    remarried = models.BooleanField(_("tái giá"), default=False, db_default=False)
    medal = models.CharField(_("hình thức khen thưởng"), max_length=20, blank=True, db_default="")
    full_time = models.BooleanField(_("thoát ly"), default=False, db_default=False)
    seniority = models.IntegerField(_("thâm niên (lần)"), null=True)
    case = models.CharField(_("trường hợp của trẻ"), max_length=2, blank=True, db_default="")
    severity = models.CharField(_("mức độ khuyết tật"), max_length=20, blank=True, db_default="")
    children = models.IntegerField(_("số con"), null=True)

    FACTS = (
        "grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority", "case", "severity", "children",
    )

    class Meta:
        abstract = True

    def facts(self) -> dict:
        """The facts by name."""
        return {name: getattr(self, name) for name in self.FACTS}


class Standing(StandingFacts, PersonRow):
    """Diện: what one is in law, before any benefit."""

    subject_fields = ("person", "code")
    code = models.CharField(_("diện"), max_length=40)

    class Meta(PersonRow.Meta):
        verbose_name = _("diện")
        indexes = [models.Index(fields=["person", "code"], name="standing_of_person")]

    def __str__(self):
        return self.code
