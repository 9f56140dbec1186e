"""Facts of an entitlement in words, the same on lists, forms and consequences."""
from django.utils.translation import gettext as _

from ansinh.engine.law.book import ASSISTANCE

SEVERITIES = {"severe": "khuyết tật nặng", "especially_severe": "khuyết tật đặc biệt nặng"}
POVERTY = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "none": "hộ không nghèo"}
MEDALS = {"before1945": "khen thưởng trước 1945", "resistance": "khen thưởng kháng chiến"}


def facts_words(facts) -> str:
    """``61 %, có người phục vụ``: what of the facts is set, from a row of terms or of the engine."""
    said = [
        f"{facts.grade} %" if facts.grade else "", _("đặc biệt nặng") if facts.special else "", _("có người phục vụ") if facts.attendant else "",
        _("%(n)s liệt sĩ") % {"n": facts.martyrs} if facts.martyrs else "", _("hưởng nuôi dưỡng") if facts.care else "",
        _("tái giá") if facts.remarried else "", MEDALS.get(facts.medal, ""), _("thoát ly") if facts.full_time else "",
        _("%(n)s thâm niên") % {"n": facts.seniority} if facts.seniority else "",
        _("trường hợp điểm %(case)s") % {"case": facts.case} if facts.case else "", SEVERITIES.get(facts.severity, ""),
        _("%(n)s con") % {"n": facts.children} if facts.children else "", _("%(n)s người") % {"n": facts.people} if facts.people else "",
        _("số lượng %(n)s") % {"n": facts.quantity} if facts.quantity else "",
        _("tuổi tính từ %(day)s") % {"day": f"{facts.born:%d/%m/%Y}"} if facts.born else "", POVERTY.get(facts.poverty, ""),
    ]
    return ", ".join(filter(None, said)) or _("không có nội dung riêng")


def place_words(area) -> str:
    """``Xã Tân Kim`` at the beginning of a cell."""
    words = str(area)
    return words[:1].upper() + words[1:]


def verb_words(field: str) -> dict[str, str]:
    """What can be done to an entitlement, each in its field's own word: chấm dứt (ưu đãi), thôi hưởng (trợ giúp xã hội)."""
    own = field == ASSISTANCE
    return {
        "correct": _("Sửa nội dung hưởng"), "begin": _("Sửa ngày bắt đầu"), "suspend": _("Tạm dừng hưởng") if own else _("Tạm đình chỉ"),
        "resume": _("Hưởng lại"), "stop": _("Thôi hưởng") if own else _("Chấm dứt hưởng"),
    }
