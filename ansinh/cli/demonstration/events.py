"""What the office learnt in the five months besides its lists, each with its act or left as a task."""
from datetime import date

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line
from ansinh.registry import actions as registry
from ansinh.registry.models import Person

from .scene import MONTHS, Step, Walk, at, work
from .sweeping import one_account, police_list

DECISION = "Quyết định số {number}/QĐ-SLĐTBXH ngày {day}"


def events(here: Walk) -> list[Step]:
    """Every event with its moment."""
    return [
        Step(at(date(2023, 6, 12), 9), "Một người mất tháng 6, dừng hưởng", lambda: june_death(here)),
        Step(at(date(2023, 7, 10), 9), "Giám định lại, sửa tỷ lệ", lambda: corrected_grade(here)),
        Step(at(date(2023, 7, 19), 9), "Tạm đình chỉ một người", lambda: suspension(here)),
        Step(at(date(2023, 8, 8), 9), "Đổi kênh chi sang ngân hàng", lambda: other_channel(here)),
        Step(at(date(2023, 8, 17), 9), "Cho hưởng mới, có truy lĩnh", lambda: late_grant(here)),
        Step(at(date(2023, 8, 18), 9), "Ghi nhầm một người mất", lambda: wrong_death(here)),
        Step(at(date(2023, 9, 12), 9), "Người ấy còn sống: hoàn tác", lambda: alive_after_all(here)),
        Step(at(date(2023, 9, 14), 9), "Mất từ tháng 6, tháng 9 mới biết", lambda: late_death(here)),
        Step(at(date(2023, 9, 20), 9), "Chuyển hồ sơ đi tỉnh khác", lambda: moved_away(here)),
        Step(at(date(2023, 9, 21), 9), "Hưởng lại sau tạm đình chỉ", lambda: resumption(here)),
        Step(at(date(2023, 10, 19), 9), "Bảng của xã chờ duyệt", lambda: waiting_sheet(here)),
        Step(at(date(2023, 10, 19), 14), "Một tài khoản hai người, một giấy ủy quyền hết hạn", lambda: one_account(here)),
        Step(at(date(2023, 10, 20), 9), "Bảng dân cư của công an huyện", lambda: police_list(here)),
        Step(at(date(2023, 10, 24), 9), "Hai người mất, chưa dừng hưởng", lambda: open_tasks(here)),
        Step(at(date(2023, 10, 25), 17), "Giữ lại một dòng chờ xác minh", lambda: held_line(here)),
    ]


def payee(standing: str, number: int, area_path: str = "19.173.") -> Entitlement:
    """The n-th open entitlement of a standing in an area."""
    rows = Entitlement.objects.filter(
        standing=standing, payable__ends_on=None, payable__person__died_on=None, payable__person__area_path__startswith=area_path
    )
    return rows.select_related("payable__person").order_by("pk")[number]


def june_death(here: Walk):
    """Learnt at once: nothing was paid too much, and the widow asks for her allowance in August."""
    entitlement, officer = payee("wounded", 3), here.staff["phubinh"]
    registry.record_death(entitlement.person, on=date(2023, 6, 2), source="Trích lục khai tử số 41/2023", by=officer)
    benefits.stop(entitlement, until=date(2023, 6, 30), source=decision(812), by=officer)


def corrected_grade(here: Walk):
    """A new conclusion of the medical board, back to May: the difference of July comes with August."""
    entitlement, officer, since = payee("wounded", 5), here.staff["phubinh"], date(2023, 5, 1)
    grade = entitlement.terms_rows.current().latest("since").grade + 4
    paper = "Biên bản giám định y khoa số 118/GĐYK ngày 30/05/2023"
    standing = registry.correct_standing(entitlement.person, code="wounded", since=since, source=paper, grade=grade, by=officer)
    benefits.correct(entitlement, since=since, source=decision(955), rests_on=standing, grade=grade, by=officer)


def suspension(here: Walk):
    """Nothing is due from August until the decision to resume."""
    benefits.suspend(payee("sick", 8), since=date(2023, 8, 1), source=decision(1_003), by=here.staff["phubinh"])


def resumption(here: Walk):
    """Runs again from October; the suspended months are not paid."""
    entitlement = Entitlement.objects.filter(terms_rows__state="suspended", terms_rows__withdrawn_at=None).first()
    benefits.resume(entitlement, since=date(2023, 10, 1), source=decision(1_377), by=here.staff["phubinh"])


