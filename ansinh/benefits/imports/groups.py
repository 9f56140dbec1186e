"""Diện as communes write it: by article, by code or in their own words; what is not said clearly is asked back, never guessed."""
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.facts import CHILD_CASES
from ansinh.engine.text.names import fold, normalise

FILE = Path(__file__).with_name("assisted.yaml")
ESPECIALLY, SEVERE = "especially_severe", "severe"
NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_POINT = re.compile(r"\b(?:điểm|diem)\s*[“\"(]?\s*([a-zđ])\b")
_CLAUSE = re.compile(r"\b(?:khoản|khoan|k)\s*\.?\s*(\d{1,2})(?!\d)")
_ARTICLE = re.compile(r"(?:\b(?:điều|dieu)|(?<![a-zà-ỹ])đ)\s*\.?\s*(\d{1,2})(?!\d)")
_CHILDREN = re.compile(r"\b(\d{1,2}|mot|hai|ba|bon|nam|sau) (?:con|chau|tre)\b")
# Words that say a case of Điều 5 khoản 1 beyond doubt; of an orphan of one parent the rest must be told.
_CASES = {
    "a": ("bo roi",),
    "b": tuple(f"mo coi ca {parents}" for parents in ("cha va me", "cha lan me", "cha me", "bo va me", "bo lan me", "bo me")),
}


@dataclass(frozen=True)
class Group:
    """A standing with the facts that were written together with it; or the question that must be asked back."""

    standing: str = ""
    facts: dict = field(default_factory=dict)
    ask: str = ""


def read_group(text: str, legal_field: str) -> Group:
    """The standing and the facts that a cell names."""
    plain = _plain(text)
    by_name, by_article = _by_name(plain, legal_field), _by_article(text)
    by_words = by_name or _by_words(plain)
    if by_article.ask:
        return by_article
    if by_article.standing and by_words.standing and by_article.standing != by_words.standing:
        said = {"text": text, "one": _short(by_article.standing), "other": _short(by_words.standing)}
        return Group(ask=_("“%(text)s” trái nhau: điều khoản là “%(one)s”, chữ là “%(other)s”.") % said)
    standing = by_article.standing or by_words.standing
    if not standing:
        unknown = _("Diện “%(text)s” không có trong danh mục; ghi như ở trang “Các diện” của mẫu trống hoặc theo điều khoản.") % {"text": text[:80]}
        return Group(ask=by_words.ask or unknown)
    return Group(standing, {**facts_in(plain), **by_article.facts})


def guide(legal_field: str) -> list[tuple[str, str, str]]:
    """Every monthly standing of a field with the words and the article by which it may be written."""
    said = yaml.safe_load(FILE.read_text("utf-8"))
    return [
        (law.vietnamese, "; ".join([code, law.short, *_ways(said["words"], code)]), _cited(said["articles"], code, law))
        for code, law in book().standings.items() if law.field == legal_field and not law.once
    ]


def _ways(words, code):
    """``cao tuổi / nct, và nghèo / cô đơn``: one word of each choice is enough."""
    return [_(", và ").join(" / ".join(map(str, choice)) for choice in row["has"]) for row in words if row["standing"] == code]


def _cited(articles, code, law):
    places = [key.split(".") for key, standing in articles.items() if standing == code]
    words = [_("%(point)skhoản %(clause)s Điều %(article)s") % {
        "article": place[0], "clause": place[1], "point": _("điểm %s ") % place[2] if len(place) > 2 else ""} for place in places]
    return "; ".join(words) or law.basis


def facts_in(plain: str) -> dict:
    """Facts that words say beside the group: degree, children, household, case."""
    found = {"severity": severity_in(plain), "poverty": poverty_in(plain), "children": _children_in(plain), "case": _case_in(plain)}
    return {name: value for name, value in found.items() if value}


def severity_in(plain: str) -> str:
    """Degree of disability in words without accents; nothing where there is none."""
    if _has(plain, ("dac biet nang", "dbn", "db nang", "dac biet")):
        return ESPECIALLY
    return SEVERE if _has(plain, ("nang",)) else ""


