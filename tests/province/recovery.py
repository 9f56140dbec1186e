"""What is done each month about money paid by mistake: cases from notice to decision, receipts, waivers, pauses, refunds without a case."""
from datetime import date
from random import Random

from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Payable, RecoveryCase
from ansinh.payments.queries.recovery import left_of, waiting_claims

from . import people
from .life import Staff, tried

INSTALMENTS = ({"monthly": 300_000}, {"percent": 30}, {"percent": 100}, {"monthly": 1_500_000})


class MonthOfRecovery:
    """One step a month of each open case; what no case has yet becomes one, or is paid back at the counter."""

    def __init__(self, month: date, here: Staff, desk):
        self.month, self.here, self.desk = month, here, desk

    def run(self):
        # The cases are numbered as they stand before this month's steps, which close some.
        for ordinal, case in enumerate(RecoveryCase.objects.order_by("pk")):
            self._step(case, f"{self.month:%Y-%m}/case {ordinal}")
        self._new_claims()

    def _new_claims(self):
        for (payable, month), owed in waiting_claims(Payable.objects.all()).items():
            found = Payable.objects.select_related("person").get(pk=payable)
            word = f"{self.month:%Y-%m}/{found.person.name}/{found.field}"
            if not people.is_drawn(f"refund {found.person.name}", 4):
                self._open(found, word)
            elif people.is_drawn(f"refund {word}", 3):
                self._refund(found, month, owed, f"{word}/{month:%m%y}")

    def _open(self, payable, word):
        by = self.here.preparer
        tried(f"{word}/open", lambda: payments.open_recovery(payable.person, field=payable.field, by=by))

    def _refund(self, payable, month, owed, word):
        """Half of a month, at the counter, without a case."""
        by, half = self.here.accountant, max(owed // 2, 1)
        tried(word, lambda: payments.record_refund(payable, month=month, amount=half, paper=f"PT {word}", by=by))

    def _step(self, case, word):
        """The step of this month, by the state of the case; nothing in some months, and in the month in which it was opened."""
        if case.opened_on >= clock.today() or case.steps.filter(paper=word).exists():
            return
        named = NEXT.get(case.state)
        if named and (named == "notice" or not people.is_drawn(f"wait {word}", 3)):
            self._take(case, word, named)

    def _take(self, case, word, named):
        slug, call, who, values = STEPS[named](case, word, self.here)
        if values is None:
            return
        if self.desk and self.desk.takes(word):
            self.desk.recover(who.username, case.pk, slug, {**values, "paper": word})
            return
        after = case.steps.count()
        tried(word, lambda: call(case, after=after, on=clock.today(), paper=word, by=who, **values))


def _notice(_case, _word, here):
    return "thong-bao", payments.give_notice, here.preparer, {}


def _hearing(_case, _word, here):
    return "y-kien", payments.hear_debtor, here.preparer, {"words": "không có ý kiến"}


def _decision(case, word, here):
    share = INSTALMENTS[Random(f"{people.SEED} {word}").randrange(len(INSTALMENTS))]
    first = people.before(clock.today().replace(day=1), -1)
    values = {"amount": left_of(case), "way": "instalments", "first_month": first, **share}
    return "quyet-dinh", payments.decide_recovery, here.chief, values


def _after_decision(case, word, here):
    """Most months only the lists deduct; now and then the debtor pays at the counter, is let off, or is given a pause."""
    thrown, left = Random(f"{people.SEED} {word}").randrange(12), left_of(case)
    if left and thrown in (0, 1):
        return "nop", payments.record_repayment, here.accountant, {"amount": max(left * (thrown + 1) // 2, 1)}
    if left and thrown == 2:
        return "mien", payments.waive_recovery, here.chief, {"amount": max(left // 3, 1), "words": "hộ nghèo"}
    if thrown == 3:
        return "tam-dung", payments.suspend_recovery, here.chief, {"words": "ốm nặng"}
    return "", None, None, None


def _resumption(_case, _word, here):
    return "tru-tiep", payments.resume_recovery, here.chief, {}


NEXT = {"opened": "notice", "noticed": "hearing", "heard": "decision", "decided": "after decision", "suspended": "resumption"}
STEPS = {"notice": _notice, "hearing": _hearing, "decision": _decision, "after decision": _after_decision, "resumption": _resumption}
