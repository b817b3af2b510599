"""tf.data: datasets, which are read element by element, from sources through transformations to a training loop.

>>> import eagernb as tf
>>> dataset = tf.data.Dataset.from_tensor_slices([1.0, 2.0, 3.0, 4.0]).batch(2)
>>> @tf.function
... def total(dataset):
...     result = 0.0
...     for x in dataset:
...         result += tf.reduce_sum(x)
...     return result
>>> float(total(dataset))
10.0
"""

from eagernb.data import (  # most of them add methods to Dataset
    batching,
    carrying,
    combining,
    experimental,
    files,
    mapping,
    on_conversion,
    ordering,
    resampling,
    selecting,
    sources,
    windows,
)
from eagernb.data.dataset import Dataset, DatasetSpec, NumpyIterator
from eagernb.data.experimental import AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY
from eagernb.data.files import TextLineDataset
from eagernb.data.iterator import Iterator, IteratorSpec
from eagernb.data.options import Options, ThreadingOptions

__all__ = [
    "AUTOTUNE",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "Dataset",
    "DatasetSpec",
    "Iterator",
    "IteratorSpec",
    "NumpyIterator",
    "Options",
    "TextLineDataset",
    "ThreadingOptions",
    "experimental",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
