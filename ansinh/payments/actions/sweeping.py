"""Soát danh sách: what every check finds is written down as findings; the same finding of a month stays the same row."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import bulk
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import Finding, Line, PayList
from ..queries.checks import CHECKS, FOUND, Scope, scope_of
from .selection import place_of_many

KEY = ("check_code", "person_id")
CHANGING = ("facts", "amount", "area_path", "seen_in_id", "gone_in_id")
AT_ONCE = 1_000


@action("payments.sweep", label=_("Soát danh sách"), scope=place_of_many, undoable=False)
def sweep(lists):
    """Soát danh sách: run every check over proposed lists and write down what is found, what changed and what is gone."""
    keys = [paylist.pk for paylist in lists]
    taken = list(PayList.objects.select_for_update().filter(pk__in=keys, state=PayList.State.PROPOSED).order_by("pk"))
    if len(taken) != len(keys):
        raise Refusal(_("Có danh sách vừa được duyệt, rút hoặc lập lại; mở lại trang để xem bản mới."))
    if any((paylist.month, paylist.field) != (taken[0].month, taken[0].field) for paylist in taken):
        raise Refusal(_("Chỉ soát cùng lúc các danh sách của một tháng và một lĩnh vực."))
    record_sweep(taken)


def record_sweep(lists):
    """Inside an act that holds the lists: bring the findings of their payees up to date."""
    if not lists:
        return
    scope = scope_of(lists)
    payees = _payees(scope)
    now, known = _found(scope, payees), _known(scope, payees)
    both = now.join(known, on=KEY, how="left")
    _write_new(scope, both.filter(pl.col("id").is_null()))
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"old_{name}")) for name in ("facts", "amount", "area_path"))
    stale = both.filter(pl.col("id").is_not_null() & (changed | pl.col("gone_in_id").is_not_null()))
    _update(stale.select("id", "facts", "amount", "area_path").iter_rows(named=True), gone_in_id=None)
    gone = known.filter(pl.col("gone_in_id").is_null()).join(now, on=KEY, how="anti")
    rows = gone.select("id", facts="old_facts", amount="old_amount", area_path="old_area_path")
    _update(rows.iter_rows(named=True), gone_in_id=current_entry().pk)


def _payees(scope: Scope) -> pl.DataFrame:
    frame = bulk.frame(scope.lines, "person_id", "total", "paylist__area_path")
    return frame.rename({"total": "amount", "paylist__area_path": "area_path"})


def _found(scope, payees) -> pl.DataFrame:
    """What all checks find of these payees, with the money at risk and the commune of the list."""
    parts = [
        check.find(scope).select(*FOUND).join(payees, on="person_id").with_columns(check_code=pl.lit(check.code)) for check in CHECKS.values()
    ]
    return pl.concat(parts).select(*KEY, "facts", "amount", "area_path")


def _known(scope, payees) -> pl.DataFrame:
    """Findings written down before about these payees, and about who was on these lists and is on none any more."""
    rows = Finding.objects.filter(month=scope.month, field=scope.field)
    frame = bulk.frame(rows, "id", *KEY, "facts", "amount", "area_path", "gone_in_id")
    listed = Line.objects.filter(paylist__month=scope.month, paylist__field=scope.field, total__gt=0)
    listed = listed.exclude(paylist__state=PayList.State.WITHDRAWN).filter(person__in=rows.values("person"))
    elsewhere = bulk.frame(listed, "person_id").join(payees, on="person_id", how="anti")
    own_place = pl.col("area_path").is_in([paylist.area_path for paylist in scope.lists])
    is_payee = pl.col("person_id").is_in(payees["person_id"].implode())
    frame = frame.filter(is_payee | own_place).join(elsewhere.unique(), on="person_id", how="anti")
    return frame.rename({name: f"old_{name}" for name in ("facts", "amount", "area_path")})


def _write_new(scope, rows):
    entry = current_entry().pk
    bulk.write(
        rows.select(
            *KEY, "facts", "amount", "area_path", field=pl.lit(scope.field), month=pl.lit(scope.month),
            found_in_id=pl.lit(entry, dtype=pl.Int64), seen_in_id=pl.lit(entry, dtype=pl.Int64),
        ),
        Finding,
    )


def _update(rows, *, gone_in_id):
    entry = current_entry().pk
    findings = [Finding(pk=row.pop("id"), seen_in_id=entry, gone_in_id=gone_in_id, **row) for row in rows]
    Finding.objects.bulk_update(findings, CHANGING, batch_size=AT_ONCE)
