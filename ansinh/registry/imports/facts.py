"""What the registry believes of the persons that rows were matched to, and what a row would change of it."""

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.text.names import accented_key, fold

from ..models import Identifier, Person, Residence
from .kinds import Setting
from .matching import AMBIGUOUS, FOUND, WRONG, in_slices

PERSON_FACTS = ("name", "birth_on", "birth_precision", "sex")
PLACE_FACTS = ("area_id", "address", "household", "phone")
COMPARED = (*PERSON_FACTS, *PLACE_FACTS)


def with_old_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``old_<fact>`` for each of COMPARED, ``old_area_path`` and ``old_number`` of each row's subject."""
    ids = frame["subject"].drop_nulls().unique().to_list()
    persons = in_slices(Person.objects.all(), "id", ids, "id", *PERSON_FACTS, "area_path")
    homes = in_slices(Residence.objects.current().filter(until=None), "person_id", ids, "person_id", *PLACE_FACTS)
    cards = in_slices(Identifier.objects.current().filter(kind="citizen", until=None), "person_id", ids, "person_id", "number")
    for facts, key in ((persons, "id"), (homes, "person_id"), (cards, "person_id")):
        facts = facts.unique(subset=key, keep="any")
        facts = facts.rename({name: f"old_{name}" for name in facts.columns if name != key} | {key: "subject"})
        frame = frame.join(facts, on="subject", how="left", maintain_order="left")
    return frame


def concluded(frame: pl.DataFrame, setting: Setting, *, more_changes: pl.Expr | None = None) -> pl.DataFrame:
    """Add ``outcome``, ``reason``, ``remedy`` to matched rows that carry old facts; what is not said changes nothing."""
    frame = _unsaid(frame)
    changes = pl.any_horizontal(_differs(name) for name in COMPARED)
    if more_changes is not None:
        changes = changes | more_changes
    is_found = pl.col("found") == FOUND
    elsewhere = is_found & ~pl.col("old_area_path").fill_null("").str.starts_with(setting.area_path)
    stranger = is_found & (pl.col("old_key") != pl.col("search_key")) & _differs("birth_on")
    other_card = is_found & (pl.col("number_kind") == "citizen") & (pl.col("number") != pl.col("old_number"))
    refused = (
        pl.when(elsewhere)
        .then(pl.lit(_("Có người trùng ở xã khác.")))
        .when(stranger)
        .then(pl.lit(_("Số trên dòng này đang thuộc về một người khác cả tên lẫn ngày sinh.")))
        .when(other_card)
        .then(pl.lit(_("Người này trong sổ có số định danh khác.")))
        .otherwise("match_reason")
    )
    remedies = (
        pl.when(elsewhere)
        .then(pl.lit(_("Hỏi xã đang quản lý, hoặc làm thủ tục chuyển đến.")))
        .when(stranger | other_card)
        .then(pl.lit(_("Kiểm tra lại số định danh; nếu sổ sai thì sửa số giấy tờ của người đó trước.")))
        .otherwise("match_remedy")
    )
    outcome = (
        pl.when(elsewhere | stranger | other_card | (pl.col("found") == WRONG))
        .then(pl.lit("wrong"))
        .when(pl.col("found") == AMBIGUOUS)
        .then(pl.lit("ambiguous"))
        .when(is_found & changes)
        .then(pl.lit("changed"))
        .when(is_found)
        .then(pl.lit("same"))
        .otherwise(pl.lit("new"))
    )
    shown = pl.when(stranger).then(pl.concat_list("subject")).otherwise("candidates")
    frame = frame.with_columns(outcome=outcome, reason=refused, remedy=remedies, candidates=shown)
    return frame.drop("found", "match_reason", "match_remedy", "old_key")


def _unsaid(frame):
    """Empty cells say nothing, and neither does the same name in another spelling (Hoà, Hòa)."""
    pairs = frame.filter(pl.col("old_name").is_not_null()).select("old_name", "name").unique()
    read = [(old, new, fold(old), new is not None and accented_key(old) == accented_key(new)) for old, new in pairs.iter_rows()]
    schema = {"old_name": pl.String, "name": pl.String, "old_key": pl.String, "is_same_name": pl.Boolean}
    told = pl.DataFrame(read, schema=schema, orient="row")
    frame = frame.join(told, on=["old_name", "name"], how="left", nulls_equal=True, maintain_order="left")
    is_known = pl.col("birth_on").is_not_null()
    return frame.with_columns(
        name=pl.when("is_same_name").then("old_name").otherwise("name"),
        birth_precision=pl.when(is_known | pl.col("subject").is_null()).then("birth_precision").otherwise("old_birth_precision"),
    ).drop("is_same_name")


def _differs(name):
    new = pl.col(name)
    said = new.is_not_null() & (new != "") if name not in ("birth_on", "area_id") else new.is_not_null()
    return said & new.ne_missing(pl.col(f"old_{name}"))
