"""How pages and papers stood before an act arranged them anew is kept, so that each such act is taken back by the journal's undo."""
from contextlib import contextmanager
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office.act import current_entry
from ansinh.web.refusal import Refusal

from ..index import index_pages
from ..models import Entering, Evidence, FormerArrangement, Page, Paper
from .ordering import order_reading, unread, wait_for_reading

# What a machine reads of a page is no arrangement: it is read again.
READ = {"reading", "attempts", "failure", "read_at", "priority", "same_as_id"}
# Whoever changes these changes what can be read on the page.
LOOKS = {"turn", "cut", "part", "kind"}
MODELS = {"papers": Paper, "pages": Page}


@contextmanager
def kept_before(pages, *dossiers):
    """Keep what an act changes of these pages, and of all pages and papers of their dossiers and of these."""
    pages, places = [page.pk for page in pages], [page.dossier for page in pages if page.dossier_id]
    places = list(dict.fromkeys([*dossiers, *places]))
    before = _standing(pages, places)
    yield
    after = _standing(pages, places)
    changes = {name: _differences(before[name], after[name]) for name in MODELS}
    FormerArrangement.objects.create(dossier=next(iter(places), None), changes=changes, changed_in=current_entry())


def put_back(entry):
    """After an undo: pages and papers stand as before the act; refused where somebody has arranged or used them since."""
    former = FormerArrangement.objects.filter(changed_in=entry).first()
    if former is None:
        raise Refusal(_("Việc này ghi từ trước khi cách xếp cũ được giữ lại; làm một việc ngược lại thay cho nó."))
    changes = {name: {int(pk): pair for pk, pair in former.changes[name].items()} for name in MODELS}
    _refuse_arranged_since(changes)
    _refuse_entered_since(changes, entry)
    touched = _dossiers_of(changes)
    for name, model in MODELS.items():
        for pk, (old, new) in changes[name].items():
            if new is None:
                model(pk=pk, **old).save(force_insert=True)
            elif old is not None:
                model.objects.filter(pk=pk).update(**old)
    for name, model in reversed(MODELS.items()):
        model.objects.filter(pk__in=[pk for pk, (old, _new) in changes[name].items() if old is None]).delete()
    _read_again(changes, entry.by)
    for dossier in touched | _dossiers_of(changes):
        unread(dossier)


def refuse_used(pages):
    """What officers entered from a page points to its boxes; those must stay where they are."""
    if Entering.objects.filter(page__in=pages).exists() or Evidence.objects.filter(page__in=pages).exists():
        raise Refusal(_("Trang này đã có ô được nhập hoặc đã làm chứng cứ nên giữ nguyên; quét lại giấy thành trang mới nếu cần."))


def _standing(pages, dossiers) -> dict:
    rows = {"pages": Page.objects.filter(Q(pk__in=pages) | Q(dossier__in=dossiers)), "papers": Paper.objects.filter(dossier__in=dossiers)}
    return {name: {row.pk: _facts(row) for row in found} for name, found in rows.items()}


def _facts(row) -> dict:
    """Everything that a row says, as plain values."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _differences(before, after) -> dict:
    """By row its changed values before and after; a row that came or went is whole on one side and ``None`` on the other."""
    found = {}
    for pk in before.keys() | after.keys():
        old, new = before.get(pk), after.get(pk)
        if old and new:
            changed = [name for name in old if name not in READ and old[name] != new[name]]
            if changed:
                found[pk] = [{name: side[name] for name in changed} for side in (old, new)]
        else:
            found[pk] = [old, new]
    return found


def _refuse_arranged_since(changes):
    for name, model in MODELS.items():
        now = {row.pk: _facts(row) for row in model.objects.select_for_update().filter(pk__in=changes[name])}
        for pk, (old, new) in changes[name].items():
            there = now.get(pk)
            stays = there is None if new is None else there and (old is None or all(there[part] == value for part, value in new.items()))
            if not stays:
                raise Refusal(_("Sau đó trang hoặc giấy này đã được xếp lại lần nữa; hoàn tác lần xếp sau trước."))


def _refuse_entered_since(changes, entry):
    refuse_used([pk for pk, (old, _new) in changes["pages"].items() if old is None or set(old) - {"position"}])
    made = [pk for pk, (old, _new) in changes["papers"].items() if old is None]
    renamed = [pk for pk, (old, new) in changes["papers"].items() if old and new and {"kind", "kind_is_confirmed"} & set(old)]
    entered = Entering.objects.filter(Q(paper__in=made) | Q(paper__in=renamed, entered_in__gt=entry.pk))
    if entered.exists() or Paper.objects.filter(pk__in=renamed).exclude(dossier__first_entered_by=None).exists():
        raise Refusal(_("Giấy này đã được nhập theo loại và các trang hiện nay; hoàn tác lượt nhập trước, hoặc giữ nguyên."))


def _dossiers_of(changes) -> set:
    pages = Page.objects.filter(pk__in=changes["pages"]).exclude(dossier=None).select_related("dossier")
    return {page.dossier for page in pages}


def _read_again(changes, account):
    there = Page.objects.filter(pk__in=changes["pages"]).select_related("dossier", "scan__batch")
    for page in there:
        old, new = changes["pages"][page.pk]
        if new is None or LOOKS & set(old):
            wait_for_reading(page)
            order_reading(page, account)
    index_pages(changes["pages"])  # words of a page that is there no more are taken out
