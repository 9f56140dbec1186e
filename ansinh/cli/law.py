"""Worked cases and the loading of all law: without a database."""
from ansinh.engine.cases import run
from ansinh.engine.law import load
from ansinh.engine.law.book import FOLDER

from .answer import Answer

CASES = FOLDER / "cases"


def cases(args) -> Answer:
    """Print each difference and end with ``n cases, m months, k wrong``."""
    report = run(args.file)
    return Answer(report.lines(), report.as_json(), ok=report.wrong == 0)


def verify_law(_args) -> Answer:
    """Read every law file and run every worked case that lies beside them."""
    law = load()
    reports = {path.name: run(path, law) for path in sorted(CASES.glob("*.yaml"))}
    wrong = sum(report.wrong for report in reports.values())
    differences = [f"{name}: {line}" for name, report in reports.items() for line in report.lines()[:-1]]
    counts = {
        "instruments": len(law.instruments), "standings": len(law.standings), "amounts": len(law.schedule),
        "unverified": [i.number for i in law.instruments.values() if not i.verified],
        "cases": sum(r.cases for r in reports.values()), "wrong": wrong, "digest": law.digest,
    }
    lines = [
        f"{len(law.instruments)} văn bản, {len(law.standings)} diện, {len(law.schedule)} dòng mức: không hở, không chồng.",
        f"Chưa đối chiếu bản gốc: {', '.join(counts['unverified']) or 'không có'}.",
        *differences,
        f"{counts['cases']} trường hợp mẫu, {wrong} tháng sai. Bản luật {law.digest[:12]}.",
    ]
    return Answer(lines, counts, ok=wrong == 0)
