"""How a row of the beneficiaries' sheet is matched, applied and undone."""

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law.book import MERIT as FIELD
from ansinh.office import bulk
from ansinh.office.act import current_entry
from ansinh.payments.actions import change_channels, set_channels, withdraw_openings
from ansinh.payments.models import Channel, Line, Opening, PayList, Posting
from ansinh.registry.actions import in_bulk
from ansinh.registry.imports.facts import COMPARED, concluded, with_old_facts
from ansinh.registry.imports.frames import sentence, with_missing
from ansinh.registry.imports.kinds import Kind, Setting, register
from ansinh.registry.imports.matching import in_slices, match_persons
from ansinh.registry.imports.persons import NUMBERS, finished, identity, split_numbers, write_persons
from ansinh.registry.imports.persons import SCHEMA as PERSON_SCHEMA
from ansinh.registry.models import Identifier, Import, ImportRow, Standing

from ..actions import grant_many
from ..models import Entitlement, Terms
from . import parallel
from .checks import COLUMNS, FACTS, checked

CHANNEL = ("bank", "account_number", "receiver", "receiver_relation", "receiver_paper", "receiver_until")
SCHEMA = {
    **PERSON_SCHEMA,
    "file": pl.String,
    "standing": pl.String,
    "grade": pl.Int64,
    "special": pl.Boolean,
    "attendant": pl.Boolean,
    "martyrs": pl.Int64,
    "care": pl.Boolean,
    "remarried": pl.Boolean,
    "medal": pl.String,
    "full_time": pl.Boolean,
    "seniority": pl.Int64,
    "since": pl.Date,
    "paid_up_to": pl.Date,
    "this_month": pl.Date,
    "amount": pl.Int64,
    "our_amount": pl.Int64,
    "channel": pl.String,
    "bank": pl.String,
    "account_number": pl.String,
    "receiver": pl.String,
    "receiver_relation": pl.String,
    "receiver_paper": pl.String,
    "receiver_until": pl.Date,
    "decision": pl.String,
    "remark": pl.String,
}
TERMS = (*FACTS, "since", "paid_up_to")
TERMS_TITLES = {
    "grade": "Tỷ lệ tổn thương (%)",
    "special": "Đặc biệt nặng",
    "attendant": "Có người phục vụ",
    "martyrs": "Số liệt sĩ",
    "care": "Hưởng nuôi dưỡng",
    "remarried": "Tái giá",
    "medal": "Hình thức khen thưởng",
    "full_time": "Thoát ly",
    "seniority": "Thâm niên",
    "since": "Hưởng từ",
    "paid_up_to": "Đã chi đến tháng",
}
CHANNEL_TITLES = {
    "channel": "Kênh chi",
    "bank": "Ngân hàng",
    "account_number": "Số tài khoản",
    "receiver": "Người nhận thay",
    "receiver_relation": "Quan hệ",
    "receiver_paper": "Giấy ủy quyền",
    "receiver_until": "Ủy quyền đến",
}
# From approval on an amount is in the ledger; only a list that is still proposed may lose its ground.
HOLDING = (PayList.State.APPROVED, PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)


