"""Dated rows: what was true from when until when, and when the office believed it.

A row is a sentence: a change withdraws some rows and records their successors, nothing is overwritten.
Called from acts only. "Known on D" means recorded before midnight after D and not withdrawn by then.
"""
from datetime import date, datetime, timedelta

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ansinh.web.refusal import Refusal

from . import clock
from .act import current_entry
from .append_only import AppendOnly
from .models import Entry

EARLIEST = date(1900, 1, 1)


class DatedQuerySet(models.QuerySet):
    def current(self):
        """Rows that the office believes now."""
        return self.filter(withdrawn_at=None)

    def known(self, moment: datetime | date | None = None):
        """Rows that the office believed at a moment (a day means its end); ``None`` is now."""
        if moment is None:
            return self.current()
        if not isinstance(moment, datetime):
            moment = clock.end_of(moment)
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment), recorded_at__lt=moment)

    def on(self, day: date, known: datetime | date | None = None):
        """Rows true on a day, as known then or now: at most one a subject and kind."""
        return self.known(known).filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def touching(self, since: date, until: date | None):
        """Current rows that share a day with the span; ``until`` None is open."""
        rows = self.current().filter(Q(until=None) | Q(until__gte=since))
        return rows if until is None else rows.filter(since__lte=until)


class Dated(AppendOnly):
    """What a dated row holds besides its values; the child names ``subject_fields``, within which rows never overlap."""

    once = ("withdrawn_at", "withdrawn_in")
    subject_fields: tuple[str, ...] = ()

    since = models.DateField(_("đúng từ"))
    until = models.DateField(_("đến hết"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("biết từ"))
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True)
    recorded_in = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("ghi ở"))
    withdrawn_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("rút ở"))

    objects = DatedQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="%(class)s_ends_after_start"
            )
        ]

    def subject(self) -> dict:
        """The values that say of whom and of what kind this row is."""
        return {name: getattr(self, self._meta.get_field(name).attname) for name in self.subject_fields}

    def values(self) -> dict:
        """Everything the row says, without its identity and its two axes of knowledge."""
        kept = (f.attname for f in self._meta.concrete_fields if f.name not in BOOKKEEPING)
        return {name: getattr(self, name) for name in kept}


BOOKKEEPING = {"id", "recorded_at", "withdrawn_at", "recorded_in", "withdrawn_in"}


def record(model: type[Dated], *, since: date, until: date | None = None, **values) -> Dated:
    """Record one row; refused where a current row of the same subject and kind shares a day with it."""
    if until is not None and until < since:
        raise Refusal(_("Ngày kết thúc %(until)s trước ngày bắt đầu %(since)s.") % {"until": f"{until:%d/%m/%Y}", "since": f"{since:%d/%m/%Y}"})
    row = model(since=since, until=until, recorded_at=clock.now(), recorded_in=current_entry(), **values)
    _alone(model, row.subject())
    if clash := model.objects.filter(**row.subject()).touching(since, until).first():
        raise Refusal(_("Đã có dòng ghi cho khoảng %(span)s; sửa dòng đó thay vì ghi thêm.") % {"span": _span(clash)})
    row.save(force_insert=True)
    return row


