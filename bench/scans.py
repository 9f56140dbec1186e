"""Words inside scans at a province's size, through the whole of Django but the network. Arguments: build or measure, pages."""
import json
import random
import statistics
import sys
import time
from datetime import date

import polars as pl
from django.db import connection, transaction
from django.test import Client
from office import open_office  # sets Django up, so it comes before Django's own parts

from ansinh.dossiers import index
from ansinh.dossiers.models import Batch, Dossier, Page, PageText, Scan
from ansinh.dossiers.tokens import WINDOW_BITS, age_tokens, place_tokens, tokens_of
from ansinh.engine.text.syllables import ONSETS, RHYMES
from ansinh.office import bulk, clock
from ansinh.office.models import Account, Right
from ansinh.registry.models import Area

SLICE, WORDS, PAGES_OF_A_DOSSIER, CALLS = 10_000, 220, 10, 40
# Beyond so many, PostgreSQL copies the pages that were drawn: to draw and send them one by one would take hours.
DRAWN = 330_000
LOCK = date(2023, 10, 25)
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu".split()
MIDDLE = "Văn Thị Hữu Đức Ngọc Minh Quang Thanh Xuân Đình Thu Kim Hồng Công".split()
GIVEN = "An Anh Bình Chi Cường Dung Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Thảo Yến".split()
HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập Tự do Hạnh phúc".split()
KINDS = ["quyết định trợ cấp hằng tháng", "giấy chứng nhận bị thương", "bản khai cá nhân", "biên bản giám định", "giấy báo tử", "phiếu trợ cấp"]
# Place of the n-th word on a page; every page looks alike, only its words differ.
SLOTS = [f'",{60 + n % 11 * 130},{80 + n // 11 * 60},110,28,93,{n // 11}]' for n in range(WORDS)]


def page_words(draw, syllables, weights) -> list[str]:
    """Head, kind, number, a name, then words as common as they are by Zipf's law."""
    name = [draw.choice(FAMILY), draw.choice(MIDDLE), draw.choice(GIVEN)]
    said = [*HEAD, "Số", f"{draw.randrange(1, 9000)}/QĐ-LĐTBXH", *draw.choice(KINDS).split(), "đồng", "chí", *name, "sinh", "năm", str(draw.randrange(1925, 1960))]
    said += [f"TB/19/{draw.randrange(10**6):06d}", "căn", "cứ", "quyết", "định"]
    return (said + draw.choices(syllables, cum_weights=weights, k=WORDS))[:WORDS]


def vocabulary():
    syllables = [onset + rhyme for onset in ONSETS for rhyme in RHYMES]
    random.Random(3).shuffle(syllables)
    total, weights = 0.0, []
    for rank in range(1, len(syllables) + 1):
        total += 1 / rank
        weights.append(total)
    return syllables, weights


