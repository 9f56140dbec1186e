"""Letters of a life event: one for each act that was done, by the books after all of them, issued within the act's own line."""
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.alongside import Wanted, complete, issue
from ansinh.office.act import continuing
from ansinh.office.models import Account, Entry
from ansinh.web.refusal import Refusal

from ..letters import KINDS, letter_of
from ..models import Entitlement, Terms
from .steps import Said, Step


@dataclass(frozen=True)
class Chosen:
    """Văn bản được chọn: keys of the letters that are issued with the event, and who signs them."""

    keys: tuple[str, ...] = ()
    signer: Account | None = None


NONE = Chosen()
REASONS = {
    "death": gettext_lazy("người hưởng mất ngày %(day)s"), "move_out": gettext_lazy("chuyển đi tỉnh khác ngày %(day)s"),
    "marriage": gettext_lazy("kết hôn ngày %(day)s"), "birth": gettext_lazy("sinh con ngày %(day)s"),
    "grade": gettext_lazy("kết luận giám định y khoa ngày %(day)s"), "severity": gettext_lazy("giấy xác nhận khuyết tật cấp ngày %(day)s"),
    "imprisonment sentenced": gettext_lazy("chấp hành án phạt tù từ ngày %(day)s"),
    "imprisonment detained": gettext_lazy("bị tạm giam từ ngày %(day)s"), "release": gettext_lazy("chấp hành xong án phạt tù ngày %(day)s"),
    "return_home": gettext_lazy("chuyển hồ sơ về từ ngày %(day)s"),
}


def letters_with(lines: list[tuple[Step, Entry]], said: Said, by: Account) -> list[tuple[Wanted, Entry]]:
    """The letters that may go with the acts, each with the journal line of its act."""
    wanted = [(_letter(step, line, said), line) for step, line in lines if step.rule.act in KINDS]
    fitting = complete((one for one, _line in wanted), by)
    return [(one, line) for one, line in wanted if one in fitting]


def issue_chosen(wanted: list[tuple[Wanted, Entry]], chosen: Chosen, by: Account):
    """Issue those that were chosen; undoing an act of the event, or the event, voids its letter."""
    if chosen.keys and chosen.signer is None:
        raise Refusal(_("Chọn người ký văn bản, hoặc bỏ chọn văn bản."))
    for one, line in wanted:
        if one.key in chosen.keys:
            with continuing(line):
                issue(one, chosen.signer, by)


def rest_of_letters(rules, wanted: tuple[Wanted, ...]):
    """The law's lines of letters that no letter of these stands for: they are written later."""
    issued = {act for act, kind in KINDS.items() if any(one.kind == kind for one in wanted)}
    return tuple(rule for rule in rules if rule.when not in issued)


def _letter(step, line, said):
    entitlement = step.entitlement
    if step.rule.act == "benefits.grant":
        entitlement = Entitlement.objects.get(pk=Terms.objects.filter(recorded_in=line).values("entitlement")[:1])
    return letter_of(step.rule.act, entitlement, day=step.day, source=said.source, reason=_why(said))


def _why(said: Said) -> str:
    """``mất ngày 14/07/2023``: the event, as the letter gives it for its reason."""
    words = REASONS.get(f"{said.event} {said.more['cause']}" if "cause" in said.more else said.event)
    return str(words) % {"day": f"{said.on:%d/%m/%Y}"} if words else said.source
