"""Operations as one expression of NumPy's, where the kernel is more than one NumPy function.

To spell another operation, add a function to this file. It gets the node, the names of the inputs and the writer, and
gives an expression that has the same bits as the kernel for every input of the node's specs, in the same memory
layout. None: call the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.core.dtypes import DType
from eagernb.core.large import LARGE
from eagernb.core.static import normal_axes
from eagernb.executors.numpy_source.literals import dtype_text, literal
from eagernb.graph.ir import Node
from eagernb.ops.reduce import PLAIN_SUM
from eagernb.ops.slicing import numpy_key

if TYPE_CHECKING:
    from eagernb.executors.numpy_source.writer import Writer

Spelling = Callable[[Node, Sequence[str], "Writer"], str | None]

SPELLINGS: dict[str, Spelling] = {}


# By ufunc, the operator with the same result for two numbers of one of these kinds of dtypes. Integers are left to the
# ufuncs for arithmetic: operators warn when they overflow.
_OPERATORS = {
    np.add: ("+", "f"), np.subtract: ("-", "f"), np.multiply: ("*", "f"), np.true_divide: ("/", "f"),
    np.less: ("<", "bfiu"), np.less_equal: ("<=", "bfiu"), np.greater: (">", "bfiu"), np.greater_equal: (">=", "bfiu"),
    np.equal: ("==", "bfiu"), np.not_equal: ("!=", "bfiu"), np.logical_and: ("&", "b"), np.logical_or: ("|", "b"),
}  # fmt: skip


def is_of_numbers(node: Node) -> bool:
    """Whether a node makes a number of numbers, not an array."""
    for spec in node.specs:
        if spec.shape.rank != 0:
            return False
    return all(value.spec.shape.rank == 0 for value in node.inputs)


def operator_text(node: Node, inputs: Sequence[str]) -> str | None:
    """The operation on two numbers with Python's operator, which takes a tenth of the time of a ufunc."""
    kernel = node.op.kernel
    if not isinstance(kernel, np.ufunc) or kernel not in _OPERATORS or not is_of_numbers(node):
        return None
    operator, kinds = _OPERATORS[kernel]
    dtype = node.inputs[0].spec.dtype.numpy
    return f"{inputs[0]} {operator} {inputs[1]}" if dtype.kind in kinds and dtype.itemsize != 2 else None


def _spells(name: str) -> Callable[[Spelling], Spelling]:
    def add(function: Spelling) -> Spelling:
        SPELLINGS[name] = function
        return function

    return add


def _is_small(node: Node) -> bool:
    """Whether no kernel has a way of its own for arrays as large as this node's."""
    sizes = [value.spec.nbytes for value in node.inputs]
    return all(size is not None and size < LARGE for size in sizes)


