"""Assessments from the command line."""
from ansinh.benefits import actions

from .answer import Answer


def assess(args) -> Answer:
    """Work a month out; the same content again writes nothing."""
    batch, written = actions.assess(args.month, field=args.field, on=args.on, by=args.by)
    known, law = f"{batch.known_at:%d/%m/%Y}", batch.law_digest[:12]
    lines = [f"Tháng {args.month:%m/%Y}: {batch.count} đề nghị, {written} dòng mới ghi, theo điều biết đến {known}, bản luật {law}."]
    if batch.is_provisional:
        lines.append("Có khoản tạm tính.")
    data = {
        "month": f"{args.month:%Y-%m}", "proposals": batch.count, "written": written, "known_at": batch.known_at,
        "law": batch.law_digest, "provisional": batch.is_provisional,
    }
    return Answer(lines, data)
