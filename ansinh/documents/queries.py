"""What can be asked of documents: the template in use, who signs, a letter's files."""
from collections.abc import Callable, Iterable
from io import BytesIO

import pikepdf

from ansinh.office import clock
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.models import Account, StoredFile, Task
from ansinh.office.rights import roles

from .models import Letter, LetterTemplate
from .paper.build import default_template
from .paper.word import word_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def template_in_use(kind: str) -> LetterTemplate | None:
    """The office's own template of a kind; ``None`` where the default one is in use."""
    return LetterTemplate.objects.filter(kind=kind, withdrawn_in=None).select_related("file").order_by("-pk").first()


def template_bytes(kind: str) -> bytes:
    """Mẫu đang dùng, as DOCX."""
    own = template_in_use(kind)
    return read_file(own.file) if own else default_template(kind)


def template_file(kind: str) -> StoredFile:
    """The stored file of the template in use; the default one is stored when a letter is first made of it."""
    own = template_in_use(kind)
    return own.file if own else store_file(default_template(kind), name=f"mau-{kind}.docx", content_type=WORD)


def signers():
    """Who may sign letters: staff with a title who hold a role that signs (``signs`` in roles.yaml) today."""
    signing = [code for code, role in roles().items() if role.get("signs")]
    today = clock.today()
    held = Account.objects.filter(is_active=True, rights__role__in=signing, rights__since__lte=today).exclude(title="")
    return held.exclude(rights__until__lt=today).distinct().order_by("full_name", "pk")


GROUNDS: dict[str, Callable[[list[int]], dict[int, str]]] = {}


def put_ground(kind: str, lost: Callable[[list[int]], dict[int, str]]):
    """Let a module say of what letters rest on (``payments.line``) whether it is gone: ids in, by id the words for whoever checks out."""
    GROUNDS[kind] = lost


def fallen(letters: Iterable[Letter]) -> dict[int, str]:
    """By letter why it holds no more although nobody voided it: what it rests on is gone, or went back."""
    found = {}
    by_kind: dict[str, dict[int, int]] = {}
    for letter in letters:
        kind, _colon, number = letter.about.partition(":")
        if kind in GROUNDS and number.isdecimal() and letter.voided_in_id is None:
            by_kind.setdefault(kind, {})[letter.pk] = int(number)
    for kind, rests_on in by_kind.items():
        lost = GROUNDS[kind](list(rests_on.values()))
        found |= {letter: lost[number] for letter, number in rests_on.items() if number in lost}
    return found


def is_out(letter: Letter) -> bool:
    """Whether somebody is still asked to fetch the paper back."""
    return Task.objects.open().filter(act="documents.recall_letter", key=f"documents.letter:{letter.pk}").exists()


def letter_docx(letter: Letter) -> bytes:
    """Bản Word của văn bản: from the template and the values it was made of; the same bytes each time."""
    return word_of(read_file(letter.template)).letter(letter.values)


def letter_pdf(letter: Letter) -> bytes:
    """Bản PDF của văn bản: the bytes as issued; of letters that were issued together its own pages."""
    whole = read_file(letter.file)
    pages = sorted(Letter.objects.filter(file=letter.file).values_list("page", flat=True))
    if len(pages) == 1:
        return whole
    after = [page for page in pages if page > letter.page]
    return _cut(whole, letter.page, after[0] if after else None)


def _cut(whole, first, after):
    out = BytesIO()
    with pikepdf.open(BytesIO(whole)) as document:
        del document.pages[after - 1 if after else len(document.pages) :]
        del document.pages[: first - 1]
        document.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()
