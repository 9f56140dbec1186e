"""Who is married to whom as the register knows it: a span of days by a paper, one row for both, as decided and as known."""
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office import rights
from ansinh.office.dated import DatedQuerySet

from .persons import Death, Person, PersonRow


class MarriageQuerySet(DatedQuerySet):
    def visible_to(self, account):
        """Marriages of whom at least one is a person whom the account sees."""
        paths = rights.sees(account, "persons")
        return self.filter(rights.within(paths, "person__area_path") | rights.within(paths, "spouse__area_path"))

    def of(self, *persons: Person):
        """Marriages of any of these persons, whichever of the two they are."""
        return self.filter(Q(person__in=persons) | Q(spouse__in=persons))

    def lasting(self, day: date, known: datetime | date | None = None):
        """Marriages that last on a day, as known then or now: neither divorced nor ended by a death before it."""
        died = Death.objects.known(known).filter(since__lt=day)
        return self.on(day, known).exclude(Exists(died.filter(person=OuterRef("person")))).exclude(Exists(died.filter(person=OuterRef("spouse"))))


class Marriage(PersonRow):
    """Hôn nhân: ``person`` and ``spouse`` are a couple from ``since`` to the day before the divorce (``until``, open while none is known).

    A death ends it too: that is derived (``lasting``), never written here. Without ``spouse`` the other is not in the register.
    """

    subject_fields = ("person", "spouse")
    spouse = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("vợ hoặc chồng"))

    objects = MarriageQuerySet.as_manager()

    class Meta(PersonRow.Meta):
        verbose_name = _("hôn nhân")
        constraints = [
            *PersonRow.Meta.constraints,
            models.CheckConstraint(condition=Q(spouse=None) | ~Q(spouse=F("person")), name="marriage_is_of_two"),
        ]
        indexes = [models.Index(fields=["person", "since"], name="marriage_of_person"), models.Index(fields=["spouse"], name="marriage_of_spouse")]

    def other(self, person: Person) -> Person | None:
        """Husband or wife of one of the two; ``None`` where the register does not know that person."""
        return self.spouse if self.person_id == person.pk else self.person

    @property
    def last_day(self) -> date | None:
        """The last day by what is known now: the day before the divorce, or the first death of the two."""
        ends = [self.until, self.person.died_on, self.spouse and self.spouse.died_on]
        return min((day for day in ends if day), default=None)
