"""The parser of the command, built from the table of verbs; what was typed wrong is said in one Vietnamese line."""
import os
import sys
from argparse import SUPPRESS, ArgumentParser

from .verbs import GROUPS, VERBS, Needs

USAGE = 2
WORDS = (
    ("the following arguments are required: ", "còn thiếu "),
    ("unrecognized arguments: ", "không hiểu "),
    ("not allowed with argument", "không đi cùng"),
    ("expected one argument", "cần một giá trị"),
    ("expected at most one argument", "chỉ nhận một giá trị"),
    ("invalid choice: ", "không có "),
    ("invalid int value: ", "cần một số nguyên, không phải "),
    ("choose from", "chọn trong"),
    ("argument ", ""),
)


class Parser(ArgumentParser):
    """Says what was typed wrong in one line and where to look."""

    def error(self, message):
        for english, vietnamese in WORDS:
            message = message.replace(english, vietnamese)
        sys.stderr.write(f"ansinh: {message}. Xem: {self.prog} --help\n")
        sys.exit(USAGE)


def make_parser() -> Parser:
    """The parser of all verbs; the parsed arguments hold the chosen ``verb``."""
    parser = Parser(prog="ansinh", description="An Sinh: lệnh cho người vận hành.", allow_abbrev=False)
    below = {"": parser.add_subparsers(metavar="VIỆC", required=True, parser_class=Parser)}
    for verb in VERBS:
        group, _, word = verb.words.rpartition(" ")
        if group not in below:
            group_parser = below[""].add_parser(group, help=GROUPS[group])
            below[group] = group_parser.add_subparsers(metavar="VIỆC", required=True, parser_class=Parser)
        _add(below[group].add_parser(word, help=verb.help, description=verb.help, allow_abbrev=False), verb)
    return parser


def _add(parser, verb):
    for names, settings in verb.arguments:
        parser.add_argument(*names, **settings)
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    said = "tài khoản làm việc này (hoặc biến ANSINH_AS)" if verb.needs is Needs.ACCOUNT else SUPPRESS
    parser.add_argument("--as", dest="username_as", metavar="TÀI_KHOẢN", default=os.environ.get("ANSINH_AS"), help=said)
    parser.set_defaults(verb=verb)
