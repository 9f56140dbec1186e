"""Communes by code or name, as they were on a day: the area of each row, or why it cannot be told."""

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.text.names import accented_key, fold
from ansinh.office import bulk

from ..models import Area
from .kinds import Setting

KIND_WORDS = ("xa", "phuong", "thi tran", "huyen", "thi xa", "thanh pho", "quan", "tp", "tx", "tt", "p", "h", "x")


class Communes:
    """The communes of a day, looked up by code, and by name with or without accents, kind word and district."""

    def __init__(self, setting: Setting):
        self.setting = setting
        names = ("id", "code", "name", "kind", "path", "parent__name")
        communes = bulk.frame(Area.objects.communes().on(setting.as_of), *names).rows(named=True)
        self.by_code = {row["code"]: row for row in communes}
        self.by_name: dict[str, list[dict]] = {}
        for row in communes:
            for key in {fold(row["name"]), _bare(row["name"])}:
                self.by_name.setdefault(key, []).append(row)

    def find(self, code: str | None, name: str | None, district: str | None) -> tuple[int | None, str | None, str | None]:
        """Area id, path and fault of one way of writing a commune; nothing written is no place and no fault."""
        if code:
            found, fault = self._by_code(code, name)
        elif name:
            found, fault = self._by_name(name, district)
        else:
            return None, None, None
        if found and not found["path"].startswith(self.setting.area_path):
            fault = _("%(place)s nằm ngoài địa bàn của lượt nạp này.") % {"place": self._full(found)}
        return (None, None, fault) if fault else (found["id"], found["path"], None)

    def _by_code(self, code, name):
        found = self.by_code.get(code.removesuffix(".0").zfill(5))
        if found is None:
            return None, _("Không có xã mã %(code)s vào ngày %(day)s.") % {"code": code, "day": f"{self.setting.as_of:%d/%m/%Y}"}
        if name and _bare(name.split(",")[0]) != _bare(found["name"]):
            return None, _("Mã %(code)s là %(place)s, tên ghi %(name)s.") % {"code": code, "place": found["name"], "name": name}
        return found, None

    def _by_name(self, name, district):
        commune, _comma, rest = name.partition(",")
        candidates = self.by_name.get(fold(commune)) or self.by_name.get(_bare(commune)) or []
        for narrower in (
            lambda row: _bare(row["name"], accents=True) == _bare(commune, accents=True),
            lambda row: not (district or rest) or _bare(row["parent__name"] or "") == _bare((district or rest).split(",")[0]),
            lambda row: row["path"].startswith(self.setting.area_path),
        ):
            candidates = list(filter(narrower, candidates)) or candidates
        if len(candidates) == 1:
            return candidates[0], None
        if not candidates:
            return None, _("Không có xã tên “%(name)s” vào ngày %(day)s.") % {
                "name": name,
                "day": f"{self.setting.as_of:%d/%m/%Y}",
            }
        shown = "; ".join(self._full(row) for row in candidates[:4])
        return None, _("Có %(count)d xã tên “%(name)s”: %(shown)s; ghi thêm huyện hoặc mã xã.") % {
            "count": len(candidates),
            "name": name,
            "shown": shown,
        }

    @staticmethod
    def _full(row):
        return ", ".join(part for part in (f"{row['kind']} {row['name']} ({row['code']})", row["parent__name"]) if part)


def places(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """``area_id``, ``area_path`` and ``place_fault`` from ``commune_code``, ``commune`` and ``district``."""
    communes = Communes(setting)
    written = ["commune_code", "commune", "district"]
    # A code typed into the name's column is a code.
    is_code = pl.col("commune").str.contains(r"^[0-9]{4,5}$") & pl.col("commune_code").is_null()
    frame = frame.with_columns(
        commune_code=pl.when(is_code).then("commune").otherwise("commune_code"),
        commune=pl.when(~is_code).then("commune"),
    )
    distinct = frame.select(written).unique()
    schema = {"area_id": pl.Int64, "area_path": pl.String, "place_fault": pl.String}
    found = pl.DataFrame([communes.find(*row) for row in distinct.iter_rows()], schema=schema, orient="row")
    return frame.join(distinct.hstack(found), on=written, how="left", nulls_equal=True, maintain_order="left")


def _bare(name, *, accents=False):
    """The name without its kind word: ``Xã Tân Kim`` and ``tân kim`` are one; with accents where asked."""
    key = fold(name)
    word = next((word for word in KIND_WORDS if key.startswith(f"{word} ")), "")
    if accents:
        return " ".join(accented_key(name).split()[len(word.split()) :])
    return key[len(word) :].strip()
