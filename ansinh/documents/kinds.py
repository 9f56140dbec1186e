"""Kinds of letters: how each is called and numbered, what it asks for, and the words of its default template. / Loại văn bản."""
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("kinds.yaml")
IN_WORDS = "số tiền bằng chữ"
# What every letter can say without being asked; the second list is what no template may leave out.
COMMON = (
    "cơ quan", "tên cơ quan", "cơ quan chủ quản", "số, ký hiệu", "nơi", "ngày ký", "họ và tên", "ngày sinh", "nơi cư trú", "chức vụ người ký",
    "người ký", "mã kiểm tra", "trang kiểm tra",
)
NEEDED = ("số, ký hiệu", "ngày ký", "họ và tên", "chức vụ người ký", "người ký", "mã kiểm tra")


@dataclass(frozen=True)
class Field:
    """Something that a kind of letter asks for: its place in the template and how it is typed (text, money, day)."""

    name: str
    placeholder: str
    type: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of letter; letters of one ``series`` share their numbers within a year (Nghị định 30/2020/NĐ-CP Điều 15)."""

    code: str
    slug: str
    title: str
    series: str
    name: str
    subject: str
    asks: tuple[Field, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def own(self) -> tuple[str, ...]:
        """Placeholders that only this kind has."""
        money = (IN_WORDS,) if any(field.type == "money" for field in self.asks) else ()
        return tuple(field.placeholder for field in self.asks) + money

    @property
    def known(self) -> frozenset[str]:
        """Every placeholder that a template of this kind may have."""
        return frozenset(COMMON + self.own)

    @property
    def needed(self) -> tuple[str, ...]:
        """What a template of this kind must have."""
        return NEEDED + self.own


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by code, in the order in which an officer is offered them."""
    written = yaml.safe_load(FILE.read_text("utf-8"))
    fields = {name: Field(name, **facts) for name, facts in written["fields"].items()}
    return {code: _kind(code, facts, fields) for code, facts in written["kinds"].items()}


def _kind(code, facts, fields):
    asks = tuple(fields[name] for name in facts["asks"])
    texts = {"body": tuple(facts["body"]), "recipients": tuple(facts["recipients"])}
    return Kind(code, **facts | texts | {"asks": asks})


def kind_of(slug: str) -> Kind | None:
    """The kind that an address names."""
    return next((kind for kind in kinds().values() if kind.slug == slug), None)
