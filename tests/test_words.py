"""One Vietnamese word, one English word: law/glossary.yaml, the models and the acts agree."""
import pytest
from django.apps import apps

from ansinh.config.docs import glossary

from .source import acts

ACTS = acts()
OURS = [model for model in apps.get_models() if model.__module__.startswith("ansinh.")]


def in_code():
    return {word["in_code"]: word["vietnamese"] for word in glossary() if "in_code" in word}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_is_called_as_the_glossary_says(model):
    assert in_code().get(model._meta.label) == model._meta.verbose_name


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_called_as_the_glossary_says(name):
    assert in_code().get(name, "").casefold() == str(ACTS[name].label).casefold()


def test_the_glossary_names_nothing_that_is_gone():
    assert set(in_code()) <= {model._meta.label for model in OURS} | set(ACTS)


def test_no_english_word_stands_for_two_things():
    words = [word["english"] for word in glossary()]
    assert len(words) == len(set(words))


def test_no_word_lacks_its_vietnamese():
    assert not [word for word in glossary() if not word.get("vietnamese") or "legal_term" in word and not word["legal_term"]]
