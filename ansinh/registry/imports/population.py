"""The kind ``population``: how police and civil status say that our persons stand; a source beside the register, never a change of it."""

from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.dates import parse_date
from ansinh.engine.text.names import fold

from ..actions import in_bulk
from ..models import Person, PopulationRecord
from ..sheets.columns import load_columns
from . import checks
from .frames import by_distinct, sentence, with_missing
from .kinds import Kind, Setting, register
from .matching import AMBIGUOUS, FOUND, WRONG, in_slices, match_persons
from .persons import NUMBERS, finished, split_numbers, too_long

COLUMNS = load_columns(Path(__file__).with_name("population.yaml"))
SAID = ("state", "happened_on", "remark")
SCHEMA = {
    "number": pl.String, "number_kind": pl.String, "name": pl.String, "search_key": pl.String, "birth_on": pl.Date,
    "birth_precision": pl.String, "sex": pl.String, "area_path": pl.String, "person": pl.String, "state": pl.String,
    "happened_on": pl.Date, "as_of": pl.Date, "remark": pl.String,
}
State = PopulationRecord.State
# How offices write a state, folded; a word that stands in none of them is asked back, never guessed.
WORDS = {
    State.DEAD: ("chet", "da chet", "mat", "da mat", "tu tran", "khai tu", "da khai tu", "da xoa do chet"),
    State.MOVED: ("chuyen di", "da chuyen di", "chuyen noi khac", "da chuyen", "xoa thuong tru", "ra ngoai tinh", "chuyen ngoai tinh"),
    State.DETAINED: ("giam giu", "dang giam giu", "tam giam", "dang tam giam", "dang chap hanh an", "chap hanh an phat tu", "di tu", "dang di tu"),
    State.ALIVE: ("con song", "song", "dang cu tru", "thuong tru", "tam tru", "dang song", "binh thuong", "dang thuong tru"),
}
READ = {word: state.value for state, words in WORDS.items() for word in words}


