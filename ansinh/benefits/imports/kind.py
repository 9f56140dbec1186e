"""The two kinds: who receives merit benefits, and who receives social assistance, as offices keep them in spreadsheets."""
from functools import partial

import polars as pl

from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.registry.imports.kinds import register

from . import assisted, checks
from .groups import guide
from .sheet import BenefitSheet

MERIT_FACTS = {
    "grade": pl.Int64, "special": pl.Boolean, "attendant": pl.Boolean, "martyrs": pl.Int64, "care": pl.Boolean, "remarried": pl.Boolean,
    "medal": pl.String, "full_time": pl.Boolean, "seniority": pl.Int64,
}
ASSISTED_FACTS = {
    "severity": pl.String, "case": pl.String, "children": pl.Int64, "people": pl.Int64, "poverty": pl.String, "born": pl.Date,
}

BENEFICIARIES = register(BenefitSheet(
    name="beneficiaries", title="Danh sách người hưởng trợ cấp ưu đãi hằng tháng", field=MERIT, columns=checks.COLUMNS, facts=MERIT_FACTS,
    checked=checks.checked, guide=checks.guide, more={"file": pl.String}, files=True,
    shows={
        "grade": "Tỷ lệ tổn thương (%)", "special": "Đặc biệt nặng", "attendant": "Có người phục vụ", "martyrs": "Số liệt sĩ",
        "care": "Hưởng nuôi dưỡng", "remarried": "Tái giá", "medal": "Hình thức khen thưởng", "full_time": "Thoát ly", "seniority": "Thâm niên",
    },
    words={"medal": {"before1945": "trước 1945", "resistance": "kháng chiến"}, "channel": {"post": "bưu điện", "bank": "ngân hàng"}},
).kind())

ASSISTED = register(BenefitSheet(
    name="assisted", title="Danh sách đối tượng bảo trợ xã hội đang hưởng", field=ASSISTANCE, columns=assisted.COLUMNS, facts=ASSISTED_FACTS,
    checked=assisted.checked, guide=partial(guide, ASSISTANCE), more={"person_key": pl.String, "certificate": pl.String}, several=True,
    shows={
        "severity": "Mức độ khuyết tật", "case": "Trường hợp của trẻ", "children": "Số con", "people": "Số người được chăm sóc",
        "poverty": "Hộ nghèo, cận nghèo", "born": "Ngày sinh dùng để tính",
    },
    words={
        "severity": {"severe": "nặng", "especially_severe": "đặc biệt nặng"}, "channel": {"post": "bưu điện", "bank": "ngân hàng"},
        "poverty": {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "none": "không nghèo"},
    },
).kind())
