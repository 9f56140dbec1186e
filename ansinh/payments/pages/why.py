"""Vì sao số tiền này: a line's amount as a receipt, with span, reckoning, article, right from when, known from when, paper."""
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.web.ledger import Link
from ansinh.web.page import Chip, Crumb, Page
from ansinh.web.templatetags.office_words import count, day

from ..models import Kind, Line, PayList
from ..queries import explained as reasons
from ..queries.changes import previous
from ..queries.recovery_story import decisions_of
from .parts import RAIL, list_url, month_url, person_url, provisional_chip

CONCURRENCY = "Pháp lệnh 02/2020/UBTVQH14 Điều 6"
CUT = {
    "attendant": "mỗi người chỉ một suất trợ cấp người phục vụ, lấy mức cao nhất", "care": "mỗi người chỉ một suất nuôi dưỡng",
    "survivor": "số suất tuất đã đủ",
}


@dataclass(frozen=True)
class WhyPart:
    """One part of the receipt: its words and sum, the reckoning, what it rests on as pairs of words, and the text it waits for."""

    words: str
    amount: int
    tone: str = ""
    sign: str = ""
    reckoning: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    papers: tuple[str, ...] = ()
    nothing: str = ""
    awaits: str = ""


@dataclass(frozen=True)
class Why:
    """The receipt of one line."""

    words: str
    total: int
    parts: tuple[WhyPart, ...]
    law: str
    known: date
    chip: Chip | None = None
    held: str = ""
    again: str = ""
    url: str = ""


@dataclass(frozen=True)
class WhyPage(Page):
    why: Why | None = None
    person: Link | None = None
    earlier: tuple = ()


def why_page(request, line: int):
    """Giải thích một dòng; the panel alone where htmx asks for it."""
    found = get_object_or_404(Line.objects.visible_to(request.user).select_related("paylist__area__parent"), pk=line)
    why = why_of(found)
    if request.htmx:
        return render(request, "payments/_why.html", {"why": why})
    paylist = found.paylist
    page = WhyPage(
        title=_("Vì sao số tiền này: %(name)s") % {"name": found.name}, rail=RAIL, chip=why.chip,
        note=_("%(standing)s · %(list)s") % {"standing": found.standing, "list": paylist},
        crumbs=(Crumb(_("Chi trả"), month_url(paylist.month)), Crumb(paylist.number, list_url(paylist))), why=why,
        person=Link(found.name, person_url(found.person_id)), earlier=tuple(_earlier(found)),
    )
    return render(request, "payments/why.html", {"page": page})


def _earlier(line):
    """The same person's lines on other lists, newest first."""
    rows = Line.objects.filter(person=line.person_id).exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist")
    for row in rows.order_by("-paylist__month", "paylist__channel")[:13]:
        yield {"line": row, "url": reverse("payments.why", args=[row.pk]), "is_here": row.pk == line.pk}


def why_of(line: Line) -> Why:
    """The receipt of a line with all its parts, those of nought too."""
    found, paylist = reasons.explained(line), line.paylist
    again = reasons.RECKONED_ANEW_AT.get(paylist.field)
    return Why(
        words=_("Danh sách tháng %(month)s") % {"month": f"{paylist.month:%m/%Y}"}, total=line.total, parts=tuple(_parts(found, line)),
        law=paylist.law_digest[:8], known=paylist.known_at, chip=provisional_chip(_is_provisional(found)), held=line.held_because,
        again=reverse(again, args=[line.pk]) if again else "", url=reverse("payments.why", args=[line.pk]),
    )


def _is_provisional(found):
    """Whether some part of a receipt is *tạm tính*."""
    return any(piece.awaits for piece in (*found.of(Kind.DUE), *found.of(Kind.ARREARS)))


def _parts(found, line):
    yield from _of_month(found, line)
    yield from _late(found)
    yield from _cancelled(found)
    yield from _carried(found, line)
    yield from _owed_back(found, line)


