"""How a row of a beneficiaries' sheet is compared, matched, held to the law, applied and undone: the same for both fields."""
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl
from django.utils.translation import gettext as _

from ansinh.office.act import current_entry
from ansinh.payments.actions import restore_openings, withdraw_openings
from ansinh.payments.models import Line, Opening, PayList
from ansinh.registry.actions import in_bulk
from ansinh.registry.imports.facts import COMPARED, concluded, with_old_facts
from ansinh.registry.imports.frames import sentence, with_missing
from ansinh.registry.imports.kinds import Kind, Setting
from ansinh.registry.imports.matching import match_persons
from ansinh.registry.imports.persons import NUMBERS, finished, identity, split_numbers
from ansinh.registry.imports.persons import SCHEMA as PERSON_SCHEMA
from ansinh.registry.models import Import, ImportRow
from ansinh.registry.sheets.columns import Column

from ..models import Terms
from ..waiting_lists import lists_follow_back
from . import lawful, old, parallel, reading, writing

CHANNEL = writing.CHANNEL
MONEY = {
    "since": pl.Date, "paid_up_to": pl.Date, "this_month": pl.Date, "amount": pl.Int64, "our_amount": pl.Int64, "channel": pl.String,
    "bank": pl.String, "account_number": pl.String, "receiver": pl.String, "receiver_relation": pl.String, "receiver_paper": pl.String,
    "receiver_until": pl.Date, "decision": pl.String, "remark": pl.String,
}
SHOWN_FIRST = {
    "name": "Họ và tên", "birth_on": "Ngày sinh", "sex": "Giới tính", "area_id": "Xã, phường", "address": "Địa chỉ", "phone": "Điện thoại",
}
SHOWN_LAST = {
    "since": "Hưởng từ", "paid_up_to": "Đã chi đến tháng", "channel": "Kênh chi", "bank": "Ngân hàng", "account_number": "Số tài khoản",
    "receiver": "Người nhận thay", "receiver_relation": "Quan hệ", "receiver_paper": "Giấy ủy quyền", "receiver_until": "Ủy quyền đến",
}
# From approval on an amount is in the ledger; only a list that is still proposed may lose its ground.
HOLDING = (PayList.State.APPROVED, PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)


