"""Whom we pay for what, and by which way the money goes."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.registry.models import Person
from ansinh.registry.models.persons import PersonRow


class PayableQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Payables of persons in whose areas the account sees money of that field."""
        return self.filter(rights.seen(account, "money", path="person__area_path"))


class Payable(models.Model):
    """Khoản phải chi: identity of a thing owed month by month to a person; an upper module says what it is.

    ``ends_on`` is the last day of the right to it, kept by the owning module's acts; null is open.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="payables", verbose_name=_("cá nhân"))
    field = models.CharField(_("lĩnh vực"), max_length=40)
    title = models.CharField(_("tên khoản"), max_length=200)
    ends_on = models.DateField(_("hưởng đến hết"), null=True)

    objects = PayableQuerySet.as_manager()

    class Meta:
        verbose_name = _("khoản phải chi")
        indexes = [models.Index(fields=["person"], name="payable_person")]

    def __str__(self):
        return self.title

    @property
    def area_path(self):
        return self.person.area_path


class Channel(PersonRow):
    """Kênh chi: how a person's money goes, and who may receive it for them."""

    class Kind(models.TextChoices):
        POST = "post", _("bưu điện")
        BANK = "bank", _("ngân hàng")

    kind = models.CharField(_("kênh"), max_length=10, choices=Kind.choices)
    bank = models.CharField(_("ngân hàng"), max_length=80, blank=True, db_default="")
    account_number = models.CharField(_("số tài khoản"), max_length=40, blank=True, db_default="")
    receiver = models.CharField(_("người nhận thay"), max_length=120, blank=True, db_default="")
    receiver_relation = models.CharField(_("quan hệ"), max_length=60, blank=True, db_default="")
    receiver_paper = models.CharField(_("giấy ủy quyền"), max_length=200, blank=True, db_default="")
    receiver_until = models.DateField(_("ủy quyền đến hết"), null=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("kênh chi")
