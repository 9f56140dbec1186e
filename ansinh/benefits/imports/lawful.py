"""Rows held to the law as a single grant is: what it does not allow is refused with its article, and nothing of the row is written."""
import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.sweep import Running
from ansinh.registry.imports.frames import sentence
from ansinh.registry.imports.matching import in_slices

from ..limits_of_many import broken_rows, with_births
from ..models import Terms

HELD = {"entitlement__payable__person_id": "subject", "entitlement__standing": "standing", "martyrs": "martyrs", "care": "care"}

REMEDIES = {
    "since": gettext_lazy("Kiểm tra ngày sinh, tháng bắt đầu hưởng và diện của dòng này."),
    "poverty": gettext_lazy("Kiểm tra diện và cột hộ nghèo, cận nghèo; hết nghèo thì thôi hưởng."),
}


def with_own_births(frame: pl.DataFrame) -> pl.DataFrame:
    """``born`` of rows that name none: the birth that the register has."""
    fostering = [code for code, law in book().standings.items() if law.several]
    own = with_births(frame.select("standing", "born", birth_on=pl.coalesce("birth_on", "old_birth_on")))["born"]
    return frame.with_columns(born=pl.when(pl.col("standing").is_in(fostering)).then("born").otherwise(own))


def held_to_law(matched: pl.DataFrame, facts: tuple[str, ...]) -> pl.DataFrame:
    """Rows that would be written, asked as grants are; who died before the month of the sheet has nothing to receive."""
    matched = _without_dead(matched).with_row_index("asked")
    written = matched.filter(pl.col("outcome").is_in(["new", "changed"]) & (pl.col("old_entitlement").is_null() | pl.col("other_terms")))
    # What the row takes the place of is no other grant.
    person = pl.when(pl.col("old_entitlement").is_null()).then("subject").cast(pl.Int64)
    grants = written.select(
        "standing", "since", *facts, person_id=person, who="name", birth_on=pl.coalesce("birth_on", "old_birth_on"), died_on="old_died_on",
    )
    found = {written["asked"][place]: no for place, no in broken_rows(grants).items()}
    table = pl.DataFrame(
        [(row, f"{no.sentence} ({no.article})" if no.article else no.sentence, str(REMEDIES.get(no.field, ""))) for row, no in found.items()],
        schema={"asked": pl.UInt32, "unlawful": pl.String, "unlawful_remedy": pl.String}, orient="row",
    )
    matched = matched.join(table, on="asked", how="left", maintain_order="left")
    is_unlawful = pl.col("unlawful").is_not_null()
    return matched.with_columns(
        outcome=pl.when(is_unlawful).then(pl.lit("wrong")).otherwise("outcome"), reason=pl.coalesce("unlawful", "reason"),
        remedy=pl.coalesce("unlawful_remedy", "remedy"),
    ).drop("asked", "unlawful", "unlawful_remedy")


def told_of_others(matched: pl.DataFrame) -> pl.DataFrame:
    """A note on rows whose person has an entitlement already that is not paid together with theirs; the reckoning pays by the rule."""
    ids = matched["subject"].drop_nulls().unique().to_list()
    running = in_slices(Terms.objects.current().filter(until=None), "entitlement__payable__person_id", ids, *HELD).rename(HELD)
    held = {subject: own for (subject,), own in running.partition_by("subject", as_dict=True).items()}
    told = [_clash(row["standing"], held.get(row["subject"])) for row in matched.select("subject", "standing").iter_rows(named=True)]
    return matched.with_columns(note=sentence(pl.col("note"), pl.Series("told", told, dtype=pl.String)))


def _clash(standing, held):
    others = [Running(*row) for row in held.drop("subject").iter_rows() if row[0] != standing] if held is not None else []
    for rule in book().exclusive.values() if others else ():
        if standing in rule.clash([*others, Running(standing)]):
            names = "; ".join(sorted(book().standing(one.standing).short for one in others if one.standing in rule.of))
            return _("Sổ ghi người này còn hưởng “%(names)s”. %(rule)s (%(basis)s).") % {"names": names, "rule": rule.title, "basis": rule.basis}
    return None


def _without_dead(matched):
    died = pl.col("old_died_on")
    is_dead = (died.dt.month_end() < pl.col("this_month")) & pl.col("outcome").is_in(["new", "changed", "same"])
    said = pl.format(_("Sổ ghi người này mất ngày {}; bảng vẫn ghi đang hưởng."), died.dt.to_string("%d/%m/%Y"))
    remedy = pl.lit(_("Nếu còn sống thì hoàn tác ghi nhận mất trước; nếu đã mất thì bỏ dòng này và xem khoản đã chi thừa."))
    return matched.with_columns(
        outcome=pl.when(is_dead).then(pl.lit("wrong")).otherwise("outcome"), reason=pl.when(is_dead).then(said).otherwise("reason"),
        remedy=pl.when(is_dead).then(remedy).otherwise("remedy"),
    )
