"""What police and civil status say of our persons: a source beside the register, which never changes it."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import PersonRow


class PopulationRecord(PersonRow):
    """Dòng dữ liệu dân cư: how a person stood in an imported population list; ``since`` is the day as of which it speaks."""

    class State(models.TextChoices):
        ALIVE = "alive", _("đang cư trú")
        DEAD = "dead", _("đã mất")
        MOVED = "moved", _("đã chuyển đi")
        DETAINED = "detained", _("đang bị giam giữ, chấp hành án")

    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices)
    happened_on = models.DateField(_("từ ngày"), null=True)
    remark = models.CharField(_("ghi chú"), max_length=200, blank=True, db_default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("dòng dữ liệu dân cư")
        indexes = [models.Index(fields=["person", "state"], name="population_of_person")]
