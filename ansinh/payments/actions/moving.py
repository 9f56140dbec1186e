"""What a posting or an item moves between the ledger's accounts (design of the ledger: debit, credit)."""
import polars as pl

from ansinh.office import bulk, clock
from ansinh.office.act import current_entry

from ..models import Item, Kind, LedgerAccount, Movement
from .keeping_cases import close_settled, reopen, with_cases

# Which accounts a posting of each kind moves between (debit, credit).
ACCOUNTS = {
    Kind.DUE: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.ARREARS: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.OVERPAYMENT: (LedgerAccount.CLAIM, LedgerAccount.COST),
    Kind.CANCELLATION: (LedgerAccount.COST, LedgerAccount.CLAIM),
}


def post_movements(postings: pl.DataFrame):
    """Move each posting's amount: ``payable_id, month, posting_id, line_id, paylist_id, kind, amount`` (signed), and ``waived``.

    ``waived`` is the part of a cancellation that had been waived: it is in the person's hands and owed back no more.
    """
    sides = {kind.value: [str(account) for account in pair] for kind, pair in ACCOUNTS.items()}
    kind = pl.col("kind")
    rows = postings.with_columns(
        pl.col("amount").abs() - pl.col("waived"), channel=pl.lit(""),
        debit=kind.replace_strict({code: pair[0] for code, pair in sides.items()}, return_dtype=pl.String),
        credit=kind.replace_strict({code: pair[1] for code, pair in sides.items()}, return_dtype=pl.String),
    )
    waived = rows.with_columns(amount=pl.col("waived"), credit=pl.lit(str(LedgerAccount.WAIVED)))
    write_movements(pl.concat([rows, waived]).filter(pl.col("amount") > 0).drop("kind", "waived"))


def pay_items(items, debit, credit):
    """Move the amounts of listed items, with the channel of their list."""
    rows = bulk.frame(
        items.order_by("pk"), "posting_id", "amount", "line_id", "line__paylist_id", "line__paylist__channel", "posting__payable_id",
        "posting__month",
    )
    write_movements(
        rows.select(
            "posting_id", "amount", "line_id", paylist_id="line__paylist_id", channel="line__paylist__channel",
            payable_id="posting__payable_id", month="posting__month", debit=pl.lit(str(debit)), credit=pl.lit(str(credit)),
        )
    )


def pay_item(item: Item, debit, credit):
    """Move the amount of one item."""
    pay_items(Item.objects.filter(pk=item.pk), debit, credit)


def move_back(movements, *, postings: pl.DataFrame | None = None):
    """Move these movements (a queryset) the other way; ``postings`` (``posting_id, reversal_id``) names what they belong to now."""
    columns = ("payable_id", "month", "posting_id", "paylist_id", "line_id", "debit", "credit", "amount", "channel")
    rows = bulk.frame(movements.order_by("-pk"), *columns).rename({"debit": "credit", "credit": "debit"})
    if postings is not None:
        rows = rows.join(postings, on="posting_id", how="left", maintain_order="left").drop("posting_id")
        rows = rows.rename({"reversal_id": "posting_id"})
    write_movements(rows, taken_back=True)


def write_movements(rows: pl.DataFrame, *, taken_back=False):
    """Append movements, made now by the act in hand; those of a claim belong to the recovery case that has its month.

    ``taken_back``: the rows undo earlier ones, so a case that had closed by those is open again.
    """
    if taken_back:
        reopen(rows)
    rows = with_cases(rows)
    stamped = rows.with_columns(
        at=pl.lit(clock.now()).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64)
    )
    bulk.write(stamped, Movement)
    close_settled(rows)
