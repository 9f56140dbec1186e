"""Rows as data and back: which columns of each model travel in a package."""
import json

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from ..models import Batch, Dossier, Entering, Evidence, Page, PageText, Paper, Scan, Settlement, Suggestion

COLUMNS = {
    Dossier: (
        "code", "category", "title", "area_path", "field", "state", "sheets_on_paper", "shelf", "retention_years", "registered_at", "lost_on",
        "loss_note", "entered_twice", "round",
    ),
    Batch: ("name", "area_path", "field", "received_at", "sheets_on_paper"),
    Scan: ("name", "position", "size", "page_count"),
    Paper: (
        "position", "kind", "kind_confidence", "kind_is_confirmed", "number", "notation", "issued_on", "issuer", "subject", "reliability",
        "archive_code", "version",
    ),
    Page: ("number", "part", "turn", "cut", "width", "height", "dpi", "kind", "look", "position", "reading", "failure", "read_at"),
    PageText: ("words", "corrections", "confidence", "reader", "cost"),
    Suggestion: ("name", "value", "raw", "confidence", "rule", "left", "top", "width", "height"),
    Entering: ("name", "round", "value", "is_unreadable", "is_as_suggested", "left", "top", "width", "height", "entered_at"),
    Evidence: ("name", "value", "left", "top", "width", "height"),
    Settlement: ("name", "reason"),
}


def told(row) -> dict:
    """A row as plain data, by the columns that travel."""
    return {name: getattr(row, name) for name in COLUMNS[type(row)]}


def made(model, said, **links):
    """A row of data that came from elsewhere, held against every rule of its model; not yet written."""
    known = COLUMNS[model]
    if not isinstance(said, dict) or not set(known) <= set(said):
        raise Refusal(_("Gói hồ sơ thiếu dữ liệu của %(what)s; xuất lại từ nơi gửi.") % {"what": model._meta.verbose_name})
    row = model(**{name: said[name] for name in known}, **links)
    others = [field.name for field in model._meta.fields if field.name not in known]
    try:
        row.clean_fields(exclude=[*others, *(name for name in known if said[name] is None or said[name] == [])])
    except (ValidationError, TypeError, ValueError) as fault:
        raise Refusal(_("Gói hồ sơ có giá trị sai ở %(what)s; xuất lại từ nơi gửi.") % {"what": model._meta.verbose_name}) from fault
    return row


def as_json(said) -> bytes:
    """Plain data as text, the same each time."""
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()
