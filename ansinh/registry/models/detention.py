"""Where the register knows that a person is held: a span of days by a paper, as decided and as known."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import PersonRow


class Detention(PersonRow):
    """Giam giữ: from ``since`` to the day before the return (``until``, open while it lasts), by a judgment or while it is looked into."""

    class Cause(models.TextChoices):
        SENTENCED = "sentenced", _("chấp hành án phạt tù")
        DETAINED = "detained", _("bị tạm giam, chưa có bản án có hiệu lực")

    cause = models.CharField(_("vì sao"), max_length=10, choices=Cause.choices)

    class Meta(PersonRow.Meta):
        verbose_name = _("giam giữ")
        indexes = [models.Index(fields=["person", "since"], name="detention_of_person")]

    def __str__(self):
        return self.get_cause_display()
