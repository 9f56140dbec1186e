"""The consequences of an event in words: what changes at once, month by month, what the family may claim."""
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.documents.alongside import effect_of_voiding
from ansinh.payments.actions.relisting import LineChange
from ansinh.payments.models import Line, PayList
from ansinh.registry.models import Person
from ansinh.web.page import Effect
from ansinh.web.templatetags.office_words import count

from ..life_events.money import Envelope, MonthMoney
from ..life_events.plan import Plan, RightChange
from ..life_events.steps import Step
from ..models import Terms
from .words import facts_words

LINES_SHOWN = 12
STATES, RESULTS = PayList.State, Line.Result


def cited(rule) -> str:
    """The article of a line of law; what was not read in its own text says so."""
    if not rule.article:
        return _("chưa rõ điều luật nào")
    return rule.article if rule.verified else _("%(article)s, chưa đối chiếu bản gốc") % {"article": rule.article}


def step_words(step: Step) -> str:
    """What an act does to an entitlement, with its day."""
    words = {
        "benefits.stop": _("%(what)s: hưởng đến hết %(day)s"), "benefits.suspend": _("%(what)s: tạm đình chỉ từ %(day)s"),
        "benefits.resume": _("%(what)s: hưởng lại từ %(day)s"), "benefits.correct": _("%(what)s: %(facts)s từ %(day)s"),
        "benefits.grant": _("%(what)s: hưởng tiếp từ %(day)s"),
    }
    return words[step.rule.act] % {"what": step.entitlement, "day": f"{step.day:%d/%m/%Y}", "facts": _facts(step.values)}


def at_once(plan: Plan, title: str) -> list[Effect]:
    """What changes as soon as it is written, and can be undone; ``title`` is the event in words."""
    return [Effect("✎", title, small=plan.said.source), *_changes(plan)]


def _changes(plan: Plan) -> list[Effect]:
    """What becomes of a person's rights, lists and amounts that wait."""
    effects = [_step(step, plan) for step in plan.steps]
    effects += [
        Effect("✎", _("%(what)s: bắt đầu hưởng sau ngày này, không việc nào khớp") % {"what": title}, small=_("hoàn tác việc cho hưởng"))
        for title in plan.begins_later
    ]
    if not plan.rights:
        effects.append(Effect("✎", _("Không chế độ nào đổi nội dung hưởng.")))
    return [*effects, *map(_household, plan.household), *_of_lists(plan), *_of_waiting(plan)]


def at_once_undone(plan: Plan) -> list[Effect]:
    """What an undo changes: the acts taken back, and each entitlement as it stands again."""
    effects = [Effect("✎", _("Lấy lại: %(act)s") % {"act": words}) for words in plan.undone]
    return [*effects, *_changes_undone(plan)]


def of_spouse(plan: Plan, spouse: Person | None, account, *, undone=False) -> dict | None:
    """The same of husband or wife, by name where the reader may see that person; else only that something waits where they live."""
    if plan.spouse is None:
        return None
    if spouse is None or not Person.objects.visible_to(account).filter(pk=spouse.pk).exists():
        words = _("Người mang số này có trong sổ. Có việc phải làm cho người ấy thì giao cho cán bộ nơi ấy.")
        return {"name": _("người ngoài địa bàn của tài khoản"), "effects": [Effect("✎", words)], "months": [], "plan": None}
    effects = (_changes_undone if undone else _changes)(plan.spouse)
    return {"name": spouse.name, "effects": effects, "months": month_rows(plan.spouse), "plan": plan.spouse}


def tasks_of(plan: Plan, spouse: dict | None) -> dict:
    """Tasks that are raised and closed, of both where the reader sees both."""
    sides = [plan, *([spouse["plan"]] if spouse and spouse["plan"] else [])]
    return {"raised": [task for side in sides for task in side.raised], "closed": [task for side in sides for task in side.closed]}


def _changes_undone(plan: Plan) -> list[Effect]:
    effects = []
    for change in plan.rights:
        was, now = _both(change)
        small = _("Đang ghi: %(was)s; %(monthly)s") % {"was": was, "monthly": _monthly(change)}
        effects.append(Effect("✎", _("%(what)s: %(now)s") % {"what": change.title, "now": now}, small=small, aside=_("1 chế độ")))
    return [*effects, *map(effect_of_voiding, plan.voided), *_of_lists(plan), *_of_waiting(plan)]