def build(count):
    officer, _approver = open_office()
    communes = list(Area.objects.communes().on(LOCK).filter(path__startswith="19.").order_by("path").values_list("path", flat=True))
    batch = Batch.objects.create(name="bench", origin="folder", area_path="19.", field="merit", state="sorted", received_by=officer, received_at=clock.now())
    scan = Scan.objects.create(batch=batch, name="bench.pdf", position=1, outcome="taken", page_count=count)
    draw, words = random.Random(2021), vocabulary()
    for area, name in (("19.164.", "district"), (communes[7], "commune")):
        Right.objects.create(account=Account.objects.create(username=name, full_name=name), role="officer", area_path=area, since=date(2010, 1, 1))
    with index.filled_anew(), transaction.atomic():
        for start in range(0, min(count, DRAWN), SLICE):
            fill(start, min(SLICE, count - start), scan, communes, draw, words)
        for shift in range(DRAWN, count, DRAWN):
            copy(shift, min(DRAWN, count - shift))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def fill(start, count, scan, communes, draw, words):
    # A commune is scanned on end, as it is in life: neighbours in the index are neighbours on the map.
    places = [communes[(start // SLICE * 7 + n * len(communes) // count) % len(communes)] for n in range(0, count, PAGES_OF_A_DOSSIER)]
    ids = list(bulk.next_ids(Dossier, len(places)))
    dossiers = {"id": ids, "code": [f"TB-{pk:06d}" for pk in ids], "area_path": places}
    pages = list(bulk.next_ids(Page, count))
    rows = {
        "id": pages, "number": range(start + 1, start + count + 1), "dossier_id": [ids[n // PAGES_OF_A_DOSSIER] for n in range(count)],
        "position": [1 + n % PAGES_OF_A_DOSSIER for n in range(count)],
    }
    texts, found = [], []
    for n, pk in enumerate(pages):
        said = page_words(draw, *words)
        texts.append("[" + ",".join('["' + word + slot for word, slot in zip(said, SLOTS, strict=True)) + "]")
        tokens = tokens_of(said) | place_tokens(places[n // PAGES_OF_A_DOSSIER], "merit") | age_tokens(pk)
        found.append((pk, " ".join(said), sorted(tokens)))
    read = {"page_id": pages, "words": texts}
    write(Dossier, dossiers, category="wounded", title="bench", field="merit", state="read", registered_at=clock.now())
    write(Page, rows, scan_id=scan.pk, width=1654, height=2339, dpi=200, reading="read")
    write(PageText, read, corrections="[]", confidence=93, reader="bench", cost=0)
    with connection.cursor() as cursor:
        index.put(cursor, found)


def copy(shift, count):
    """The first ``count`` pages once more, as newer ones: ids and windows of age are moved on, words and places stay."""
    first, dossier = Page.objects.order_by("pk").values_list("pk", "dossier_id")[0]
    last, last_dossier = first + count - 1, dossier + count // PAGES_OF_A_DOSSIER - 1
    before, after = (", ".join(f"'_{bits}w_' || ((page_id + {by}) >> {bits})" for bits in WINDOW_BITS) for by in (0, shift))
    tables = [
        (Dossier._meta.db_table, columns_of(Dossier), {"id": f"id + {shift}", "code": f"code || '-{shift}'"}, "id", dossier, last_dossier),
        (Page._meta.db_table, columns_of(Page), {key: f"{key} + {shift}" for key in ("id", "number", "dossier_id")}, "id", first, last),
        (PageText._meta.db_table, columns_of(PageText), {"page_id": f"page_id + {shift}"}, "page_id", first, last),
        (index.SAID, ["page_id", "said"], {"page_id": f"page_id + {shift}"}, "page_id", first, last),
        (index.TABLE, ["page_id", "tokens"], {
            "page_id": f"page_id + {shift}", "tokens": f"ts_delete(tokens, array[{before}]) || array_to_tsvector(array[{after}])",
        }, "page_id", first, last),
    ]
    with connection.cursor() as cursor:
        for table, columns, moved, key, start, end in tables:
            taken = ", ".join(moved.get(column, column) for column in columns)
            cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table} WHERE {key} BETWEEN {start} AND {end}")


def columns_of(model) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def write(model, columns, **same):
    """Write rows: columns that differ, values that are the same in every row, and the model's own defaults for the rest."""
    rest = {f.attname: f.get_default() for f in model._meta.concrete_fields if not f.null and f.attname not in {*columns, *same} and not f.primary_key}
    bulk.write(pl.DataFrame(columns).with_columns(**{name: pl.lit(value) for name, value in {**rest, **same}.items()}), model)


def questions(draw) -> dict[str, list[str]]:
    syllables, _weights = vocabulary()
    two = [f"{draw.choice(syllables[20:400])} {draw.choice(syllables[20:400])}" for _ in range(CALLS)]
    names = [f'"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"' for _ in range(CALLS)]
    common = ["quyết định", "quyet dinh", "trợ cấp", "độc lập tự do", syllables[0], f"{syllables[1]} {syllables[2]}"]
    return {
        "rare": [f"TB/19/{draw.randrange(10**6):06d}" for _ in range(CALLS)],
        "common": [draw.choice(common) for _ in range(CALLS)],
        "two_words": two, "side_by_side": [f'"{words}"' for words in two], "names": names,
        "phrase": [draw.choice(['"quyết định trợ cấp hằng"', '"giay chung nhan bi thuong"', '"biên bản giám định"']) for _ in range(CALLS)],
        "numbers": [f"{draw.randrange(1, 9000)}/QĐ-LĐTBXH" for _ in range(CALLS)],
        # Each word and each two neighbours are common, all of them together are not: what the index is worst at.
        "unlucky": ['"' + " ".join(draw.choices(syllables[:6], k=draw.choice((3, 4)))) + '"' for _ in range(CALLS)],
    }


def series(client, asked) -> dict:
    times, cpu = [], []
    for text in asked:
        started, used = time.perf_counter(), time.process_time()
        response = client.post("/tim/ban-quet/", {"q": text})
        times.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code}: {response.content[:300]}")
    return {"p50": statistics.median(times), "p95": p95(times), "cpu": p95(cpu)}


def p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95) - 1]


def measure() -> dict:
    said = {}
    for name in ("officer", "district", "commune"):
        client = Client()
        client.force_login(Account.objects.get(username=name))
        asked = questions(random.Random(7))
        series(client, asked["common"][:3])
        said |= {f"{kind}.{name}": series(client, texts) for kind, texts in asked.items()}
    return said


if __name__ == "__main__":
    started = time.perf_counter()
    with clock.held_at(LOCK):
        said = measure() if sys.argv[1] == "measure" else build(int(sys.argv[2])) or {"seconds": time.perf_counter() - started}
    print(json.dumps(said))
