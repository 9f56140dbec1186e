"""Six filters for everything that is written on a page: money, days, months, shares, spans, bases."""
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html

from ansinh.engine.text.money import dotted

register = template.Library()
MINUS, DASH, THIN = "\u2212", "\u2013", "\u00a0"


@register.filter
def count(value) -> str:
    """A whole number with dots: 17.486; unknown is a dash."""
    if value is None or value == "":
        return DASH
    text = dotted(abs(int(value)))
    return f"{MINUS}{THIN}{text}" if int(value) < 0 else text


@register.filter
def dong(value, form="") -> str:
    """Money in đồng: 4.016.000; ``"+"`` puts a sign before it, ``"đ"`` the unit behind it; nought and unknown are grey."""
    unit = f"{THIN}đ" if "đ" in form else ""
    if value is None or value == "":
        return format_html('<span class="zero">{}</span>', DASH)
    if int(value) == 0:
        return format_html('<span class="zero">0{}</span>', unit)
    plus = f"+{THIN}" if "+" in form and int(value) > 0 else ""
    return f"{plus}{count(value)}{unit}"


@register.filter
def day(value) -> str:
    """A day as dd/mm/yyyy, a moment with its time; unknown is a dash."""
    if not value:
        return DASH
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y")


@register.filter
def month(value: date) -> str:
    """A month as mm/yyyy."""
    return value.strftime("%m/%Y") if value else DASH


@register.filter
def share(value) -> str:
    """A share 0–1 as per cent with one decimal: 97,8 %."""
    return DASH if value is None else f"{value * 100:.1f}{THIN}%".replace(".", ",")


@register.filter
def span(value) -> str:
    """Anything with ``since`` and ``until`` as a span of days, the last one included."""
    until = day(value.until) if value.until else "nay"
    return f"{day(value.since)} {DASH} {until}"


@register.filter
def basis(value) -> str:
    """The words of a legal basis; none is a dash."""
    return value or DASH


@register.filter
def birth(person) -> str:
    """A birth date as precise as it is known: 01/05/1950, 05/1950, 1950 or a dash."""
    shown = {"day": "%d/%m/%Y", "month": "%m/%Y", "year": "%Y"}.get(person.birth_precision)
    return person.birth_on.strftime(shown) if shown and person.birth_on else DASH


@register.filter
def get(mapping, key):
    """A value of a mapping by a key that is known only on the page."""
    return mapping.get(key)


@register.filter
def chip(value) -> str:
    """A state as a shape and a word: a ``Chip``, or plain words."""
    words, tone = getattr(value, "words", value), getattr(value, "tone", "")
    return format_html('<span class="chip {}">{}</span>', tone, words)


@register.filter
def meaning(level: str) -> str:
    """The class of a message box for a message's level."""
    return {"success": "ok", "warning": "warn", "error": "owe"}.get(level, "")


@register.filter
def bare(field) -> str:
    """A form field without the placeholder that a library may have put in; the label stands above it."""
    return field.as_widget(attrs={"placeholder": False})
