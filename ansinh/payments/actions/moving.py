"""What a posting or an item moves between the ledger's accounts (design of the ledger: debit, credit)."""
import polars as pl

from ansinh.office import bulk, clock
from ansinh.office.act import current_entry

from ..models import Item, Kind, LedgerAccount, Movement

# Which accounts a posting of each kind moves between (debit, credit).
ACCOUNTS = {
    Kind.DUE: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.ARREARS: (LedgerAccount.COST, LedgerAccount.OWED),
    Kind.OVERPAYMENT: (LedgerAccount.CLAIM, LedgerAccount.COST),
    Kind.CANCELLATION: (LedgerAccount.COST, LedgerAccount.CLAIM),
}


def post_movements(postings: pl.DataFrame, *, accounts=None):
    """Move each posting's amount: ``payable_id, month, posting_id, line_id, paylist_id, kind, amount`` (signed).

    ``accounts`` gives (debit, credit) by kind where they differ from the usual.
    """
    sides = {kind.value: [str(account) for account in pair] for kind, pair in (accounts or ACCOUNTS).items()}
    kind = pl.col("kind")
    rows = postings.with_columns(
        pl.col("amount").abs(), channel=pl.lit(""),
        debit=kind.replace_strict({code: pair[0] for code, pair in sides.items()}, return_dtype=pl.String),
        credit=kind.replace_strict({code: pair[1] for code, pair in sides.items()}, return_dtype=pl.String),
    )
    write_movements(rows.drop("kind"))


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


def write_movements(rows: pl.DataFrame):
    """Append movements, made now by the act in hand."""
    stamped = rows.with_columns(
        at=pl.lit(clock.now()).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64)
    )
    bulk.write(stamped, Movement)
