"""`ansinh why`: each part of an amount with its reckoning, article, dates and paper."""
import sys
from dataclasses import asdict

from ansinh.benefits.why import why as reasons_of
from ansinh.registry.models import Identifier, Person
from ansinh.web.refusal import Refusal

from .answer import Answer, dong


def why(args) -> Answer:
    """Why a person is owed what for a month; the number is read from standard input, never from the command line."""
    if args.person != "-":
        raise Refusal("Số định danh không viết trên dòng lệnh (lịch sử lệnh giữ lại nó); dùng: ansinh why - và gõ số vào.")
    months = reasons_of(person_of(sys.stdin.readline().strip(), args.by), args.month)
    return Answer([line for month in months for line in _lines(month)] or ["Không có chế độ nào."], [asdict(month) for month in months])


def person_of(number: str, account) -> Person:
    """The one person of a citizen, old card, insurance or file number whom the account sees."""
    holders = Identifier.objects.current().filter(number=number.upper()).values("person")
    found = list(Person.objects.visible_to(account).filter(pk__in=holders)[:2]) if number else []
    if len(found) != 1:
        raise Refusal("Không thấy đúng một người có số này trong địa bàn của tài khoản; kiểm tra lại số.")
    return found[0]


def _lines(month):
    yield f"{month.title}, tháng {month.month:%m/%Y}: {dong(month.due)}"
    for part in month.parts:
        awaits = f" (tạm tính, chờ {part.awaits})" if part.awaits else ""
        yield f"  {part.words} {dong(part.amount)}{awaits}: {part.title}; {part.reckoning}"
        yield f"    {part.basis}, {part.article}; đúng từ {part.since}, biết từ {part.known_from}; giấy tờ: {part.paper or '–'}"
        if part.note:
            yield f"    {part.note}"
    for posting in month.postings:
        yield f"  Đã ghi lần {posting['number']}: {posting['label']} {dong(posting['amount'])} trên {posting['list'] or '–'}"
