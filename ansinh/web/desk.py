"""Desks: a list, its records and their verbs as one declaration; four views take it as an argument.

A desk asks ``visible_to`` first, filters through a form, pages by key without counting, and exports what it shows.
"""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import django_filters
from django.db.models import Model, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from . import exports
from .acting import act_on_form
from .cells import Cell, Column, shown
from .keyset import part_of
from .page import Button, Crumb, EffectGroup, FormPage, Page, Pager

LAST = "\U0010ffff"
EXPORTS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}
CHUNK = 2_000


@dataclass(frozen=True)
class Verb:
    """Something that can be done to a record: its act, words, form, when it fits, and what it would change."""

    act: Callable
    label: str
    slug: str
    form: type
    when: Callable[[Model], bool] = lambda record: True
    effects: Callable[[Model, dict], tuple[EffectGroup, ...]] | None = None


@dataclass(frozen=True)
class Desk:
    """A screen as a value. ``may(account, act, record or None)`` is given by the office, whose rights the kit does not know.

    ``rows(account)`` gives what the account may see where the model has no ``visible_to``.
    """

    slug: str
    title: str
    model: type[Model]
    columns: tuple[Column, ...]
    may: Callable
    rows: Callable | None = None
    orders: tuple[str, ...] = ("id",)
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    facts: tuple[Column, ...] = ()
    form: type | None = None
    open: Callable | None = None
    open_label: str = ""
    verbs: tuple[Verb, ...] = ()
    note: str = ""
    nothing: str = ""
    nothing_why: str = ""
    size: int = 50
    record_template: str = "web/record.html"

    def url(self, *rest) -> str:
        return "/".join([reverse(self.slug).rstrip("/"), *map(str, rest)]) + "/"


@dataclass(frozen=True)
class ListPage(Page):
    """A part of a list with its filters, sort links, exports and pager."""

    what: str = ""
    path: str = ""
    columns: tuple = ()
    rows: tuple = ()
    pager: Pager | None = None
    filter_form: object = None
    exports: tuple = ()
    nothing: str = ""
    nothing_why: str = ""


@dataclass(frozen=True)
class RecordPage(Page):
    """One record: its facts and what can be done to it."""

    what: str = ""
    cells: tuple[Cell, ...] = ()
    verbs: tuple[Button, ...] = ()
    record: object = None


def urls(desk: Desk) -> list:
    """The addresses of a desk."""
    found = [path(f"{desk.slug}/", list_view, {"desk": desk}, name=desk.slug)]
    if desk.open:
        found.append(path(f"{desk.slug}/moi/", open_view, {"desk": desk}, name=f"{desk.slug}.new"))
    found.append(path(f"{desk.slug}/<int:pk>/", record_view, {"desk": desk}, name=f"{desk.slug}.record"))
    if desk.verbs:
        found.append(path(f"{desk.slug}/<int:pk>/<slug:verb>/", verb_view, {"desk": desk}, name=f"{desk.slug}.verb"))
    return found


def list_view(request, desk: Desk):
    """Rows the reader may see, filtered, in one of the declared orders; as a page, its rows, or a file."""
    filters = _filter_class(desk)(request.GET, queryset=_visible(desk, request.user))
    rows = filters.qs
    if export := EXPORTS.get(request.GET.get("tai")):
        lines = ([column.value(row) for column in desk.columns] for row in rows.order_by(desk.orders[0], "id").iterator(CHUNK))
        return export(desk.slug, [str(column.label_of(desk.model)) for column in desk.columns], lines)
    order = request.GET.get("xep") if request.GET.get("xep", "").lstrip("-") in desk.orders else desk.orders[0]
    part, last = part_of(rows, order, _number(request.GET.get("sau")), desk.size)
    more = _address(request, sau=last) if last else ""
    return render(request, "web/_rows.html" if request.htmx and not request.htmx.boosted else "web/list.html", {"page": ListPage(
        title=desk.title, note=desk.note, rail=desk.slug, buttons=_open_button(desk, request.user), what=desk.title,
        path=request.path, columns=tuple(_head(desk, column, order, request) for column in desk.columns),
        rows=tuple({"url": desk.url(row.pk), "cells": shown(desk.columns, row)} for row in part),
        pager=Pager(_words(len(part), more), _address(request, sau=None) if request.GET.get("sau") else "", more),
        filter_form=filters.form, exports=tuple(Button(end.upper(), _address(request, tai=end)) for end in EXPORTS),
        nothing=desk.nothing or _("Không có dòng nào."), nothing_why=desk.nothing_why,
    )})


