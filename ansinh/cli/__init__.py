"""The command `ansinh`: one verb an act or a question, `--json` on each. / Lệnh `ansinh` cho người vận hành."""
import os
import sys
from importlib import import_module

from ansinh.engine.law import LawError
from ansinh.web.refusal import Refusal

from .answer import refused, show
from .parser import make_parser
from .verbs import Needs

REFUSED, INTERRUPTED = 1, 130


def main(argv: list[str] | None = None) -> int:
    """Run one verb; the exit code is 0 only on success, 1 where the answer is no, 2 where the command was typed wrong."""
    args = make_parser().parse_args(argv)
    try:
        return show(_run(args), as_json=args.json)
    except (Refusal, LawError) as refusal:
        return refused(refusal, as_json=args.json)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        return refused(Refusal(f"Không mở được {fault.filename}: {_why(fault)}"), as_json=args.json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away: nothing more to say
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(args):
    verb = args.verb
    if verb.needs > Needs.NOTHING:
        # Modules with models can be imported only after Django is set up, so verbs name their function as text.
        entrance = import_module("ansinh.cli.entrance")
        entrance.enter(verb.needs, args)
    module, function = verb.call.split(":")
    return getattr(import_module(f"ansinh.cli.{module}"), function)(args)


def _why(fault: OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return "không có ở đó; kiểm tra lại đường dẫn."
    if isinstance(fault, IsADirectoryError):
        return "đó là một thư mục; nêu tên tệp."
    return "không có quyền đọc hoặc ghi; đổi quyền của tệp hoặc thư mục."
