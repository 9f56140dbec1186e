"""Assessment: what every entitlement is owed for every month, less what was posted, as one batch of proposals."""
from django.utils.translation import gettext_lazy as _

from ansinh.engine.law import book
from ansinh.engine.law.book import MERIT
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.actions import close_tasks
from ansinh.payments.actions import replace_batch

from ..own_law import publish
from ..reckoning import law_for, proposals


def _where(*_month, field=MERIT, **_more):
    return "19.", field


@action("benefits.assess", label=_("Tính danh sách tháng"), scope=_where, undoable=False)
def assess(month, *, field=MERIT, on=None):
    """Đợt tính: due less posted for every entitlement of a field and month up to ``month``, by what is known now.

    ``on`` takes the end of that day instead of now (cases, demonstration, what-if). Returns the batch and how many
    proposals were written: the same content as the batch that stands writes none.
    """
    publish()
    known_at, digest = clock.end_of(on) if on else clock.now(), book().digest
    law = law_for(month, on or clock.today(), field)
    close_tasks("benefits.assess", key=f"payments.month:{month:%Y-%m-%d}")
    frames = proposals(month, law, known=known_at if on else None)
    return replace_batch(frames, field=field, month=month, known_at=known_at, law_digest=digest)
