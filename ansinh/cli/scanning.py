"""Folders of scans from the command line: taken once or watched, a subfolder for each dossier, bad files told one by one."""
import hashlib
import json
import os
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ansinh.dossiers import actions
from ansinh.dossiers.models import Batch, Dossier
from ansinh.dossiers.queries.intake import came_before, result_of
from ansinh.office import jobs
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from .answer import Answer, say
from .places import own_area_path

# A file that grew meanwhile is still being written, and left for the next round.
SETTLES, PAUSE, SHORT = 1.0, 10.0, 0.2
UNFINISHED = (".part", ".tmp", ".crdownload", ".lock")


@dataclass
class Taken:
    """What became of one batch."""

    batch: int
    name: str
    dossier: str
    files: int = 0
    pages: int = 0
    duplicates: int = 0
    refused: list[dict] = field(default_factory=list)
    remarks: list[dict] = field(default_factory=list)


@dataclass
class Round:
    """What one look at the folder gave."""

    batches: list[Taken] = field(default_factory=list)
    known: int = 0
    growing: list[str] = field(default_factory=list)
    fault: str = ""


def scan(args) -> Answer:
    """Take in what lies in a folder; with ``--watch`` again and again, until interrupted."""
    if not args.folder.is_dir():
        raise Refusal(f"Không có thư mục {args.folder}.")
    if not args.watch:
        return _answer(look(args, seen={}))
    told, seen, rounds = [], {}, 0
    signal.signal(signal.SIGTERM, lambda *_: told.append(True))
    say(f"Đang theo dõi thư mục {args.folder.name} (dừng: Ctrl C)")
    while not told and rounds != args.rounds:
        rounds += 1
        answer = _answer(look(args, seen))
        if answer.data["batches"] or answer.data["fault"]:
            say(json.dumps(answer.data, ensure_ascii=False) if args.json else "\n".join(answer.lines))
        if rounds != args.rounds:
            time.sleep(PAUSE)
    return Answer([], {"rounds": rounds})


def look(args, seen: dict) -> Round:
    """One round; ``seen`` remembers which files need not be read again."""
    found, dossier = Round(), _dossier(args)
    groups = {args.folder: _files(args.folder, deep=False)}
    groups |= {folder: _files(folder, deep=True) for folder in sorted(args.folder.iterdir()) if folder.is_dir() and not folder.is_symlink()}
    settled = _settled([path for paths in groups.values() for path in paths], args.folder, found)
    for folder, paths in groups.items():
        own = dossier or _dossier_named(args, folder.name if folder != args.folder else "")
        fresh = [path for path in paths if path in settled and _is_new(path, settled[path], own, args.by, seen, found)]
        try:
            if fresh:
                found.batches.append(_take(args, folder, own, fresh))
                seen.update({path: settled[path] for path in fresh})
        except Refusal as refusal:
            found.fault = str(refusal)  # a full disk stops the round; what is there already is taken apart, the rest next time
            break
    return found


def _take(args, folder, dossier, paths) -> Taken:
    place = {"dossier": dossier} if dossier else {"area_path": own_area_path(args.by, args.area, sees="dossiers")}
    origin = Batch.Origin.FOLDER if args.watch else Batch.Origin.COMMAND
    batch = actions.receive_batch(folder.resolve().name, origin=origin, priority=args.priority, **place, by=args.by)
    try:
        for path in paths:
            actions.add_scan(batch, name=path.name, path=path, by=args.by)
    finally:
        if batch.scans.exists():
            actions.close_batch(batch, by=args.by)
        else:
            actions.discard_batch(batch, by=args.by)
    _wait(batch)
    return Taken(batch.pk, batch.name, dossier.code if dossier else "", **asdict(result_of(batch)))


def _wait(batch):
    """Do background work, or let a running worker do it, until the batch is taken apart."""
    while True:
        batch.refresh_from_db()
        if batch.state == Batch.State.SORTED:
            return
        failed = Job.objects.filter(act="dossiers.sort_batch", key=f"dossiers.batch:{batch.pk}").order_by("-id").first()
        if failed and failed.state == Job.State.FAILED:
            raise Refusal(failed.note)
        if jobs.run_one() is None:
            time.sleep(SHORT)


def _files(folder: Path, *, deep: bool) -> list[Path]:
    """The files of a folder in order of name; what is hidden, linked or on its way is not one of them."""
    every = sorted(folder.rglob("*") if deep else folder.iterdir())
    return [path for path in every if path.is_file() and not path.is_symlink() and not _is_hidden(path, folder) and path.suffix not in UNFINISHED]


def _is_hidden(path, folder):
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _settled(paths, folder, found) -> dict[Path, tuple]:
    """Size and time of the files that did not change while one looked."""
    before = {path: _state(path) for path in paths}
    if before:
        time.sleep(SETTLES)
    after = {path: _state(path) for path in paths}
    found.growing = [str(path.relative_to(folder)) for path in paths if after[path] is None or before[path] != after[path]]
    return {path: after[path] for path in paths if after[path] is not None and before[path] == after[path]}


def _state(path):
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _is_new(path, state, dossier, account, seen, found):
    if seen.get(path) == state:
        return False
    with path.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    if not came_before(sha256, dossier, account):
        return True
    seen[path] = state
    found.known += 1
    return False


def _dossier(args) -> Dossier | None:
    if not args.dossier:
        return None
    dossier = _dossier_named(args, args.dossier)
    if dossier is None:
        raise Refusal(f"Không có hồ sơ số {args.dossier} trong sổ mà tài khoản này thấy; ghi sổ hồ sơ trước.")
    return dossier


def _dossier_named(args, code) -> Dossier | None:
    return Dossier.objects.visible_to(args.by).filter(code=code).first() if code else None


def _answer(found: Round) -> Answer:
    lines = [_line(batch) for batch in found.batches]
    for batch in found.batches:
        lines += [f"  không nhận {file['name']}: {file['reason']} {file['remedy']}" for file in batch.refused]
        lines += [f"  {file['name']}: {file['reason']}" for file in batch.remarks]
    lines += [f"Đã nhận từ trước: {found.known} tệp."] if found.known else []
    lines += [f"Đang được ghi, để lần sau: {name}" for name in found.growing]
    lines += [found.fault] if found.fault else []
    taken = any(batch.files > len(batch.refused) for batch in found.batches)
    return Answer(lines or ["Không có tệp nào mới."], asdict(found), ok=not found.fault and (taken or not found.batches))


def _line(batch):
    where = f" → hồ sơ {batch.dossier}" if batch.dossier else ""
    said = f"{batch.name}{where}: {batch.files} tệp, {batch.pages} trang"
    said += f", {batch.duplicates} tệp trùng" if batch.duplicates else ""
    return said + (f", {len(batch.refused)} tệp không nhận được" if batch.refused else "")
