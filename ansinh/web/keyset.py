"""Paging by key: a long list is read in parts from where the last one ended, without counting."""
from django.db.models import Q

KEYS = ("id", "pk")

def part_of(rows, order: str | tuple[str, ...], after: int | None, size: int) -> tuple[list, int | None]:
    """A part of the rows after a row, and the id to go on from; by range of the order's index, never by counting.

    ``order`` is one field or several of one direction (``-id``, ``("area_path", "sort_key")``). The address holds only an
    id: a name or a number of a person never stands in it.
    """
    orders = (order,) if isinstance(order, str) else order
    back = orders[0].startswith("-")
    names = [*(name for name in (o.lstrip("-") for o in orders) if name not in KEYS), "pk"]
    rows = rows.order_by(*(f"-{name}" if back else name for name in names))
    start = rows.model._base_manager.filter(pk=after).values_list(*names).first() if after else None
    if start:
        rows = rows.filter(_beyond(names, start, "lt" if back else "gt"))
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def _beyond(names, start, beyond):
    """Rows beyond a place; the first condition repeats the second so that the database sees one range of the index."""
    name, value = names[0], start[0]
    further = Q(**{f"{name}__{beyond}": value})
    if len(names) == 1:
        return further
    return Q(**{f"{name}__{beyond}e": value}) & (further | Q(**{name: value}) & _beyond(names[1:], start[1:], beyond))
