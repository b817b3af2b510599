"""Write recorded/: what eagernb writes, what TensorFlow writes, and what TensorFlow computes from both.

In two steps, as the two need not be installed in one environment:

    python -m tests.compat.graphdef.record eagernb       # with eagernb: the text files of our graphs
    python -m tests.compat.graphdef.record tensorflow    # with tensorflow-cpu: its text files, and all values
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

from .running import NAMES, build, imported, run

RECORDED = Path(__file__).with_name("recorded")
VALUES = RECORDED / "values.json"


def text_file(library: str, name: str) -> Path:
    return RECORDED / library / f"{name}.pbtxt"


def plain(value: Any) -> Any:
    """An array as JSON holds it exactly."""
    array = np.asarray(value)
    dtype = "string" if array.dtype.kind in "OS" else array.dtype.name
    items = [item.decode() if isinstance(item, bytes) else str(item) for item in array.ravel()]
    return {"dtype": dtype, "shape": list(array.shape), "values": items}


def array(recorded: Any) -> np.ndarray:
    """The array that ``plain`` was given."""
    if recorded["dtype"] == "string":
        return np.array([value.encode() for value in recorded["values"]], object).reshape(recorded["shape"])
    kind = {"bool": lambda text: text == "True"}.get(recorded["dtype"], complex)
    if "int" in recorded["dtype"]:
        kind = int
    dtype = np.dtype(ml_dtypes.bfloat16 if recorded["dtype"] == "bfloat16" else recorded["dtype"])
    values = np.array([kind(text) for text in recorded["values"]], object if kind is int else None)
    if dtype.kind != "c" and values.dtype.kind == "c":
        values = values.real
    return values.astype(dtype).reshape(recorded["shape"])


def write_eagernb() -> None:
    import eagernb as tf

    for name in NAMES:
        tf.io.write_graph(build(name, tf), RECORDED / "eagernb", f"{name}.pbtxt")


def write_tensorflow() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    found, refused = {}, []
    for name in NAMES:
        graph = build(name, tf)
        tf.io.write_graph(graph, str(RECORDED / "tensorflow"), f"{name}.pbtxt")
        values = run(name, imported(text_file("tensorflow", name).read_text(), tf), tf)
        try:
            ours = run(name, imported(text_file("eagernb", name).read_text(), tf), tf)
        except Exception as error:
            refused.append(f"{name}.pbtxt: {error}")
            continue
        found[name] = {
            "tensorflow": {key: plain(value) for key, value in values.items()},
            "of eagernb's graph": {key: plain(value) for key, value in ours.items()},
        }
    if refused:
        sys.exit("TensorFlow does not take these:\n" + "\n".join(refused))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(values)}" for name, values in found.items())
    VALUES.write_text(f'{{"version": "{tf.__version__}", "programs": {{\n{lines}\n}}}}\n')
    print(f"{len(found)} graphs went to TensorFlow {tf.__version__} and back")


if __name__ == "__main__":
    RECORDED.mkdir(exist_ok=True)
    {"eagernb": write_eagernb, "tensorflow": write_tensorflow}[sys.argv[1]]()
