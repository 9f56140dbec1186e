"""Folders of scans from the command line: taken once or watched, a subfolder for each dossier, bad files told one by one."""
import json
import signal
import time
from dataclasses import asdict, dataclass, field

from ansinh.dossiers import actions
from ansinh.dossiers.folders import Group, Look, fresh_in
from ansinh.dossiers.models import Batch, Dossier
from ansinh.dossiers.queries.intake import result_of
from ansinh.office import jobs
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from .answer import Answer, say
from .places import own_area_path

PAUSE, SHORT = 10.0, 0.2


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
class Round(Look):
    """What one look at the folder gave."""

    batches: list[Taken] = field(default_factory=list)
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
    found = Round()
    for group in fresh_in(args.folder, args.by, seen, found, _dossier(args)):
        try:
            found.batches.append(_take(args, group))
            seen.update(group.files)
        except Refusal as refusal:
            found.fault = str(refusal)  # a full disk stops the round; what is there already is taken apart, the rest next time
            break
    return found


def _take(args, group: Group) -> Taken:
    dossier = group.dossier
    place = {"dossier": dossier} if dossier else {"area_path": own_area_path(args.by, args.area, sees="dossiers")}
    origin = Batch.Origin.FOLDER if args.watch else Batch.Origin.COMMAND
    batch = actions.take_files(group.folder.resolve().name, list(group.files), origin=origin, priority=args.priority, **place, by=args.by)
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


def _dossier(args) -> Dossier | None:
    if not args.dossier:
        return None
    dossier = Dossier.objects.visible_to(args.by).filter(code=args.dossier).first()
    if dossier is None:
        raise Refusal(f"Không có hồ sơ số {args.dossier} trong sổ mà tài khoản này thấy; ghi sổ hồ sơ trước.")
    return dossier


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
