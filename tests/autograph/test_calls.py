"""Which functions are converted, and which are left alone."""

from __future__ import annotations

import collections
import functools
import json
import logging
import unittest

import numpy as np
import pytest

import eagernb as tf
from eagernb.autograph.convert import convert, do_not_convert
from eagernb.autograph.rules import is_left_alone
from eagernb.core.autograph_status import Status, converted_here, status


def user_function(x):
    return x if x else None


def generator():
    yield 1


class User:
    def method(self):
        pass

    def __call__(self):
        pass


class OfLibrary(tf.Module):
    def own(self):
        pass


class Case(unittest.TestCase):
    def check(self):
        pass


Point = collections.namedtuple("Point", "x y")


@pytest.mark.parametrize("f", [user_function, User().method, User(), OfLibrary().own, lambda: 1], ids=repr)
def test_user_code_is_converted(f):
    assert not is_left_alone(f)


@pytest.mark.parametrize(
    "f",
    [len, int, [].append, np.add, np.mean, json.dumps, functools.lru_cache(user_function), tf.sin, tf.map_fn, User,
     Point, tf.constant(1).numpy, tf.function(user_function), OfLibrary().with_name_scope, generator, Case().check,
     tf.Variable(1).assign, "text".join],
    ids=repr,
)  # fmt: skip
def test_libraries_classes_and_generators_are_left_alone(f):
    assert is_left_alone(f)


def where(x):
    return status() if x else None


def test_conversion_is_known_to_what_is_called():
    assert status() is Status.UNSPECIFIED
    assert convert(where)(1) is Status.ENABLED
    assert convert(lambda x: do_not_convert(where)(1) if x else None)(1) is Status.DISABLED
    assert status() is Status.UNSPECIFIED


def test_status_is_restored_after_an_error():
    def fails(x):
        if x:
            raise KeyError(x)

    with pytest.raises(KeyError):
        convert(fails)(1)
    assert status() is Status.UNSPECIFIED


def test_functions_given_to_others_are_converted_where_their_caller_is():
    assert converted_here(user_function) is user_function
    inside = convert(lambda x: converted_here(user_function) if x else None)(1)
    assert inside is not user_function
    assert inside(3) == 3


def test_nothing_is_converted_twice():
    converted = convert(user_function)
    assert convert(converted) is converted
    assert do_not_convert(do_not_convert(user_function))(1) == 1


def test_code_that_cannot_be_converted_runs_as_it_is_and_says_why(caplog):
    def with_match(x):
        match x:
            case [first, *_]:
                return first
        return x

    with caplog.at_level(logging.WARNING, "eagernb"):
        assert [convert(with_match)(x) for x in ([2, 3], 9)] == [2, 9]
    assert "with_match" in caplog.text
    assert "`match` is not supported" in caplog.text
    assert len(caplog.records) == 1


def test_a_closure_made_again_is_not_converted_again(monkeypatch):
    from eagernb.autograph import transpiler

    made = []
    original = transpiler.ConvertedCode.__init__
    monkeypatch.setattr(transpiler.ConvertedCode, "__init__", lambda self, *a: made.append(1) or original(self, *a))

    def make(limit):
        def clip(x):
            return limit if x > limit else x

        return clip

    assert [convert(make(limit))(10) for limit in (3, 5, 20)] == [3, 5, 10]
    assert len(made) == 1


def test_code_of_functions_that_are_gone_is_forgotten():
    import gc

    from eagernb.autograph.transpiler import _converted

    namespace: dict = {}
    import linecache

    text = "def f(x):\n    return 1 if x else 2\n"
    linecache.cache["<gone>"] = (len(text), None, text.splitlines(keepends=True), "<gone>")
    exec(compile(text, "<gone>", "exec"), namespace)
    convert(namespace["f"])(1)
    before = len(_converted)
    namespace.clear()
    gc.collect()
    assert len(_converted) < before


def inner(x):
    return x if x > 0 else -x


def outer(x):
    return inner(inner(x))


def test_functions_may_have_the_names_that_the_conversion_uses_itself(caplog) -> None:
    assert int(tf.function(outer)(tf.constant(-2))) == 2
    assert not caplog.records
