"""Words that names of the register are made of, as statistics: nobody's name can be told from them."""
from collections import Counter

from ..models import Person

# Words of the newest records say what names are like; a word that few bear is left out, since it might point to one of them.
SAMPLE, FEWEST, LONGEST = 20_000, 5, 9


def name_words() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Từ thường gặp trong họ tên: family, middle and given words, each borne by several persons, the commonest first."""
    family, middle, given = Counter(), Counter(), Counter()
    for name in Person.objects.order_by("-pk").values_list("name", flat=True)[:SAMPLE]:
        words = [word for word in name.lower().split() if word.isalpha() and len(word) <= LONGEST]
        if len(words) > 1:
            family[words[0]] += 1
            middle.update(words[1:-1])
            given[words[-1]] += 1
    return _common(family), _common(middle), _common(given)


def _common(words: Counter) -> tuple[str, ...]:
    return tuple(word for word, count in words.most_common() if count >= FEWEST)
