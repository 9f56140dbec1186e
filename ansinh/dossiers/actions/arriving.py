"""A dossier of a package becomes rows here: its pages and papers, what was entered elsewhere, and how far it has come by our rules."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ansinh.office import clock, rights
from ansinh.office.act import current_entry
from ansinh.office.cabinet import store_stream
from ansinh.office.models import StoredFile
from ansinh.registry.models import Identifier
from ansinh.web.refusal import Refusal

from .. import index
from ..catalogue import catalogue
from ..models import Batch, Dossier, Entering, Page, PageText, Paper, Scan, Settlement, Suggestion
from ..package.rows import made
from ..queries import entering as queries
from ..queries.agreement import agreement_of, missing_fields, missing_papers
from ..rounds import FIRST, SECOND, THIRD
from ..values import same, understood
from .archiving import archive_later
from .entering import check_finished
from .ordering import enqueue_reading
from .proving import attach
from .settling import ask_to_settle
from .steps import steps_of

State = Dossier.State
WORKED_ON = (State.ENTERED, State.CHECKED, State.VERIFIED)
# After the third round nothing is waited for.
DONE = THIRD + 1
IMPORT = "dossiers.import_package"


@dataclass(frozen=True)
class Arrival:
    """What became of one dossier of a package: how far it had come there and has here, and whose it is."""

    dossier: Dossier
    state_there: str
    link: str
    entered: int
    proved: int
    proved_there: int

    def as_data(self) -> dict:
        """The same as plain data, for a receipt; nothing of it names a person."""
        own = {"dossier": self.dossier.pk, "code": self.dossier.code, "state": str(self.dossier.state), "state_there": self.state_there}
        return own | {"link": self.link, "entered": self.entered, "proved": self.proved, "proved_there": self.proved_there}


def take_in(package, said: dict, account) -> Arrival:
    """Write one dossier of a proved package."""
    dossier = made(Dossier, said["dossier"])
    there, waits_there = State(dossier.state), Entering.Round(dossier.round)
    dossier.state, dossier.round = State.REGISTERED if there in WORKED_ON else there, FIRST
    link = _link(dossier, said, account)
    dossier.save()
    batches = [_batch(each, dossier, account) for each in said["batches"]]
    scans = [_scan(package, each, batches) for each in said["scans"]]
    papers = [_saved(made(Paper, each, dossier=dossier, archived=_file(package, each["archived"]))) for each in said["papers"]]
    pages = [_page(package, each, dossier, scans, papers) for each in said["pages"]]
    entered = [_entering(each, papers, pages, account) for each in said["enterings"]]
    for each in said["settlements"]:
        chosen = {"dossier": dossier, "entering": entered[_place(each["entering"])], "settled_in": current_entry()}
        _saved(made(Settlement, each, **chosen))
    if there in WORKED_ON:
        _stand(dossier, there, waits_there, account)
    proved = _prove(dossier, said["evidence"], entered)
    _finish(dossier, there, account)
    index.write(pages)
    if any(page.reading == Page.Reading.WAITING for page in pages):
        enqueue_reading(account, dossier.area_path, dossier.field)
    return Arrival(dossier, str(there), link, len(entered), proved, len(said["evidence"]))


def _link(dossier, said, account) -> str:
    """Whose it is: the one person here who bears the citizen number, where the account sees and may bring in; else it is left open."""
    numbers = {said["person"]["citizen_number"]} - {""} or set(_entered_numbers(said))
    if len(numbers) != 1:
        return "no_number" if not numbers else "several_numbers"
    # The register holds a current number of this kind once.
    inside = rights.within(rights.sees(account, "dossiers", dossier.field), "person__area_path")
    rows = Identifier.objects.current().filter(inside, kind=Identifier.Kind.CITIZEN, number__in=numbers, until=None).select_related("person")
    person = next((row.person for row in rows), None)
    if person is None or not rights.may(account, IMPORT, person.area_path, dossier.field):
        return "nobody"
    dossier.person, dossier.area_path = person, person.area_path
    return "linked"


def _entered_numbers(said) -> Iterator[str]:
    """Citizen numbers that officers entered from its papers."""
    for each in said["enterings"]:
        if each["name"] == "citizen_number" and len(each["value"]) == 12:
            yield each["value"]


def _batch(said, dossier, account):
    row = made(Batch, said, received_by=account, origin=Batch.Origin.PACKAGE, state=Batch.State.SORTED)
    if not rights.may(account, IMPORT, row.area_path, row.field):
        row.area_path, row.field = dossier.area_path, dossier.field
    return _saved(row)


def _scan(package, said, batches):
    links = {"batch": batches[_place(said["batch"])], "file": _file(package, said["file"]), "outcome": Scan.Outcome.TAKEN}
    return _saved(made(Scan, said, **links))


def _page(package, said, dossier, scans, papers):
    paper = None if said["paper"] is None else papers[_place(said["paper"])]
    page = _saved(made(Page, said, scan=scans[_place(said["scan"])], paper=paper, dossier=dossier, screen=_file(package, said["screen"])))
    if said["text"] is not None:
        text = made(PageText, said["text"], page=page)
        if not all(_is_word(word) for word in text.words):
            raise TypeError("not a word")
        text.save(force_insert=True)
    Suggestion.objects.bulk_create(made(Suggestion, each, page=page) for each in said["suggestions"])
    return page


def _is_word(word):
    text, *numbers = word
    return isinstance(text, str) and len(numbers) == 6 and all(type(number) is int for number in numbers)


def _entering(said, papers, pages, account):
    """What was entered elsewhere, by someone without an account here; it is held to the same rules as what is typed here."""
    page = None if said["page"] is None else pages[_place(said["page"])]
    who = {"entered_by": account, "entered_elsewhere_by": _words(said["by"]), "entered_in": current_entry()}
    row = made(Entering, said, paper=papers[_place(said["paper"])], page=page, **who)
    field = catalogue().fields.get(row.name)
    try:
        is_plain = field is None or understood(field, row.value) == row.value
    except Refusal:
        is_plain = False
    if not is_plain or page and not _lies_on(row, page):
        raise ValueError("no value, or no place")
    return _saved(row)


def _words(text) -> str:
    if not isinstance(text, str) or not text.strip():
        raise TypeError("nobody entered it")
    return text.strip()[:300]


def _lies_on(row, page):
    return row.left >= 0 and row.top >= 0 and row.left + row.width <= page.width and row.top + row.height <= page.height


def _place(number) -> int:
    """A place in a list of the package; one counted from the end was never written by us."""
    if type(number) is not int or number < 0:
        raise IndexError(number)
    return number


def _stand(dossier, there, waits_there, account):
    """How far it has come: never further than there, and not further than our own rules for entering allow."""
    papers = queries.papers_of(dossier)
    waits = min(_waits_for(dossier, papers), waits_there if there == State.ENTERED else DONE)
    if waits == FIRST:
        dossier.state = State.READ
    else:
        dossier.state, dossier.round = (State.CHECKED, waits_there) if waits == DONE else (State.ENTERED, waits)
        dossier.first_entered_by = account
        dossier.second_entered_by = account if waits > SECOND and queries.to_enter(dossier, papers, SECOND) else None
    dossier.save()


def _waits_for(dossier, papers) -> int:
    """The round that our own rules still ask for; the second has to be another person's than the first."""
    for number in (FIRST, SECOND, THIRD):
        if number != FIRST and not queries.to_enter(dossier, papers, number):
            continue
        if number == SECOND and _entered_by(papers, FIRST) & _entered_by(papers, SECOND):
            return SECOND
        try:
            check_finished(dossier, papers, number)
        except Refusal:
            return number
    return DONE


