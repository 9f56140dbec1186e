"""The same few people in every test: lan, a wounded soldier, minh, who cares for her, and five of the staff."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.models import Account, Right
from ansinh.payments import actions as payments
from ansinh.payments.models import Channel
from ansinh.registry import actions as registry
from ansinh.registry.models import Area

PROVINCE, DISTRICT, COMMUNE, OTHER_COMMUNE = "19.", "19.173.", "19.173.05920.", "19.165.05518."
LIST_OF_2020 = "Danh mục đơn vị hành chính, bản rút gọn cho kiểm thử"
STAFF_SINCE = date(2010, 1, 1)


@pytest.fixture
def areas(db):
    """Thái Nguyên with two districts and a commune in each, by path."""
    rows = [
        ("19", "Thái Nguyên", "tỉnh", PROVINCE),
        ("173", "Phú Bình", "huyện", DISTRICT),
        ("165", "Sông Công", "thành phố", "19.165."),
        ("05920", "Tân Kim", "xã", COMMUNE),
        ("05518", "Bá Xuyên", "xã", OTHER_COMMUNE),
    ]
    made = {}
    for code, name, kind, path in rows:
        above = path.removesuffix(f"{code}.")
        made[path] = Area.objects.create(
            code=code, name=name, kind=kind, level=path.count("."), parent=made.get(above), path=path,
            search_key=name.lower(), since=STAFF_SINCE, source=LIST_OF_2020,
        )
    return made


@pytest.fixture
def appoint(db):
    """``appoint("ten", role, path)``: an account with one right."""

    def make(username, role, area_path, field=""):
        account = Account.objects.create_user(username, password=f"{username}-1975", full_name=username.title())
        Right.objects.create(account=account, role=role, area_path=area_path, field=field, since=STAFF_SINCE)
        return account

    return make


@pytest.fixture
def officer(appoint):
    """Chuyên viên of Phú Bình."""
    return appoint("officer", "officer", DISTRICT)


@pytest.fixture
def neighbour(appoint):
    """The same work in the next district: must see nothing of ours."""
    return appoint("neighbour", "officer", "19.165.")


@pytest.fixture
def chief(appoint):
    """Approves what others prepared, in the whole province."""
    return appoint("chief", "approver", PROVINCE)


@pytest.fixture
def accountant(appoint):
    return appoint("accountant", "accountant", PROVINCE)


@pytest.fixture
def auditor(appoint):
    """Reads only."""
    return appoint("auditor", "auditor", PROVINCE)


@pytest.fixture
def nobody(db):
    """An account without any right."""
    return Account.objects.create_user("nobody", password="nobody-1975", full_name="Nobody")


@pytest.fixture
def lan_is_recognised(lan, officer):
    """Lan with a file number and her standing: a wounded soldier (61 %) since 2010."""
    registry.add_identifier(lan, kind="file", number="TB/19/00161", source="QĐ 12/QĐ-SLĐTBXH", by=officer)
    registry.recognise(lan, code="wounded", since=date(2010, 1, 1), source="QĐ 12/QĐ-SLĐTBXH", grade=61, by=officer)
    return lan


@pytest.fixture
def minh(areas, officer):
    """Dương Văn Minh, her son, who cares for her."""
    return registry.register_person(
        name="Dương Văn Minh", area=areas[COMMUNE], since=date(1990, 1, 1), source="Sổ hộ khẩu", birth_on=date(1978, 9, 2),
        birth_precision="day", sex="male", address="xóm Quyết Tiến", by=officer,
    )


@pytest.fixture
def lan_is_paid(lan_is_recognised, officer, chief, accountant, appoint):
    """Lan's allowance, granted and paid by post for June 2023; the list of that month."""
    lan, preparer, june = lan_is_recognised, appoint("clerk", "officer", PROVINCE), date(2023, 6, 1)
    with clock.held_at(book().lock_day(june)):
        facts = {"standing": "wounded", "since": date(2010, 1, 1), "grade": 61, "paid_up_to": date(2023, 5, 1)}
        benefits.grant(lan, source="QĐ 12/QĐ-SLĐTBXH", **facts, by=officer)
        payments.set_channel(lan, since=date(2023, 1, 1), kind=Channel.Kind.POST, by=officer)
        benefits.assess(june, by=preparer)
        lists = payments.propose(june, by=preparer)
        payments.approve(lists, by=chief)
        payments.export(lists, by=accountant)
    return lists[0]


@pytest.fixture
def lan_owes_back(lan_is_paid, officer, chief):
    """Half of June was not due to Lan, as the list of July found: her recovery case, told and heard."""
    lan, july, preparer = lan_is_paid.lines.get().person, date(2023, 7, 1), lan_is_paid.proposed_in.by
    with clock.held_at(book().lock_day(july)):
        benefits.correct(lan.payables.get().entitlement, since=date(2023, 6, 1), source="Biên bản giám định 12/GĐYK", grade=41, by=officer)
        benefits.assess(july, by=preparer)
        payments.approve(payments.propose(july, by=preparer), by=chief)
        case = payments.open_recovery(lan, by=officer)
        payments.give_notice(case, after=1, on=clock.today(), paper="12/TB-PNV", by=officer)
        payments.hear_debtor(case, after=2, on=clock.today(), words="không có ý kiến", paper="Biên bản 25/06/2023", by=officer)
    return case


@pytest.fixture
def clerk(appoint):
    """Prepares what others approve, for the whole province."""
    return appoint("clerk", "officer", PROVINCE)


@pytest.fixture
def signer(appoint):
    """Signs letters: a leader with a title."""
    account = appoint("lanhdao", "leader", PROVINCE)
    account.full_name, account.title = "Lục Thị Nhài", "Phó Giám đốc Sở"
    account.save()
    return account