def record_view(request, desk: Desk, pk: int):
    """One record, or 404 where it does not exist for the reader."""
    return render(request, desk.record_template, {"page": record_page(request, desk, pk)})


def record_page(request, desk: Desk, pk: int) -> RecordPage:
    """What a record's page shows, for pages that add to it."""
    record = get_object_or_404(_visible(desk, request.user), pk=pk)
    verbs = (Button(str(verb.label), desk.url(pk, verb.slug)) for verb in _open_verbs(desk, record, request.user))
    return RecordPage(
        title=str(record), rail=desk.slug, crumbs=(Crumb(desk.title, desk.url()),), what=_first_up(desk.model._meta.verbose_name),
        cells=shown(desk.facts or desk.columns, record), verbs=tuple(verbs), record=record,
    )


def open_view(request, desk: Desk):
    """A new record by the desk's opening act."""
    if not desk.may(request.user, desk.open, None):
        raise Http404
    frame = FormPage(title=str(desk.open_label), rail=desk.slug, crumbs=(Crumb(desk.title, desk.url()),), verb=str(desk.open_label), back=desk.url())
    return act_on_form(request, frame, desk.form, lambda values: desk.open(by=request.user, **values), lambda made: desk.url(made.pk))


def verb_view(request, desk: Desk, pk: int, verb: str):
    """One verb on one record: form, then its consequences, then the act."""
    record = get_object_or_404(_visible(desk, request.user), pk=pk)
    found = next((v for v in _open_verbs(desk, record, request.user) if v.slug == verb), None)
    if found is None:
        raise Http404
    crumbs = (Crumb(desk.title, desk.url()), Crumb(str(record), desk.url(pk)))
    frame = FormPage(title=f"{found.label}: {record}", rail=desk.slug, crumbs=crumbs, verb=str(found.label), back=desk.url(pk))
    effects = (lambda values: found.effects(record, values)) if found.effects else None
    return act_on_form(
        request, frame, found.form, lambda values: found.act(record, by=request.user, **values), lambda _done: desk.url(pk), effects=effects,
    )


@cache
def _filter_class(desk):
    def find(_filters, rows, _name, value):
        condition = Q()
        for field in desk.search:
            condition |= Q(**{f"{field}__gte": value, f"{field}__lt": value + LAST})
        return rows.filter(condition)

    box = {"q": django_filters.CharFilter(method="find", label=_("Tìm")), "find": find} if desk.search else {}
    meta = type("Meta", (), {"model": desk.model, "fields": list(desk.filters)})
    return type("Filters", (django_filters.FilterSet,), {**box, "Meta": meta})


def _visible(desk, account):
    relations = [column.relation for column in desk.columns if column.relation]
    seen = desk.rows(account) if desk.rows else desk.model.objects.visible_to(account)
    return seen.select_related(*relations)


def _open_verbs(desk, record, account):
    return [verb for verb in desk.verbs if verb.when(record) and desk.may(account, verb.act, record)]


def _open_button(desk, account):
    if not desk.open or not desk.may(account, desk.open, None):
        return ()
    return (Button(str(desk.open_label), desk.url("moi"), solid=True),)


def _head(desk, column, order, request):
    """A column's head; one that is a declared order links to itself, the second time backwards."""
    label, here = column.label_of(desk.model), order.lstrip("-") == column.name
    if column.name not in desk.orders:
        return {"label": label, "is_number": column.is_number}
    turned = f"-{column.name}" if here and not order.startswith("-") else column.name
    sorted_by = ("descending" if order.startswith("-") else "ascending") if here else ""
    return {"label": label, "is_number": column.is_number, "sort_url": _address(request, xep=turned, sau=None), "sorted": sorted_by}


def _address(request, **changes):
    """This address with some of its questions changed; ``None`` leaves one out."""
    asked = request.GET.copy()
    for name, value in {"tai": None, **changes}.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"{request.path}?{asked.urlencode()}"


def _first_up(words):
    return f"{words[:1].upper()}{words[1:]}"


def _words(shown_rows, more):
    words = _("%(n)s dòng") % {"n": shown_rows}
    return f"{words}, {_('còn nữa')}" if more else words


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() else None
