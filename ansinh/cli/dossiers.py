"""Whole dossiers from the command line: out to a package, in from one of another installation."""
from ansinh.dossiers import actions
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.package.reading import opened
from ansinh.dossiers.receipts import receipt_words
from ansinh.web.refusal import Refusal

from .answer import Answer
from .places import own_area_path


def export(args) -> Answer:
    """Write a package of the named dossiers, or of all in an area."""
    path = own_area_path(args.by, args.area, sees="dossiers")
    found = Dossier.objects.visible_to(args.by).filter(area_path__startswith=path).order_by("code")
    if args.codes:
        found = found.filter(code__in=args.codes)
        if missing := set(args.codes) - {dossier.code for dossier in found}:
            raise Refusal(f"Không thấy hồ sơ {', '.join(sorted(missing))} trong địa bàn của tài khoản.")
    parts = actions.export_package(list(found), to=args.to, by=args.by)
    files = sum(name.startswith("files/") for name in parts)
    return Answer([f"Đã xuất {len(found)} hồ sơ, {files} tệp vào {args.to}."], {"dossiers": len(found), "files": files})


def import_(args) -> Answer:
    """Take a package in: proved first, then written as a whole."""
    with opened(args.file) as package:
        taken = actions.import_package(package, by=args.by)
    receipt = [one.as_data() for one in taken]
    return Answer([f"Đã nhận {len(taken)} hồ sơ.", *map(receipt_words, receipt)], {"dossiers": len(taken), "receipt": receipt})