def poverty_in(plain: str) -> str:
    """How poor the household is, in words without accents; a bare “không” says it only where nothing else is said."""
    if plain == "khong" or _has(plain, ("khong ngheo", "khong thuoc", "binh thuong", "trung binh", "thoat ngheo")):
        return "none"
    if _has(plain, ("can ngheo", "hcn", "cn")):
        return "near_poor"
    return "poor" if _has(plain, ("ngheo", "hn")) else ""


def plain_words(text: str) -> str:
    """The words without accents, one blank between them and nothing else."""
    return _plain(text)


def _plain(text):
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def _has(plain, words):
    return any(f" {word} " in f" {plain} " for word in words)


@cache
def _tables():
    said = yaml.safe_load(FILE.read_text("utf-8"))
    for row in (*said["words"], *said["unclear"]):
        row["has"] = [tuple(_plain(str(word)) for word in words) for words in row["has"]]
        row["without"] = tuple(_plain(str(word)) for word in row.get("without", ()))
    return said


def _by_name(plain, legal_field):
    """A code, the legal name or the short name of a monthly standing."""
    for code, law in book().standings.items():
        if law.field == legal_field and not law.once and plain in (_plain(code), _plain(law.vietnamese), _plain(law.short)):
            return Group(code)
    return None


def _by_words(plain):
    tables = _tables()
    fitting = [row for row in tables["words"] if all(_has(plain, words) for words in row["has"]) and not _has(plain, row["without"])]
    most = max((len(row["has"]) for row in fitting), default=0)
    found = sorted({row["standing"] for row in fitting if len(row["has"]) == most})
    asked = next((row["ask"] for row in tables["unclear"] if all(_has(plain, words) for words in row["has"])), "")
    if len(found) > 1:
        return Group(ask=_("Chưa rõ là diện nào: %(names)s; một dòng ghi một diện.") % {"names": "; ".join(map(_short, found))})
    # A mild disability is no group, however clearly it is written.
    mild = found == ["disabled"] and _has(plain, ("nhe",))
    return Group(found[0]) if found and not mild else Group(ask=asked)


def _by_article(text):
    written = normalise(text).lower()
    clause, article = _CLAUSE.search(written), _ARTICLE.search(written)
    if not clause:
        return Group()
    place, point = f"{article[1] if article else 5}.{clause[1]}", _POINT.search(written)
    letter = point[1] if point else ""
    articles = _tables()["articles"]
    standing = articles.get(f"{place}.{letter}") or articles.get(place)
    if standing is None:
        return Group(ask=_asked_of_article(place, text))
    if standing != "assisted_child" or not letter:
        return Group(standing)
    if letter == "d" and "điểm" not in written:
        return Group(ask=_("“%(text)s”: viết không dấu thì điểm d và điểm đ như nhau; ghi rõ “điểm d” hoặc “điểm đ”.") % {"text": text})
    if letter not in CHILD_CASES:
        return Group(ask=_("Khoản 1 Điều 5 không có điểm %(letter)s; các điểm là %(known)s.") % {"letter": letter, "known": ", ".join(CHILD_CASES)})
    return Group(standing, {"case": letter})


def _asked_of_article(place, text):
    points = sorted(key.split(".")[2] for key in _tables()["articles"] if key.startswith(f"{place}.") and key.count(".") == 2)
    if points:
        return _("“%(text)s” chưa nói điểm nào; ghi thêm điểm %(points)s.") % {"text": text, "points": ", ".join(points)}
    return _("“%(text)s” không phải điều khoản của một diện hưởng hằng tháng (Nghị định 20/2021 Điều 5, 20, 25).") % {"text": text}


def _children_in(plain):
    found = _CHILDREN.search(plain)
    return (NUMBERS.get(found[1]) or int(found[1])) if found else None


def _case_in(plain):
    return next((case for case, words in _CASES.items() if _has(plain, words)), "")


def _short(code):
    return book().standing(code).short
