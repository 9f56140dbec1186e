"""Pay lists from the command line: propose, sweep, approve, export, reconcile, withdraw; an area and a channel narrow them."""
from django.db import transaction

from ansinh.office import clock
from ansinh.office.departments import department
from ansinh.payments import actions
from ansinh.payments.models import Channel, Finding, PayList
from ansinh.payments.queries.findings import by_check, risk_of
from ansinh.payments.reports import bank_file, list_pdf, list_sheet, return_form
from ansinh.payments.return_file import lists_of, read_answers
from ansinh.web.refusal import Refusal

from .answer import Answer, dong, table
from .places import area_path_of, own_area_path

State = PayList.State


def show_lists(args) -> Answer:
    """The lists of a month with their states and sums."""
    return _answer(_lists(args).order_by("area_path", "channel"), "")


def propose(args) -> Answer:
    """Make the lists of a month from its assessment."""
    path = own_area_path(args.by, args.area, sees="money", on=args.month)
    lists = actions.propose(args.month, field=args.field, area_path=path, by=args.by)
    return _answer(_found(lists), "Đã lập")


def sweep(args) -> Answer:
    """Run every check over the proposed lists once more, and say what stands open."""
    lists = _in_state(args, State.PROPOSED, "chờ duyệt")
    actions.sweep(lists, by=args.by)
    checks = by_check(Finding.objects.visible_to(args.by).of_lists(lists))
    rows = [(str(check.title), check.people, check.open, check.held, check.closed, dong(check.open_amount)) for check in checks]
    head = ("Phép soát", "Người", "Mở", "Giữ dòng", "Đóng", "Có rủi ro")
    still_open, amount = risk_of(lists)
    lines = [*table([head, *rows], right=(1, 2, 3, 4, 5)), f"Còn {still_open} mục mở, {dong(amount)}."]
    kept = ("code", "people", "amount", "open", "held", "closed")
    return Answer(lines, {"checks": [{name: getattr(check, name) for name in kept} for check in checks], "open": still_open, "at_risk": amount})


def approve(args) -> Answer:
    """Approve what another person proposed, all of it in one act; while findings are open with a decision's number and reason."""
    lists = _in_state(args, State.PROPOSED, "chờ duyệt")
    with transaction.atomic():
        if args.decision:
            actions.decide_open(lists, number=args.decision, reason=args.reason, by=args.by)
        approved = actions.approve(lists, reason=args.reason, by=args.by)
    return _answer(_found(approved), "Đã duyệt")


def export(args) -> Answer:
    """Hand approved lists to the provider and write their files; lists exported before give the same files again."""
    lists = list(_lists(args).filter(state=State.APPROVED))
    if lists:
        actions.export(lists, by=args.by)
    else:
        lists = _in_state(args, State.EXPORTED, "đã duyệt hay đã xuất")
        actions.export_copy(lists, by=args.by)
    args.to.mkdir(parents=True, exist_ok=True)
    found = list(_found(lists))
    written = [name for paylist in found for name in _write(paylist, args.to)]
    name = f"tra-ve-{args.month:%Y-%m}.xlsx"
    (args.to / name).write_bytes(return_form(found))
    answer = _answer(found, "Đã xuất")
    answer.data["files"] = [*written, name]
    answer.lines.append(f"{len(written) + 1} tệp trong {args.to}.")
    return answer


def reconcile(args) -> Answer:
    """Take a return file of the provider, whole or not at all."""
    data = args.file.read_bytes()
    answers = read_answers(data, args.file.name)
    lists = lists_of(answers, args.by)
    result = actions.reconcile(lists, answers=answers, data=data, name=args.file.name, by=args.by)
    answer = _answer(_found(lists), "Đã đối chiếu")
    answer.data |= result
    answer.lines.append(f"{result['paid']} người đã nhận, {result['unpaid']} người chưa nhận.")
    return answer


def withdraw(args) -> Answer:
    """Take back lists that nobody has approved yet."""
    lists = _in_state(args, State.PROPOSED, "chờ duyệt")
    actions.withdraw(lists, by=args.by)
    return _answer(PayList.objects.filter(pk__in=[paylist.pk for paylist in lists]), "Đã rút")


def _lists(args):
    lists = PayList.objects.visible_to(args.by).standing().filter(month=args.month, field=args.field)
    if args.area:
        lists = lists.filter(area_path__startswith=area_path_of(args.area, args.month))
    return lists.filter(channel=args.channel) if args.channel else lists


def _in_state(args, state, words):
    lists = list(_lists(args).filter(state=state))
    if not lists:
        raise Refusal(f"Tháng {args.month:%m/%Y} không có danh sách nào {words}; xem: ansinh list show --month {args.month:%Y-%m}.")
    return lists


def _found(lists):
    return PayList.objects.filter(pk__in=[paylist.pk for paylist in lists]).order_by("area_path", "channel")


def _write(paylist, folder):
    own = department(clock.today())
    files = {".xlsx": list_sheet(paylist, department=own), ".pdf": list_pdf(paylist, department=own)}
    if paylist.channel == Channel.Kind.BANK:
        files[".csv"] = bank_file(paylist)
    for ending, data in files.items():
        (folder / f"{paylist.number}{ending}").write_bytes(data)
    return [f"{paylist.number}{ending}" for ending in files]


def _answer(lists, done):
    lists = list(lists)
    rows = [(p.number, p.get_state_display(), p.people, dong(p.this_month), dong(p.arrears), dong(p.total)) for p in lists]
    head = ("Danh sách", "Tình trạng", "Người", "Tháng này", "Truy lĩnh", "Tổng")
    total = sum(p.total for p in lists)
    ending = f"{done or 'Có'} {len(lists)} danh sách, {sum(p.people for p in lists)} người, {dong(total)}."
    keep = ("number", "state", "channel", "area_path", "people", "this_month", "arrears", "carried", "overpaid", "total")
    data = {"lists": [{name: getattr(p, name) for name in keep} for p in lists], "total": total}
    return Answer([*table([head, *rows], right=(2, 3, 4, 5)), ending], data)
