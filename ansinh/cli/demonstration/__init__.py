"""An invented province, written as the spreadsheets an office would have, imported and walked through five months."""
import hashlib
import json
import os
import sqlite3
import sys
import time
from importlib import import_module
from pathlib import Path

from ansinh.web.refusal import Refusal

from ..answer import Answer, say
from ..entrance import set_up
from ..ports import refuse_taken

PACKAGE = Path(__file__).resolve().parents[2]
READ = ("*.py", "*.yaml", "*.csv")
AGAIN = "import sys; from ansinh.cli import main; sys.exit(main(sys.argv[1:]))"
LEAST = 2_000


def demo(args) -> Answer:
    """Build the demonstration where it is not current, print its briefing, and serve it."""
    if args.people < LEAST:
        raise Refusal(f"Bản trình diễn cần ít nhất {LEAST} người; thêm --people {LEAST}.")
    if "ANSINH_DATABASE_URL" in os.environ:
        raise Refusal("Bản trình diễn có cơ sở dữ liệu riêng; bỏ biến ANSINH_DATABASE_URL rồi chạy lại.")
    if not args.no_serve:
        refuse_taken(args.port)
    folder = Path(os.environ.get("ANSINH_DATA", PACKAGE.parent / "var")).resolve()
    os.environ.update(ANSINH_MODE="demonstration", ANSINH_DATA=str(folder))
    stamp = {"people": args.people, "seed": args.seed, "code": code_digest()}
    if not args.built and not is_current(folder, stamp):
        build(folder, stamp)
        begin_again(args)
    set_up()
    answer = import_module("ansinh.cli.demonstration.welcome").welcome(args.port)
    if args.no_serve:
        return answer
    for line in answer.lines:
        say(line)
    return import_module("ansinh.cli.running").serve(args)


def code_digest() -> str:
    """A digest of the code and law by which the demonstration was made; tests are left out."""
    total = hashlib.sha256()
    for path in sorted(path for pattern in READ for path in PACKAGE.rglob(pattern) if "tests" not in path.parts):
        total.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def is_current(folder: Path, stamp: dict) -> bool:
    """Whether the demonstration that stands was made by this code from these numbers."""
    written, database = folder / "demonstration.json", folder / "ansinh.sqlite3"
    return written.exists() and database.exists() and json.loads(written.read_text("utf-8")) == stamp


def build(folder: Path, stamp: dict):
    """Walk the demonstration in a database beside the one that stands, and put it in its place when it is done."""
    refuse_other_database(folder / "ansinh.sqlite3")
    folder.mkdir(parents=True, exist_ok=True)
    building = folder / "ansinh-building.sqlite3"
    remove(building)
    os.environ["ANSINH_DATABASE_URL"] = f"sqlite:///{building}"
    say(f"Dựng bản trình diễn: {stamp['people']:,} người giả lập.".replace(",", "."))
    started = time.monotonic()
    set_up()
    import_module("ansinh.cli.demonstration.building").build(stamp["people"], seed=stamp["seed"], folder=folder / "demonstration")
    remove(folder / "ansinh.sqlite3")
    building.rename(folder / "ansinh.sqlite3")
    remove(building)
    (folder / "demonstration.json").write_text(json.dumps(stamp), "utf-8")
    say(f"Xong trong {time.monotonic() - started:.0f} giây.")


def refuse_other_database(path: Path):
    """Never put a demonstration where a database of real work stands."""
    if not path.exists():
        return
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as there:
        tables = {name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "office_account" not in tables:
            return
        accounts = there.execute("SELECT count(*) FROM office_account").fetchone()[0]
        demonstration = there.execute("SELECT max(is_demonstration) FROM office_installation").fetchone()[0]
    if accounts and not demonstration:
        raise Refusal(f"{path} không phải bản trình diễn; chuyển tệp đó đi hoặc đặt ANSINH_DATA sang thư mục khác.")


def remove(database: Path):
    """Remove a database file with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-jobs"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def begin_again(args):
    """Start over in a new process, which finds the finished database where it belongs."""
    del os.environ["ANSINH_DATABASE_URL"]
    words = ["demo", "--built", "--people", str(args.people), "--seed", str(args.seed), "--port", str(args.port)]
    flags = [*(["--no-serve"] if args.no_serve else []), *(["--json"] if args.json else [])]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-c", AGAIN, *words, *flags])