@dataclass(frozen=True)
class BenefitSheet:
    """Bảng người hưởng of one field: its columns, the facts of its standings (with their kinds), how its own columns are read.

    ``files`` where the sheet names file numbers; ``several`` where a person may stand in it with several standings.
    """

    name: str
    title: str
    field: str
    columns: tuple[Column, ...]
    facts: dict[str, pl.DataType]
    shows: dict[str, str]
    checked: Callable[[pl.DataFrame, Setting], pl.DataFrame]
    more: dict[str, pl.DataType] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    guide: Callable[[], list[tuple[str, str, str]]] | None = None
    files: bool = False
    several: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """What a changed entitlement is compared by."""
        return (*self.facts, "since", "paid_up_to")

    def kind(self) -> Kind:
        """The kind of import that is made of it."""
        return Kind(
            name=self.name, title=self.title, columns=self.columns, domain=self.field, check=self.check, match=self.match, apply=self.apply,
            schema={**PERSON_SCHEMA, **self.more, "standing": pl.String, **self.facts, **MONEY},
            compared=(*COMPARED, *self.terms, "channel", *CHANNEL), shows={**SHOWN_FIRST, **self.shows, **SHOWN_LAST}, words=self.words,
            keys=("right_key",) if self.several else ("key", "file_key"), once=("right",) if self.several else ("subject",),
            kept=kept, undo=undo, report=parallel.report, reported=parallel.REPORTED, guide=self.guide,
        )

    def check(self, texts: pl.DataFrame, setting: Setting) -> pl.DataFrame:
        """Read every column, compare the amount now paid with ours; what may stand once stands once."""
        frame = self.checked(with_missing(texts, [column.name for column in self.columns]), setting)
        frame = parallel.compared(frame, self.field, tuple(self.facts))
        no_place = pl.when(pl.col("area_id").is_null() & pl.col("place_fault").is_null()).then(pl.lit(_("Thiếu xã.")))
        nobody = pl.all_horizontal(pl.col(name).is_null() for name in ("number", "birth_on", *(["file"] if self.files else [])))
        lacking = _("Thiếu cả số hồ sơ, số định danh lẫn ngày sinh.") if self.files else _("Thiếu cả số định danh lẫn ngày sinh.")
        frame = frame.with_columns(needs_fault=sentence(no_place, pl.when(nobody).then(pl.lit(lacking))))
        frame = finished(frame.with_columns(file_key=pl.col("file")) if self.files else frame, key=identity())
        return frame.with_columns(remedy=reading.remedy(frame))

    def match(self, rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
        """Who each row is, what it would change of the person, the entitlement and the channel, and whether the law allows it."""
        matched = match_persons(split_numbers(rows), {**({"file": "file"} if self.files else {}), **NUMBERS}, setting)
        matched = old.with_lives(with_old_facts(matched))
        if "born" in self.facts:
            matched = lawful.with_own_births(matched)
        matched = old.with_terms(old.with_channel(matched), self.field, tuple(self.facts))
        matched = old.with_files(matched) if self.files else matched
        has_terms = pl.col("old_entitlement").is_not_null()
        other_terms = has_terms & _terms_differ(self.terms)
        other_channel = has_terms & pl.any_horizontal(_channel_differs(name) for name in ("channel", *CHANNEL))
        matched = matched.with_columns(other_terms=other_terms, other_channel=other_channel)
        matched = concluded(matched, setting, more_changes=other_terms | other_channel | ~has_terms)
        matched = lawful.held_to_law(_as_right(matched), tuple(self.facts))
        # Notes are for the preview; when rows are applied they carry none.
        return lawful.told_of_others(matched) if "note" in matched.columns else matched

    def apply(self, rows: pl.DataFrame, setting: Setting) -> pl.DataFrame:
        """Write person, file number, standing, entitlement with its opening, and channel."""
        return writing.write(rows, setting, tuple(self.facts), files=self.files, several=self.several)


def _as_right(matched):
    """A person of the register without this entitlement is new here; what was paid already is changed by a decision only."""
    has_terms = pl.col("old_entitlement").is_not_null()
    is_new = (pl.col("outcome") == "changed") & ~has_terms
    is_paid = pl.col("other_terms") & pl.col("old_is_paid").fill_null(False) & pl.col("outcome").is_in(["changed", "same"])
    return matched.with_columns(
        outcome=pl.when(is_paid).then(pl.lit("wrong")).when(is_new).then(pl.lit("new")).otherwise("outcome"),
        reason=pl.when(is_paid).then(pl.lit(_("Chế độ này đã được chi theo nội dung khác với bảng."))).otherwise("reason"),
        remedy=pl.when(is_paid)
        .then(pl.lit(_("Sửa bằng quyết định, việc “Sửa nội dung hưởng”, không sửa bằng bảng.")))
        .otherwise("remedy"),
        right=pl.format("{}|{}|{}", "subject", "standing", pl.col("own_born").cast(pl.String).fill_null("")),
    )


def kept(import_: Import) -> dict[int, str]:
    """Persons of the import whom a list already pays, with that list in words."""
    subjects = ImportRow.objects.filter(of_import=import_, result=ImportRow.Result.APPLIED).values("subject")
    lines = Line.objects.filter(person__in=subjects, paylist__state__in=HOLDING).select_related("paylist")
    return {line.person_id: _("Đã có trên %(list)s.") % {"list": line.paylist} for line in lines}


def undo(entry, kept_persons: list[int]):
    """Withdraw terms and openings of the import, those that it withdrew hold again, but for the persons kept; the registry does the rest."""
    with lists_follow_back(entry):
        in_bulk.undo_many(Terms, entry, current_entry(), kept=kept_persons, person="entitlement__payable__person_id")
        openings = Opening.objects.exclude(payable__person__in=kept_persons)
        restore_openings(openings.filter(withdrawn_in=entry).exclude(recorded_in=entry))
        withdraw_openings(openings.filter(recorded_in=entry))


def _terms_differ(terms):
    """Whether the sheet says another thing of the entitlement; of months that our own lists have paid since, it may name a later last one."""
    differ = {name: pl.col(name).ne_missing(pl.col(f"old_{name}")) for name in terms}
    later = pl.col("old_is_paid").fill_null(False) & (pl.col("paid_up_to") >= pl.col("old_paid_up_to")).fill_null(False)
    return pl.any_horizontal(differs & ~later if name == "paid_up_to" else differs for name, differs in differ.items())


def _channel_differs(name):
    if name == "receiver_until":
        return pl.col(name).ne_missing(pl.col(f"old_{name}"))
    return pl.col(name).fill_null("") != pl.col(f"old_{name}").fill_null("")
