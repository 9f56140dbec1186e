"""What can be asked of the office: tasks, journal, seals."""
import hashlib
import json

from django.utils.translation import gettext_lazy

from . import clock, rights
from .act import ACTS
from .models import Entry, Seal, Task

# What the office writes into the journal without anybody's act.
BY_ITSELF = {
    "office.mend_file": gettext_lazy("Sửa tệp lưu từ bản kia"), "office.finish_check": gettext_lazy("Xong lượt kiểm tra kho tệp"),
    "office.found_administrator": gettext_lazy("Lập tài khoản quản trị đầu tiên"),
}
SEAL_CHUNK = 2_000
SEALED = ("id", "at", "act", "by_id", "key", "title", "facts", "area_path", "field", "parent_id", "undoes_id")


def tasks_of(account):
    """Open tasks in the account's areas and fields whose act it may do, by term."""
    return Task.objects.open().filter(rights.seen(account, "tasks")).order_by("due_on", "id")


def journal_of(account):
    """Journal lines in the account's areas, newest first; lines without a place are for the whole province."""
    paths = rights.sees(account, "journal")
    return Entry.objects.filter(rights.within(paths)).select_related("by").order_by("-id")


def tree_of(entry: Entry) -> list[int]:
    """Ids of a journal line and of all that was done within it."""
    found, level = [entry.pk], [entry.pk]
    while level := list(Entry.objects.filter(parent__in=level).values_list("pk", flat=True)):
        found += level
    return found


def act_label(name: str) -> str:
    """The Vietnamese word of an act, for journal and tasks."""
    return str(ACTS[name].label) if name in ACTS else str(BY_ITSELF.get(name, name))


def broken_seal() -> Seal | None:
    """The first seal whose entries no longer give its digest; ``None`` when the journal is whole."""
    previous, last = "", 0
    for seal in Seal.objects.order_by("last_entry_id"):
        digest, count = _digest(previous, last, seal.last_entry_id)
        if (digest, count) != (seal.digest, seal.count):
            return seal
        previous, last = seal.digest, seal.last_entry_id
    return None


def unsealed_digest(*, seal=False):
    """The digest over entries after the last seal; with ``seal`` it is written down. ``None`` when there are none."""
    before = Seal.objects.order_by("-last_entry_id").first()
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    start = before.last_entry_id if before else 0
    if last is None or last == start:
        return None
    digest, count = _digest(before.digest if before else "", start, last)
    if seal:
        Seal.objects.create(last_entry_id=last, count=count, digest=digest, at=clock.now())
    return digest


def _digest(previous, after, until):
    running, count = hashlib.sha256(previous.encode()), 0
    entries = Entry.objects.filter(id__gt=after, id__lte=until).order_by("id")
    for row in entries.values_list(*SEALED).iterator(SEAL_CHUNK):
        running.update(json.dumps(row, default=str, ensure_ascii=False, sort_keys=True).encode())
        count += 1
    return running.hexdigest(), count
