"""Every door needs a key: pages, rows, acts and the command line."""
from datetime import date
from inspect import Parameter, signature
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from ansinh.benefits import actions as benefits
from ansinh.cli import main
from ansinh.cli.verbs import VERBS, Needs
from ansinh.documents.models import Letter
from ansinh.payments import actions as payments
from ansinh.payments.models import ListRun, RecoveryCase
from ansinh.registry import actions as registry
from ansinh.registry.models import ImportRow
from ansinh.web.refusal import Forbidden

from .people import COMMUNE
from .source import acts

ACTS = acts()

# What a visitor may open without having signed in, by name of address.
# ``public_check``: whoever was handed a letter or an extract has no account; the page says nothing of whom it is about.
PUBLIC_PAGES = {"account_login", "account_logout", "account_inactive", "public_check"}
# What the library for signing in brings along and does not exist here.
WALLED_UP = {"account_signup"}
# Acts whose place is looked up by the value itself.
VALUES = {"kind_name": "persons", "category": "wounded", "area_path": COMMUNE, "folder": "05920/may-quet"}
# What runs without an account: these show no person.
PUBLIC_VERBS = {"demo", "serve", "worker", "doctor", "migrate", "index", "template", "cases", "verify law", "verify files", "account create"}
EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
GUARDED_MODELS = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]


def every_address(patterns=None, before=""):
    """Address and name of every page, with an example in place of each variable."""
    for pattern in patterns or get_resolver().url_patterns:
        route = before + _with_examples(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name or route, f"/{route}"
        else:
            yield from every_address(pattern.url_patterns, route)


def _with_examples(pattern):
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", EXAMPLES.get(kind, "x")).replace(f"<{name}>", "x")
    return route


KEYED = [pytest.param(address, id=name) for name, address in every_address() if name not in PUBLIC_PAGES | WALLED_UP]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", KEYED)
def test_no_page_opens_without_signing_in(client, db, address, method):
    answer = getattr(client, method)(address)
    assert answer.status_code in (302, 403, 405)
    assert answer.status_code != 302 or "/dang-nhap/" in answer.url


@pytest.mark.parametrize("address", KEYED)
def test_every_page_has_a_way_in_that_asks_for_the_key(client, db, address):
    assert {client.get(address).status_code, client.post(address).status_code} != {405}


@pytest.mark.parametrize("address", [address for name, address in every_address() if name in WALLED_UP])
def test_nobody_signs_up(client, db, address):
    assert client.get(address).status_code == 404


@pytest.fixture
def rows_of_every_kind(lan_is_paid, lan_finding, lan_dossier_in_use, officer, accountant):
    """Something of Tân Kim in every table whose rows not everyone may see."""
    payments.reconcile([lan_is_paid], answers=[payments.Answer(lan_is_paid.number, 1, paid=True)], by=accountant)
    import_ = registry.upload_import("persons", data=b"STT", name="tan-kim.csv", area_path=COMMUNE, by=officer)
    ImportRow.objects.create(of_import=import_, sheet=0, row=2, outcome=ImportRow.Outcome.NEW, values={})
    lan = lan_is_paid.lines.get().person
    RecoveryCase.objects.create(person=lan, field="merit", opened_on=date(2023, 6, 1), opened_in=lan_is_paid.proposed_in)
    Letter.objects.create(
        kind="slip", series="PB", year=2023, number=1, symbol="01/PB", code="VB-1", person=lan, field="merit", signed_on=date(2023, 6, 1), signer=officer,
        template=import_.file, file=import_.file, values={}, issued_in=lan_is_paid.proposed_in,
    )
    ListRun.objects.create(
        kind="export", field="merit", month=date(2023, 6, 1), area_path=COMMUNE, contents={}, people=1, amount=1, ordered_in=lan_is_paid.proposed_in
    )
    registry.add_identifier(lan, kind="file", number="TB-00161", since=date(2010, 1, 1), source="Sổ", by=officer)
    benefits.give_food(
        "disaster", name="Bão số 3", number="QĐ 1", signed_on=date(2023, 6, 1), since=date(2023, 6, 1), months=1, area_path=COMMUNE,
        numbers=("TB-00161",), people=1, by=officer,
    )
    registry.record_marriage(lan, on=date(1975, 5, 1), source="Giấy chứng nhận kết hôn 4", by=officer)
    registry.record_death(lan, on=date(2023, 6, 2), source="Trích lục khai tử 14", by=officer)


@pytest.mark.parametrize("model", GUARDED_MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_there_for_the_officer_of_its_place_and_for_nobody_else(rows_of_every_kind, officer, neighbour, nobody, model):
    ours = model._default_manager.visible_to(officer)
    assert ours.exists()
    assert not set(ours) & set(model._default_manager.visible_to(neighbour))
    assert not model._default_manager.visible_to(nobody).exists()


class Anything(SimpleNamespace):
    """Something that an act could be about, in the commune of the tests, also where it takes several."""

    area_path, field, pk = COMMUNE, "", 1

    @property
    def person(self):
        return Anything()

    def __iter__(self):
        yield Anything()


def arguments_of(act, values):
    wanted = [p for p in signature(act.call).parameters.values() if p.default is Parameter.empty and p.name != "by"]
    keywords = {p.name: values.get(p.name, Anything()) for p in wanted if p.kind is Parameter.KEYWORD_ONLY}
    return [values.get(p.name, Anything()) for p in wanted if p.kind is Parameter.POSITIONAL_OR_KEYWORD], keywords


@pytest.mark.parametrize("name", ACTS)
def test_no_act_is_open_to_an_account_without_rights(nobody, areas, name):
    subjects, values = arguments_of(ACTS[name], VALUES | {"area": areas[COMMUNE]})
    with pytest.raises(Forbidden):
        ACTS[name].call(*subjects, **values, by=nobody)


def command_of(verb):
    """The shortest command line that the parser takes for a verb."""
    examples = {"month": "2023-10", "day": "2023-10-26", "Path": "x", "str": "x"}
    line = verb.words.split()
    for names, settings in verb.arguments:
        example = examples.get(getattr(settings.get("type"), "__name__", "str"), "1")
        if not names[0].startswith("-"):
            line.append(example)
        elif settings.get("required"):
            line += [names[0], example]
    return line


def test_only_the_named_verbs_run_without_an_account():
    assert {verb.words for verb in VERBS if verb.needs < Needs.ACCOUNT} == PUBLIC_VERBS


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.needs >= Needs.ACCOUNT], ids=lambda verb: verb.words)
def test_a_verb_that_shows_persons_or_writes_is_refused_without_an_account(db, capsys, monkeypatch, verb):
    monkeypatch.delenv("ANSINH_AS", raising=False)
    assert main(command_of(verb)) == 1
    assert "cần một tài khoản" in capsys.readouterr().err
