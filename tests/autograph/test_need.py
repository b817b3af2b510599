from __future__ import annotations

import math

import numpy as np
import pytest

import eagernb as tf
from eagernb.autograph.need import needs_conversion

LAYERS = [1.0, 2.0]
STEPS = 3
helper = len  # rebound in a test


def user_function(x):
    return x if x > 0 else -x


def operators(x, y):
    return (x @ y + 1.0) ** 2 - x[0] / -y


def library_calls(x):
    y = tf.nn.relu(tf.sin(x)) + np.float32(1.0) * math.pi
    print(y)
    return tf.reduce_sum(y, axis=0)


def loop_over_numbers(x):
    for _ in range(250):
        x = tf.sin(x)
    for _ in range(1, STEPS):
        x = x * x
    for layer in LAYERS:
        x = x * layer
    return x


def plain_helper(x):
    return tf.sin(x) + recursive(x)


def recursive(x):
    return recursive(x * plain_helper(x))


def plain_user_calls(x):
    for _ in range(250):
        x = plain_helper(x)
    return x


def inner_lambda(xs):
    return tf.map_fn(lambda x: tf.sin(x), xs)


def annotated_and_documented(x: int = 3) -> int:
    """Text."""
    y: int = x
    return y


@pytest.mark.parametrize(
    "function",
    [operators, library_calls, loop_over_numbers, inner_lambda, plain_user_calls, recursive, annotated_and_documented],
)
def test_plain_functions_need_nothing(function):
    assert not needs_conversion(function)


def condition(x):
    if x > 0:
        x = -x
    return x


def logic(x, y):
    return x and y


def negation(x):
    return not x


def chain(x):
    return 0 < x < 1


def assertion(x):
    assert x > 0


def loop_over_argument(xs):
    total = 0
    for x in xs:
        total += x
    return total


def loop_over_local_number(n):
    total = 0
    for i in range(n):
        total += i
    return total


def user_call(x):
    return user_function(x)


def user_call_far_away(x):
    return calls_that(x)


def calls_that(x):
    return user_call(x)


def method_of_argument(x):
    return x.run()


def calls_argument(f):
    return f(1)


def converted_builtin(x):
    return len(x)


def inner_ternary(xs):
    return tf.map_fn(lambda x: x if x > 0 else -x, xs)


def calls_rebound(x):
    return helper(x)


@pytest.mark.parametrize(
    "function",
    [condition, logic, negation, chain, assertion, loop_over_argument, loop_over_local_number, user_call,
     user_call_far_away, method_of_argument, calls_argument, converted_builtin, inner_ternary],
)  # fmt: skip
def test_control_flow_and_unknown_calls_need_it(function):
    assert needs_conversion(function)


def test_the_answer_follows_what_names_stand_for(monkeypatch):
    monkeypatch.setitem(globals(), "helper", math.sin)
    assert not needs_conversion(calls_rebound)
    monkeypatch.setitem(globals(), "helper", user_function)
    assert needs_conversion(calls_rebound)
    monkeypatch.setitem(globals(), "STEPS", tf.constant(3))
    assert needs_conversion(loop_over_numbers)
