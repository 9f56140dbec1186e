"""Facts of a standing: what its paper must state for the tables to be read, and what is wrong with what it states."""
from dataclasses import dataclass
from datetime import date

MEDALS = {"before1945", "resistance"}
SEVERITIES = {"severe", "especially_severe"}
POVERTY = {"poor", "near_poor", "none"}
# The eleven cases of a child without support (Nghị định 20/2021 Điều 5 khoản 1).
CHILD_CASES = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l")
FLAGS = ("special", "attendant", "care", "remarried", "full_time")
WHOLE = ("grade", "martyrs", "seniority", "children", "people", "quantity")
WORDS = {"medal": MEDALS, "case": set(CHILD_CASES), "severity": SEVERITIES, "poverty": POVERTY}
ALL = {*FLAGS, *WHOLE, *WORDS, "born"}
# Beyond these a figure is a slip of the pen.
MOST = {"martyrs": 99, "seniority": 99, "children": 20, "people": 20, "quantity": 9999}
SAID = {
    "martyrs": "số liệt sĩ", "seniority": "số thâm niên", "children": "số con", "people": "số người", "quantity": "số lượng",
    "medal": "hình thức khen thưởng (trước 1945 hoặc kháng chiến)", "severity": "mức độ khuyết tật (nặng hoặc đặc biệt nặng)",
    "case": "trường hợp của trẻ (điểm a đến l)",
}
NEEDED_WORDS = ("medal", "severity")
AT_LEAST_ONE = ("martyrs", "children", "quantity")


@dataclass(frozen=True)
class Standing:
    """Diện in law: its names, its field, the facts that its paper must state, the grades of its table, its first month.

    ``once`` is a lump sum (trợ cấp một lần): due in exactly one month. ``several`` may be held more than once by a
    person. ``counts`` says in words what its ``quantity`` counts.
    """

    code: str
    vietnamese: str
    short: str
    file: str
    facts: tuple[str, ...]
    grade: tuple[int, int] | None
    basis: str
    begins: str = ""
    field: str = "merit"
    once: bool = False
    several: bool = False
    counts: str = ""


def complaint(standing: Standing, facts: dict) -> str | None:
    """What is wrong with the facts of a standing, as a sentence; ``None`` when the law's tables can be read by them."""
    told = _grade(standing, facts) or _needed(standing, facts) or _too_many(facts) or _unknown_word(facts) or _not_asked(standing, facts)
    return f"{standing.short}: {told}" if told else None


def _grade(standing, facts):
    grade = facts.get("grade")
    if standing.grade and (grade is None or not standing.grade[0] <= grade <= standing.grade[1]):
        low, high = standing.grade
        return f"tỷ lệ {'chưa ghi' if grade is None else grade}; bảng của diện này từ {low} đến {high} %."
    return None


def _needed(standing, facts):
    for name in NEEDED_WORDS:
        if name in standing.facts and facts.get(name) not in WORDS[name]:
            return f"ghi {SAID[name]}."
    for name in AT_LEAST_ONE:
        if name in standing.facts and (facts.get(name) or 0) < 1:
            return f"ghi {_counted(standing, name)}, ít nhất là 1."
    return None


def _counted(standing, name):
    return f"số {standing.counts}" if name == "quantity" and standing.counts else SAID[name]


def _too_many(facts):
    for name, most in MOST.items():
        if not 0 <= (facts.get(name) or 0) <= most:
            return f"{SAID[name]} là {facts[name]}; ghi một số từ 0 đến {most}."
    return None


def _unknown_word(facts):
    for name, words in WORDS.items():
        if facts.get(name) and facts[name] not in words:
            return f"{facts[name]!r} không phải là {SAID.get(name, 'tình trạng của hộ (nghèo, cận nghèo, không nghèo)')}."
    return None


def _not_asked(standing, facts):
    extra = [name for name, value in facts.items() if value and name not in standing.facts]
    return f"không dùng đến {', '.join(extra)}." if extra else None


def birthday_month(born: date, age: int) -> int:
    """The month in which a person is full ``age`` years old, as a whole number; born on 29 February it is a February."""
    return (born.year + age) * 12 + born.month - 1
