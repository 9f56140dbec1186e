"""A progress bar on a terminal, a line a step elsewhere."""
import sys
import time
from contextlib import contextmanager

WIDTH = 24


class Progress:
    """Counts the steps of a long piece of work and says which one is running."""

    def __init__(self, total: int, out=None):
        self.total, self.done, self.out = total, 0, out or sys.stderr

    @contextmanager
    def step(self, words: str):
        """One step: shown while it runs, counted when it is done."""
        started = time.monotonic()
        self._show(words)
        yield
        self.done += 1
        self._show(f"{words} ({time.monotonic() - started:.1f} giây)", finished=True)

    def _show(self, words, *, finished=False):
        share = self.done / self.total if self.total else 1
        bar = "█" * round(share * WIDTH) + "░" * (WIDTH - round(share * WIDTH))
        line = f"{bar} {share:4.0%}  {words}"
        if self.out.isatty():
            self.out.write(f"\r\x1b[2K{line}" + ("\n" if finished and self.done == self.total else ""))
        elif finished:
            self.out.write(f"{line}\n")
        self.out.flush()
