"""A month's lists of one field from reckoning to the files that providers send back, going on from where they stand."""
from datetime import date

from ansinh.benefits import actions as benefits
from ansinh.payments import actions as payments
from ansinh.payments.models import Item, Line, PayList
from ansinh.payments.return_file import read_answers
from ansinh.web.refusal import Refusal

from . import people
from .life import Staff, tried

State = PayList.State
OUT = (State.EXPORTED, State.RETURNED, State.CLOSED)


class MonthOfField:
    """One field's lists of a month. ``at`` is told what is in hand, ``desk`` is where the pages are, if anywhere."""

    def __init__(self, month: date, field: str, here: Staff, desk, at):
        self.month, self.field, self.here, self.desk, self.at = month, field, here, desk, at
        self.word = f"{month:%Y-%m}/{field}"

    def run(self):
        """Propose, hold, approve, sometimes withdraw and begin again, export, take the files."""
        if not self.lists().exclude(state=State.PROPOSED).exists():
            self._list()
        if people.is_drawn(f"withdraw {self.word}", 12) and self.lists(State.APPROVED):
            self.at("withdraw")
            tried(f"{self.word}/withdraw", lambda: payments.withdraw(list(self.lists(State.APPROVED)), by=self.here.chief))
            if not self.lists():
                self._list()
        if approved := list(self.lists(State.APPROVED)):
            self.at("export")
            self._export(approved)
        for paylist in self.lists().filter(state__in=OUT).order_by("number"):
            self.at("return file")
            self._take_files(paylist)

    def lists(self, state=None):
        """The standing lists of the month and field, of one state or all."""
        found = PayList.objects.standing().filter(month=self.month, field=self.field)
        return found.filter(state=state) if state else found

    def _list(self):
        self.at("assess")
        benefits.assess(self.month, field=self.field, by=self.here.preparer)
        self.at("propose")
        if not (proposed := payments.propose(self.month, field=self.field, by=self.here.preparer)):
            return
        self.at("hold")
        self._hold(proposed)
        self.at("approve")
        self._approve(proposed)

    def _hold(self, proposed):
        """Somebody's line is held back in about each second month, never in that of the year's proof; it comes back by itself."""
        if self.month.month == people.LAST.month or not people.is_drawn(f"hold {self.word}", 2):
            return
        lines = Line.objects.filter(paylist__in=proposed, total__gt=0).order_by("name")
        line = lines[people.PEOPLE * 7 % lines.count()] if lines else None
        if line and not line.held_because:
            payments.hold(line, reason="chờ xác minh", by=self.here.preparer)

    def _approve(self, lists):
        """What the sweep finds open is paid all the same, by a decision."""
        number = f"TTr {self.word}"
        if self.desk and self.desk.takes(f"approve {self.word}"):
            self.desk.approve([paylist.pk for paylist in lists], number)
            return
        try:
            payments.approve(lists, by=self.here.chief)
        except Refusal:
            payments.decide_open(lists, number=number, reason="kiểm thử", by=self.here.chief)
            payments.approve(lists, by=self.here.chief)

    def _export(self, lists):
        if self.desk and self.desk.takes(f"export {self.word}"):
            self.desk.export([paylist.pk for paylist in lists])
        else:
            payments.export(lists, by=self.here.accountant)

    def _take_files(self, paylist):
        """Two files a list, each about half of its lines; a list that pays nobody is settled by an empty answer."""
        lines = list(paylist.lines.filter(held_because="", total__gt=0).order_by("position").values_list("position", "total"))
        if not lines and paylist.state == State.EXPORTED:
            payments.reconcile([paylist], answers=[], by=self.here.accountant)
        middle = (len(lines) + 1) // 2
        for place, part in enumerate((lines[:middle], lines[middle:])):
            if part:
                self._take_file(paylist, f"{paylist.number}-{place}.csv", file_of(paylist.number, part))

    def _take_file(self, paylist, name, data):
        if self.desk and self.desk.takes(name):
            self.desk.take_file(paylist.pk, name, data)
            return
        try:
            payments.reconcile([paylist], answers=read_answers(data, name), data=data, name=name, by=self.here.accountant)
        except Refusal:
            return  # this file was taken before the last death


def file_of(number: str, lines) -> bytes:
    """The provider's file about some lines of a list."""
    rows = ["Số danh sách;STT;Số tiền;Kết quả;Lý do;Số tiền đã trả"]
    for position, total in lines:
        given = people.handed_over(number, position, total)
        result, reason = ("Đã nhận", "" if given == total else "thiếu tiền mặt") if given else ("Chưa nhận", "vắng nhà")
        rows.append(f"{number};{position};{total};{result};{reason};{given if 0 < given < total else ''}")
    return "\n".join(rows).encode("utf-8")


def bring_back(month: date, here: Staff):
    """Each quarter the post brings back a line that it had handed over three months before."""
    lines = Line.objects.filter(paylist__month=people.before(month, 3), paylist__state__in=OUT, held_because="", total__gt=0)
    chosen = people.brought_back(list(lines.values_list("paylist__number", "position", "total")), month)
    if chosen:
        line = lines.get(paylist__number=chosen[0], position=chosen[1], paylist__state__in=OUT)
        tried(f"{month:%Y-%m}/brought back", lambda: payments.record_return(line, reason="bưu điện trả lại", by=here.accountant))


def settle_left_behind(month: date, here: Staff):
    """What was not collected of a right that has ended goes to the family, or is set off against what is owed back."""
    waiting = Item.objects.filter(result__in=("unpaid", "returned"), carried_to=None, posting__payable__ends_on__lt=month)
    for item in waiting.order_by("line__paylist__number", "line__position", "posting__month", "posting__number", "pk"):
        place = f"{item.line.paylist.number}/{item.line.position}/{item.posting.month:%m%y}/{item.posting.number}/{item.amount}"
        tried(f"{month:%Y-%m}/{place}"[:80], lambda item=item: _settle(item, here))


def _settle(item, here):
    try:
        payments.record_offset(item, by=here.accountant)
    except Refusal:
        payments.record_heirs(item, paper="Đơn của thân nhân", by=here.accountant)


def close_old(month: date, here: Staff):
    """Lists of half a year ago are closed."""
    for paylist in PayList.objects.filter(month=people.before(month, 6), state=State.RETURNED).order_by("number"):
        payments.close([paylist], by=here.accountant)