def _of_month(found, line):
    for piece in found.of(Kind.DUE):
        for reason in piece.reasons:
            yield _reason(reason, piece)
    if not found.of(Kind.DUE):
        yield WhyPart(_("Tháng %(month)s") % {"month": f"{line.paylist.month:%m}"}, 0, nothing=_("Không có chế độ nào được hưởng trong tháng này."))


def _reason(reason, piece):
    if reason.cut_by:
        nothing = _("Không hưởng: %(why)s (%(article)s).") % {"why": CUT.get(reason.cut_by, reason.cut_by), "article": CONCURRENCY}
        return WhyPart(reason.title, 0, nothing=nothing)
    return WhyPart(
        reason.title, reason.amount, reckoning=_reckoned(reason, piece.until), papers=(reason.paper,) if reason.paper else (),
        awaits=reason.awaits,
        facts=(
            (_("Khoảng"), _span(piece)), (_("Điều"), article_words(reason)), (_("Đúng từ"), day(reason.applies_since)),
            (_("Biết từ"), _known(reason)),
        ),
    )


def _reckoned(reason, month):
    if reason.level:
        return _by_level(reason)
    level = _("mức chuẩn tháng đó %(level)s đ") % {"level": count(book().level(month).amount)}
    if reason.quantity != 1:
        return f"{reason.quantity} × {count(reason.unit_amount)} = {count(reason.amount)}; {level}"
    return _("%(title)s: lấy thẳng trong bảng, %(level)s") % {"title": piece_title(reason), "level": level}


def _by_level(reason):
    """``2 × 360.000 đ × 1,5``, and the national level beside a higher provincial one."""
    times = f"{reason.quantity} × " if reason.quantity != 1 else ""
    words = _("%(title)s: %(times)s%(level)s đ × %(factor)s") % {
        "title": piece_title(reason), "times": times, "level": count(reason.level), "factor": reason.factor,
    }
    more = _("; mức chung cả nước %(level)s đ, tỉnh quyết định mức cao hơn") % {"level": count(reason.national)} if reason.national else ""
    return f"{words}{more}"


def piece_title(reason):
    """The row of the table, without the words after its colon."""
    return reason.title.partition(":")[0]


def article_words(reason) -> str:
    """The article of a part as it is written on the receipt."""
    unsure = "" if reason.verified else _(" (chưa đối chiếu bản gốc)")
    article = f"; {reason.article}" if reason.article and not reason.article.startswith(reason.basis) else ""
    words = reason.article if reason.article.startswith(reason.basis) else f"{reason.basis}{article}"
    return _("%(article)s%(unsure)s") % {"article": words, "unsure": unsure}


def _known(reason):
    """The later of the two: the law in force, or the paper in the office's hands."""
    if reason.learnt and reason.in_force and reason.learnt > reason.in_force:
        return _("%(day)s, ngày cơ quan ghi giấy này") % {"day": day(reason.learnt)}
    signed = _(" (ký %(day)s)") % {"day": day(reason.signed)} if reason.signed and reason.signed != reason.in_force else ""
    return _("%(day)s, ngày văn bản có hiệu lực%(signed)s") % {"day": day(reason.in_force), "signed": signed}


def _late(found):
    for piece in found.of(Kind.ARREARS):
        yield WhyPart(
            _("Truy lĩnh tháng %(months)s") % {"months": reasons.month_words(piece.since, piece.until)}, piece.amount, "due-n", "+",
            reckoning=_difference(piece), papers=tuple(sorted({r.paper for r in piece.reasons if r.paper})), awaits=", ".join(piece.awaits),
            facts=(
                (_("Khoảng"), _span(piece)), (_("Được hưởng theo"), _bases(piece)), (_("Đã chi theo"), _paid(piece)),
                (_("Vì sao trễ"), _why_late(piece)),
            ),
        )
    if not found.of(Kind.ARREARS):
        yield WhyPart(_("Truy lĩnh"), 0, "due-n", "+", nothing=_("Không tháng nào chi thiếu."))


