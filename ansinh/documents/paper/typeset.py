"""The typesetter in a process of its own: letters come in on standard input, the PDF goes out; the memory it took goes with it."""
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).parent
SECONDS = 300


def typeset(letters: list[dict], *, title: str, signed_on: date, fonts: Path) -> bytes:
    """PDF/A-2b of letters as blocks. Typst keeps what it has set, 0.7 MB a page: a worker that prints for a day would grow without end."""
    order = {"title": title, "letters": json.dumps(letters, ensure_ascii=False), "signed_on": signed_on.isoformat(), "fonts": str(fonts)}
    command = [sys.executable, "-P", str(HERE / "typeset.py")]
    return subprocess.run(command, input=json.dumps(order).encode(), stdout=subprocess.PIPE, check=True, timeout=SECONDS).stdout


def _main():
    import typst  # noqa: PLC0415  (only the child needs it)

    order = json.load(sys.stdin)
    made = datetime.combine(date.fromisoformat(order["signed_on"]), datetime.min.time(), UTC)
    compiler = typst.Compiler(str(HERE / "letter.typ"), font_paths=[order["fonts"]], ignore_system_fonts=True)
    inputs = {"title": order["title"], "letters": order["letters"]}
    sys.stdout.buffer.write(compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=made))


if __name__ == "__main__":
    _main()