def check(texts: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Read every column, compare the amount now paid with ours; file number and person may stand once."""
    frame = parallel.compared(checked(with_missing(texts, [column.name for column in COLUMNS]), setting))
    no_place = pl.when(pl.col("area_id").is_null() & pl.col("place_fault").is_null()).then(pl.lit(_("Thiếu xã.")))
    nobody = pl.all_horizontal(pl.col(name).is_null() for name in ("number", "birth_on", "file"))
    unknown = pl.when(nobody).then(pl.lit(_("Thiếu cả số hồ sơ, số định danh lẫn ngày sinh.")))
    frame = frame.with_columns(needs_fault=sentence(no_place, unknown))
    return finished(frame.with_columns(file_key=pl.col("file")), key=identity())


def match(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Who each row is, and what it would change of the person, the entitlement and the channel."""
    matched = match_persons(split_numbers(rows), {"file": "file", **NUMBERS}, setting)
    matched = _with_old_terms(_with_old_channel(with_old_facts(matched)))
    has_terms = pl.col("old_entitlement").is_not_null()
    other_terms = has_terms & pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"old_{name}")) for name in TERMS)
    other_channel = has_terms & pl.any_horizontal(_channel_differs(name) for name in ("channel", *CHANNEL))
    matched = concluded(matched, setting, more_changes=other_terms | other_channel | ~has_terms)
    is_new = (pl.col("outcome") == "changed") & ~has_terms
    is_paid = other_terms & pl.col("old_is_paid").fill_null(False) & pl.col("outcome").is_in(["changed", "same"])
    return matched.with_columns(
        outcome=pl.when(is_paid).then(pl.lit("wrong")).when(is_new).then(pl.lit("new")).otherwise("outcome"),
        reason=pl.when(is_paid).then(pl.lit(_("Chế độ này đã được chi theo nội dung khác với bảng."))).otherwise("reason"),
        remedy=pl.when(is_paid)
        .then(pl.lit(_("Sửa bằng quyết định, việc “Sửa nội dung hưởng”, không sửa bằng bảng.")))
        .otherwise("remedy"),
        other_terms=other_terms,
        other_channel=other_channel,
    )