def _entered_by(papers, number) -> set[str]:
    return {row.entered_elsewhere_by for row in queries.newest_of(papers)[number].values()}


def _prove(dossier, said, entered) -> int:
    """Evidence again of a checked dossier, where the register here says today what it proved there; the rest waits to be written in."""
    if dossier.person is None or dossier.state != State.CHECKED:
        return 0
    agreement, wanted = agreement_of(dossier), {(entered[_place(each["entering"])].pk, each["name"]) for each in said}
    proved = 0
    for code, one in agreement.said.items():
        known = agreement.known.get(code)
        rows = [row for row in one.papers if known and same(one.field, row.value, known.value) and row.entering.page_id]
        proved += sum(attach(row, known.row) for row in rows if (row.entering.pk, row.field.proves.partition(".")[2]) in wanted)
    return proved


def _finish(dossier, there, account):
    """Verified where it was verified there, nothing is missing, contradicted or still to be written into the register here."""
    if dossier.state != State.CHECKED:
        return
    if there == State.VERIFIED and _is_in_register(dossier):
        dossier.state, dossier.verified_at = State.VERIFIED, clock.now()
        dossier.save()
        archive_later(dossier, account)
    ask_to_settle(dossier)


def _is_in_register(dossier) -> bool:
    is_known = dossier.person is not None and dossier.category in catalogue().categories
    if not is_known or missing_papers(dossier) or missing_fields(dossier) or agreement_of(dossier).contradictions:
        return False
    try:
        return not list(steps_of(dossier, dossier.person, {}))
    except Refusal:
        return False


def _saved(row):
    row.save(force_insert=True)
    return row


def keep_files(package, alive: Callable[[int, int], None]):
    """Put the files of a package into the cabinet before anything of it is written: that needs no transaction."""
    waiting = {part for part in package.archive.namelist() if part.startswith("files/")}
    total = len(waiting)
    for said in package.dossiers():
        for file in _files_of(said):
            part = f"files/{file['sha256']}"
            if part in waiting:
                waiting.remove(part)
                _store(package, file)
                alive(total - len(waiting), total)


def _files_of(said) -> Iterator[dict]:
    """The files that a dossier's data names; what is no file there is refused later, with its place."""
    rows = ((name, row) for name in ("scans", "papers", "pages") for row in said[name] if isinstance(row, dict))
    named = (row.get({"scans": "file", "papers": "archived", "pages": "screen"}[name]) for name, row in rows)
    yield from (file for file in named if isinstance(file, dict) and isinstance(file.get("sha256"), str))


def _file(package, said):
    """A file of the package; one that is only in our cabinet cannot be named by its digest from outside."""
    if said is None:
        return None
    package.archive.getinfo(f"files/{said['sha256']}")
    return StoredFile.objects.filter(sha256=said["sha256"]).first() or _store(package, said)


def _store(package, said) -> StoredFile:
    with package.archive.open(f"files/{said['sha256']}") as data:
        return store_stream(data, name=str(said.get("name")), content_type=str(said.get("content_type"))[:120])

