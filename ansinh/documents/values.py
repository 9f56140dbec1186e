"""What a letter says, as texts by the names of the template's places: of the office, of the person, and of what was asked."""
from datetime import date

from django.utils.translation import gettext as _

from ansinh.engine.text.amount_in_words import amount_in_words
from ansinh.engine.text.money import dotted
from ansinh.office.departments import facts_of_department
from ansinh.office.models import Account
from ansinh.office.papers import door
from ansinh.registry.models import Person
from ansinh.registry.queries.persons import birth_words, now_of, place_words
from ansinh.web.refusal import Refusal

from .kinds import IN_WORDS, Kind

WAITS = "…"


def of_office(signer: Account, on: date) -> dict[str, str]:
    """The department, the day and who signs, as known on the day."""
    facts = facts_of_department(on)
    return named(on) | {
        "nơi": facts["place"], "ngày ký": day_in_words(on), "chức vụ người ký": signing_title(signer.title, facts["head"]),
        "người ký": signer.full_name, "trang kiểm tra": door(),
    }


def named(on: date) -> dict[str, str]:
    """The department and what stands above it: on the left of the head, without the province in its own line (Điều 8)."""
    facts = facts_of_department(on)
    of_province = f" tỉnh {facts['place']}"
    return {"cơ quan": facts["name"], "tên cơ quan": facts["name"].removesuffix(of_province), "cơ quan chủ quản": f"UBND{of_province}"}


def day_in_words(on: date) -> str:
    """``ngày 05 tháng 7 năm 2023``: days below 10 and the months 1 and 2 have two digits (Nghị định 30/2020/NĐ-CP phụ lục I)."""
    month = f"{on.month:02d}" if on.month < 3 else f"{on.month}"
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def signing_title(title: str, head: str) -> str:
    """Above the name: the head signs by himself, a deputy in his place (KT.), others by his order (TL.) (Điều 13)."""
    own = title.removesuffix(" Sở").strip()
    if own.casefold().startswith(head.casefold()):
        return own
    order = "KT." if own.casefold().startswith(f"phó {head}".casefold()) else "TL."
    return f"{order} {head}\n{own}"


def of_person(person: Person, on: date) -> dict[str, str]:
    """Whom the letter is about, as the register knows them."""
    now = now_of(person, on)
    home = place_words(now.residence, on) if now.residence else WAITS
    return {"họ và tên": person.name, "ngày sinh": birth_words(person) or WAITS, "nơi cư trú": home}


def of_asked(kind: Kind, values: dict) -> dict[str, str]:
    """What the kind asks for, typed or worked out: amounts with dots and in words, days as dd/mm/yyyy; refused where one is missing."""
    said = {}
    for field in kind.asks:
        value = values.get(field.name)
        if value in (None, ""):
            raise Refusal(_("Văn bản “%(kind)s” phải ghi: %(what)s.") % {"kind": kind.title, "what": field.label}, field=field.name)
        said[field.placeholder] = _text(field, value)
        if field.type == "money":
            words = amount_in_words(value)
            said[IN_WORDS] = f"{words[0].lower()}{words[1:]}"
    return said


def said_of(kind: Kind, values: dict) -> list[tuple[str, str]]:
    """What the kind asks for beside its scheme, with the words in which it will stand; what is missing is left out."""
    asked = (field for field in kind.asks if field.name != "scheme" and values.get(field.name) not in (None, ""))
    return [(str(field.label), _text(field, values[field.name])) for field in asked]


def _text(field, value):
    if field.type == "money" and value <= 0:
        raise Refusal(_("Số tiền trên văn bản phải lớn hơn 0."), field=field.name)
    if field.type == "money":
        return dotted(value)
    return f"{value:%d/%m/%Y}" if field.type == "day" else " ".join(str(value).split())