def apply(rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Write person, file number, standing, entitlement with its opening, and channel."""
    written = write_persons(rows, source=setting.source)
    rows = (
        rows.drop("subject")
        .join(written, on="row_id", maintain_order="left")
        .with_columns(person_id=pl.col("subject"), source=pl.coalesce("decision", pl.lit(setting.source)))
    )
    fresh_files = rows.filter(pl.col("file").is_not_null() & pl.col("old_file").is_null())
    in_bulk.identify_many(fresh_files.select("person_id", number="file", kind=pl.lit("file")), source=setting.source)
    _withdraw_terms(rows.filter("other_terms")["old_entitlement"].to_list())
    _grant(rows.filter(pl.col("old_entitlement").is_null() | pl.col("other_terms")))
    _set_channels(rows, setting)
    return written


def kept(import_: Import) -> dict[int, str]:
    """Persons of the import whom a list already pays, with that list in words."""
    subjects = ImportRow.objects.filter(of_import=import_, result=ImportRow.Result.APPLIED).values("subject")
    lines = Line.objects.filter(person__in=subjects, paylist__state__in=HOLDING).select_related("paylist")
    return {line.person_id: _("Đã có trên %(list)s.") % {"list": line.paylist} for line in lines}


def undo(entry, kept_persons: list[int]):
    """Withdraw terms and openings of the import, but for the persons kept; the registry withdraws the rest."""
    in_bulk.undo_many(Terms, entry, current_entry(), kept=kept_persons, person="entitlement__payable__person_id")
    withdraw_openings(Opening.objects.filter(recorded_in=entry).exclude(payable__person__in=kept_persons))


def _with_old_terms(frame):
    """``old_entitlement`` of the same standing with its facts, and whether anything of it was posted."""
    ids = frame["subject"].drop_nulls().unique().to_list()
    running = Terms.objects.current().filter(until=None, entitlement__payable__field=FIELD)
    names = {f: f"old_{f}" for f in FACTS} | {
        "entitlement__payable__person_id": "subject",
        "entitlement__standing": "standing",
        "entitlement_id": "old_entitlement",
    }
    terms = in_slices(running, "entitlement__payable__person_id", ids, *names).rename(names)
    found = terms["old_entitlement"].unique().to_list()
    first = (
        in_slices(Terms.objects.current(), "entitlement_id", found, "entitlement_id", "since")
        .group_by("entitlement_id")
        .agg(old_since=pl.col("since").min())
    )
    paid_up_to = in_slices(Entitlement.objects.all(), "payable_id", found, "payable_id", "paid_up_to")
    posted = set(in_slices(Posting.objects.all(), "payable_id", found, "payable_id")["payable_id"])
    terms = terms.join(first, left_on="old_entitlement", right_on="entitlement_id", how="left")
    terms = terms.join(
        paid_up_to.rename({"paid_up_to": "old_paid_up_to"}), left_on="old_entitlement", right_on="payable_id", how="left"
    )
    terms = terms.with_columns(old_is_paid=pl.col("old_entitlement").is_in(list(posted))).unique(
        subset=["subject", "standing"], keep="last"
    )
    frame = frame.join(terms, on=["subject", "standing"], how="left", maintain_order="left")
    files = in_slices(Identifier.objects.current().filter(kind="file", until=None), "person_id", ids, "person_id", "number")
    files = files.rename({"person_id": "subject", "number": "old_file"}).unique(subset="subject", keep="any")
    return frame.join(files, on="subject", how="left", maintain_order="left")


def _with_old_channel(frame):
    ids = frame["subject"].drop_nulls().unique().to_list()
    channels = in_slices(Channel.objects.current().filter(until=None), "person_id", ids, "person_id", "kind", *CHANNEL)
    names = {name: f"old_{name}" for name in CHANNEL} | {"person_id": "subject", "kind": "old_channel"}
    return frame.join(
        channels.rename(names).unique(subset="subject", keep="any"), on="subject", how="left", maintain_order="left"
    )


def _channel_differs(name):
    if name == "receiver_until":
        return pl.col(name).ne_missing(pl.col(f"old_{name}"))
    return pl.col(name).fill_null("") != pl.col(f"old_{name}").fill_null("")


def _withdraw_terms(entitlements):
    """Terms not yet paid by anything that were typed wrong in an earlier sheet; their openings go with them."""
    if not entitlements:
        return
    ids = bulk.frame(Terms.objects.current().filter(entitlement__in=entitlements), "id")["id"]
    in_bulk.withdraw_many(Terms, ids)
    withdraw_openings(Opening.objects.filter(payable__in=entitlements))


def _grant(rows):
    if not len(rows):
        return
    ids = pl.Series("id", list(bulk.next_ids(Standing, len(rows))), dtype=pl.Int64)
    held = in_slices(
        Standing.objects.current().filter(until=None), "person_id", rows["person_id"].to_list(), "person_id", "code", "id"
    )
    held = held.rename({"code": "standing", "id": "held"}).unique(subset=["person_id", "standing"], keep="any")
    rows = rows.with_columns(id=ids).join(held, on=["person_id", "standing"], how="left", maintain_order="left")
    in_bulk.withdraw_many(Standing, rows["held"].drop_nulls())
    in_bulk.record_many(rows.select("id", "person_id", "since", "source", *FACTS, code="standing"), Standing)
    grant_many(rows.select("person_id", "standing", "since", "source", "paid_up_to", *FACTS, rests_on_id="id"))


def _set_channels(rows, setting):
    columns = (pl.col("channel").alias("kind"), *CHANNEL)
    fresh = rows.filter(pl.col("old_channel").is_null()).unique(subset="person_id", keep="first")
    if len(fresh):
        set_channels(fresh.select("person_id", *columns), source=setting.source)
    changed = rows.filter(pl.col("old_channel").is_not_null() & pl.col("other_channel"))
    if len(changed):
        change_channels(changed.select("person_id", *columns, since="place_since"), source=setting.source)


BENEFICIARIES = register(
    Kind(
        name="beneficiaries",
        title="Danh sách người hưởng trợ cấp ưu đãi hằng tháng",
        columns=COLUMNS,
        schema=SCHEMA,
        compared=(*COMPARED, *TERMS, "channel", *CHANNEL),
        check=check,
        match=match,
        apply=apply,
        keys=("key", "file_key"),
        domain=FIELD,
        shows={
            "name": "Họ và tên",
            "birth_on": "Ngày sinh",
            "sex": "Giới tính",
            "area_id": "Xã, phường",
            "address": "Địa chỉ",
            "phone": "Điện thoại",
            **TERMS_TITLES,
            **CHANNEL_TITLES,
        },
        kept=kept,
        undo=undo,
        report=parallel.report,
        reported=parallel.REPORTED,
    )
)
