"""What can happen in the office: staff, tasks, undo, seals."""
from contextlib import nullcontext

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from ansinh.web.refusal import Forbidden, Refusal

from . import bulk, clock, rights
from .act import ACTS, _entry, action, current_entry, open_entry
from .dated import undo_rows
from .models import Account, Entry, Right, Task
from .queries import unsealed_digest

PROVINCE = "19."


@action("office.create_account", label=_("Tạo tài khoản"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False, private=("password",))
def create_account(username, *, full_name, title="", password=None):
    """Tạo tài khoản: a new member of staff; a password is set by an administrator and changed at first sign-in."""
    if Account.objects.filter(username=username).exists():
        raise Refusal(_("Tên đăng nhập %(name)s đã có người dùng; chọn tên khác.") % {"name": username})
    account = Account(username=username, full_name=full_name, title=title)
    account.set_password(password)
    account.save()
    return account


@action("office.reset_signin", label=_("Đặt lại đăng nhập"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False, private=("password",))
def reset_signin(account, *, password):
    """Đặt lại đăng nhập: a new password for who forgot it; the second factor is taken off and must be set up anew."""
    account.set_password(password)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()


@action("office.close_account", label=_("Khóa tài khoản"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False)
def close_account(account, *, by):
    """Khóa tài khoản: who left can sign in no more; what they did stays under their name."""
    if account == by:
        raise Refusal(_("Không khóa được tài khoản của chính mình."))
    account.is_active = False
    account.save(update_fields=["is_active"])


@action("office.appoint", label=_("Giao quyền"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False)
def appoint(account, *, role, area_path, field="", since, until=None):
    """Giao quyền: the account holds a role in an area and a field from a day on."""
    right, made = Right.objects.get_or_create(
        account=account, role=role, area_path=area_path, field=field, since=since, defaults={"until": until}
    )
    if not made:
        raise Refusal(_("%(who)s đã có quyền này từ ngày đó.") % {"who": account})
    return right


@action("office.end_right", label=_("Thôi quyền"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False)
def end_right(right, *, until):
    """Thôi quyền: the right's last day."""
    if until < right.since:
        raise Refusal(_("Ngày thôi quyền trước ngày giao quyền."))
    right.until = until
    right.save()
    return right


def raise_task(act, *, key, cause, title, area_path, field="", facts=None, due_on=None) -> Task:
    """Raise a task inside an act; one open task for the same act, subject and cause."""
    values = {
        "title": title[:300], "area_path": area_path, "field": field, "facts": facts or {}, "due_on": due_on,
        "raised_on": clock.today(), "raised_in": current_entry(),
    }
    task, _made = Task.objects.get_or_create(act=act, key=key, cause=cause, done_in=None, defaults=values)
    return task


def raise_tasks(act, *, cause, field, due_on, rows):
    """Raise many tasks of one act and cause, inside an act: ``key, title, area_path, facts`` each; who was asked is not asked again."""
    asked = set(Task.objects.open().filter(act=act, cause=cause).values_list("key", flat=True))
    same = {"act": act, "cause": cause, "field": field, "due_on": due_on, "raised_on": clock.today(), "raised_in": current_entry()}
    Task.objects.bulk_create([Task(**same, **row) for row in rows if row["key"] not in asked], batch_size=500)


def reword_task(task, *, title, facts):
    """Let an open task say what is left of it, inside an act."""
    Task.objects.open().filter(pk=task.pk).update(title=title[:300], facts=facts)


def close_tasks(act, *, key):
    """Close the open tasks that asked for this act on this subject; called by the act itself."""
    Task.objects.open().filter(act=act, key=key).update(done_in=current_entry())


def close_many(act, *, keys):
    """Close the open tasks that asked for this act on any of these subjects."""
    Task.objects.open().filter(act=act, key__among=bulk.Values(keys)).update(done_in=current_entry())


@action("office.dismiss_task", label=_("Bỏ việc này"), undoable=False)
def dismiss_task(task, *, reason):
    """Bỏ việc phải làm: a task is closed without its act, with a written reason."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do bỏ việc này."), field="reason")
    close_task(task)


def close_task(task):
    """Close one open task inside an act; refused where somebody closed it first."""
    if not Task.objects.filter(pk=task.pk, done_in=None).update(done_in=current_entry()):
        raise Refusal(_("Việc này vừa được người khác đóng."))


def take_back_tasks(entry):
    """After an undo: tasks that the act raised are closed, tasks that it closed are open again (one a cause)."""
    Task.objects.open().filter(raised_in=entry).update(done_in=current_entry())
    for task in Task.objects.filter(done_in=entry):
        if not Task.objects.open().filter(act=task.act, key=task.key, cause=task.cause).exists():
            Task.objects.filter(pk=task.pk).update(done_in=None)


def undo(entry: Entry, *, by):
    """Hoàn tác: the inverse of an act, as a new act; needs the right to the act itself."""
    act = ACTS.get(entry.act)
    if act is None or not act.undoable:
        raise Refusal(_("Việc này không hoàn tác được; làm một việc ngược lại thay cho nó."))
    if Entry.objects.filter(undoes=entry).exists():
        raise Refusal(_("Việc này đã được hoàn tác."))
    if not rights.may(by, entry.act, entry.area_path, entry.field):
        raise Forbidden(_("Chỉ người có quyền làm việc này mới hoàn tác được nó."))
    return _undo(entry, by=by)


@action("office.undo", label=_("Hoàn tác"), undoable=False)
def _undo(entry):
    """Hoàn tác: withdraws what an act and the acts within it recorded, the last first; what was undone before stays so."""
    for part in _parts(entry):
        _undo_part(part)


def _parts(entry):
    for child in entry.children.filter(undone_by=None).order_by("-id"):
        yield from _parts(child)
    yield entry


def _undo_part(entry):
    act = ACTS.get(entry.act)
    line = open_entry("office.undo", current_entry().by, key=entry.key, undoes=entry, area_path=entry.area_path, field=entry.field)
    token = _entry.set(line)
    try:
        with act.undoing(entry) if act and act.undoing else nullcontext():
            undo_rows(entry)
            take_back_tasks(entry)
            if act and act.undo:
                act.undo(entry)
    finally:
        _entry.reset(token)


def seal_journal():
    """Niêm nhật ký: chain a digest over the entries written since the last seal."""
    return unsealed_digest(seal=True)
