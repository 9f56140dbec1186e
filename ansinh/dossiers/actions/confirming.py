"""A checked dossier is written into the register by the registry's own acts, each value with the place that proves it."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

from ..models import Dossier
from ..queries.agreement import agreement_of, missing_fields, missing_papers
from .archiving import archive_later
from .proving import prove
from .steps import steps_of

State = Dossier.State
NO_ONE = gettext_lazy("Chưa biết hồ sơ này của ai trong sổ; chọn người, hoặc ghi người mới.")


def _unconfirm(entry):
    """After the undo of the inner acts: the dossier waits again, and belongs to nobody where it named a new person."""
    dossier = Dossier.objects.get(pk=int(entry.key.partition(":")[2]))
    dossier.state, dossier.verified_at = State.CHECKED, None
    dossier.person = None if entry.facts.get("is_new") else dossier.person
    dossier.save(update_fields=["state", "verified_at", "person"])


@action("dossiers.confirm", label=gettext_lazy("Ghi hồ sơ vào sổ"), undo=_unconfirm, private=("facts",))
def confirm(dossier: Dossier, *, is_new: bool = False, facts: dict | None = None, by) -> Dossier:
    """Ghi hồ sơ vào sổ: all that was checked and is not in the register yet, in one act; verified, and archived, where nothing is missing."""
    dossier.refresh_from_db()
    refuse_unready(dossier, is_new)
    person = dossier.person
    for step in steps_of(dossier, person, facts or {}, is_new=is_new):
        done = step.call(person, by)
        person = done if isinstance(done, Person) else person
        person.refresh_from_db()
    dossier.person, dossier.area_path = person, person.area_path
    proved = prove(dossier, agreement_of(dossier, person))
    if dossier.state == State.VERIFIED and not proved:
        raise Refusal(_("Hồ sơ %(code)s đã ở trong sổ; không có gì mới để ghi.") % {"code": dossier.code})
    if not missing_papers(dossier) and not missing_fields(dossier):
        dossier.state, dossier.verified_at = State.VERIFIED, clock.now()
    dossier.save(update_fields=["person", "area_path", "state", "verified_at"])
    if dossier.state == State.VERIFIED:
        archive_later(dossier, by)
    return dossier


def refuse_unready(dossier: Dossier, is_new: bool):
    """Only a checked dossier without contradictions, of a known or a new person, is written into the register."""
    said = {"code": dossier.code}
    if dossier.state not in (State.CHECKED, State.VERIFIED):
        raise Refusal(_("Hồ sơ %(code)s chưa nhập và đối chiếu xong; làm xong ở bàn đọc trước.") % said)
    if dossier.person is None and not is_new:
        raise Refusal(NO_ONE)
    if dossier.person is not None and is_new:
        raise Refusal(_("Hồ sơ %(code)s đã nối với một người trong sổ; không ghi người mới.") % said)
    if found := agreement_of(dossier).contradictions:
        fields = ", ".join(one.field.title for one in found)
        raise Refusal(_("Hồ sơ %(code)s còn mâu thuẫn ở: %(fields)s; chọn giá trị đúng trước.") % {**said, "fields": fields})


