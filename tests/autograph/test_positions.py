"""Converted code is at the user's own lines: tracebacks, frames and graphs' nodes need no translation."""

from __future__ import annotations

import inspect
import traceback

import pytest

from eagernb.autograph.convert import convert


def marked_line(function, mark):
    lines, first = inspect.getsourcelines(function)
    return first + next(i for i, line in enumerate(lines) if f"# {mark}" in line)


def own_frames(error):
    """Line and function of the traceback's entries in this file, without the test's own."""
    return [(f.lineno, f.name) for f in traceback.extract_tb(error.__traceback__) if f.filename == __file__][1:]


def fails_inside(x):
    y = 0
    while x > 0:  # loop
        x -= 1
        if x == 1:  # branch
            y = (
                1 / 0  # error
            )
    return y


def test_a_traceback_shows_the_users_lines_and_function():
    with pytest.raises(ZeroDivisionError) as caught:
        convert(fails_inside)(3)
    frames = own_frames(caught.value)
    assert frames == [
        (marked_line(fails_inside, "loop"), "fails_inside"),
        (marked_line(fails_inside, "branch"), "fails_inside"),
        (marked_line(fails_inside, "error"), "fails_inside"),
    ]


def test_the_exception_is_the_users_own():
    class Special(Exception):
        def __init__(self, code, more):
            super().__init__(f"{code} {more}")

    def raises(x):
        if x:
            raise Special(1, more=2)

    with pytest.raises(Special, match=r"^1 2$") as caught:
        convert(raises)(1)
    assert own_frames(caught.value)[-1][1] == "raises"


def calls_another(x):
    return helper(x) if x else None  # call


def helper(x):
    if x:
        return [].pop()  # pop


def test_calls_show_both_functions():
    with pytest.raises(IndexError) as caught:
        convert(calls_another)(3)
    assert own_frames(caught.value)[-1] == (marked_line(helper, "pop"), "helper")
    assert own_frames(caught.value)[0] == (marked_line(calls_another, "call"), "calls_another")


def test_every_operator_hides_from_notebook_tracebacks():
    with pytest.raises(ZeroDivisionError) as caught:
        convert(fails_inside)(3)
    trace = caught.value.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if "eagernb" in frame.f_globals["__name__"].partition(".")[0]:
            assert frame.f_locals.get("__tracebackhide__"), frame.f_code.co_qualname
        trace = trace.tb_next


def test_decorated_methods_in_classes_keep_their_lines():
    class Model:
        @staticmethod
        @convert
        def run(
            x,
        ):
            """Text."""
            if x:
                raise ValueError(x)  # raise

    with pytest.raises(ValueError, match="1") as caught:
        Model.run(1)
    assert own_frames(caught.value)[-1][0] == marked_line(Model, "raise")