def month_rows(plan: Plan) -> list[dict]:
    """Months that were listed or paid and that the event changes."""
    return [{"month": m, "where": [_envelope(e, m) for e in m.envelopes] or [{"words": _before_us(m), "url": ""}]} for m in plan.money.months]


def family(plan: Plan) -> list[Effect]:
    """What the family may claim, each by its own procedure; and what was owed anyway."""
    effects = [_claim(claim) for claim in plan.family]
    if plan.money.other_arrears:
        effects.append(Effect("+", _("Truy lĩnh đang chờ danh sách tới, không do việc này"), amount=plan.money.other_arrears))
    return effects


def _claim(claim):
    small = "; ".join(filter(None, [claim.rule.note, cited(claim.rule)]))
    return Effect("+", claim.rule.words, small=small, amount=claim.amount)


def _step(step, plan):
    small = _("%(words)s (%(article)s)") % {"words": step.rule.words, "article": cited(step.rule)}
    if not step.may:
        # Not named: who has no right in a field need not learn what is paid in it.
        return Effect("✎", _("Một chế độ ngoài lĩnh vực của tài khoản: để lại thành việc của lĩnh vực ấy"), small=small, aside=_("1 việc"))
    if step.key in plan.left:
        return Effect("✎", step_words(step), small=_("Bỏ chọn: để lại thành việc. %(why)s") % {"why": small}, aside=_("1 việc"))
    change = next((c for c in plan.rights if c.title == str(step.entitlement)), None)
    if change is None:
        return Effect("✎", step_words(step), small=small, aside=_("1 chế độ"))
    before = _("Trước: %(was)s; %(monthly)s.") % {"was": _both(change)[0], "monthly": _monthly(change)}
    return Effect("✎", step_words(step), small=f"{before} {small}", aside=_("1 chế độ"))


def _monthly(change: RightChange) -> str:
    if change.monthly_before == change.monthly_after:
        return _("mỗi tháng %(now)s đ, không đổi") % {"now": count(change.monthly_after)}
    return _("mỗi tháng %(old)s → %(new)s đ") % {"old": count(change.monthly_before), "new": count(change.monthly_after)}


def _facts(values):
    words = {
        "grade": lambda n: f"{n} %", "remarried": lambda _yes: _("mức tái giá"), "children": lambda n: _("%(n)s con") % {"n": n},
        "severity": lambda word: _("khuyết tật đặc biệt nặng") if word == "especially_severe" else _("khuyết tật nặng"),
    }
    return ", ".join(words[name](value) if name in words else f"{value}" for name, value in values.items())


def _both(change: RightChange) -> tuple[str, str]:
    """An entitlement before and after; its facts are named only where they differ."""
    rows = [side[-1] if side else None for side in (change.before, change.after)]
    differ = all(rows) and facts_words(rows[0]) != facts_words(rows[1])
    was, now = (_row(row, with_facts=bool(differ)) for row in rows)
    return was, now


def _row(row, *, with_facts) -> str:
    if row is None:
        return _("chưa cho hưởng")
    until = _("hưởng đến hết %(day)s") % {"day": f"{row.until:%d/%m/%Y}"} if row.until else _("không có ngày cuối")
    return ", ".join(filter(None, [facts_words(row) if with_facts else "", str(Terms.State(row.state).label), until]))


def _of_lists(plan):
    """Lists that wait for approval are made anew with the event: its line changes, comes or goes at once."""
    yield from of_lists(plan.relisted)
    for line in plan.held:
        told = {"month": f"{line.month:%m/%Y}", "number": line.number}
        small = _("%(number)s chờ duyệt; không chi tháng này, tự trở lại danh sách sau khi thôi giữ") % told
        yield Effect("−", _("Danh sách tháng %(month)s: giữ lại dòng của người này") % told, small=small, amount=-line.total)
    if plan.moved:
        yield Effect("✎", _("Từ danh sách lập sau hôm nay: nhận ở nơi cư trú mới"), small=_("danh sách đã lập giữ nguyên xã cũ"))


