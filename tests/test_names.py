"""Data names code: every act that data names exists, is allowed to someone, and is told in the journal by one name."""
import ast
from fnmatch import fnmatchcase

import pytest

from ansinh.office.act import REACTIONS
from ansinh.office.rights import roles

from .source import acts, sources

ACTS = acts()


def test_two_acts_never_share_a_name():
    """The decorator refuses it when code is read; this looks at code that is not read as well."""
    named = [call.args[0].value for source in sources() for call in ast.walk(source.tree) if _is_action(call)]
    assert sorted(named) == sorted(set(named))


def _is_action(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "action" and bool(node.args)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_named_after_the_module_it_stands_in(name):
    assert ACTS[name].call.__module__.startswith(f"ansinh.{name.split('.')[0]}.")


@pytest.mark.parametrize("name", ACTS)
def test_an_act_has_words_and_a_sentence_of_help(name):
    assert ACTS[name].label
    assert ACTS[name].help


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_allowed_to_some_role(name):
    assert [code for code, role in roles().items() if any(fnmatchcase(name, pattern) for pattern in role["acts"])]


@pytest.mark.parametrize("pattern", sorted({pattern for role in roles().values() for pattern in role["acts"]}))
def test_what_a_role_may_do_exists(pattern):
    assert [name for name in ACTS if fnmatchcase(name, pattern)]


@pytest.mark.parametrize("name", sorted(REACTIONS))
def test_what_a_reaction_hears_is_an_act(name):
    assert name in ACTS
