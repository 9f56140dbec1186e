"""The checks of payments itself: each one query over all lines, also those that find nothing are named."""
from collections.abc import Callable
from datetime import date

import polars as pl
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Sum, TextField, Value, When, Window
from django.utils.translation import gettext_lazy as _

from ansinh.engine.law.life_events import life_events
from ansinh.engine.text.money import dotted
from ansinh.registry.models import Detention, Person, PopulationRecord, Residence

from ..models import Channel, Kind, Line, PayList, Proposal
from .changes import previous
from .checks import Check, Scope, found, joined, put_checks

# A change by more than three tenths is asked about.
TENTHS = 3
LEVELS: dict[str, Callable[[date], int]] = {}
Population = PopulationRecord.State


def put_level(field: str, amount: Callable[[date], int]):
    """Say what the standard amount of a field is in a month: what it explains is no unexplained change."""
    LEVELS[field] = amount


def _dead(scope):
    lines = scope.lines.filter(person__died_on__lt=scope.month, this_month__gt=0)
    return found(lines.annotate(facts=joined("person__died_on")))


def _population(scope, state):
    rows = PopulationRecord.objects.current().filter(state=state, person__in=scope.persons)
    return rows.filter(Q(happened_on=None) | Q(happened_on__lt=scope.month))


def _in_population(state):
    def find(scope: Scope) -> pl.DataFrame:
        rows = _population(scope, state)
        if state == Population.DEAD:
            rows = rows.filter(person__died_on=None)
        return found(rows.annotate(facts=joined("happened_on", "since")))

    return find


def _detained(scope):
    """Who is held by the register and still paid for the month against the law's lines on it; and whom a population list knows held.

    Of a list older than a return that the register knows nothing is taken.
    """
    causes = [rule.cause for rule in life_events()["imprisonment"].acts if rule.field == scope.field]
    paid = scope.lines.filter(this_month__gt=0).order_by().values("person")
    held = Detention.objects.current().filter(Q(until=None) | Q(until__gte=scope.month), person__in=paid, since__lt=scope.month, cause__in=causes)
    returned = Detention.objects.current().filter(person=OuterRef("person"), until__gte=OuterRef("since"))
    told = _population(scope, Population.DETAINED).exclude(Exists(returned)).order_by("since")
    rows = Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=told.order_by().values("person"))).annotate(
        held_since=Subquery(held.filter(person=OuterRef("pk")).values("since")[:1]),
        happened=Subquery(told.filter(person=OuterRef("pk")).values("happened_on")[:1]),
        as_of=Subquery(told.filter(person=OuterRef("pk")).values("since")[:1]),
    )
    facts = Case(When(held_since__isnull=False, then=joined("held_since", Value(""))), default=joined("happened", "as_of"), output_field=TextField())
    return found(rows.annotate(facts=facts), person="id")


def _moved(scope):
    away = Residence.objects.on(scope.day).filter(person=OuterRef("person"), area=None).values("since")[:1]
    lines = scope.lines.annotate(left_on=Subquery(away))
    lines = lines.filter(Q(left_on__isnull=False) | ~Q(person__area_path=F("paylist__area_path")))
    return found(lines.filter(person__died_on=None).annotate(facts=joined("left_on", "person__area_path")))


def _without_channel(scope):
    channels = Channel.objects.on(scope.day).filter(person=OuterRef("person"))
    lines = scope.lines.filter(~Exists(channels) | Q(paylist__channel=Channel.Kind.BANK, account_number=""))
    return found(lines.annotate(facts=joined("paylist__channel")))


def _several(lines, *same):
    """Lines that share values with another person's line, with how many lines and which persons, as a sum of their keys."""
    group = [F(name) for name in same]
    rows = lines.annotate(
        lowest=Window(Min("person_id"), partition_by=group), highest=Window(Max("person_id"), partition_by=group),
        n=Window(Count("id"), partition_by=group), together=Window(Sum("person_id"), partition_by=group),
    )
    return rows.filter(lowest__lt=F("highest"))


def _shared_account(scope):
    lines = _several(scope.month_lines.exclude(account_number=""), "bank", "account_number")
    return found(lines.annotate(facts=joined("bank", "account_number", "n", "together")))


def _same_person(scope):
    known = scope.month_lines.filter(person__birth_precision="day")
    return found(_several(known, "person__search_key", "person__birth_on").annotate(facts=joined("n", "together")))


def _expired_receiver(scope):
    channels = Channel.objects.on(scope.day).filter(person__in=scope.persons, receiver_until__lt=scope.month).exclude(receiver="")
    return found(channels.annotate(facts=joined("receiver_until")))


def _ended(scope):
    due = Proposal.objects.filter(
        batch__month=scope.month, batch__field=scope.field, kind=Kind.DUE, after__gt=0, payable__ends_on__lt=scope.month
    )
    return found(due.annotate(facts=joined("payable__ends_on", "payable__title")), person="payable__person_id")


