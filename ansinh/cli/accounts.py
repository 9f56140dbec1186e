"""Staff from the command line: the first administrator, further accounts, and their rights."""
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ansinh.office import actions, clock, rights
from ansinh.office.founding import found_administrator
from ansinh.office.models import Account
from ansinh.web.refusal import Refusal

from .answer import Answer
from .places import area_path_of
from .who import sign_in


def create(args) -> Answer:
    """A new account; the first of a database is made an administrator, later ones need one (``--as``)."""
    first = not Account.objects.exists()
    by = None if first else sign_in(args.username_as)
    password = new_password(args.username)
    if first:
        account = found_administrator(args.username, full_name=args.name, title=args.title, password=password)
    else:
        account = actions.create_account(args.username, full_name=args.name, title=args.title, password=password, by=by)
    said = "Đã tạo tài khoản quản trị" if first else "Đã tạo tài khoản"
    return Answer([f"{said} {account.username}."], {"username": account.username, "administrator": first})


def appoint(args) -> Answer:
    """Give an account a role in an area and a field from a day on."""
    if args.role not in rights.roles():
        raise Refusal(f"Không có vai trò {args.role!r}; chọn trong: {', '.join(rights.roles())}.")
    account = Account.objects.filter(username=args.username).first()
    if account is None:
        raise Refusal(f"Không có tài khoản {args.username}; tạo trước bằng: ansinh account create.")
    since, path = args.since or clock.today(), area_path_of(args.area)
    actions.appoint(account, role=args.role, area_path=path, field=args.field, since=since, until=args.until, by=args.by)
    title = rights.roles()[args.role]["title"]
    data = {"username": account.username, "role": args.role, "area_path": path, "since": since}
    return Answer([f"{account}: {title} ở {path} từ {since:%d/%m/%Y}."], data)


def new_password(username: str) -> str:
    """A password typed twice that the rules accept."""
    password = getpass(f"Mật khẩu mới của {username}: ")
    if password != getpass("Gõ lại mật khẩu: "):
        raise Refusal("Hai lần gõ khác nhau; làm lại.")
    try:
        validate_password(password)
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages)) from fault
    return password
