"""Where an account may do an act of a field: its own areas and all within them."""
from ansinh.office import clock, rights
from ansinh.registry.models import Area


def places_of(account, act: str, field: str) -> list[tuple[str, str]]:
    """The account's own areas and all within them, by name."""
    areas = Area.objects.on(clock.today()).filter(rights.within(paths_of(account, act, field), column="path")).order_by("path")
    return [(area.path, str(area)) for area in areas]


def paths_of(account, act: str, field: str) -> list[str]:
    """The areas of the account's rights to an act."""
    return sorted({right.area_path for right in rights.rights_of(account) if rights.may(account, act, right.area_path, field)})