def _unusual(scope):
    """More than 30 % up or down beside what the standard amount explains, where no arrears and no recovery do."""
    before = previous(scope.month)
    is_now, level = Q(paylist__month=scope.month), LEVELS.get(scope.field, lambda _month: 1)
    lines = Line.objects.filter(paylist__month__in=(before, scope.month), paylist__field=scope.field)
    rows = lines.exclude(paylist__state=PayList.State.WITHDRAWN).order_by().values("person_id").annotate(
        now=Sum("this_month", filter=is_now), was=Sum("this_month", filter=~is_now),
        explained=Sum(F("arrears") + F("overpaid"), filter=is_now),
    ).filter(now__gt=0, was__gt=0, explained=0)
    # Compared in tenths and by multiplying across, so that đồng stay whole numbers.
    rows = rows.annotate(tenths=F("now") * (10 * level(before)), base=F("was") * level(scope.month))
    rows = rows.filter(Q(tenths__gt=F("base") * (10 + TENTHS)) | Q(tenths__lt=F("base") * (10 - TENTHS)))
    return found(rows.annotate(facts=joined("was", "now")))


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def _dong(text: str) -> str:
    return dotted(int(text))


def _say_dead(died):
    return _("ghi nhận mất ngày %(day)s") % {"day": _day(died)}


def _say_population(word):
    def say(happened, since):
        when = _(" từ ngày %(day)s") % {"day": _day(happened)} if happened else ""
        return _("%(what)s%(when)s, theo dữ liệu dân cư ngày %(as_of)s") % {"what": word, "when": when, "as_of": _day(since)}

    return say


def _say_detained(happened, as_of):
    if as_of:
        return _say_population(_("đang bị giam giữ, chấp hành án"))(happened, as_of)
    return _("bị giam giữ từ ngày %(day)s, theo sổ") % {"day": _day(happened)}


def _say_moved(left, _path):
    if left:
        return _("chuyển ra ngoài tỉnh từ ngày %(day)s") % {"day": _day(left)}
    return _("nơi cư trú hiện nay ở xã, phường khác")


def _say_channel(channel):
    return _("thiếu số tài khoản") if channel == Channel.Kind.BANK else _("chưa ghi bưu điện hay ngân hàng")


def _say_account(bank, number, count, _together):
    return _("%(bank)s, số cuối %(end)s: %(n)s dòng") % {"bank": bank, "end": number[-4:], "n": count}


def _say_same(count, _together):
    return _("%(n)s dòng cùng họ tên, ngày sinh") % {"n": count}


def _say_receiver(until):
    return _("giấy ủy quyền hết hạn ngày %(day)s") % {"day": _day(until)}


def _say_ended(until, title):
    return _("%(what)s hưởng đến hết %(day)s") % {"what": title, "day": _day(until)}


def _say_unusual(was, now):
    return _("%(was)s → %(now)s đ") % {"was": _dong(was), "now": _dong(now)}


put_checks(
    Check("da-mat", _("Có tin đã mất"), _("đã ghi nhận mất trước tháng này, chế độ chưa dừng"), 10, _dead, _say_dead),
    Check("dan-cu-mat", _("Đã mất theo dữ liệu dân cư"), _("sổ chưa ghi; đối chiếu bảng công an, hộ tịch đã nạp"), 20,
          _in_population(Population.DEAD), _say_population(_("đã mất"))),
    Check("trung", _("Có thể trùng người"), _("cùng họ tên và ngày sinh, hai người trong sổ"), 30, _same_person, _say_same),
    Check("het-han", _("Hết hạn hưởng"), _("ngày hưởng cuối trước tháng này, danh sách vẫn còn tiền"), 50, _ended, _say_ended),
    Check("uy-quyen", _("Giấy ủy quyền hết hạn"), _("người nhận thay không còn được nhận; người hưởng tự nhận"), 70,
          _expired_receiver, _say_receiver),
    Check("chuyen-di", _("Đã chuyển nơi ở"), _("ra ngoài tỉnh, hoặc sang xã, phường khác với danh sách"), 80, _moved, _say_moved),
    Check("dan-cu-chuyen", _("Đã chuyển đi theo dữ liệu dân cư"), _("bảng công an, hộ tịch đã nạp"), 90,
          _in_population(Population.MOVED), _say_population(_("đã chuyển đi"))),
    Check("giam-giu", _("Đang bị giam giữ, chấp hành án"), _("trong sổ, hoặc theo bảng công an đã nạp"), 100, _detained, _say_detained),
    Check("kenh-chi", _("Chưa có kênh chi"), _("chưa ghi bưu điện hay ngân hàng, hoặc thiếu số tài khoản"), 110,
          _without_channel, _say_channel),
    Check("tai-khoan", _("Một tài khoản, nhiều người nhận"), _("cùng ngân hàng và số tài khoản"), 120,
          _shared_account, _say_account),
    Check("bat-thuong", _("Tăng giảm không rõ lý do"), _("hơn 30 % so với tháng trước, ngoài mức chuẩn, truy lĩnh và thu hồi"), 130,
          _unusual, _say_unusual),
)
