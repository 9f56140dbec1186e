"""Properties of random lives: no đồng is lost or doubled, whatever was learnt when, undone or decreed late."""
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from .lives import DAYS, cases, outcome, provinces

# A smaller example takes minutes to find; the one that fails is said as it is.
WHOLE = (Phase.explicit, Phase.reuse, Phase.generate)
FEW = settings(max_examples=25, phases=WHOLE)


def shuffled(seed):
    """Another day of learning for everything but a death's last word."""
    dice = Random(seed)
    return lambda thing: thing.told if thing.verb == "died" else dice.randint(0, DAYS)


@FEW
@given(provinces())
def test_what_was_posted_is_what_is_due_and_nothing_is_owed_back_twice(province):
    people, levels, lists_of = province
    after = outcome(cases(people, levels), lists_of)
    assert after.broken == []
    assert after.posted == after.due


@FEW
@given(provinces(), st.integers(0, 2**32))
def test_the_order_of_learning_does_not_change_the_final_balance(province, seed):
    people, levels, lists_of = province
    early = outcome(cases(people, levels), lists_of)
    late = outcome(cases(people, levels, told=shuffled(seed)), lists_of)
    assert late.posted == early.posted


@FEW
@given(provinces(slips=True))
def test_what_was_undone_leaves_the_balance_as_if_it_had_never_been(province):
    people, levels, lists_of = province
    undone = outcome(cases(people, levels, undo=True), lists_of)
    assert undone.broken == []
    assert undone.posted == outcome(cases(people, levels, slips=False), lists_of).posted


@settings(max_examples=8, phases=WHOLE)
@given(provinces())
def test_the_same_lives_give_the_same_bytes(province):
    people, levels, lists_of = province
    assert outcome(cases(people, levels), lists_of).lists == outcome(cases(people, levels), lists_of).lists
