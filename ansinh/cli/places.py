"""Areas as the command line names them: by the code of the day."""
from ansinh.office import clock, rights
from ansinh.office.actions import PROVINCE
from ansinh.registry.actions import load_areas
from ansinh.registry.models import Area
from ansinh.web.refusal import Refusal

from .answer import Answer


def load(args) -> Answer:
    """Load the dated list of administrative units; a second time only what differs."""
    changed = load_areas(by=args.by)
    count = Area.objects.count()
    return Answer([f"{count} đơn vị hành chính trong sổ, {changed} mới hoặc thay đổi."], {"areas": count, "changed": changed})


def area_path_of(code: str, on=None) -> str:
    """The path of the unit with this code on a day (today); no code is the province."""
    if not code:
        return PROVINCE
    area = Area.objects.on(on or clock.today()).filter(code=code).first()
    if area is None:
        raise Refusal(f"Không có đơn vị hành chính mã {code} ngày {on or clock.today():%d/%m/%Y}; xem trang Địa bàn.")
    return area.path


def own_area_path(account, code: str, *, sees: str, on=None) -> str:
    """The unit of this code, or the one area in which the account sees such things."""
    if code:
        return area_path_of(code, on)
    paths = rights.sees(account, sees)
    if len(paths) != 1:
        raise Refusal("Tài khoản có nhiều địa bàn hoặc không có địa bàn nào cho việc này; nêu một mã bằng --area.")
    return paths[0]
