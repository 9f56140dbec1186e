"""Fields of papers: what the machine suggests, what officers enter, and what of the registry it proves."""
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.append_only import AppendOnly
from ansinh.office.models import Account, Entry
from ansinh.registry.models import Death, Identifier, Particulars, Residence, Standing

from ..words import Box
from .dossiers import Dossier, OfDossierQuerySet, seen_by
from .pages import OfPageQuerySet, Page, Paper


class Boxed(models.Model):
    """A place on a page, in pixels of the page."""

    left = models.IntegerField(_("trái"))
    top = models.IntegerField(_("trên"))
    width = models.IntegerField(_("rộng"))
    height = models.IntegerField(_("cao"))

    class Meta:
        abstract = True

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.height)


class Suggestion(Boxed):
    """Điều máy đọc: a value that the machine suggests for a field of a paper; reading a page again replaces it.

    ``name`` is a code of law/dossiers/fields.yaml; ``value`` its plain form (ISO day, ISO month, digits, name as written),
    ``raw`` as it stands on the page; ``confidence`` 0..100.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="suggestions", verbose_name=_("trang"))
    name = models.CharField(_("ô"), max_length=40)
    value = models.CharField(_("giá trị"), max_length=300)
    raw = models.CharField(_("như đọc được"), max_length=300)
    confidence = models.IntegerField(_("độ chắc"))
    rule = models.CharField(_("đọc theo"), max_length=40)

    objects = OfPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("điều máy đọc")


class EnteringQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Entries of papers whose dossier the account sees."""
        return self.filter(seen_by(account, "paper__dossier__"))


class Entering(AppendOnly):
    """Lượt nhập một ô: a value typed or accepted by an officer, with its place on the page; a later one of a round replaces it.

    Round 1 is entered beside the machine's suggestion, round 2 blind by another officer, round 3 settles a difference.
    What came in a package was entered by someone without an account here: ``entered_elsewhere_by`` says who in words, and
    ``entered_by`` is who took the package in.
    """

    class Round(models.IntegerChoices):
        FIRST = 1, _("lần 1")
        SECOND = 2, _("lần 2, nhập kín")
        THIRD = 3, _("người thứ ba")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="enterings", verbose_name=_("giấy tờ"))
    name = models.CharField(_("ô"), max_length=40)
    round = models.IntegerField(_("lần"), choices=Round.choices)
    value = models.CharField(_("giá trị"), max_length=300, blank=True)
    is_unreadable = models.BooleanField(_("không đọc được"), default=False)
    is_as_suggested = models.BooleanField(_("nhận như máy đọc"), default=False)
    page = models.ForeignKey(Page, models.PROTECT, null=True, related_name="+", verbose_name=_("trang"))
    left = models.IntegerField(_("trái"), null=True)
    top = models.IntegerField(_("trên"), null=True)
    width = models.IntegerField(_("rộng"), null=True)
    height = models.IntegerField(_("cao"), null=True)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("người nhập"))
    entered_elsewhere_by = models.CharField(_("người nhập ở nơi gửi gói"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("nhập lúc"))
    entered_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = EnteringQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("lượt nhập một ô")
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None) | Q(left__isnull=False, top__isnull=False, width__gt=0, height__gt=0), name="entering_box_is_whole"
            ),
        ]
        indexes = [models.Index(fields=["paper", "name", "round", "-id"], name="entering_newest")]

    @property
    def who(self) -> str:
        """Who entered it: an account here, or in words someone at the place from which a package came."""
        said = {"who": self.entered_elsewhere_by, "by": self.entered_by}
        return _("%(who)s ở nơi gửi gói; %(by)s nhận gói") % said if self.entered_elsewhere_by else str(self.entered_by)


class Settlement(AppendOnly):
    """Cách xử lý mâu thuẫn: which value of a field counts where papers, or a paper and the register, disagree.

    ``entering`` None: what the register says stands. A later settlement of the same field replaces it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="settlements", verbose_name=_("hồ sơ"))
    name = models.CharField(_("ô"), max_length=40)
    entering = models.ForeignKey(Entering, models.PROTECT, null=True, related_name="+", verbose_name=_("lượt nhập được chọn"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    settled_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))

    objects = OfDossierQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("cách xử lý mâu thuẫn")


PROVABLE = ("particulars", "identifier", "residence", "death", "standing")


def _exactly_one() -> Q:
    alone = (Q(**{f"{other}__isnull": other != name for other in PROVABLE}) for name in PROVABLE)
    return reduce(or_, alone)


class Evidence(Boxed, AppendOnly):
    """Chứng cứ: the place on a scan from which a value of a registry row was taken, who entered and who checked it."""

    entering = models.ForeignKey(Entering, models.PROTECT, related_name="evidence", verbose_name=_("lượt nhập"))
    page = models.ForeignKey(Page, models.PROTECT, related_name="evidence", verbose_name=_("trang"))
    name = models.CharField(_("điều được chứng minh"), max_length=40)
    value = models.CharField(_("giá trị"), max_length=300)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("người đối chiếu"))
    checked_elsewhere_by = models.CharField(_("người đối chiếu ở nơi gửi gói"), max_length=300, blank=True)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    particulars = models.ForeignKey(Particulars, models.PROTECT, null=True, related_name="evidence", verbose_name=_("nhân thân"))
    identifier = models.ForeignKey(Identifier, models.PROTECT, null=True, related_name="evidence", verbose_name=_("số giấy tờ"))
    residence = models.ForeignKey(Residence, models.PROTECT, null=True, related_name="evidence", verbose_name=_("nơi cư trú"))
    death = models.ForeignKey(Death, models.PROTECT, null=True, related_name="evidence", verbose_name=_("ghi nhận mất"))
    standing = models.ForeignKey(Standing, models.PROTECT, null=True, related_name="evidence", verbose_name=_("diện"))

    objects = OfPageQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("chứng cứ")
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="evidence_proves_one_row")]
