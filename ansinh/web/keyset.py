"""Paging by key: a long list is read in parts from where the last one ended, without counting."""
from django.db.models import Q


def part_of(rows, order: str, after: int | None, size: int) -> tuple[list, int | None]:
    """A part of the rows after a row, and the id to go on from; by range of the order's index, never by counting.

    The address holds only an id: a name or a number of a person never stands in it.
    """
    name, back = order.lstrip("-"), order.startswith("-")
    rows = rows.order_by(order, "-id" if back else "id")
    start = rows.model._base_manager.filter(pk=after).values_list(name, flat=True).first() if after else None
    if start is not None:
        beyond = "lt" if back else "gt"
        # The first condition repeats the second so that the database sees one range of the index.
        rows = rows.filter(Q(**{f"{name}__{beyond}e": start}) & (Q(**{f"{name}__{beyond}": start}) | Q(**{f"id__{beyond}": after})))
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
