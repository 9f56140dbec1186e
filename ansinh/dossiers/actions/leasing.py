"""Dossiers held by an officer at the reading desk: given one at a time, renewed by use, taken over when they ran out."""
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.web.refusal import Refusal

from ..models import Bookmark, Dossier, Lease, Page
from ..queries.desk import bookmark_of, free_for, lease_of, may_enter
from ..rounds import habits

TRIED_AT_ONCE = 20


@action("dossiers.take", label=gettext_lazy("Nhận hồ sơ"), undoable=False)
def take(dossier: Dossier, *, by) -> Lease:
    """Nhận hồ sơ: the officer holds it until half an hour after the last use; refused while someone else does."""
    if not may_enter(by, dossier):
        raise Refusal(_("Hồ sơ %(code)s không chờ tài khoản này nhập: đã nhập xong, hoặc lần trước do chính mình nhập.") % {"code": dossier.code})
    lease = hold(dossier, by)
    remember(by, dossier)
    return lease


@action("dossiers.leave", label=gettext_lazy("Để lại hồ sơ"), undoable=False)
def leave(dossier: Dossier, *, by):
    """Để lại hồ sơ: others may be given it; what was entered stays."""
    pass_on(dossier, by)


def take_next(account, wanted: dict | None = None) -> Dossier | None:
    """Take the next dossier that nobody holds and that was not passed in this sitting; ``None`` at the end of the list.

    One that is in the officer's hand already comes before all others.
    """
    mark = bookmark_of(account)
    wanted = wanted if wanted is not None else (mark.wanted if mark else {})
    passed = mark.passed if mark and mark.wanted == wanted else []
    if len(passed) >= habits().sitting:
        passed = []
    said = {"wanted": wanted, "passed": passed}
    _save(account, **said)
    free = free_for(account, wanted).exclude(pk__in=passed)
    for dossier in [*free.filter(lease__account=account)[:1], *free[:TRIED_AT_ONCE]]:
        try:
            take(dossier, by=account)
        except Refusal:
            continue  # someone was faster; the next one is as good
        _save(account, **said)
        return dossier
    return None


def hold(dossier: Dossier, account) -> Lease:
    """Hold or go on holding a dossier; refused, by name and time, while another holds it."""
    until = clock.now() + habits().hold
    mine = Lease.objects.filter(Q(account=account) | Q(until__lte=clock.now()), dossier=dossier)
    if not mine.update(account=account, until=until):
        try:
            with transaction.atomic():
                return Lease.objects.create(dossier=dossier, account=account, until=until)
        except IntegrityError:
            raise held_by_another(dossier) from None
    return Lease.objects.get(dossier=dossier)


def held_by_another(dossier: Dossier) -> Refusal:
    """The sentence that says who holds the dossier and until when."""
    lease = lease_of(dossier)
    said = {"code": dossier.code, "who": lease.account if lease else _("người khác")}
    said["until"] = f"{lease.until.astimezone(clock.ZONE):%H:%M}" if lease else _("vừa rồi")
    return Refusal(_("Hồ sơ %(code)s đang do %(who)s giữ đến %(until)s; nhận hồ sơ khác, hoặc chờ người ấy để lại.") % said)


def renew(dossier: Dossier, account) -> bool:
    """Every use lengthens the lease; says whether the account still held it. No journal line: nothing new is said."""
    mine = Lease.objects.filter(dossier=dossier, account=account, until__gt=clock.now())
    return bool(mine.update(until=clock.now() + habits().hold))


def pass_on(dossier: Dossier, account):
    """Hold it no longer, and do not be given it again in this sitting."""
    Lease.objects.filter(dossier=dossier, account=account).delete()
    mark = Bookmark.objects.filter(account=account).first()
    passed = [pk for pk in mark.passed if pk != dossier.pk] if mark else []
    _save(account, dossier=dossier, passed=[*passed, dossier.pk])


def remember(account, dossier: Dossier, *, page: Page | None = None, name: str = ""):
    """Keep where the officer is; taken up again after a restart."""
    _save(account, dossier=dossier, page=page, name=name)


def start_again(account):
    """Dossiers passed in this sitting may come again."""
    Bookmark.objects.filter(account=account).update(passed=[])


def _save(account, **values):
    """The first bookmark needs a dossier; until there is one, nothing has to be remembered."""
    if Bookmark.objects.filter(account=account).update(**values) or "dossier" not in values:
        return
    Bookmark.objects.update_or_create(account=account, defaults=values)
