"""Figures out of what was read of the pages: rows for the table of benchmarks."""

from collections.abc import Callable
from statistics import median

THRESHOLDS = (0, 50, 60, 70, 80, 85, 90, 95, 97, 98, 99)
# From this confidence on a value would be accepted without a person; chosen on development papers, before any other set was read.
ACCEPTED, BAR, ENOUGH = 98, 99.5, 600
Row = Callable[..., dict]


def rows(pages: list[dict], row: Row, versions: str) -> list[dict]:
    return [*_errors(pages, row, versions), *_clean(pages, row), *_kinds(pages, row), *_costs(pages, row)]


def _rate(pages, way) -> float:
    letters = sum(page["letters"] for page in pages)
    return 100 * sum(page["errors"][way] for page in pages) / letters if letters else 0.0


def _beside(pages) -> str:
    return f"same preparation without correction {_rate(pages, 'prepared'):.2f} %, bare Tesseract {_rate(pages, 'bare'):.2f} %"


def _errors(pages, row, versions):
    whole, share = _rate(pages, "ours"), _rate(pages, "ours") / max(_rate(pages, "prepared"), 1e-9)
    made = [
        row("ocr.errors", whole, f"% of characters, {len(pages)} unseen pages", "<= 1.5", whole <= 1.5, peer=_beside(pages), versions=versions),
        row("ocr.errors.share", share, "of the error without our correction", "<= 0.6", share <= 0.6),
    ]
    for level in range(4):
        some = [page for page in pages if page["level"] == level]
        made.append(row(f"ocr.errors.level_{level}", _rate(some, "ours"), f"%, {len(some)} pages", "", True, peer=_beside(some)))
    return made


def _clean(pages, row):
    clean = [page for page in pages if page["level"] == 0 and page["look"] == "print"]
    right = 100 - _rate(clean, "ours")
    return [row("ocr.clean_print", right, f"% of characters right, {len(clean)} pages", ">= 98", right >= 98, peer=_beside(clean))]


def _kinds(pages, row):
    turned = [page for page in pages if page["was_turned"]]
    return [
        row("ocr.kind", 100 * sum(page["kind"] for page in pages) / len(pages), "% of pages", "", True),
        row("ocr.turned_upright", 100 * sum(page["turned"] for page in turned) / max(1, len(turned)), f"% of {len(turned)} turned pages", "", True),
        row("ocr.left_upright", 100 * sum(page["turned"] for page in pages if not page["was_turned"]) / max(1, len(pages) - len(turned)), "%", "", True),
    ]


def curve(judged: list[list], thresholds=THRESHOLDS) -> list[tuple[int, float, float]]:
    """Threshold, share of all values that are accepted, share of the accepted that are right; both in percent."""
    made = []
    for threshold in thresholds:
        accepted = [right for _field, confidence, right in judged if confidence >= threshold]
        made.append((threshold, 100 * len(accepted) / max(1, len(judged)), 100 * sum(accepted) / max(1, len(accepted))))
    return made


def fields(pages: list[dict], row: Row) -> list[dict]:
    """What is suggested for fields: the curve, the share that would be accepted, and each field by itself."""
    judged = [one for page in pages for one in page["fields"]]
    (_threshold, accepted, sound), = curve(judged, (ACCEPTED,))
    points = curve(judged)
    made = [
        row(f"ocr.fields.over_{threshold:02d}", share, f"% of {len(judged)} values accepted", "", True, peer=f"{right:.1f} % of them right")
        for threshold, share, right in points
    ]
    enough = round(accepted * len(judged) / 100) >= ENOUGH
    made += [
        row("ocr.fields.accepted", accepted, f"% of {len(judged)} values of {len(pages)} pages accepted, confidence {ACCEPTED} and over", f"{BAR} % right",
            enough and sound >= BAR, peer=f"{sound:.2f} % of {round(accepted * len(judged) / 100)} right"),
        *_each_field(judged, row),
    ]  # fmt: skip
    best = max((share for _t, share, right in curve(judged, range(101)) if right >= BAR and share), default=0.0)
    count = round(best * len(judged) / 100)
    # No fault in n values says fewer than 3 in n (with 95 % certainty): 600 are needed before 99.5 % may be claimed.
    return [row("ocr.fields.right_995", best, "% of values accepted with 99.5 % right", f"{ENOUGH} values", count >= ENOUGH,
                peer=f"{count} of {len(judged)} values, threshold found on these same pages"), *made]  # fmt: skip


def _each_field(judged, row):
    for name in sorted({field for field, _sure, _right in judged}):
        own = [one for one in judged if one[0] == name]
        sure = [right for _field, confidence, right in own if confidence >= ACCEPTED]
        yield row(f"ocr.fields.of.{name}", 100 * sum(right for _f, _c, right in own) / len(own), f"% of {len(own)} right", "", True,
                  peer=f"{len(sure)} accepted, {len(sure) - sum(sure)} of them wrong")  # fmt: skip


def _costs(pages, row):
    def cpu(page, *stages):
        return sum(page["cpu"].get(stage, 0) for stage in stages)

    ours = sum(cpu(page, "turn", "prepare", "recognise", "correct") for page in pages)
    alone = sum(cpu(page, "prepare", "recognise") for page in pages)
    fine = [cpu(page, "turn", "prepare", "recognise", "correct", "fields") for page in pages if page["dpi"] == 300 and not page["booklet"]]
    bare = [cpu(page, "bare") for page in pages if page["dpi"] == 300 and not page["booklet"]]
    return [
        row("ocr.cpu_ratio", ours / alone, "× Tesseract and preparation", "<= 1.25", ours <= 1.25 * alone),
        row("ocr.cpu_page", median(fine), f"CPU s, median of {len(fine)} A4 pages at 300 dpi, fields included", "<= 3.5", median(fine) <= 3.5,
            peer=f"bare Tesseract {median(bare):.2f} CPU s"),
        row("ocr.cpu_page_worst", max(fine), "CPU s, worst A4 page at 300 dpi", "", True),
    ]  # fmt: skip
