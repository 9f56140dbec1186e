"""A person's dossiers are found where the person is; what moved many persons at once is followed in one go."""
import time

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy

from ansinh.office import bulk, jobs
from ansinh.office.act import action
from ansinh.office.models import Job
from ansinh.registry.models import Import, Person

from ..index import index_dossiers
from ..models import Dossier

NAME = "dossiers.follow_persons"
PAUSE = 10


def follow(persons=None):
    """Put dossiers where their persons are today: of these persons, or of all; what has no place any more stays."""
    astray = Dossier.objects.exclude(person=None).exclude(person__area_path="").exclude(area_path=F("person__area_path"))
    astray = astray if persons is None else astray.filter(person__in=persons)
    where = Person.objects.filter(pk=OuterRef("person_id")).values("area_path")
    moved = list(astray.values_list("pk", flat=True))
    Dossier.objects.filter(pk__among=bulk.Values(moved)).update(area_path=Subquery(where))
    index_dossiers(moved)
    return len(moved)


@action("dossiers.follow_persons", label=gettext_lazy("Chuyển hồ sơ theo người"), undoable=False)
def follow_persons(import_: Import) -> int:
    """Chuyển hồ sơ theo người: after an import moved persons their dossiers are found where they are."""
    return follow()


@jobs.runs(NAME)
def run_follow(job: Job) -> str:
    """The work after an import; while that is still being written it stands behind it in the queue again."""
    import_ = Import.objects.get(pk=job.args["import_id"])
    if import_.state == Import.State.APPROVED:
        time.sleep(PAUSE)
        follow_later(import_, job.by)
    elif import_.state == Import.State.APPLIED:
        follow_persons(import_, by=job.by)
    return ""


def follow_later(import_: Import, by):
    """Order the work after an import."""
    place = {"area_path": import_.area_path, "field": import_.field}
    jobs.enqueue(NAME, by=by, key=f"registry.import:{import_.pk}", **place, import_id=import_.pk)