def _household(house):
    """What the register counts in the household, beside what the entitlement is paid by."""
    told = {"what": house.title, "n": house.counted, "m": house.registered, "age": house.age}
    words = _("%(what)s tính %(n)s con; sổ hộ có %(m)s trẻ dưới %(age)s tuổi ở cùng hộ") % told
    if house.counted == house.registered:
        return Effect("✎", words, small=_("khớp"))
    return Effect("✎", words, small=_("không khớp: con đang học, con ở nơi khác thì đúng; không thì sửa số con của chế độ"))


def of_lists(changes: Collection[LineChange]) -> Iterator[Effect]:
    """What lists that wait for approval say differently as soon as the act is done; of many lines only how many, on how many lists."""
    if len(changes) <= LINES_SHOWN:
        yield from map(_relisted, changes)
        return
    told = {"lists": count(len({change.number for change in changes})), "lines": count(len(changes))}
    more = sum((change.after or 0) - (change.before or 0) for change in changes)
    words = _("%(lists)s danh sách chờ duyệt được lập lại: %(lines)s dòng mới hoặc đổi số tiền") % told
    yield Effect("+" if more > 0 else "−" if more < 0 else "✎", words, amount=more or None)


def _relisted(change):
    before, after = change.before or 0, change.after or 0
    told = {"month": f"{change.month:%m/%Y}", "number": change.number, "before": count(before), "after": count(after)}
    if change.before is None:
        words = _("Danh sách tháng %(month)s: thêm dòng của người này")
    elif change.after is None:
        words = _("Danh sách tháng %(month)s: bỏ dòng của người này")
    else:
        words = _("Danh sách tháng %(month)s: dòng của người này từ %(before)s thành %(after)s đ")
    small = [_("%(number)s chờ duyệt, lập lại ngay cùng việc này") % told]
    small += [_("ghi %(sum)s đ chi thừa để thu hồi") % {"sum": count(change.overpaid)}] if change.overpaid else []
    small += [_("dòng vẫn đang giữ")] if change.is_held else []
    return Effect("+" if after > before else "−" if after < before else "✎", words % told, small="; ".join(small), amount=(after - before) or None)


def _of_waiting(plan):
    for amount in plan.waiting:
        told = {"month": f"{amount.month:%m/%Y}"}
        if amount.is_carried:
            yield Effect("+", _("Khoản tháng %(month)s chưa nhận: trở lại danh sách tới") % told, amount=amount.amount)
        else:
            small = _("tiền còn ở bưu điện, ngân hàng; chi cho thân nhân hoặc bù khoản phải thu")
            yield Effect("✎", _("Khoản tháng %(month)s chưa nhận: không tự chuyển sang nữa") % told, small=small, aside=f"{count(amount.amount)} đ")


def _envelope(envelope: Envelope, month: MonthMoney) -> dict:
    own = envelope.month == month.month
    words = _("Danh sách %(number)s") if own else _("Danh sách %(number)s, truy lĩnh")
    url = reverse("payments.list", args=[envelope.paylist])
    small = _("%(amount)s đ %(where)s") % {"amount": count(envelope.amount), "where": _lies(envelope, month.excess)}
    return {"words": words % {"number": envelope.number, "month": f"{envelope.month:%m/%Y}"}, "url": url, "small": small}


def _lies(envelope, excess):
    """Where the money is, and what therefore becomes of it."""
    if envelope.result == RESULTS.PAID:
        return _("đã nhận: thành khoản thu hồi") if excess else _("đã nhận")
    if envelope.result in (RESULTS.UNPAID, RESULTS.BROUGHT_BACK):
        return _("chưa nhận, tiền còn ở nơi chi: bù trừ, không đòi ai") if excess else _("chưa nhận, tiền còn ở nơi chi")
    if envelope.result:
        return str(RESULTS(envelope.result).label)
    if envelope.state == STATES.APPROVED:
        return _("đã duyệt, chưa xuất: người duyệt rút được; không rút thì thành thu hồi") if excess else _("đã duyệt, chưa xuất")
    return _("đã xuất, chưa có kết quả: chưa trao thì nơi chi báo trả, bù trừ; trao rồi thì thu hồi") if excess else _("đã xuất, chưa có kết quả")


def _before_us(month: MonthMoney) -> str:
    return _("đã chi trước khi dùng An Sinh") if month.posted else _("chưa vào danh sách nào")

