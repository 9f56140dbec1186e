"""What the register says for a letter on a change of level by age: the new amount, from its first month."""
from ansinh.web.composed import Draft

from . import queries
from .level_changes import LevelChange, coming, untold
from .models import Entitlement


def drafts_of_level_changes(person, account):
    """A letter of change for each amount of the person that changes by age within two months, as far as none tells of it yet."""
    seen = set(Entitlement.objects.visible_to(account).filter(payable__person=person).values_list("pk", flat=True))
    for change in untold(coming(person)):
        if change.entitlement.pk in seen:
            yield draft_of(change)


def draft_of(change: LevelChange) -> Draft:
    """The values of the letter, filled in beforehand."""
    entitlement, title = change.entitlement, str(change.entitlement.payable)
    values = {
        "scheme": f"chế độ {title[:1].lower()}{title[1:]}", "amount": change.after, "since": change.month,
        "basis": queries.current_terms(entitlement)[-1].source,
        "reason": f"đủ {change.age} tuổi từ tháng {change.month:%m/%Y} ({change.article})",
    }
    return Draft(change.about, f"{title}, đủ {change.age} tuổi", entitlement.field, ("change",), values)
