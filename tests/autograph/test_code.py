from __future__ import annotations

import pytest

import eagernb as tf
from eagernb.autograph import to_code, to_graph


def absolute(x):
    """Text."""
    if x > 0:
        return x
    return -x


class Model:
    scale = 3

    def run(self, x):
        return x * self.scale if x else 0


def test_code_is_python_that_names_the_operators():
    code = to_code(absolute)
    compile(code, "<code>", "exec")
    assert "def ag__absolute(x):" in code
    assert "ag__.if_stmt(ag__.ld(x) > 0" in code
    assert to_code(tf.function(absolute)) == code


def test_code_of_methods_and_lambdas():
    assert "def ag__run(self, x):" in to_code(Model().run)
    assert "ag__.if_exp" in to_code(lambda x: 1 if x else 2)


def test_graph_of_functions_and_methods_runs_at_once_on_values():
    assert to_graph(absolute)(-3) == 3
    assert to_graph(absolute).__doc__ == "Text."
    assert int(to_graph(absolute)(tf.constant(-3))) == 3
    assert to_graph(Model().run)(2) == 6


def test_not_recursive():
    def outer(x):
        return absolute(x) if x else 0

    assert to_graph(outer, recursive=False)(-3) == 3
    assert "recursive=False" in to_code(outer, recursive=False)


@pytest.mark.parametrize("entity", [len, int, 3])
def test_what_is_no_python_function(entity):
    with pytest.raises(ValueError, match="__code__"):
        to_graph(entity)


def test_features():
    features = tf.autograph.experimental.Feature
    code = to_code(lambda x: x == 1, experimental_optional_features=features.EQUALITY_OPERATORS)
    assert "ag__.eq(" in code
    assert "ag__.eq(" not in to_code(lambda x: x == 1)
