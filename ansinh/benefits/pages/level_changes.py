"""Đổi mức theo tuổi: the people of a commune whose amount changes in a month, with the letter for each, and the way to close the task."""
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.kinds import kinds
from ansinh.documents.models import Letter
from ansinh.office import rights
from ansinh.web.composed import address_of, place_names
from ansinh.web.page import Crumb, Page
from ansinh.web.refusal import Refusal

from ..actions import finish_level_changes
from ..level_changes import ABOUT
from ..level_tasks import FINISH, changes_of, task_of
from ..models import Entitlement

SHOWN = 200


class DoneForm(forms.Form):
    """What was done about those for whom no letter is issued here."""

    note = forms.CharField(
        label=gettext_lazy("Đã làm gì, theo giấy tờ nào"), max_length=200, widget=forms.TextInput({"class": "whole"}),
        help_text=gettext_lazy("Khi quyết định đã ký ở nơi khác, hoặc không cần quyết định. Phát hành đủ văn bản ở đây thì việc tự đóng."),
    )


def level_changes_page(request, number: str):
    """Ai đổi mức, từ tháng nào, bao nhiêu, đã có quyết định chưa."""
    task = task_of(f"{ABOUT}s:{number}")
    if task is None or not rights.may(request.user, FINISH, task.area_path, task.field):
        raise Http404
    refusal, form = None, DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_level_changes(task, note=form.cleaned_data["note"], by=request.user)
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("Đã ghi xong: %(what)s.") % {"what": task.title})
            return redirect(reverse("tasks"))
    month, place = date.fromisoformat(task.facts["month"]), place_names([task.area_path])[task.area_path]
    page = Page(
        title=_("Đổi mức theo tuổi từ tháng %(month)s: %(place)s") % {"month": f"{month:%m/%Y}", "place": place}, rail="tasks", refusal=refusal,
        crumbs=(Crumb(_("Việc cần làm"), reverse("tasks")),), content=_rows(task, request.user),
        note=_("Danh sách tháng ấy tự tính theo mức mới; ở đây chỉ còn quyết định và báo cho người hưởng."),
    )
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "benefits/level_changes.html", {"page": page, "form": form}, status=status)


def _rows(task, account):
    changes = changes_of(task)
    seen = set(Entitlement.objects.visible_to(account).filter(pk__in=[change.entitlement.pk for change in changes]).values_list("pk", flat=True))
    letters = {letter.about: letter for letter in Letter.objects.standing().filter(about__in=[change.about for change in changes])}
    return [_row(change, letters.get(change.about)) for change in changes if change.entitlement.pk in seen][:SHOWN]


def _row(change, letter):
    person = change.entitlement.person
    new = f"{reverse('letter.issue', args=[person.pk, kinds()['change'].slug])}?tu={change.about}"
    return {
        "change": change, "person": person, "person_url": address_of(f"registry.person:{person.pk}"), "difference": change.after - change.before,
        "url": reverse("entitlement", args=[change.entitlement.pk]), "letter": letter, "new": new,
        "letter_url": letter and reverse("letter", args=[letter.pk]),
    }
