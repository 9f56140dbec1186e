"""What is looked at before lists are approved: each check is named, also the ones that find nothing."""
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..models import Channel, Line, PayList
from .changes import previous

# A change by more than three tenths is asked about.
TENTHS = 3


@dataclass(frozen=True)
class Check:
    """Phép soát: what is asked of the lines of a list, and the lines that it finds."""

    code: str
    title: str
    hint: str
    find: Callable


@dataclass(frozen=True)
class Found:
    """What a check found: people, the đồng at risk, and how many of the lines are held back already."""

    check: Check
    people: int
    amount: int
    held: int

    @property
    def is_open(self) -> bool:
        return self.people > self.held


def sweep(lines) -> list[Found]:
    """Every check over these lines (one query each)."""
    return [_asked(check, lines) for check in CHECKS]


def found_by(code: str, lines):
    """The lines that one check finds; an unknown code finds none."""
    checks = {check.code: check for check in CHECKS}
    return checks[code].find(lines) if code in checks else lines.none()


def _asked(check, lines):
    found = check.find(lines).order_by().aggregate(
        people=Count("id"), amount=Coalesce(Sum("total"), 0), held=Count("id", filter=~Q(held_because=""))
    )
    return Found(check, found["people"], found["amount"], found["held"])


def _dead(lines):
    return lines.filter(person__died_on__lt=F("paylist__month"), this_month__gt=0)


def _shared_account(lines):
    others = Line.objects.filter(
        bank=OuterRef("bank"), account_number=OuterRef("account_number"), paylist__month=OuterRef("paylist__month")
    ).exclude(person=OuterRef("person")).exclude(paylist__state=PayList.State.WITHDRAWN)
    return lines.exclude(account_number="").filter(Exists(others))


def _without_channel(lines):
    channels = Channel.objects.current().filter(person=OuterRef("person"))
    return lines.filter(~Exists(channels) | Q(paylist__channel=Channel.Kind.BANK, account_number=""), total__gt=0)


def _same_person(lines):
    others = Line.objects.filter(
        person__search_key=OuterRef("person__search_key"), person__birth_on=OuterRef("person__birth_on"),
        paylist__month=OuterRef("paylist__month"),
    ).exclude(person=OuterRef("person")).exclude(paylist__state=PayList.State.WITHDRAWN)
    return lines.filter(Exists(others), person__birth_precision="day")


def _expired_receiver(lines):
    expired = Channel.objects.current().filter(person=OuterRef("person"), receiver_until__lt=OuterRef("paylist__month")).exclude(receiver="")
    return lines.filter(Exists(expired), total__gt=0)


def _unusual(lines):
    """More than 30 % up or down, where no arrears and no recovery explain it."""
    month = lines.order_by().values_list("paylist__month", flat=True).first()
    if month is None:
        return lines.none()
    before = Line.objects.filter(person=OuterRef("person"), paylist__month=previous(month), this_month__gt=0)
    before = before.exclude(paylist__state=PayList.State.WITHDRAWN).values("this_month")[:1]
    # Compared in tenths, so that đồng stay whole numbers.
    changed = Q(tenths__gt=F("was") * (10 + TENTHS)) | Q(tenths__lt=F("was") * (10 - TENTHS))
    rows = lines.annotate(was=Subquery(before), tenths=F("this_month") * 10)
    return rows.filter(changed, this_month__gt=0, arrears=0, overpaid=0)


CHECKS = (
    Check("da-mat", _("Có tin đã mất"), _("đã ghi nhận mất trước tháng này, chế độ chưa dừng"), _dead),
    Check("tai-khoan", _("Một tài khoản, nhiều người nhận"), _("cùng ngân hàng và số tài khoản"), _shared_account),
    Check("kenh-chi", _("Chưa có kênh chi"), _("chưa ghi bưu điện hay ngân hàng, hoặc thiếu số tài khoản"), _without_channel),
    Check("trung", _("Có thể trùng người"), _("cùng họ tên và ngày sinh, hai hồ sơ"), _same_person),
    Check("uy-quyen", _("Giấy ủy quyền hết hạn"), _("người nhận thay không còn được nhận; người hưởng tự nhận"), _expired_receiver),
    Check("bat-thuong", _("Tăng giảm không rõ lý do"), _("hơn 30 % so với tháng trước, ngoài truy lĩnh và thu hồi"), _unusual),
)
