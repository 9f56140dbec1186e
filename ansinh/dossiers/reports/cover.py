"""Cover sheets and separators, printed to be laid among the papers before they are scanned. / Tờ bìa lô, tờ ngăn."""
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import segno
from django.utils.translation import gettext as _

from ansinh import web
from ansinh.office.typesetting import typeset
from ansinh.registry.models import Area
from ansinh.web.refusal import Refusal

from ..catalogue import catalogue
from ..intake.cover import SEPARATOR, cover_payload
from ..models import Dossier

HERE = Path(__file__).parent
FONTS = Path(web.__file__).with_name("fonts")
# A fixed moment keeps the bytes the same each time.
MADE = datetime(2021, 1, 1, tzinfo=UTC)
MOST_AT_ONCE = 500


def cover_sheets(dossiers: Iterable[Dossier]) -> bytes:
    """Tờ bìa lô: one sheet for each dossier, with its code as QR and for people; PDF."""
    dossiers = list(dossiers)
    if not 0 < len(dossiers) <= MOST_AT_ONCE:
        raise Refusal(_("Chọn từ 1 đến %(most)d hồ sơ để in tờ bìa.") % {"most": MOST_AT_ONCE})
    names = dict(Area.objects.filter(path__in={dossier.area_path for dossier in dossiers}).values_list("path", "name"))
    return _printed([_cover(dossier, names.get(dossier.area_path, "")) for dossier in dossiers])


def separator_sheet() -> bytes:
    """Tờ ngăn: laid between two papers of a dossier; copied as often as needed; PDF."""
    return _printed([{"kind": "separator", "code": _qr(SEPARATOR)}])


def _cover(dossier, commune):
    known = catalogue().categories.get(dossier.category)
    return {
        "kind": "cover", "code": _qr(cover_payload(dossier.code)), "number": dossier.code, "title": dossier.title,
        "category": known.title if known else dossier.category, "commune": commune, "shelf": dossier.shelf,
        "sheets": str(dossier.sheets_on_paper or ""),
    }


def _qr(payload: str) -> list[str]:
    """The rows of a QR code, dark as 1; a good part of it may be damaged and it is still read."""
    return ["".join(map(str, row)) for row in segno.make_qr(payload, error="h").matrix]


def _printed(sheets) -> bytes:
    said = json.dumps({"sheets": sheets}, ensure_ascii=False)
    return typeset(HERE / "cover.typ", [{"said": said}], fonts=FONTS, made=MADE, standard=None)[0]

