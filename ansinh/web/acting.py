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


def act_on_form(request, frame: FormPage, form_class, act: Callable, target: Callable, *, effects=None, initial=None, done="", straight=False):
    """A form that ends in an act: empty, refused (422, everything typed stays), its consequences, done.

    ``act(values)`` writes; ``target(result)`` is where one goes then; ``effects(values)`` gives consequences to confirm,
    ``straight`` away where nothing has to be typed first (then ``form_class`` may be ``None``).
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
        if effects and request.POST.get("confirmed") != "yes":
            return render(request, "web/confirm.html", {"page": _confirmation(request, frame, effects(form.cleaned_data))})
        result = act(form.cleaned_data)
    except Refusal as refusal:
        refused = replace(frame, form=form, refusal=refusal)
        if straight:
            return render(request, "web/confirm.html", {"page": _confirmation(request, refused, effects({}))}, status=refusal.status)
        return render(request, "web/form.html", {"page": refused}, status=refusal.status)
    messages.success(request, done or _("Đã ghi: %(what)s.") % {"what": frame.title})
    return redirect(target(result))


def _confirmation(request, frame, groups):
    kept = tuple((name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name))
    known = {part.name: getattr(frame, part.name) for part in fields(FormPage)}
    return ConfirmPage(**known, groups=groups, kept=kept)
