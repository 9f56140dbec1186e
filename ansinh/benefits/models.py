"""What benefits keeps: entitlements and their terms, as decided and as known."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.engine.law.book import ASSISTANCE
from ansinh.office import rights
from ansinh.office.append_only import AppendOnly
from ansinh.office.dated import Dated, DatedQuerySet
from ansinh.office.keys import KeyText
from ansinh.office.models import Entry
from ansinh.payments.models import Payable
from ansinh.registry.models import Standing
from ansinh.registry.models.persons import PersonRow, StandingFacts


class EntitlementQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Entitlements whose payable the account sees."""
        return self.filter(payable__in=Payable.objects.visible_to(account))


class Entitlement(models.Model):
    """Chế độ được hưởng: a standing's monthly allowance granted by a decision; identity only, the terms are dated.

    ``paid_up_to`` is the last month settled before An Sinh paid its first list.
    """

    payable = models.OneToOneField(Payable, models.PROTECT, primary_key=True, related_name="entitlement", verbose_name=_("khoản phải chi"))
    standing = models.CharField(_("diện"), max_length=40)
    paid_up_to = models.DateField(_("đã chi đến hết tháng"), null=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("chế độ được hưởng")

    def __str__(self):
        return str(self.payable)

    @property
    def person(self):
        return self.payable.person

    @property
    def area_path(self):
        return self.payable.area_path

    @property
    def field(self):
        return self.payable.field


class TermsQuerySet(DatedQuerySet):
    def visible_to(self, account):
        """Terms of the fields whose money the account sees where the person lives."""
        return self.filter(rights.seen(account, "money", path="entitlement__payable__person__area_path", field="entitlement__payable__field"))


class Terms(StandingFacts, Dated):
    """Nội dung hưởng: by which facts an entitlement is reckoned over a span, and whether it runs or is suspended.

    ``decides`` names the values that this row's own decision set on its first day, so that the order in which the
    office learnt of changes does not matter.
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("đang hưởng")
        SUSPENDED = "suspended", _("tạm đình chỉ")

    FACTS = (*StandingFacts.FACTS, "born", "poverty", "people", "quantity")

    subject_fields = ("entitlement",)
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="terms_rows", verbose_name=_("chế độ được hưởng"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.IN_FORCE)
    decides = models.CharField(_("quyết định về"), max_length=200, blank=True)
    born = models.DateField(_("ngày sinh dùng để tính"), null=True)
    poverty = models.CharField(_("hộ nghèo, cận nghèo"), max_length=10, blank=True, db_default="")
    people = models.IntegerField(_("số người"), null=True)
    quantity = models.IntegerField(_("số lượng"), null=True)
    rests_on = models.ForeignKey(Standing, models.PROTECT, null=True, related_name="+", verbose_name=_("dòng diện"))

    objects = TermsQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("nội dung hưởng")
        indexes = [models.Index(fields=["entitlement", "since"], name="terms_of_entitlement")]


class LawDraftQuerySet(models.QuerySet):
    def standing(self):
        """Drafts that nobody took away."""
        return self.filter(withdrawn_in=None)

    def adopted(self):
        """Texts that count as law here."""
        return self.standing().exclude(adopted_in=None)


class LawDraft(models.Model):
    """Bản thử mức: a law file that is tried on a snapshot; once adopted it is read after the law that came with the programme.

    ``text`` is the file as it was checked. No person is named in it.
    """

    title = models.CharField(_("tên bản thử"), max_length=200)
    text = models.TextField(_("nội dung tệp luật"))
    saved_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("lập ở"))
    adopted_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("áp dụng ở"))
    withdrawn_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("bỏ ở"))

    objects = LawDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản thử mức")

    def __str__(self):
        return self.title

    def journal_title(self):
        return self.title

    @property
    def file_name(self) -> str:
        """How its file is called in the installation's folder of law."""
        return f"adopted-{self.pk:06}.yaml"


class FoodDecisionQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Decisions by which somebody got rice whose benefits the account sees, also those that were undone."""
        return self.filter(pk__in=FoodRelief.objects.visible_to(account).values("decision"))


class FoodDecision(AppendOnly):
    """Quyết định cấp gạo: on which occasion, from which month for how many, kilograms a person and month; who got it stands on ``FoodRelief``.

    ``name`` says which occasion of its kind: one storm, the Tết of one year.
    """

    occasion = models.CharField(_("loại dịp"), max_length=40)
    name = models.CharField(_("dịp"), max_length=120)
    number = models.CharField(_("số quyết định"), max_length=60)
    signed_on = models.DateField(_("ngày ký"))
    since = models.DateField(_("gạo từ tháng"))
    months = models.IntegerField(_("số tháng"))
    kilograms = models.IntegerField(_("kg một người một tháng"))
    area_path = KeyText(_("địa bàn"), max_length=60)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = FoodDecisionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("quyết định cấp gạo")

    def __str__(self):
        return f"{self.number} ngày {self.signed_on:%d/%m/%Y}"


class FoodReliefQuerySet(DatedQuerySet):
    def visible_to(self, account):
        """Rice of persons whose social assistance the account sees."""
        return self.filter(rights.within(rights.sees(account, "money", ASSISTANCE), "person__area_path"))


class FoodRelief(PersonRow):
    """Hỗ trợ lương thực: the rice (kilograms, no đồng) of a person for the months of a decision; ``area_path`` is the commune of that time."""

    subject_fields = ("person", "occasion")
    decision = models.ForeignKey(FoodDecision, models.PROTECT, related_name="rows", verbose_name=_("quyết định cấp gạo"))
    occasion = models.CharField(_("loại dịp"), max_length=40)
    area_path = KeyText(_("địa bàn"), max_length=60)
    kilograms = models.IntegerField(_("số kg"))

    objects = FoodReliefQuerySet.as_manager()

    class Meta(PersonRow.Meta):
        verbose_name = _("hỗ trợ lương thực")
        constraints = [
            *PersonRow.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kilograms__gt=0), name="food_relief_is_some_rice"),
            models.UniqueConstraint(fields=["decision", "person"], condition=models.Q(withdrawn_at=None), name="rice_once_a_decision"),
        ]
        indexes = [models.Index(fields=["decision", "area_path"], name="food_relief_by_commune")]
