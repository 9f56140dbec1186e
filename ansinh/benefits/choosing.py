"""Which standings an account may grant, in groups as an office thinks of them, found without accents."""
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.engine.law.facts import Standing
from ansinh.engine.text.names import fold

MONTHLY, CARE, ONCE = "monthly", "care_support", "once"
TITLES = {
    (MERIT, MONTHLY): gettext_lazy("Ưu đãi người có công, hằng tháng"),
    (MERIT, ONCE): gettext_lazy("Ưu đãi người có công, chi một lần"),
    (ASSISTANCE, MONTHLY): gettext_lazy("Trợ giúp xã hội, hằng tháng"),
    (ASSISTANCE, CARE): gettext_lazy("Trợ giúp xã hội, hỗ trợ người chăm sóc"),
    (ASSISTANCE, ONCE): gettext_lazy("Trợ giúp xã hội, chi một lần"),
}


@dataclass(frozen=True)
class Choices:
    """Standings of one field and manner of paying."""

    key: str
    title: str
    standings: tuple[Standing, ...]

    @property
    def note(self) -> str:
        return _("%(n)s diện") % {"n": len(self.standings)}


def choices(fields: list[str], asked: str = "") -> tuple[Choices, ...]:
    """The groups with what is asked for; a group in which nothing is found stays away."""
    words, found = fold(asked), {key: [] for key in TITLES}
    for standing in book().standings.values():
        if standing.field in fields and _is_meant(standing, words):
            found[standing.field, _manner(standing)].append(standing)
    return tuple(Choices("-".join(key), str(TITLES[key]), tuple(own)) for key, own in found.items() if own)


def _is_meant(standing, words):
    return f" {words}" in f" {fold(f'{standing.vietnamese} {standing.short} {standing.basis}')}"


def _manner(standing):
    if standing.once:
        return ONCE
    return CARE if standing.code in _care_support() else MONTHLY


def _care_support():
    rules = book().rules[ASSISTANCE]
    return set(rules.filter(rules["part"] == CARE)["standing"])
