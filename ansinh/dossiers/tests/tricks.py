"""What a hostile file may make a child process do: work for the tests of bounds."""
import os
import signal
import subprocess
import sys
import time

HELD = []


def add(one: int, other: int) -> int:
    """An ordinary answer."""
    os.write(1, b"libraries print things\n")
    return one + other


def own_number() -> int:
    """The process in which the call runs."""
    return os.getpid()


def eat_memory() -> int:
    """More memory than there may be."""
    return len(bytearray(2**30))


def turn_for_ever():
    """Processor time without end."""
    while True:
        pass


def sleep_for_ever(mark: str):
    """Time without work, and a process of its own beside that sleeps, too; its number is written to ``mark``."""
    beside = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with open(mark, "w") as file:
        file.write(f"{os.getpid()} {beside.pid}")
    time.sleep(600)


def die(number: int):
    """An end by a signal."""
    os.kill(os.getpid(), number)


def raise_fault():
    """A fault that nobody foresaw."""
    raise ZeroDivisionError


def talk() -> str:
    """A longer answer than anyone reads."""
    return "x" * (33 * 2**20)


def turn_for_ever_with(*_page):
    """The same for work on a page."""
    turn_for_ever()


def say(*_page) -> dict:
    """What a reader says of a page."""
    return {
        "words": [["Lan", 5, 6, 30, 12, 91, 0]], "corrections": [], "confidence": 91, "cost": 1, "reader": "kiểm thử",
        "found": [["full_name", "Lan", "Lan", 5, 6, 30, 12, 90, "label"]], "kind": "declaration", "kind_confidence": 80,
    }


def eat_memory_with(*_page):
    """The same."""
    while True:
        HELD.append(bytearray(2**24))


def die_with(*_page):
    """The same."""
    die(signal.SIGSEGV)
