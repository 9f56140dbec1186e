"""Codes on papers that the office gives out, and the public page on which whoever holds one checks it. / Mã kiểm tra."""
import secrets

from django.conf import settings

# What is printed stays on paper, so the address stays too.
CHECKED_AT = "/kiem-tra/"
ASKED = "ma"
# Letters and digits that are not mistaken for one another when read out.
LETTERS, GROUPS, GROUP = "ACDEFGHJKLMNPQRTUVWXY34679", 3, 4
CODE_LENGTH = 2 + GROUPS * (GROUP + 1)


def new_code(prefix: str) -> str:
    """A code that nobody guesses: two letters for the kind of paper, then three groups of four."""
    return f"{prefix}-" + "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def door() -> str:
    """The whole address of the public page; empty where the house has none yet."""
    return f"{settings.ADDRESS}{CHECKED_AT}" if settings.ADDRESS else ""


def opened_by(code: str) -> str:
    """What the QR code of a paper says: the page with the code typed in, else the code itself."""
    return f"{door()}?{ASKED}={code}" if door() else code
