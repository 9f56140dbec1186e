"""Spreadsheets from the command line: the empty form, and the import road with its receipt."""
import hashlib
import time
from pathlib import Path

from django.db import transaction

from ansinh.office import jobs
from ansinh.office.models import Job
from ansinh.registry import actions
from ansinh.registry.imports.kinds import kind_named
from ansinh.registry.imports.template import form_columns, write_template
from ansinh.registry.models import Import
from ansinh.registry.queries.imports import receipt_of, rows_of, said_of
from ansinh.web.refusal import Refusal

from .answer import Answer
from .places import own_area_path
from .who import sign_in

State = Import.State
SHOWN = 20
PAUSE = 0.2
WORDS = {"new": "mới", "changed": "thay đổi", "same": "không đổi", "ambiguous": "chưa rõ là ai", "wrong": "sai"}


def template(args) -> Answer:
    """Write the empty form of a kind with the explanation of its columns."""
    if args.file.suffix.lower() != ".xlsx":
        raise Refusal(f"Mẫu là tệp .xlsx; đổi tên {args.file.name} cho có đuôi .xlsx.")
    kind = kind_named(args.kind)
    write_template(kind, args.file)
    return Answer([f"Đã ghi mẫu {kind.title} vào {args.file}."], {"kind": kind.name, "file": str(args.file), "columns": len(form_columns(kind))})


def import_sheet(args) -> Answer:
    """Check a sheet, keep it for approval, and with ``--approve`` let another person's approval write it."""
    data = args.file.read_bytes()
    if args.dry_run:
        return _tried(args, data)
    import_ = _waiting(args, data) if args.approve else None
    if import_ is None:
        import_ = _upload(args, data)
        _wait(import_, State.CHECKED, State.REFUSED)
    if import_.state == State.REFUSED:
        raise Refusal(import_.refusal)
    if args.approve and _writes_something(import_):
        actions.approve_import(import_, by=_approver(args, import_))
        _wait(import_, State.APPLIED)
    return _answer(import_, args)


def _tried(args, data):
    """Everything of the road up to the preview, and nothing of it stays."""
    with transaction.atomic():
        import_ = _upload(args, data)
        actions.check_import(import_, by=args.by)
        import_.refresh_from_db()
        answer = _answer(import_, args)
        transaction.set_rollback(True)
    answer.lines.append("Chỉ kiểm tra: không có gì được giữ lại.")
    return answer


def _upload(args, data):
    path = own_area_path(args.by, args.area, sees="imports")
    return actions.upload_import(args.kind, data=data, name=args.file.name, area_path=path, by=args.by)


def _waiting(args, data):
    """The same sheet, uploaded before by somebody else and waiting for approval."""
    sha256 = hashlib.sha256(data).hexdigest()
    waiting = Import.objects.visible_to(args.by).filter(state=State.CHECKED, kind=args.kind, file__sha256=sha256)
    return waiting.exclude(uploaded_by=args.by).order_by("-id").first()


def _approver(args, import_):
    if args.approver:
        return sign_in(args.approver)
    if args.by != import_.uploaded_by:
        return args.by
    raise Refusal(
        "Đã kiểm tra và giữ chờ duyệt; người nạp không tự duyệt được. Thêm --approver TÀI_KHOẢN, "
        "hoặc người duyệt chạy lại lệnh này với --as của mình."
    )


def _wait(import_, *states):
    """Do background work, or let a running worker do it, until the import has come that far."""
    while True:
        import_.refresh_from_db()
        if import_.state in states:
            return
        key = f"registry.import:{import_.pk}"
        failed = Job.objects.filter(key=key, state=Job.State.FAILED).order_by("-id").first()
        if failed:
            raise Refusal(failed.note)
        if jobs.run_one() is None:
            time.sleep(PAUSE)


def _writes_something(import_) -> bool:
    return bool(import_.counts.get("new", 0) + import_.counts.get("changed", 0))


def _answer(import_, args):
    if args.receipt:
        data, name = receipt_of(import_, args.by)
        args.receipt.write_bytes(data)
        _refuse_other_ending(args.receipt, name)
    counts = {WORDS[outcome]: count for outcome, count in import_.counts.items()}
    lines = [f"{import_.name}: " + ", ".join(f"{count} {word}" for word, count in counts.items()) + f" ({import_.get_state_display()})"]
    lines += [f"  {note}" for note in import_.notes]
    lines += [f"  dòng {row['row']}: {row['result']}. {row['reason']} {row['remedy']}".rstrip() for row in _rejected(import_, args.by)]
    lines += _parallel(import_.report)
    accepted = any(import_.counts.get(outcome, 0) for outcome in ("new", "changed", "same"))
    data = {
        "import": import_.pk, "state": import_.state, "counts": import_.counts, "notes": import_.notes, "parallel": import_.report,
        "rejected": _rejected(import_, args.by), "receipt": str(args.receipt or ""),
    }
    return Answer(lines, data, ok=accepted)


def _rejected(import_, account):
    rows = [row for outcome in ("wrong", "ambiguous") for row in rows_of(import_, account, outcome=outcome).select_related("of_import")[:SHOWN]]
    said = [(row.row, said_of(row, account)) for row in rows]
    return [{"row": row, "result": s.result, "reason": s.reason, "remedy": s.remedy} for row, s in sorted(said, key=lambda pair: pair[0])]


def _parallel(report):
    if not report:
        return []
    months = ", ".join(report["months"])
    head = f"  Tháng song song {months}: {report['compared']} dòng so được, {report['equal']} khớp, {report['different']} lệch."
    return [head, *(f"    {count} dòng: {reason}" for reason, count in report["reasons"].items())]


def _refuse_other_ending(path: Path, name: str):
    """A receipt comes back in the form of its sheet (an .xls comes back as .xlsx)."""
    wanted = Path(name).suffix
    if path.suffix.lower() != wanted:
        raise Refusal(f"Bảng trả về là tệp {wanted}; đã ghi vào {path}, đổi đuôi tệp thành {wanted}.")


