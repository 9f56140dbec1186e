"""The index of words on pages: FTS5 on SQLite, a GIN index of tsvector on PostgreSQL; both hold the tokens of tokens.py.

Beside it stands what each page says, its words without their boxes, for whoever has to look closer than the index can.
"""
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection, transaction

from .models import Page, PageText
from .tokens import age_tokens, place_tokens, tokens_of, windows_before

TABLE, SAID = "dossiers_page_words", "dossiers_page_said"
# The databases begin anew for each step, so that whoever goes on takes eight times as many: equal steps would cost the square.
CHUNK, BATCH, GROWTH, LARGEST = 500, 201, 8, 201 * 64
COLUMNS = (
    "page_id", "words", "page__dossier__area_path", "page__dossier__field", "page__scan__batch__area_path", "page__scan__batch__field",
)
TOKEN = re.compile(r"\w+")


def write(pages: Iterable[Page]):
    """Ghi chỉ mục: after the words of pages were written, belongs in the same act."""
    index_pages(page.pk for page in pages)


def index_pages(page_ids: Iterable[int]):
    """Index pages anew by what is known of them now; whoever moves a page or its dossier calls this in the same act."""
    for ids in _parts(page_ids, CHUNK):
        texts = PageText.objects.filter(pk__in=ids).values_list(*COLUMNS)
        rows = [_row(pk, [word[0] for word in words], *places) for pk, words, *places in texts]
        with transaction.atomic(), connection.cursor() as cursor:
            for table, key in ((TABLE, _key()), (SAID, "page_id")):
                cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({_marks(ids)})", ids)
            put(cursor, rows)


def index_dossiers(dossier_ids: Iterable[int]):
    """Index the pages of dossiers anew, after they moved to another unit."""
    for ids in _parts(dossier_ids, CHUNK):
        index_pages(PageText.objects.filter(page__dossier__in=ids).values_list("pk", flat=True))


def put(cursor, rows: list[tuple[int, str, list[str]]]):
    """Append pages: what each says, and its tokens."""
    cursor.executemany(f"INSERT INTO {SAID} (page_id, said) VALUES (%s, %s)", [(pk, said) for pk, said, _tokens in rows])
    tokens = [(pk, tokens) for pk, _said, tokens in rows]
    if connection.vendor == "postgresql":
        cursor.executemany(f"INSERT INTO {TABLE} (page_id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))", tokens)
        return
    cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s)", [(pk, " ".join(each)) for pk, each in tokens])


def said_on(page_ids: Sequence[int]) -> dict[int, list[str]]:
    """The words of pages in their order, at a fraction of what they cost with their boxes."""
    if not page_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT page_id, said FROM {SAID} WHERE page_id IN ({_marks(page_ids)})", page_ids)
        return {pk: said.split(" ") for pk, said in cursor.fetchall()}


def rebuild() -> int:
    """Dựng lại chỉ mục: empty it and index every page that was read; returns how many."""
    count, last = 0, 0
    with filled_anew():
        while ids := list(PageText.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            index_pages(ids)
            count, last = count + len(ids), ids[-1]
    return count


@contextmanager
def filled_anew():
    """Empty the index and fill it from the beginning; PostgreSQL is far quicker to index at the end than page by page."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(f"DELETE FROM {SAID}")
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX IF EXISTS {TABLE}_tokens")
        yield
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE INDEX {TABLE}_tokens ON {TABLE} USING gin (tokens) WITH (fastupdate = off)")


def newest_first(groups: list[list[str]]) -> Iterator[list[int]]:
    """Ids of pages that have a token of every group, newest first, in batches."""
    ask = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    yield from ask(groups)


def _parts(ids, size):
    ids = iter(ids)
    while part := list(islice(ids, size)):
        yield part


def _row(pk, texts, area_path, field, batch_area_path, batch_field):
    place = place_tokens(area_path, field) if area_path else place_tokens(batch_area_path, batch_field)
    return pk, " ".join(texts), sorted(tokens_of(texts) | place | age_tokens(pk))


def _marks(ids):
    return ", ".join(["%s"] * len(ids))


def _key():
    return "page_id" if connection.vendor == "postgresql" else "rowid"


def _from_sqlite(groups):
    """FTS5 walks its lists from the newest page backwards and stops at the limit, however common the words are."""
    asked = " AND ".join("(" + " OR ".join(_quoted(group, '"')) + ")" for group in groups)
    yield from _batches(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s", asked)


def _from_postgresql(groups):
    """GIN gives no order, so it is asked window by window: what it has to read is bounded by what is wanted."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(page_id) FROM {TABLE}")
        newest = cursor.fetchone()[0]
    sql = f"WITH found AS MATERIALIZED (SELECT page_id FROM {TABLE} WHERE tokens @@ %s::tsquery)"
    sql += " SELECT page_id FROM found WHERE page_id < %s ORDER BY page_id DESC LIMIT %s"
    for windows in windows_before(newest) if newest else ():
        yield from _batches(sql, " & ".join("(" + " | ".join(_quoted(group, "'")) + ")" for group in [*groups, windows]))


def _batches(sql, asked):
    before, size = 2**62, BATCH
    while before:
        with connection.cursor() as cursor:
            cursor.execute(sql, [asked, before, size])
            found = [pk for (pk,) in cursor.fetchall()]
        yield from _parts(found, BATCH)
        before, size = found[-1] if len(found) == size else None, min(size * GROWTH, LARGEST)


def _quoted(tokens, mark):
    """Tokens as both query languages take them; a token is letters, digits and ``_`` only, so nothing can be smuggled in."""
    for token in tokens:
        if not TOKEN.fullmatch(token):
            raise ValueError(f"not a token: {token!r}")
        yield f"{mark}{token}{mark}"
