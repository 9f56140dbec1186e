"""Tệp luật của một bản thử: written from what an officer typed, and read with every fault as a sentence."""
from contextlib import contextmanager
from datetime import date

import yaml
from django.utils.translation import gettext as _

from ansinh.engine.law import LawError, book
from ansinh.engine.law.own import book_without
from ansinh.engine.law.texts import LawText, text_of, with_texts
from ansinh.web.refusal import Refusal

from .law_faults import sentence_of
from .models import LawDraft

LEVEL_TITLE = "Mức chuẩn trợ giúp xã hội của tỉnh"


class _Plain(yaml.SafeDumper):
    """Writes a day that stands twice twice: the law's reader takes no references."""

    def ignore_aliases(self, _data):
        return True


def level_text(*, title: str, amount: int, since: date, number: str, signed: date, in_force: date | None, article: str, verified: bool) -> str:
    """A law file that holds one provincial level."""
    instrument = {"number": number, "title": title, "signed": signed, "verified": verified} | ({"in_force": in_force} if in_force else {})
    row = {"since": since, "amount": amount, "basis": number}
    schedule = {
        "title": LEVEL_TITLE, "article": article, "province": True,
        "lines": [{"line": "assistance_level", "title": LEVEL_TITLE, "rows": [row]}],
    }
    said = {"title": title, "instruments": [instrument], "schedules": [schedule]}
    return yaml.dump(said, Dumper=_Plain, allow_unicode=True, sort_keys=False)


def read_text(text: str, name: str) -> LawText:
    """A law file beside the law that stands; refused with line, reason and remedy where it is wrong or meets another text."""
    with refuse_bad_law():
        found = text_of(text.encode(), name, book())
        with_texts(book(), [found])
        return found


def base_and_text(draft: LawDraft):
    """The law without a draft, and the draft; of one that counts already the law as it would be without it."""
    with refuse_bad_law():
        base = _without(draft) if draft.adopted_in_id else book()
        return base, text_of(draft.text.encode(), draft.title, base)


def _without(draft):
    try:
        return book_without(draft.file_name)
    except LawError as error:
        told = _("Một văn bản áp dụng sau dựa vào văn bản này; hoàn tác văn bản ấy trước. %(fault)s")
        raise Refusal(told % {"fault": sentence_of(error)}) from error


@contextmanager
def refuse_bad_law():
    """Turn what the law's reader refuses into a refusal on the page."""
    try:
        yield
    except LawError as error:
        raise Refusal(_("Tệp luật có chỗ sai, chưa ghi gì. %(fault)s") % {"fault": sentence_of(error)}, field="tep") from error
