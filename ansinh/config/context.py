"""What stands around every page: rail, clock, law version, the department's name of the day."""
from django.urls import reverse

from ansinh.engine.law import book
from ansinh.office import clock, installation, rights
from ansinh.office.departments import department
from ansinh.web import rail


def page_frame(request):
    """Context of the base template."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {"department": department(clock.today()), "demonstration": installation.is_demonstration()}
    return {
        "department": department(clock.today()),
        "demonstration": installation.is_demonstration(),
        "rail": [_shown(item, account) for item in rail.items_for(account)],
        "may_search": may_search(account),
        "data_until": clock.now(),
        "law_version": _law_version(),
    }


def may_search(account) -> bool:
    """Whether the search box has anything to find for the account."""
    return bool(rights.sees(account, "persons") or rights.sees(account, "dossiers"))


def _law_version() -> str:
    """The newest instrument in force today by its day, and the digest of all that is loaded."""
    today = clock.today()
    newest = max((i.in_force for i in book().instruments.values() if i.in_force and i.in_force <= today), default=None)
    return f"{newest:%d/%m/%Y} · {book().digest[:4]}" if newest else book().digest[:8]


def _shown(item, account):
    number = item.number(account) if item.number else None
    return {"label": item.label, "url": reverse(item.url_name), "number": number, "name": item.url_name}