@_spells("read_variable")
def _read(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"{inputs[0]}._array"


@_spells("identity")
def _identity(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return inputs[0]


@_spells("reshape")
def _reshape(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    shape = literal(node.params["shape"])
    return shape and f"{inputs[0]}.reshape({shape})"


@_spells("expand_dims")
def _expand_dims(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    dims = node.specs[0].dims
    return None if None in dims else f"{inputs[0]}.reshape({dims!r})"


@_spells("transpose")
def _transpose(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    perm = node.params["perm"]
    return f"{inputs[0]}.T" if perm is None or perm == (1, 0) else f"{inputs[0]}.transpose({perm!r})"


@_spells("matmul")
def _matmul(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    a, b = inputs
    dims = [value.spec.dims for value in node.inputs]
    if node.params.get("transpose_a"):
        a = f"{a}.T" if len(dims[0]) == 2 else f"{a}.swapaxes(-1, -2)"
    if node.params.get("transpose_b"):
        if dims[1][-1] in (1, None):  # the kernel has a way of its own for one column
            return None
        b = f"{b}.T" if len(dims[1]) == 2 else f"{b}.swapaxes(-1, -2)"
    return f"np.matmul({a}, {b})"


@_spells("cast")
def _cast(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    dtype, given = node.params["dtype"], node.inputs[0].spec.dtype
    name = dtype_text(dtype)
    return None if name is None or (given.is_complex and not dtype.is_complex) else f"{inputs[0]}.astype({name})"


@_spells("where")
def _where(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    from eagernb.ops.selecting import MANY

    size = node.inputs[0].spec.size
    return f"np.where({', '.join(inputs)})" if size is not None and size < MANY else None


@_spells("reduce_sum")
def _sum(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    x = node.inputs[0].spec
    if x.size is None or x.size > PLAIN_SUM or x.dtype.numpy.kind not in "fc":
        return None
    return f"np.add.reduce({inputs[0]}, {_axes(node)})"


def _axes(node: Node) -> str:
    """The arguments of a reduction."""
    axis = node.params["axis"]
    if axis is not None and len(axis) == 1:
        axis = axis[0]
    return f"axis={axis!r}{', keepdims=True' if node.params['keepdims'] else ''}"


@_spells("reduce_mean")
def _mean(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    total = _sum(node, inputs, writer)
    if total is None:
        return None
    x = node.inputs[0].spec
    axes = normal_axes(node.params["axis"], len(x.dims))
    count = math.prod(x.dims[a] or 0 for a in axes)
    return f"np.true_divide({total}, {writer.number(x.dtype.numpy.type(count))})"


def _extremum(ufunc: str, begins_with: Callable[[DType], Any]) -> Spelling:
    def spelling(node: Node, inputs: Sequence[str], writer: Writer) -> str:
        initial = repr(begins_with(node.specs[0].dtype)).replace("inf", "np.inf")
        return f"np.{ufunc}.reduce({inputs[0]}, {_axes(node)}, initial={initial})"

    return spelling


SPELLINGS["reduce_max"] = _extremum("maximum", lambda dtype: dtype.lowest)
SPELLINGS["reduce_min"] = _extremum("minimum", lambda dtype: dtype.highest)


@_spells("reduce_any")
def _any(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"np.logical_or.reduce({inputs[0]}, {_axes(node)})"


@_spells("reduce_all")
def _all(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"np.logical_and.reduce({inputs[0]}, {_axes(node)})"


@_spells("concat")
def _concat(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"np.concatenate([{', '.join(inputs)}], axis={node.params['axis']})"


@_spells("stack")
def _stack(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"np.stack([{', '.join(inputs)}], axis={node.params['axis']})"


@_spells("strided_slice")
def _strided_slice(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    return f"{inputs[0]}[{', '.join(map(_part_text, numpy_key(node.params['key'])))}]"


def _part_text(part: Any) -> str:
    """A part of an index, as it stands in brackets.

    >>> _part_text(slice(1, None)), _part_text(slice(None, None, -1)), _part_text(...), _part_text(2)
    ('1:', '::-1', '...', '2')
    """
    if part is Ellipsis:
        return "..."
    if not isinstance(part, slice):
        return repr(part)
    start, stop, step = ("" if bound is None else repr(bound) for bound in (part.start, part.stop, part.step))
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"


@_spells("relu")
def _relu(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    if not _is_small(node):
        return None
    return f"np.maximum({inputs[0]}, {writer.number(node.specs[0].dtype.numpy.type(0))})"


@_spells("relu_grad")
def _relu_grad(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    return f"np.multiply({inputs[0]}, {inputs[1]} > 0)" if _is_small(node) else None


@_spells("squared_difference")
def _squared_difference(node: Node, inputs: Sequence[str], writer: Writer) -> str | None:
    real = not node.specs[0].dtype.is_complex
    return f"np.square(np.subtract({inputs[0]}, {inputs[1]}))" if real else None


@_spells("sigmoid")
def _sigmoid(node: Node, inputs: Sequence[str], writer: Writer) -> str:
    one = writer.number(node.specs[0].dtype.numpy.type(1))
    return f"np.reciprocal(np.add(np.exp(np.negative({inputs[0]})), {one}))"