def _alone(model, subject):
    """Let one transaction at a time look for clashes of a subject; on SQLite every act holds the one write lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{model._meta.db_table} {subject}"])


def withdraw(row: Dated):
    """Stop believing a row; refused where someone else withdrew it first, naming what they recorded instead."""
    entry = current_entry()
    open_row = type(row).objects.filter(pk=row.pk, withdrawn_at=None)
    if not open_row.update(withdrawn_at=clock.now(), withdrawn_in=entry):
        raise Refusal(_("Dòng %(span)s vừa được người khác sửa; mở lại trang để xem bản mới, nội dung đang gõ được giữ.") % {"span": _span(row)})


def restate(row: Dated, **changes) -> Dated:
    """Withdraw one row and record its successor with these values changed."""
    withdraw(row)
    return record(type(row), **{**row.values(), **_by_column(type(row), changes)})


def change(model: type[Dated], subject: dict, *, since: date, until: date | None = None, **values) -> list[Dated]:
    """Say ``values`` of the subject for a span: every current row that touches it is cut, the span is recorded once.

    Values not named are taken from the row that was in force on ``since`` (or the first one touched).
    """
    touched = list(model.objects.filter(**subject).touching(since, until).order_by("since"))
    kept = touched[0].values() if touched else _by_column(model, subject)
    for row in touched:
        withdraw(row)
    recorded = [record(model, **{**kept, **_by_column(model, values), "since": since, "until": until})]
    for row in touched:
        recorded += _remains(model, row, since, until)
    return recorded


def until_next(model: type[Dated], subject: dict, *, since: date) -> date | None:
    """The last day before the next row already known of the subject; ``None`` where nothing follows."""
    starts = model.objects.current().filter(**subject, since__gt=since).order_by("since")
    following = starts.values_list("since", flat=True).first()
    return following and following - timedelta(days=1)


def clashing(model: type[Dated], **narrowed) -> DatedQuerySet:
    """Current rows that share a day with another current row of the same subject and kind; there should be none."""
    same = {name: OuterRef(name) for name in model.subject_fields}
    last_day = Coalesce(OuterRef("until"), Value(date.max), output_field=models.DateField())
    others = model.objects.current().filter(**same).exclude(pk=OuterRef("pk"))
    sharing = others.filter(Q(until=None) | Q(until__gte=OuterRef("since")), since__lte=last_day)
    return model.objects.current().filter(Exists(sharing), **narrowed)


def _by_column(model, values) -> dict:
    """Values under their column's name (``area`` → ``area_id``), as ``Dated.values`` gives them."""
    plain = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        plain[field.attname] = value.pk if isinstance(value, models.Model) else value
    return plain


def _remains(model, row, since, until):
    """What of a cut row lies before and after the span."""
    if row.since < since:
        yield record(model, **{**row.values(), "until": since - timedelta(days=1)})
    if until is not None and (row.until is None or row.until > until):
        yield record(model, **{**row.values(), "since": until + timedelta(days=1)})


def dated_models() -> list[type[Dated]]:
    """Every concrete dated model of the installed modules."""
    return [model for model in _concrete(Dated) if model._meta.app_config]


def _concrete(model):
    for child in model.__subclasses__():
        if child._meta.abstract:
            yield from _concrete(child)
        else:
            yield child


def undo_rows(entry: Entry):
    """Withdraw what an entry recorded and record again what it withdrew; refused where someone has built on it since."""
    found = {model: _standing_rows(model, entry) for model in dated_models()}
    built_on = [row for rows in found.values() for row in rows if row.withdrawn_at is not None]
    if built_on:
        shown = "; ".join(f"{row._meta.verbose_name} {_span(row)}" for row in built_on[:5])
        raise Refusal(_("Không hoàn tác được vì đã có thay đổi sau đó: %(rows)s. Hoàn tác các thay đổi ấy trước.") % {"rows": shown})
    for model, rows in found.items():
        for row in rows:
            withdraw(row)
        for row in model.objects.filter(withdrawn_in=entry).exclude(recorded_in=entry).order_by("since"):
            record(model, **row.values())


def _standing_rows(model, entry):
    """The rows by which what an entry recorded stands today: a later change that was itself undone does not count."""
    rows = model.objects.filter(recorded_in=entry).exclude(withdrawn_in=entry).select_related("withdrawn_in__undone_by")
    return [_standing(row) for row in rows]


def _standing(row):
    while row.withdrawn_in_id and (undone := getattr(row.withdrawn_in, "undone_by", None)):
        again = type(row).objects.filter(recorded_in=undone, since=row.since, **row.subject())
        row = again.select_related("withdrawn_in__undone_by").first() or row
        if row.recorded_in_id != undone.pk:
            return row
    return row


def _span(row) -> str:
    until = f"{row.until:%d/%m/%Y}" if row.until else _("nay")
    return f"{row.since:%d/%m/%Y} – {until}"
