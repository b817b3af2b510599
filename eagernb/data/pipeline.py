"""Pipeline: what a dataset is when it runs. It goes through graphs as a tensor of dtype ``variant``.

Each transformation is an operation of its own, ``map_dataset`` or ``batch_dataset``, from the pipelines that it reads
to a new one. Nothing is read before an iterator asks for elements, and each iterator begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from eagernb.core.op import READ, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.variant import Handle, VariantSpec

INFINITE = -1
UNKNOWN = -2

SPEC = VariantSpec("dataset")

# The arrays of an element's tensors, and the pipelines of datasets in it.
Element = tuple[Any, ...]


class Pipeline(Handle):
    """Base of the sources and transformations of elements.

    It is made from the pipelines and arrays that its operation is given: ``op`` is that, ``kind`` the name under which
    a dataset of this kind shows itself.
    """

    what = "dataset"
    op: Op
    kind: str

    @property
    def cardinality(self) -> int:
        """The number of elements, or INFINITE or UNKNOWN."""
        return UNKNOWN

    def elements(self) -> Iterator[Element]:
        """The elements from the first one on."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} pipeline>"


class Sized(Pipeline):
    """One that has as many elements as what it reads."""

    source: Pipeline

    @property
    def cardinality(self) -> int:
        return self.source.cardinality


Kind = TypeVar("Kind", bound=type[Pipeline])


def transformation(kind: str) -> Callable[[Kind], Kind]:
    """Declare the operation that makes pipelines of a class, named like TensorFlow's class of such datasets."""

    def declare(cls: Kind) -> Kind:
        label = _words(kind.strip("_").removesuffix("Dataset"))
        cls.kind = kind
        # What it reads may change until it runs: it may be dropped, but neither folded nor merged nor moved.
        cls.op = register(
            Op(f"{label.replace(' ', '_')}_dataset", ("*values",), cls, _infer, rules=(None,), label=label,
               family="data", effect=READ)
        )  # fmt: skip
        return cls

    return declare


def _infer(*specs: TensorSpec, **params: Any) -> TensorSpec:
    return SPEC


def _words(name: str) -> str:
    """``TakeWhile`` as ``take while``."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def shortest(cardinalities: Sequence[int]) -> int:
    """The number of elements of pipelines that are read side by side until one of them ends."""
    if UNKNOWN in cardinalities:
        return UNKNOWN
    return min((n for n in cardinalities if n != INFINITE), default=INFINITE)
