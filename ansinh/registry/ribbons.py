"""The succession of a district as ribbons: as wide as their people, gold where a unit was divided. Numbers only, no style."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ansinh.web.templatetags.office_words import count

STEP, THICK, TOP = 24.0, 16.0, 12.0
LEFT, RIGHT, MIDDLE, GAP = 176, 392, 284, 10.0


@dataclass(frozen=True)
class Drawing:
    """Shapes of one picture: ribbons, labels on the left, bars with labels on the right, the height, words for those who hear it."""

    ribbons: list[dict]
    left: list[dict]
    right: list[dict]
    height: int
    words: str


def titled(area) -> str:
    """The unit's name at the head of a line: ``Xã Tân Kim``."""
    name = str(area)
    return name[:1].upper() + name[1:]


def drawn(moves) -> Drawing | None:
    """``moves``: (unit, people, successors); a divided unit's ribbon goes in equal parts to each, its people are counted to none."""
    if not moves:
        return None
    order = _order(moves)
    moves = sorted(moves, key=lambda move: (min((order[u.pk] for u in move[2]), default=0), len(move[2])))
    weight = {unit.pk: max(people, 1) for unit, people, _to in moves}
    into = {}
    for unit, _people, successors in moves:
        for successor in successors:
            into.setdefault(successor.pk, []).append((unit, weight[unit.pk] / len(successors)))
    places = _right_places(moves, into, order)
    return _shapes(moves, weight, places)


def _order(moves):
    """Successors as they are first met, those that share a divided unit next to each other, so that ribbons cross little."""
    beside = {}
    for _unit, _people, successors in moves:
        for successor in successors:
            beside.setdefault(successor.pk, []).extend(u.pk for u in successors if u != successor)
    found, waiting = {}, list(reversed(beside))
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found[pk] = len(found)
            waiting += beside[pk]
    return found


def _right_places(moves, into, order):
    """Top and height of each successor's bar; together they are as high as the left side."""
    total = sum(share for shares in into.values() for _unit, share in shares) or 1
    names = {u.pk: u for _unit, _people, successors in moves for u in successors}
    height = len(moves) * STEP - GAP * len(into)
    top, places = TOP - 4, {}
    for pk in sorted(into, key=order.get):
        own = sum(share for _unit, share in into[pk])
        size = max(own * height / total, 12)
        places[pk] = {"unit": names[pk], "top": top, "height": size, "at": top, "scale": height / total, "people": 0, "is_cut": False}
        top += places[pk]["height"] + GAP
    return places


def _shapes(moves, weight, places):
    ribbons, left = [], []
    for row, (unit, people, successors) in enumerate(moves):
        y = TOP + row * STEP
        left.append({"name": titled(unit), "people": count(people), "y": f"{y + 13:.1f}"})
        at = y
        for successor in successors:
            place = places[successor.pk]
            if len(successors) > 1:
                place["is_cut"] = True
            else:
                place["people"] += people
            part, share = THICK / len(successors), weight[unit.pk] / len(successors) * place["scale"]
            ribbons.append({"d": _path(at, part, place["at"], share), "is_cut": len(successors) > 1})
            at, place["at"] = at + part, place["at"] + share
    right = [
        {"name": titled(p["unit"]), "code": p["unit"].code, "y": f"{p['top']:.1f}", "height": f"{p['height']:.1f}",
         "label": f"{p['top'] + p['height'] / 2:.1f}", "below": f"{p['top'] + p['height'] / 2 + 16:.1f}",
         "people": _people(p)}
        for p in places.values()
    ]
    bottom = max(TOP + len(moves) * STEP, *(p["top"] + p["height"] for p in places.values()), 60)
    words = _("%(n)d đơn vị cũ thành %(m)d đơn vị mới") % {"n": len(moves), "m": len(places)}
    return Drawing(ribbons, left, right, int(bottom) + 12, words)


def _people(place):
    """Only those whose new unit is certain; a divided unit's people are not guessed."""
    words = _("%(n)s người") % {"n": count(place["people"])}
    return _("%(words)s, chưa kể đơn vị bị chia") % {"words": words} if place["is_cut"] else words


def _path(y1, h1, y2, h2):
    return (
        f"M{LEFT} {y1:.1f}C{MIDDLE} {y1:.1f} {MIDDLE} {y2:.1f} {RIGHT} {y2:.1f}V{y2 + h2:.1f}"
        f"C{MIDDLE} {y2 + h2:.1f} {MIDDLE} {y1 + h1:.1f} {LEFT} {y1 + h1:.1f}z"
    )
