"""Drawn histories in which providers report in parts, pay in part, write other names, correct themselves and are undone."""
from dataclasses import replace

from hypothesis import strategies as st

from ansinh.office import actions as office_actions
from ansinh.office.models import Entry
from ansinh.payments import actions
from ansinh.payments.models import Line, PayList, ReturnAnswer

from .histories import LAST_DUE, NAMES, History
from .office import answers

_who = st.integers(0, len(NAMES) - 1)
_somebody = st.frozensets(_who)
_reports = st.one_of(
    st.tuples(st.just("report"), _somebody, _somebody, st.integers(1, 1_750_000)),
    st.tuples(st.just("correct"), _somebody, st.integers(1, 1_750_000)),
    st.tuples(st.just("undo"), st.sampled_from(("payments.reconcile", "payments.record_return", "payments.reconcile_name"))),
    st.tuples(st.sampled_from(("misname", "misname_and_confirm")), _who),
    st.tuples(st.sampled_from(("confirm", "reject"))),
    st.tuples(st.just("return_by_file"), _who),
)
_road = st.one_of(
    st.tuples(st.just("send_out")), st.tuples(st.just("send_out")), st.tuples(st.just("take_back"), _somebody),
    st.tuples(st.sampled_from(("propose", "approve", "settle", "withdraw"))), st.tuples(st.just("bring_back"), _who),
    st.tuples(st.just("change_due"), _who, st.integers(0, LAST_DUE - 1), st.sampled_from((0, 400_000, 1_750_000))),
    st.tuples(st.just("end"), _who, st.integers(2, LAST_DUE - 1)),
)
REPORTED = st.lists(st.one_of(_road, _reports), min_size=10, max_size=25)


class ReportedHistory(History):
    """A history whose return files come in parts and are not always right."""

    def send_out(self):
        """A month goes to its provider."""
        for step in ("propose", "approve", "export", "next_month"):
            self.take(step)

    def take_back(self, unpaid=frozenset()):
        """What no file has answered yet is reported."""
        waiting = set(Line.objects.filter(paylist__in=self.first("exported"), result="").values_list("paylist__number", "position"))
        self.send("exported", [a for a in self.answers("exported", unpaid) if (a.list_number, a.position) in waiting])

    def report(self, named, unpaid, amount):
        """A file about some of the lines: some whole, one in part."""
        given = [a for a in self.answers("exported", unpaid) if a.position - 1 in named]
        self.send("exported", [self.part(given[0], amount), *given[1:]] if given else given)

    def correct(self, unpaid, amount):
        given = self.answers("returned", unpaid) or self.answers("exported", unpaid)
        state = "returned" if self.first("returned") else "exported"
        self.send(state, [self.part(given[0], amount), *given[1:]] if given else given, corrects="sửa lại")

    def misname(self, who):
        given = self.answers("exported")
        self.send("exported", [replace(a, name="Người khác" if a.position - 1 == who else "") for a in given])

    def confirm(self):
        for answer in ReturnAnswer.objects.open()[:1]:
            actions.reconcile_name(answer, reason="đã hỏi", by=self.office.accountant)

    def reject(self):
        for answer in ReturnAnswer.objects.open()[:1]:
            actions.reconcile_rejection(answer, reason="không phải", by=self.office.accountant)

    def return_by_file(self, who):
        late = [replace(a, paid=False, brought_back=True, reason="trả lại") for a in self.answers("returned") if a.position - 1 == who]
        self.send("returned", late)

    def misname_and_confirm(self, who):
        self.misname(who)
        self.confirm()

    def undo(self, act):
        for entry in Entry.objects.filter(act=act, undone_by=None).order_by("-pk")[:1]:
            office_actions.undo(entry, by=self.office.accountant)

    def answers(self, state, unpaid=frozenset()):
        lists = self.first(state) if PayList.objects.filter(state=state).exists() else []
        return answers(lists, {NAMES[who] for who in unpaid})

    def part(self, answer, amount):
        whole = not answer.paid or amount >= answer.amount
        return answer if whole else replace(answer, paid_amount=amount, reason="thiếu tiền mặt")

    def send(self, state, given, **more):
        actions.reconcile(self.first(state), answers=given, data=f"{Entry.objects.count()}".encode(), by=self.office.accountant, **more)

    def finish(self):
        for _answer in range(ReturnAnswer.objects.open().count()):
            self.take("reject")
        super().finish()
