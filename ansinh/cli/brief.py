"""`ansinh brief`: one page of figures, each with its definition and cut-off."""
from dataclasses import asdict
from datetime import date

from ansinh.engine.text.money import dotted
from ansinh.indicators.queries import Brief, brief
from ansinh.office import clock

from .answer import Answer, dong, table

MONEY = "đồng"


def show_brief(args) -> Answer:
    """The figures of a day, as known then or now."""
    page = brief(args.by, as_of=args.as_of, known_on=args.known_on)
    return Answer(lines_of(page), data_of(page))


def brief_lines(account, *, as_of: date) -> list[str]:
    """The page of figures of an account as text."""
    return lines_of(brief(account, as_of=as_of))


def lines_of(page: Brief) -> list[str]:
    """Figures, the table of districts, and what each figure means."""
    known = page.known_at.astimezone(clock.ZONE)
    head = f"Số liệu ngày {page.as_of:%d/%m/%Y}, danh sách tháng {page.month:%m/%Y}, biết đến {known:%H:%M %d/%m/%Y}"
    figures = [(figure.indicator.title, shown(figure.value, figure.indicator.unit)) for figure in page.figures]
    columns = ("Địa bàn", *(f"{figure.indicator.short} ({figure.indicator.unit})" for figure in page.figures))
    places = [(str(row.area), *(dotted(row.values.get(f.indicator.code, 0)) for f in page.figures)) for row in page.districts]
    numbers = tuple(range(1, len(columns)))
    notes = [f"  {figure.indicator.short}: {figure.indicator.definition}" for figure in page.figures]
    provisional = ["Có khoản tạm tính."] if page.is_provisional else []
    return [head, *table(figures, right=(1,)), *provisional, "", *table([columns, *places], right=numbers), "", *notes]


def data_of(page: Brief) -> dict:
    """The same for a program, with communes."""
    return {
        "as_of": page.as_of, "known_at": page.known_at, "month": f"{page.month:%Y-%m}", "law": page.law_digest,
        "provisional": page.is_provisional,
        "figures": [{**asdict(f.indicator), "value": f.value, "query": f.query} for f in page.figures],
        "districts": [place(row) for row in page.districts],
        "communes": [place(row) for row in page.communes],
    }


def place(row) -> dict:
    return {"code": row.area.code, "name": str(row.area), "path": row.area.path, **row.values}


def shown(value: int, unit: str) -> str:
    return dong(value) if unit == MONEY else f"{dotted(value)} {unit}"
