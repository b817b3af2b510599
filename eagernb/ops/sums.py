"""The sum of a list of tensors.

>>> import eagernb as tf
>>> tf.add_n([[1, 2], [10, 20], [100, 200]]).numpy()
array([111, 222], dtype=int32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.families import elements


def _same_shape(specs: tuple[TensorSpec, ...]) -> TensorSpec:
    shape = specs[0].shape
    for spec in specs[1:]:
        shape = shape.merge_with(spec.shape)
    return TensorSpec(shape, specs[0].dtype)


def _sum(arrays: tuple[Any, ...]) -> Any:
    if len({array.shape for array in arrays}) > 1:
        raise ValueError("the shapes differ")
    total = arrays[0]
    for array in arrays[1:]:
        total = total + array
    return total


ADD_N = register(
    Op(
        "add_n",
        ("*inputs",),
        kernel=lambda *arrays: _sum(arrays),
        infer=lambda *specs: _same_shape(specs),
        rules=(Rule(lambda g, inputs: [g] * len(inputs), ("like_inputs",)),),
        label="Σ",
        family="elementwise",
        dtypes=dtypes.NUMBERS,
        typed=(0,),
        unchanged=lambda *specs: len(specs) == 1,
        flops=lambda ins, outs, **params: elements(ins, outs) * (len(ins) - 1),
    )
)


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape and dtype; ValueError for an empty list.

    >>> add_n([[1, 2], [10, 20], [100, 200]]).numpy()
    array([111, 222], dtype=int32)
    """
    tensors = list(inputs)
    if not tensors:
        raise ValueError("add_n needs a list of at least one tensor.")
    return apply(ADD_N, [convert_to_tensor(x) for x in tensors])


def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """``add_n`` by an older name; ``shape`` and ``tensor_dtype`` are checked, not applied.

    ShapeError for tensors of different shapes, ValueError for none, or for another ``shape``.

    >>> accumulate_n([[1, 2], [10, 20]]).numpy()
    array([11, 22], dtype=int32)
    """
    if not isinstance(inputs, (list, tuple)) or not inputs:
        raise ValueError("accumulate_n needs a list of at least one tensor.")
    tensors = [convert_to_tensor(x) for x in inputs]
    if len({x.dtype for x in tensors}) > 1:
        raise ValueError(f"accumulate_n needs tensors of one dtype, not {[x.dtype.name for x in tensors]}.")
    if tensor_dtype is not None and tensor_dtype != tensors[0].dtype:
        raise TypeError(f"tensor_dtype is {tensor_dtype}, but the tensors are {tensors[0].dtype.name}.")
    if shape is not None and not all(x.shape.is_compatible_with(TensorShape(shape)) for x in tensors):
        raise ValueError(f"accumulate_n of shape {shape} was given {[x.shape.as_list() for x in tensors]}.")
    return add_n(tensors)
