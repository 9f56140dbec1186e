"""States of dossiers and batches as a shape and a word, the same on every page."""
from django.utils.translation import gettext_lazy as _

from ansinh.web.page import Chip

from .models import Batch, Dossier, Scan

State = Dossier.State
CHIPS = {
    State.REGISTERED: Chip(_("Đã ghi sổ")), State.SCANNED: Chip(_("Đã quét"), "half"), State.READ: Chip(_("Đã đọc"), "half"),
    State.ENTERED: Chip(_("Đã nhập"), "half now"), State.CHECKED: Chip(_("Đã đối chiếu"), "half now"), State.VERIFIED: Chip(_("Đã xác minh"), "ok"),
}
BATCHES = {
    Batch.State.RECEIVING: Chip(_("Đang nhận tệp"), "half"), Batch.State.SORTING: Chip(_("Đang tách trang"), "half"),
    Batch.State.SORTED: Chip(_("Đã tách trang"), "ok"), Batch.State.DISCARDED: Chip(_("Đã bỏ"), "hold"),
}
SCANS = {
    Scan.Outcome.RECEIVING: Chip(_("Đang nhận"), "half"), Scan.Outcome.WAITING: Chip(_("Chờ tách trang"), "half"),
    Scan.Outcome.TAKEN: Chip(_("Đã tách trang"), "ok"), Scan.Outcome.DUPLICATE: Chip(_("Trùng tệp đã có"), "warn"),
    Scan.Outcome.REFUSED: Chip(_("Không nhận được"), "owe bad"),
}


def chip_of(dossier: Dossier) -> Chip:
    """How far a dossier has come."""
    return CHIPS[dossier.state]
