"""What documents put on the rail, on the page of a person, and behind their codes."""
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.web import composed, rail

from .alongside import effects_of_undoing
from .models import Letter
from .pages.checking import checked_letter
from .pages.issuing import may_issue
from .pages.letters import rows_of

FEW = 8


def _sees_persons(account) -> bool:
    return bool(rights.sees(account, "persons"))


def letters_of(person, account, known):
    """The person's newest letters; the panel stays away where there are none and none may be issued."""
    rows = Letter.objects.visible_to(account).filter(person=person).select_related("person").order_by("-pk")
    if known:
        rows = rows.filter(issued_in__at__lt=clock.end_of(known))
    new = reverse("letter.choose", args=[person.pk]) if known is None and may_issue(account, person) else ""
    shown = rows_of(rows[:FEW])
    return {"rows": shown, "new": new} if shown or new else None


composed.put(composed.Panel("person", gettext_lazy("Văn bản"), 55, "documents/_of_person.html", letters_of, _sees_persons))
composed.put_check(checked_letter)
composed.put_undoing(effects_of_undoing)
composed.put_door("documents.letter", lambda number: reverse("letter", args=[number]))
composed.put_door("documents.recall_letter", lambda number: reverse("letter.recall", args=[int(number)]))
rail.put(rail.RailItem(gettext_lazy("Văn bản"), "letters", 55, _sees_persons))
