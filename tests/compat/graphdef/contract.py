"""A static graph of one op with the arguments of one of its samples, to be written as a GraphDef and read again."""

from __future__ import annotations

from typing import Any

import numpy as np

import eagernb as tf
import eagernb.numpy  # it adds ops of its own
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op, find_op

from ...ops.samples import load_samples
from ...ops.samples.making import Sample

v1 = tf.compat.v1
# What is printed goes to a stream, where the samples have an object of Python's.
CASES: dict[str, tuple[Op, Sample]] = {
    f"{name}-{i}": (
        find_op(name),
        sample._replace(params=sample.params | {"stream": "stdout"}) if name == "print" else sample,
    )
    for name, samples in load_samples().items()
    for i, sample in enumerate(samples)
}


def graph_of(op: Op, sample: Sample) -> tuple[Any, int]:
    """The graph, in which "in_0", ... are placeholders or variables and "out_0", ... the results, and their number."""
    with tf.Graph().as_default() as graph:
        inputs: list[Any] = []
        for i, x in enumerate(sample.inputs):
            array = np.asarray(x[0] if isinstance(x, list) else x)
            name = f"first_{i}" if isinstance(x, list) else f"in_{i}"
            given = v1.placeholder(tf.as_dtype(array.dtype), array.shape, name)
            inputs.append(tf.Variable(given, name=f"in_{i}") if isinstance(x, list) else given)
        result = dispatch(op, inputs, dict(sample.params))
        results = result if isinstance(result, tuple) else (result,)
        for i, x in enumerate(results):
            tf.identity(x, name=f"out_{i}")
        v1.global_variables_initializer()
    return graph, len(results)


def written(op: Op, sample: Sample) -> tuple[str, int]:
    """The GraphDef's text, and the number of results; UnimplementedError where TensorFlow has nothing like it."""
    graph, count = graph_of(op, sample)
    return str(graph.as_graph_def()), count


def feeds(sample: Sample) -> dict[str, np.ndarray]:
    return {
        (f"first_{i}:0" if isinstance(x, list) else f"in_{i}:0"): np.asarray(x[0] if isinstance(x, list) else x)
        for i, x in enumerate(sample.inputs)
    }
