"""Reading a dataset in sessions of TensorFlow 1: the operations behind tf.compat.v1.data's iterators.

``places`` knows where each session is in the dataset: ``begin(pipeline)``, and ``next(...)`` for the next element.
"""

from __future__ import annotations

from eagernb.core.dtypes import bool_
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec

BEGIN = register(
    Op("begin_in_session", ("dataset",), lambda pipeline, places: places.begin(pipeline),
       lambda dataset, places: TensorSpec([], bool_), rules=(None,), label="begin", family="data", effect=WRITE)
)  # fmt: skip
# A one-shot iterator is given its dataset each time, to begin by itself; another one nothing.
NEXT = register(
    Op("next_in_session", ("*datasets",), lambda *pipelines, places, specs: places.next(*pipelines),
       lambda *datasets, places, specs: specs, rules=(None,), label="next", family="data", effect=WRITE, multiple=True)
)  # fmt: skip
