"""A form that ends in an act: refused with everything typed kept, its consequences shown, then done once."""
from collections.abc import Callable
from dataclasses import fields, replace

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import drafts
from .page import ConfirmPage, FormPage
from .refusal import Refusal

NOT_KEPT = ("csrfmiddlewaretoken", "confirmed")


def act_on_form(
    request, frame: FormPage, form_class, act: Callable, target: Callable, *, effects=None, decide=None, initial=None, done="", straight=False,
):
    """A form that ends in an act: empty, refused (422, everything typed stays), its consequences, done.

    ``act(values)`` writes; ``target(result)`` is where one goes then; ``effects(values)`` gives consequences to confirm
    (``None`` where there is nothing to confirm), ``straight`` away where nothing has to be typed first (then ``form_class``
    may be ``None``). ``decide(values)`` may give a ``Choice`` that is asked beside the consequences; the act gets both.
    """
    form_class = form_class or forms.Form
    if request.method != "POST" and straight:
        return render(request, "web/confirm.html", {"page": _confirmation(request, frame, effects({}))})
    if request.method != "POST":
        form = form_class(initial={**(initial or {}), **drafts.take(request)})
        return render(request, "web/form.html", {"page": replace(frame, form=form)})
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "web/form.html", {"page": replace(frame, form=form)}, status=422)
    try:
        values, is_confirmed = form.cleaned_data, request.POST.get("confirmed") == "yes"
        choice = decide(dict(values)) if decide else None
        asked = choice.form(request.POST if is_confirmed else None) if choice else None
        is_wrong = asked is not None and is_confirmed and not asked.is_valid()
        groups = effects(values) if effects and (is_wrong or not is_confirmed) else None
        if groups is not None:
            page = _confirmation(request, frame, (*groups, *(choice.groups if choice else ())), asked)
            return render(request, "web/confirm.html", {"page": page}, status=422 if is_wrong else 200)
        result = act({**values, **(asked.cleaned_data if asked and is_confirmed else {})})
    except Refusal as refusal:
        refused = replace(frame, form=form, refusal=refusal)
        if straight:
            return render(request, "web/confirm.html", {"page": _confirmation(request, refused, effects({}))}, status=refusal.status)
        return render(request, "web/form.html", {"page": refused}, status=refusal.status)
    messages.success(request, done or _("Đã ghi: %(what)s.") % {"what": frame.title})
    return redirect(target(result))


def _confirmation(request, frame, groups, asked=None):
    left_out = (*NOT_KEPT, *(asked.fields if asked else ()))
    kept = tuple((name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name))
    known = {part.name: getattr(frame, part.name) for part in fields(FormPage)}
    return ConfirmPage(**known | {"form": asked}, groups=groups, kept=kept)