def other_channel(here: Walk):
    """From the post office to an account."""
    payments.set_channel(
        payee("chemical", 2).person, since=date(2023, 9, 1), kind="bank", bank="Agribank", account_number="8500205123456",
        source="Giấy đề nghị ngày 08/08/2023", by=here.staff["phubinh"],
    )


def late_grant(here: Walk):
    """A survivor's allowance from July, decided in August: two months come at once with the list of September."""
    person, officer = living_woman("19.173."), here.staff["phubinh"]
    standing = registry.recognise(person, code="dead61_relative", since=date(2023, 7, 1), source=decision(1_121), by=officer)
    benefits.grant(person, standing="dead61_relative", since=date(2023, 7, 1), source=decision(1_121), rests_on=standing, by=officer)


def living_woman(area_path: str):
    """A widow's age, without any entitlement."""
    born = {"birth_on__gte": date(1944, 1, 1), "birth_on__lte": date(1955, 12, 31)}
    people = Person.objects.filter(sex="female", area_path__startswith=area_path, died_on=None, payables=None, **born)
    return people.order_by("pk")[0]


def late_death(here: Walk):
    """Paid for three months too long: a recovery of July to September; the stop, the tasks and the letters in the same act."""
    person, officer = payee("martyr_relative", 6).person, here.staff["phubinh"]
    record_life_event(person, event="death", on=date(2023, 6, 18), source="Trích lục khai tử số 77/2023", by=officer)


def wrong_death(here: Walk):
    """A namesake died: nobody notices before the list of September has gone out."""
    person, officer = payee("chemical", 5).person, here.staff["phubinh"]
    record_life_event(person, event="death", on=date(2023, 8, 9), source="Trích lục khai tử số 93/2023", by=officer)


def alive_after_all(here: Walk):
    """Taken back whole: September, which the person did not get, comes with the list of October."""
    undo_life_event(Entry.objects.get(act="benefits.record_life_event", facts__on="2023-08-09"), by=here.staff["phubinh"])


def moved_away(here: Walk):
    """The file goes to another province; the last month paid here is September."""
    said = {"on": date(2023, 9, 18), "address": "phường Trưng Vương, thành phố Uông Bí, tỉnh Quảng Ninh"}
    source = "Đơn đề nghị di chuyển hồ sơ ngày 18/09/2023"
    record_life_event(payee("sick", 4, "19.165.").person, event="move_out", source=source, by=here.staff["songcong"], **said)


def waiting_sheet(here: Walk):
    """A commune's own sheet, checked and waiting for somebody's approval."""
    head = "Họ và tên;Ngày sinh;Giới tính;Số CCCD;Mã xã;Thôn xóm\n"
    rows = "Nông Văn Sửu;1951;Nam;19051004127;05920;Xóm 2\nLý Thị Mận;12/03/1958;Nữ;019158003361;05920;Xóm 7\nHoàng Văn Thực;;Nam;;05920;Xóm 9\n"
    data = b"\xef\xbb\xbf" + (head + rows).encode()
    registry.upload_import("persons", data=data, name="tan-kim-bo-sung.csv", area_path="19.173.05920.", by=here.staff["tankim"])
    work()


def open_tasks(here: Walk):
    """Two deaths whose entitlements nobody has stopped yet: tasks for the officers."""
    first, second = payee("wounded", 11), payee("chemical", 9, "19.165.")
    registry.record_death(first.person, on=date(2023, 10, 20), source="Trích lục khai tử số 102/2023", by=here.staff["phubinh"])
    registry.record_death(second.person, on=date(2023, 10, 21), source="Trích lục khai tử số 58/2023", by=here.staff["songcong"])


def held_line(here: Walk):
    """A line of November is kept back until a rumour of a death is looked into."""
    line = Line.objects.filter(paylist__month=MONTHS[-1], paylist__area_path="19.173.05920.", total__gt=0).order_by("position").first()
    payments.hold(line, reason="Chờ xã xác minh tin báo mất", by=here.staff["chuyenvien"])


def decision(number: int) -> str:
    """A decision of the department on the walk's present day."""
    return DECISION.format(number=number, day=f"{clock.today():%d/%m/%Y}")
