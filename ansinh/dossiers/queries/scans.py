"""Words inside the scans: pages that the account sees, newest first, counted to 200, with what was asked marked on them."""
from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.office import rights

from ..index import newest_first, said_on
from ..models import Page
from ..question import Question, found_in, marks
from ..tokens import place_token

MOST = 200
BEFORE, AFTER = 6, 14


@dataclass(frozen=True)
class Hit:
    """A found page and the words around the first mark: ``(text, is it what was asked)``."""

    page: Page
    snippet: tuple[tuple[str, bool], ...]


def found_pages(question: Question, account, *, most: int = MOST + 1) -> list[int]:
    """Ids of pages with all that was asked: with the accents as typed before others, newest first; ``most`` at most."""
    places = [place_token(path, field) for path, field in rights.places_seen(account, "dossiers")]
    found = {}
    for accented in question.ways if question.terms and places else ():
        tokens = question.tokens(accented=accented)
        for batch in newest_first([places, *([token] for token in tokens)]):
            new = [pk for pk in batch if pk not in found]
            found.update(dict.fromkeys(_kept(new, question, account, accented=accented)))
            if len(found) >= most:
                break
    return list(found)[:most]


def hits(question: Question, account, page_ids: Iterable[int]) -> list[Hit]:
    """Found pages with their dossiers and snippets, in the order given."""
    page_ids = list(page_ids)
    wanted, texts = Page.objects.visible_to(account).select_related("dossier", "paper").in_bulk(page_ids), said_on(page_ids)
    return [Hit(wanted[pk], _snippet(question, texts[pk])) for pk in page_ids if pk in wanted and pk in texts]


def _kept(page_ids, question, account, *, accented):
    """Those that the account sees and that hold up against the words themselves where the index is too coarse."""
    if question.is_loose(accented=accented):
        texts = said_on(page_ids)
        page_ids = [pk for pk in page_ids if pk in texts and found_in(question, texts[pk], accented=accented)]
    seen = set(Page.objects.visible_to(account).filter(pk__in=page_ids).values_list("pk", flat=True))
    return [pk for pk in page_ids if pk in seen]


def _snippet(question, texts):
    places = marks(question, texts)
    start = max(min(places, default=0) - BEFORE, 0)
    return tuple((texts[n], n in places) for n in range(start, min(start + BEFORE + AFTER, len(texts))))
