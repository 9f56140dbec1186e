"""Facts of an entitlement in words, the same on lists, forms and consequences."""
from django.utils.translation import gettext as _

MEDALS = {"before1945": "khen thưởng trước 1945", "resistance": "khen thưởng kháng chiến"}


def facts_words(facts) -> str:
    """``61 %, có người phục vụ``: what of the facts is set, from a row of terms or of the engine."""
    said = [
        f"{facts.grade} %" if facts.grade else "", _("đặc biệt nặng") if facts.special else "", _("có người phục vụ") if facts.attendant else "",
        _("%(n)s liệt sĩ") % {"n": facts.martyrs} if facts.martyrs else "", _("hưởng nuôi dưỡng") if facts.care else "",
        _("tái giá") if facts.remarried else "", MEDALS.get(facts.medal, ""), _("thoát ly") if facts.full_time else "",
        _("%(n)s thâm niên") % {"n": facts.seniority} if facts.seniority else "",
    ]
    return ", ".join(filter(None, said)) or _("không có nội dung riêng")


def place_words(area) -> str:
    """``Xã Tân Kim`` at the beginning of a cell."""
    words = str(area)
    return words[:1].upper() + words[1:]
