"""Chi theo đợt: a lump sum for everybody of a place whom the law allows it, in one act."""
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.office.act import action
from ansinh.web.refusal import Refusal

from ..rounds import is_for_rounds, round_of
from ..waiting_lists import lists_follow_back
from .bulk import grant_many
from .entitlements import refresh_payable


def _where(standing, *, area_path, **_more):
    return area_path, book().field_of(standing)


@action("benefits.grant_round", label=_("Chi theo đợt"), scope=_where, undo=refresh_payable, undoing=lists_follow_back, private=("numbers",))
def grant_round(
    standing: str, *, since: date, source: str, area_path: str, people: int, holders: str = "", numbers=(), facts: dict | None = None,
) -> pl.DataFrame:
    """Chi theo đợt: the people of ``rounds.round_of`` get the lump sum; ``people`` is how many whoever decided had before the eyes.

    Returns the grants with ``entitlement_id``. Refused where the number has changed since, so that nobody is paid unseen.
    """
    if not is_for_rounds(standing):
        raise Refusal(_("%(what)s không chi theo đợt.") % {"what": book().standing(standing).short})
    found = round_of(standing, since=since, area_path=area_path, holders=holders, numbers=numbers, facts=facts)
    if found.people != people:
        told = _("Số người vừa đổi từ %(was)s thành %(now)s vì sổ vừa có thay đổi. Chưa ghi gì; xem lại rồi ghi.")
        raise Refusal(told % {"was": people, "now": found.people})
    if not people:
        raise Refusal(_("Không có ai được chi trong đợt này. Chưa ghi gì."))
    names = list(book().standing(standing).facts)
    grants = found.grants.select("person_id", "standing", "since", *names).with_columns(
        source=pl.lit(source), rests_on_id=pl.lit(None, dtype=pl.Int64), paid_up_to=pl.lit(None, dtype=pl.Date),
    )
    return grant_many(grants)
