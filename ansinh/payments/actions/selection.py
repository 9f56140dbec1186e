"""Lists taken together: the place that holds them, and their step from one state to the next."""
from itertools import takewhile

from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from ..models import PayList

SHOWN = 5


def place_of_many(lists, **_other):
    """The narrowest place that holds all the lists, and their one field."""
    lists = list(lists)
    if not lists:
        raise Refusal(_("Chưa chọn danh sách nào."))
    if len({paylist.field for paylist in lists}) > 1:
        raise Refusal(_("Chỉ chọn cùng lúc các danh sách của một lĩnh vực."))
    return common_place(paylist.area_path for paylist in lists), lists[0].field


def common_place(paths) -> str:
    """The longest path above all of these; paths end with a dot."""
    steps = zip(*(path.split(".")[:-1] for path in paths), strict=False)
    return "".join(f"{names[0]}." for names in takewhile(lambda names: len(set(names)) == 1, steps))


def move(lists, before, after, **values):
    """Take all the lists from one state to another, or none: whoever was quicker has changed the state."""
    keys = {paylist.pk for paylist in lists}
    if PayList.objects.filter(pk__in=keys, state=before).update(state=after, **values) != len(keys):
        state = PayList.State(before).label
        raise Refusal(_("Có danh sách không còn ở bước “%(state)s”; mở lại trang để xem bản mới.") % {"state": state})


def named(numbers) -> str:
    """A few list numbers for a sentence."""
    numbers = sorted(numbers)
    return ", ".join(numbers[:SHOWN]) + (f" (+{len(numbers) - SHOWN})" if len(numbers) > SHOWN else "")
