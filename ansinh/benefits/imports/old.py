"""What stands already of the persons that rows were matched to: lives, entitlements of a field, file numbers, channels."""
import polars as pl

from ansinh.engine.law import book
from ansinh.payments.models import Channel, Posting
from ansinh.registry.imports.matching import in_slices
from ansinh.registry.models import Identifier, Person

from ..models import Entitlement, Terms
from .writing import CHANNEL


def with_lives(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``old_died_on``: the day of death as the register has it."""
    ids = frame["subject"].drop_nulls().unique().to_list()
    lives = in_slices(Person.objects.all(), "id", ids, "id", "died_on").rename({"id": "subject", "died_on": "old_died_on"})
    return frame.join(lives, on="subject", how="left", maintain_order="left")


def with_terms(frame: pl.DataFrame, field: str, facts: tuple[str, ...]) -> pl.DataFrame:
    """``old_entitlement`` of the same standing with its facts, and whether anything of it was posted.

    Of a standing that a person may have several times the one of the same child is meant (``own_born``).
    """
    ids = frame["subject"].drop_nulls().unique().to_list()
    running = Terms.objects.current().filter(until=None, entitlement__payable__field=field)
    names = {f: f"old_{f}" for f in facts} | {
        "entitlement__payable__person_id": "subject", "entitlement__standing": "standing", "entitlement_id": "old_entitlement",
    }
    terms = in_slices(running, "entitlement__payable__person_id", ids, *names).rename(names)
    found = terms["old_entitlement"].unique().to_list()
    first = (
        in_slices(Terms.objects.current(), "entitlement_id", found, "entitlement_id", "since")
        .group_by("entitlement_id").agg(old_since=pl.col("since").min())
    )
    paid_up_to = in_slices(Entitlement.objects.all(), "payable_id", found, "payable_id", "paid_up_to")
    posted = in_slices(Posting.objects.all(), "payable_id", found, "payable_id")["payable_id"].unique().to_list()
    terms = terms.join(first, left_on="old_entitlement", right_on="entitlement_id", how="left").join(
        paid_up_to.rename({"paid_up_to": "old_paid_up_to"}), left_on="old_entitlement", right_on="payable_id", how="left"
    )
    same = ["subject", "standing", "own_born"]
    terms = _with_child(terms, "old_born").with_columns(old_is_paid=pl.col("old_entitlement").is_in(posted)).unique(same, keep="last")
    return _with_child(frame, "born").join(terms, on=same, how="left", nulls_equal=True, maintain_order="left")


def _with_child(frame, column):
    """``own_born``: the child by which entitlements of one standing are told apart, where a person may have several."""
    several = [code for code, law in book().standings.items() if law.several]
    born = pl.col(column) if column in frame.columns else pl.lit(None, pl.Date)
    return frame.with_columns(own_born=pl.when(pl.col("standing").is_in(several)).then(born))


def with_files(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``old_file``: the file number that the person has."""
    ids = frame["subject"].drop_nulls().unique().to_list()
    files = in_slices(Identifier.objects.current().filter(kind="file", until=None), "person_id", ids, "person_id", "number")
    files = files.rename({"person_id": "subject", "number": "old_file"}).unique(subset="subject", keep="any")
    return frame.join(files, on="subject", how="left", maintain_order="left")


def with_channel(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the channel by which the person is paid now."""
    ids = frame["subject"].drop_nulls().unique().to_list()
    channels = in_slices(Channel.objects.current().filter(until=None), "person_id", ids, "person_id", "kind", *CHANNEL)
    names = {name: f"old_{name}" for name in CHANNEL} | {"person_id": "subject", "kind": "old_channel"}
    return frame.join(channels.rename(names).unique(subset="subject", keep="any"), on="subject", how="left", maintain_order="left")
