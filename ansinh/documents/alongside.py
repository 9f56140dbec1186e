"""Letters that go with an act of an upper module: shown before it, ticked by who does it, issued in its transaction. / Văn bản đi cùng."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.office.models import Account
from ansinh.registry.models import Person
from ansinh.web.page import Choice, Effect, EffectGroup
from ansinh.web.refusal import Refusal

from .actions import issue_letter
from .kinds import kinds
from .models import Letter
from .queries import signers
from .values import of_asked, said_of

ACT = "documents.issue_letter"


@dataclass(frozen=True)
class Wanted:
    """Văn bản sẽ phát hành: a letter that an act gives rise to: its kind, to whom, what it rests on, what it says.

    ``mark`` stands for ``about`` where the act only makes what the letter rests on, whose id a rehearsal does not know.
    """

    kind: str
    person: Person
    field: str
    about: str
    values: dict
    mark: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.mark or self.about}"

    @property
    def title(self) -> str:
        return kinds()[self.kind].title

    @property
    def words(self) -> str:
        """What it is and what it is about: ``Quyết định chấm dứt hưởng: chế độ thương binh, 61 %``."""
        return _("%(title)s: %(what)s") % {"title": self.title, "what": self.values["scheme"]}

    @property
    def small(self) -> str:
        """To whom it goes, and everything that it will say besides the words of its template."""
        said = said_of(kinds()[self.kind], self.values)
        return "; ".join([_("gửi %(who)s") % {"who": self.person.name}, *(f"{label[:1].lower()}{label[1:]} {words}" for label, words in said)])


@dataclass(frozen=True)
class Order:
    """Lệnh phát hành: who signs the letter that goes with an act, and the reason that it gives where its kind asks for one."""

    signer: Account
    reason: str = field(default="", compare=False)


def complete(wanted: Iterable[Wanted], account: Account) -> tuple[Wanted, ...]:
    """Those that the account may issue now: there is somebody who signs, and nothing that the letter must say is missing."""
    wanted = tuple(wanted)
    if not wanted or not signers().exists():
        return ()
    return tuple(one for one in wanted if rights.may(account, ACT, one.person.area_path, one.field) and _is_complete(one))


def _is_complete(wanted):
    try:
        of_asked(kinds()[wanted.kind], wanted.values)
    except Refusal:
        return False
    return True


def issue(wanted: Wanted, signer: Account, by: Account) -> Letter:
    """Inside an act: issue one of them."""
    return issue_letter(wanted.person, kind=wanted.kind, field=wanted.field, signer=signer, values=wanted.values, about=wanted.about, by=by)


def choice_of(wanted: Iterable[Wanted]) -> Choice | None:
    """The boxes beside a decision, all of them ticked, with the letters among its consequences; nothing where no letter goes with it."""
    wanted = tuple(wanted)
    return Choice(letters_form(wanted), (_group(wanted),)) if wanted else None


def letters_form(wanted: Iterable[Wanted]) -> type[forms.Form]:
    """A box for each letter, and who signs."""
    wanted = tuple(wanted)
    signing = forms.ModelChoiceField(signers(), label=gettext_lazy("Người ký văn bản"), empty_label=None, required=False)
    signing.label_from_instance = lambda account: f"{account.full_name}, {account.title}"
    boxes = forms.MultipleChoiceField(
        label=gettext_lazy("Phát hành cùng lúc"), required=False, choices=[(one.key, one.words) for one in wanted],
        initial=[one.key for one in wanted], widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn thì không phát hành; soạn sau ở trang của người này."),
    )
    return type("LettersForm", (forms.Form,), {"letters": boxes, "letter_signer": signing})


def _group(wanted):
    lines = tuple(Effect("✎", one.words, small=one.small, aside=_("số cấp khi ghi")) for one in wanted)
    return EffectGroup(_("Văn bản phát hành cùng lúc"), lines, _("hoàn tác việc này thì văn bản bị hủy theo"))


def order_of(values: dict, *, reason: str = "") -> Order | None:
    """What the officer ordered on the form of one act; takes the boxes out of its values."""
    ticked, signer = values.pop("letters", ()), values.pop("letter_signer", None)
    if ticked and signer is None:
        raise Refusal(_("Chọn người ký văn bản, hoặc bỏ chọn văn bản."))
    return Order(signer, reason) if ticked else None


def letters_undone(entries: Iterable[int]) -> list[Letter]:
    """The letters that hold now and that undoing these journal lines (ids, with their parts) would void."""
    return list(Letter.objects.standing().filter(issued_in__in=list(entries)).select_related("person").order_by("pk"))


def effects_of_undoing(entries: Iterable[int]) -> list[Effect]:
    """What becomes of the letters of journal lines that are undone, in words."""
    return [effect_of_voiding(letter) for letter in letters_undone(entries)]


def effect_of_voiding(letter: Letter) -> Effect:
    """A letter that holds no more; one that was handed over has to be fetched back."""
    words = _("%(title)s %(symbol)s bị hủy; ai kiểm tra mã sẽ thấy") % {"title": letter.title, "symbol": letter}
    if letter.handed_on is None:
        return Effect("✎", words, small=_("chưa ghi đã trao; số không dùng lại"), aside=_("1 văn bản"))
    small = _("đã trao ngày %(day)s cho %(who)s: thành một việc phải thu lại") % {"day": f"{letter.handed_on:%d/%m/%Y}", "who": letter.person.name}
    return Effect("✎", words, small=small, aside=_("1 văn bản, 1 việc"))
