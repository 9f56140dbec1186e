"""What dossiers do when the registry learns something: they are found where their person is."""
from ansinh.office.act import current_entry, reacts_to
from ansinh.office.models import Entry

from .actions.following import follow, follow_later
from .actions.settling import ask_to_settle
from .models import Dossier

PERSON = "registry.person:"


@reacts_to("registry.correct_death")
@reacts_to("registry.correct_particulars")
@reacts_to("registry.move")
@reacts_to("registry.record_death")
def follow_person(_row, person, **_said):
    """A person who is found elsewhere takes the dossiers along."""
    follow([person.pk])


@reacts_to("registry.follow_areas")
def follow_units(_moved, **_said):
    """Where units were merged, dossiers follow the persons who followed the merger."""
    follow()


@reacts_to("registry.apply_import")
def follow_import(_none, import_, **_said):
    """An import may move many persons; it is followed when it was written."""
    follow_later(import_, current_entry().by)


@reacts_to("registry.undo_import")
def follow_back(_none, _import, **_said):
    """Persons whom an undone import had moved are where they were, and so are their dossiers."""
    follow()


@reacts_to("office.undo")
def follow_undo(_none, entry, **_said):
    """A move that is undone brings the dossiers back too."""
    keys = [part.key for part in _parts(entry) if part.key.startswith(PERSON)]
    if persons := [int(key.removeprefix(PERSON)) for key in keys if key.removeprefix(PERSON).isdecimal()]:
        follow(persons)


@reacts_to("dossiers.correct_dossier")
def ask_about_person(dossier, *_subject, **_said):
    """A checked dossier that is given a person may contradict what the register says of them."""
    if dossier.state == Dossier.State.CHECKED:
        ask_to_settle(dossier)


def _parts(entry: Entry):
    yield entry
    for child in entry.children.all():
        yield from _parts(child)