def check(texts: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Read every column; a row needs a name, a known state, and a number or a whole birth date."""
    frame = with_missing(texts, [column.name for column in COLUMNS])
    frame = checks.citizen_numbers(checks.births(checks.sexes(checks.names(frame)), today=setting.today))
    frame = _day(_day(_states(frame), "happened", "happened_on", setting), "as_of", "as_of_read", setting)
    frame = frame.with_columns(
        too_long("remark", 200), as_of=pl.coalesce("as_of_read", pl.lit(min(setting.as_of, setting.today))), area_path=pl.lit("")
    )
    nobody = pl.col("number").is_null() & (pl.col("birth_precision") != "day")
    unknown = pl.when(nobody).then(pl.lit(_("Thiếu cả số định danh lẫn ngày sinh đủ ngày, tháng, năm.")))
    late = pl.when(pl.col("happened_on") > pl.col("as_of")).then(pl.lit(_("Ngày xảy ra sau ngày của số liệu.")))
    rest = pl.concat_str("search_key", pl.col("birth_on").cast(pl.String).fill_null(""), separator="|")
    return finished(frame.with_columns(needs_fault=sentence(unknown, late)), key=pl.coalesce("number", rest))


def _states(frame):
    def read(text):
        state = READ.get(fold(text))
        known = _("Đang cư trú, Đã chết, Đã chuyển đi, Đang giam giữ")
        return state, None if state else _("Tình trạng “%(text)s” chưa rõ; ghi một trong: %(known)s.") % {"text": text[:60], "known": known}

    frame = by_distinct(frame, "state", read, {"state_read": pl.String, "state_fault": pl.String})
    missing = pl.when(pl.col("state").is_null()).then(pl.lit(_("Thiếu tình trạng.")))
    return frame.with_columns(state=pl.col("state_read"), state_fault=pl.coalesce("state_fault", missing)).drop("state_read")


def _day(frame, column, name, setting):
    """A column of whole days; a day to come, or a part of one, is a fault."""

    def read(text):
        found = parse_date(text)
        if found.day is None or found.fault or found.precision != "day":
            return None, found.fault or _("“%(text)s” không phải một ngày đủ ngày, tháng, năm.") % {"text": text}
        return found.day, _("Ngày %(day)s ở tương lai.") % {"day": text} if found.day > setting.today else None

    return by_distinct(frame, column, read, {name: pl.Date, f"{name}_fault": pl.String})


def match(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Whose row it is, and whether it says anything that the newest list did not; nobody is registered by it."""
    frame = match_persons(split_numbers(rows), NUMBERS, setting)
    # One person alone of this name and this whole birth date: enough for a source that changes nothing.
    alone = (pl.col("found") == AMBIGUOUS) & (pl.col("candidates").list.len() == 1) & (pl.col("birth_precision") == "day")
    frame = frame.with_columns(
        subject=pl.when(alone).then(pl.col("candidates").list.first()).otherwise("subject"),
        found=pl.when(alone).then(pl.lit(FOUND)).otherwise("found"),
    )
    return _concluded(_with_old(frame), setting)


def _with_old(frame):
    ids = frame["subject"].drop_nulls().unique().to_list()
    known = in_slices(PopulationRecord.objects.current(), "person_id", ids, "person_id", "since", *SAID)
    known = known.rename({"person_id": "subject", "since": "old_as_of", **{name: f"old_{name}" for name in SAID}})
    homes = in_slices(Person.objects.all(), "id", ids, "id", "area_path").rename({"id": "subject", "area_path": "old_area_path"})
    for facts in (known, homes):
        frame = frame.join(facts.unique("subject", keep="any"), on="subject", how="left", maintain_order="left")
    return frame


def _concluded(frame, setting):
    is_found = pl.col("found") == FOUND
    elsewhere = is_found & ~pl.col("old_area_path").fill_null("").str.starts_with(setting.area_path)
    says_nothing = pl.all_horizontal(pl.col(n).eq_missing(pl.col(f"old_{n}")) for n in ("state", "happened_on"))
    older = is_found & (pl.col("old_as_of") > pl.col("as_of"))
    outcome = (
        pl.when(elsewhere | (pl.col("found") == WRONG)).then(pl.lit("wrong"))
        .when(pl.col("found") == AMBIGUOUS).then(pl.lit("ambiguous"))
        .when(~is_found | older | (is_found & says_nothing)).then(pl.lit("same"))
        .when(pl.col("old_state").is_null()).then(pl.lit("new"))
        .otherwise(pl.lit("changed"))
    )
    reason = (
        pl.when(elsewhere).then(pl.lit(_("Có người trùng ở xã khác.")))
        .when(~is_found & (pl.col("found") == "new")).then(pl.lit(_("Không có trong sổ nên không phải soát.")))
        .when(older).then(pl.lit(_("Đã có số liệu mới hơn về người này.")))
        .otherwise("match_reason")
    )
    shown = pl.when(is_found).then(None).otherwise(pl.col("candidates"))
    return frame.with_columns(outcome=outcome, reason=reason, remedy=pl.col("match_remedy"), candidates=shown).drop(
        "found", "match_reason", "match_remedy"
    )


def apply(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Keep what the list says of each person; what an earlier list said of them is withdrawn."""
    rows = rows.with_columns(pl.col("subject").cast(pl.Int64))
    before = in_slices(PopulationRecord.objects.current(), "person_id", rows["subject"].to_list(), "id")
    in_bulk.withdraw_many(PopulationRecord, before["id"])
    kept = rows.select("state", "happened_on", pl.col("remark").fill_null(""), person_id="subject", since="as_of")
    in_bulk.record_many(kept, PopulationRecord, source=setting.source)
    return rows.select("row_id", "subject")


POPULATION = register(
    Kind(
        name="population", title=gettext_lazy("Dữ liệu dân cư để soát"), columns=COLUMNS, schema=SCHEMA, compared=SAID,
        check=check, match=match, apply=apply,
        shows={"state": gettext_lazy("Tình trạng"), "happened_on": gettext_lazy("Ngày xảy ra"), "remark": gettext_lazy("Ghi chú")},
    )
)
