"""The keys by which a person is found and sorted, worked out from the name."""
from functools import lru_cache

from ansinh.engine.text.names import accented_key, fold, sort_key

LONGEST = 120
KEYS = ("search_key", "accented_key", "given_key", "sort_key")


@lru_cache(maxsize=100_000)
def name_keys(name: str) -> dict:
    """``search_key`` without accents, ``accented_key`` with them, ``given_key`` without and given name first, ``sort_key``."""
    plain = fold(name)[:LONGEST]
    return {
        "search_key": plain,
        "accented_key": accented_key(name)[:LONGEST],
        "given_key": given_first(plain),
        "sort_key": sort_key(name),
    }


def given_first(plain: str) -> str:
    """``nguyen van an`` → ``an nguyen van``: found by given name, by given and family name, and in swapped order."""
    *others, given = plain.split() or [""]
    return " ".join([given, *others])
