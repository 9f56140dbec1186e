"""Evidence: the place on a page attached to each registry row whose value was read there."""
from ansinh.office.act import current_entry

from ..models import Dossier, Evidence
from ..queries.agreement import Agreement
from ..queries.entering import Settled
from ..values import same


def prove(dossier: Dossier, found: Agreement) -> int:
    """Attach every place that carries what the register says now; how many were attached that were not there before."""
    proved = 0
    for code, said in found.said.items():
        known = found.known.get(code)
        carrying = [row for row in said.papers if known and same(said.field, row.value, known.value) and row.entering.page_id]
        proved += sum(attach(row, known.row) for row in carrying)
    return proved


def attach(settled: Settled, row) -> bool:
    """Attach one place to a row of the register; whether it was not attached before."""
    kind, _dot, name = settled.field.proves.partition(".")
    entering = settled.entering
    if Evidence.objects.filter(entering=entering, name=name, recorded_in__undone_by=None).exists():
        return False
    Evidence.objects.create(
        entering=entering, page=entering.page, name=name, value=settled.value, recorded_in=current_entry(),
        checked_by=settled.checked_by, checked_elsewhere_by=settled.checked_elsewhere_by,
        left=entering.left, top=entering.top, width=entering.width, height=entering.height, **{kind: row},
    )
    return True