def _difference(piece):
    each = f"{count(piece.after)} − {count(piece.before)}" if piece.kind == Kind.ARREARS else f"{count(piece.before)} − {count(piece.after)}"
    if piece.months == 1:
        return f"{each} = {count(piece.each)}"
    return _("%(n)s tháng × (%(each)s) = %(n)s × %(one)s") % {"n": piece.months, "each": each, "one": count(piece.each)}


def _bases(piece):
    return "; ".join(dict.fromkeys(article_words(reason) for reason in piece.reasons if not reason.cut_by)) or "–"


def _paid(piece):
    if not piece.before:
        return _("chưa chi tháng nào trong khoảng này")
    return _("%(basis)s, mỗi tháng %(amount)s đ") % {"basis": piece.paid_by or _("số đã chi trước khi dùng An Sinh"), "amount": count(piece.before)}


def _why_late(piece):
    lock = book().lock_day(piece.until)
    known = piece.known_on
    lists = _("Danh sách tháng %(month)s khóa ngày %(lock)s") % {"month": f"{piece.until:%m/%Y}", "lock": day(lock)}
    laws = [reason.in_force for reason in piece.reasons if reason.in_force]
    if laws and max(laws) > lock:
        return _("%(list)s, trước khi văn bản mới có hiệu lực (%(day)s)") % {"list": lists, "day": day(max(laws))}
    return _("%(list)s; cơ quan biết ngày %(day)s") % {"list": lists, "day": day(known)}


def _cancelled(found):
    for piece in found.of(Kind.CANCELLATION):
        yield WhyPart(
            _("Bù khoản phải thu hồi tháng %(months)s") % {"months": reasons.month_words(piece.since, piece.until)}, 0,
            nothing=_("%(amount)s đ được hưởng thêm, trừ vào khoản đang phải thu hồi của chính các tháng này.") % {"amount": count(piece.amount)},
        )


def _carried(found, line):
    for row in found.carried:
        facts = ((_("Lý do chưa nhận"), row.reason),) if row.reason else ()
        yield WhyPart(_("Chưa nhận tháng %(month)s, chuyển sang") % {"month": f"{row.month:%m/%Y}"}, row.amount, "", "+", facts=facts)
    if not found.carried:
        month = f"{previous(line.paylist.month):%m/%Y}"
        yield WhyPart(_("Chuyển từ tháng %(month)s") % {"month": month}, 0, sign="+", nothing=_("Không khoản nào chưa nhận."))


def _owed_back(found, line):
    pieces = found.of(Kind.OVERPAYMENT)
    yield WhyPart(
        _("Trừ thu hồi"), line.deduction, "owe-n", "−", facts=tuple(_kept_for(line)), nothing="" if line.deduction else
        _("Không trừ vào danh sách này.") if pieces else _("Không có khoản phải thu hồi."),
    )
    for piece in pieces:
        yield WhyPart(
            _("Chi thừa phát hiện tháng %(months)s") % {"months": reasons.month_words(piece.since, piece.until)}, 0, "owe-n", "",
            reckoning=f"{_difference(piece)} = {count(piece.amount)}" if piece.months > 1 else _difference(piece),
            nothing=_("Thành khoản phải thu hồi, không trừ vào số tiền ở trên."),
            facts=((_("Khoảng"), _span(piece)), (_("Đã chi theo"), _paid(piece))),
        )


def _kept_for(line):
    """The decisions by which the line gives back."""
    if line.deduction:
        for step in decisions_of(line):
            yield (_("Vụ việc %(case)s") % {"case": step.case}, _("%(paper)s ngày %(day)s") % {"paper": step.paper, "day": day(step.on)})


def _span(piece):
    return f"{day(piece.since)} – {day(piece.last_day)}"
