"""tf.print: where it prints to."""

import contextlib
import io
import sys
from pathlib import Path

import pytest

import eagernb as tf


def test_prints_to_standard_error_as_it_is_at_that_moment(capsys: pytest.CaptureFixture[str]) -> None:
    f = tf.function(lambda x: tf.print("x:", x))
    f(tf.constant(1))
    redirected = io.StringIO()
    with contextlib.redirect_stderr(redirected):
        f(tf.constant(2))
    assert capsys.readouterr().err == "x: 1\n"
    assert redirected.getvalue() == "x: 2\n"


def test_prints_to_other_streams(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tf.print("a", output_stream=sys.stdout)
    tf.print("b", output_stream=20)
    own = io.StringIO()
    tf.print("c", output_stream=own)
    tf.print("d", output_stream=f"file://{tmp_path}/d")
    captured = capsys.readouterr()
    assert (captured.out, captured.err, own.getvalue()) == ("a\n", "INFO: b\n", "c\n")
    assert (tmp_path / "d").read_text() == "d\n"


def test_dict_order_of_insertion_and_of_keys_do_not_mix_up() -> None:
    from collections import OrderedDict

    own = io.StringIO()
    tf.print(OrderedDict(b=tf.constant(1), a=tf.constant(2)), {"b": tf.constant(1), "a": tf.constant(2)},
             output_stream=own)  # fmt: skip
    # An OrderedDict is shown as this Python shows it: 3.12 changed that.
    assert own.getvalue() == f"{OrderedDict(b=1, a=2)} {{'a': 2, 'b': 1}}\n"


def test_complex_numbers_have_both_parts() -> None:
    own = io.StringIO()
    tf.print(tf.constant([1 + 2j]), output_stream=own)
    assert own.getvalue() == "[(1,2)]\n"
