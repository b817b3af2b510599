"""TensorArray: a list of tensors that is written and read by number, and stacked in the end.

>>> import eagernb as tf
>>> squares = tf.TensorArray(tf.int32, size=4)
>>> for i in range(4):
...     squares = squares.write(i, i * i)
>>> squares.stack().numpy()
array([0, 1, 4, 9], dtype=int32)
"""

from __future__ import annotations

from copy import copy
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import DType, as_dtype, float32, int32
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec, TypeSpec
from eagernb.core.static import static_int, static_ints, static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.errors import DTypeError, InvalidArgumentError, OutOfRangeError, ShapeError
from eagernb.ops import joining, tensor_list
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros


class TensorArray:
    """Tensors of one dtype, by default of one shape, at the positions 0 to size - 1.

    Gradients flow through what is written and read. Each element is read once, unless ``clear_after_read`` is False;
    what was never written reads as zeros, once the shape of an element is known. With ``dynamic_size`` it grows as it
    is written to. Write ``array = array.write(...)``: in TensorFlow's graphs, other uses of the old name are errors.

    While a graph is traced, an array whose indices are Python numbers is a list of symbols. As soon as an index or the
    size is a tensor, or the array is a variable of a loop, it becomes a value of the graph (see tensor_list.py).

    Raises OutOfRangeError for an index outside (in graphs InvalidArgumentError), DTypeError for another dtype,
    ValueError for another shape.

    >>> import eagernb as tf
    >>> array = tf.TensorArray(tf.float32, size=2)
    >>> array.write(0, [1.0, 2.0]).write(1, [3.0, 4.0]).stack().numpy()
    array([[1., 2.],
           [3., 4.]], dtype=float32)
    """

    def __init__(
        self,
        dtype: Any,
        size: Any = None,
        dynamic_size: bool | None = None,
        clear_after_read: bool | None = None,
        tensor_array_name: str | None = None,
        handle: Any = None,
        flow: Any = None,
        infer_shape: bool = True,
        element_shape: Any = None,
        colocate_with_first_write_call: bool = True,
        name: str | None = None,
    ) -> None:
        if handle is not None:
            raise ValueError("TensorArray handles are not supported: leave handle out.")
        if size is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        self._dtype = as_dtype(dtype)
        self._list: Tensor | None = None  # the graph's list, where it is one
        self._count: int | None = None  # of the list's elements, where that is known and stays
        self._elements: list[Tensor | None] = []
        if isinstance(size, Symbol) and static_value(size) is None:
            spec = TensorSpec(element_shape, self._dtype)
            self._list = tensor_list.reserve(cast(size, int32), spec)
        else:
            self._elements = [None] * static_int(size, "size")
        self._dynamic_size = bool(dynamic_size)
        self._clear_after_read = clear_after_read is not False
        self._infer_shape = infer_shape
        self._element_shape = TensorShape(element_shape)
        self._read: set[int] = set()  # the positions that were cleared

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in ("as_list", "of_list", "unstacked")]

    @property
    def dtype(self) -> DType:
        """The type of the elements."""
        return self._dtype

    @property
    def dynamic_size(self) -> bool:
        """Whether it grows where something is written behind its end."""
        return self._dynamic_size

    @property
    def element_shape(self) -> TensorShape:
        """What is known of an element's shape; with ``infer_shape``, the first element that is written tells."""
        return self._element_shape

    @property
    def _type_spec(self) -> TensorArraySpec:
        return TensorArraySpec.from_value(self)

    @property
    def flow(self) -> Tensor:
        """Without a meaning here: TensorFlow's graphs keep the order of writes by it."""
        return convert_to_tensor(0, int32)

    @property
    def handle(self) -> None:
        """Without a meaning here."""
        return

    def as_list(self) -> Tensor:
        """The array as a value of a graph."""
        if self._list is not None:
            return self._list
        return tensor_list.of_tensors(self._elements, TensorSpec(self._element_shape, self._dtype))

    def of_list(self, values: Tensor, count: int | None = None) -> TensorArray:
        """An array like this one that is a value of a graph; ``count`` says how many elements, if not as many."""
        new = copy(self)
        if count is None and not self._dynamic_size:
            count = len(self._elements) if self._list is None else self._count
        new._elements, new._read, new._list, new._count = [], set(), values, count
        return new

    def unstacked(self, whole: Tensor) -> TensorArray:
        """An array like this one that is a value of a graph, of the slices of a tensor along its first axis."""
        length = None if whole.shape.rank is None else whole._dims[0]
        new = self.of_list(dispatch(tensor_list.UNSTACK, [whole], {}), length)
        new._element_shape = self._element_shape.merge_with(whole.shape[1:])
        return new

    def _spec(self) -> TensorSpec:
        """What is known of an element; ValueError if not even its rank is."""
        shape = self._element_shape
        shapes = [x.shape for x in self._elements if x is not None]
        if shape.rank is None and shapes:
            shape = shapes[0].most_specific_common_supertype(shapes[1:])
        if shape.rank is None and self._list is None:
            raise ValueError(
                "TensorArray: the shape of an element is not known, since nothing was written yet. Make the "
                "TensorArray with element_shape (None for a size that is not known)."
            )
        return TensorSpec(shape, self._dtype)

    def size(self, name: str | None = None) -> Tensor:
        """The number of elements, as an int32 tensor."""
        if self._list is not None:
            return dispatch(tensor_list.SIZE, [self._list], {})
        return convert_to_tensor(len(self._elements), int32)

    def identity(self) -> TensorArray:
        """The same array."""
        return self

    def grad(self, source: Any, flow: Any = None, name: str | None = None) -> Any:
        """Raises NotImplementedError: tapes need no array of gradients."""
        raise NotImplementedError("TensorArray.grad is not supported when executing eagerly. Use tf.GradientTape.")

    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """Put a tensor at this position; the array itself is returned, or another one where it is a graph's value."""
        if self._list is not None or _is_late(index):
            tensor = self._fitting(value)
            place = convert_to_tensor(index, int32)
            written = dispatch(tensor_list.SET, [self.as_list(), place, tensor], {"grows": self._dynamic_size})
            return self.of_list(written)
        at = static_int(index, "index")
        if at < 0:
            raise OutOfRangeError(f"TensorArray.write: negative indices (index {at}) are not allowed.")
        if at >= len(self._elements):
            if not self._dynamic_size:
                raise OutOfRangeError(
                    f"TensorArray.write: index {at} is beyond the size, {len(self._elements)}. Make the array larger, "
                    "or with dynamic_size=True."
                )
            self._elements += [None] * (at + 1 - len(self._elements))
        self._elements[at] = self._fitting(value)
        return self

    def _fitting(self, value: Any) -> Tensor:
        tensor = convert_to_tensor(value, dtype_hint=self._dtype)
        if tensor.dtype is not self._dtype:
            raise DTypeError(
                f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {tensor.dtype.name}. "
                "Use tf.cast."
            )
        if not self._element_shape.is_compatible_with(tensor.shape):
            raise ValueError(
                f"Incompatible shape for value ({tensor.shape}), expected ({self._element_shape}). For elements of "
                "several shapes, make the TensorArray with infer_shape=False."
            )
        if self._infer_shape:
            self._element_shape = self._element_shape.merge_with(tensor.shape)
        return tensor

    def read(self, index: Any, name: str | None = None) -> Tensor:
        """The tensor at this position, which is then cleared unless ``clear_after_read`` is False."""
        if self._list is not None or _is_late(index):
            place = convert_to_tensor(index, int32)
            return dispatch(tensor_list.GET, [self.as_list(), place], {"spec": self._spec()})
        at = static_int(index, "index")
        if not 0 <= at < len(self._elements):
            raise OutOfRangeError(f"TensorArray.read: index {at} is not in [0, {len(self._elements)}).")
        if self._elements[at] is None and at in self._read:
            raise InvalidArgumentError(
                f"Could not read index {at} twice because it was cleared after a previous read. Make the TensorArray "
                "with clear_after_read=False."
            )
        tensor = self._element(at)
        if self._clear_after_read:
            self._elements[at] = None
            self._read.add(at)
        return tensor

    def _element(self, at: int) -> Tensor:
        """What is there; zeros if nothing was written, ValueError while an element's shape is unknown."""
        tensor = self._elements[at]
        if tensor is None:
            if not self._element_shape.is_fully_defined():
                raise ValueError(
                    f"TensorArray: nothing was written at {at}, and the shape of an element is not known: "
                    f"{self._element_shape}. Write it first, or make the TensorArray with element_shape."
                )
            tensor = self._elements[at] = zeros(self._element_shape, self._dtype)
        return tensor

    def _all(self) -> list[Tensor]:
        return [self._element(at) for at in range(len(self._elements))]

    def stack(self, name: str | None = None) -> Tensor:
        """All elements as one tensor, along a new first axis."""
        if self._list is not None:
            return tensor_list.stack(self._list, self._spec(), self._count)
        if self._elements:
            return joining.stack(self._all())
        return zeros([0, *(self._element_shape if self._element_shape.is_fully_defined() else ())], self._dtype)

    def gather(self, indices: Any, name: str | None = None) -> Tensor:
        """The elements at some positions, along a new first axis."""
        if self._list is not None or _is_late(indices):
            places = convert_to_tensor(indices, int32)
            return dispatch(tensor_list.GATHER, [self.as_list(), places], {"spec": self._spec()})
        positions = static_ints(indices, "indices")
        for at in positions:
            if at >= len(self._elements):
                raise IndexError(f"TensorArray.gather: index {at} is not in [0, {len(self._elements)}).")
        picked = [self._element(at) for at in positions]
        return joining.stack(picked) if picked else zeros([0], self._dtype)

    def concat(self, name: str | None = None) -> Tensor:
        """All elements joined along the first axis that they have."""
        if self._list is not None:
            return dispatch(tensor_list.JOIN, [self._list], {"spec": self._spec()})[0]
        elements = self._all()
        for at, element in enumerate(elements):
            if not element._dims:
                raise ShapeError(f"Concat saw a scalar shape at index {at} but requires at least vectors. Use stack().")
        return joining.concat(elements, 0)

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """Make the slices of a tensor along its first axis the elements."""
        whole = convert_to_tensor(value, dtype_hint=self._dtype)
        if self._list is not None or (isinstance(whole, Symbol) and whole._dims[:1] == (None,)):
            return self.unstacked(whole)
        pieces = joining.unstack(whole)
        if len(pieces) > len(self._elements) and not self._dynamic_size:
            raise ValueError(
                f"Cannot unstack {len(pieces)} tensors into a TensorArray of static size {len(self._elements)}"
            )
        self._elements = list(pieces)
        return self

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """Write the slices of a tensor along its first axis to these positions."""
        if self._list is not None or _is_late(indices):
            pieces, places = convert_to_tensor(value, dtype_hint=self._dtype), convert_to_tensor(indices, int32)
            self._element_shape = self._element_shape.merge_with(pieces.shape[1:])
            operands = [self.as_list(), places, pieces]
            return self.of_list(dispatch(tensor_list.SCATTER, operands, {"grows": self._dynamic_size}))
        for at, piece in zip(static_ints(indices, "indices"), joining.unstack(value), strict=False):
            self.write(at, piece)
        return self

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """Make pieces of a tensor along its first axis, of these lengths, the elements."""
        if self._list is not None or _is_late(lengths):
            whole, counts = convert_to_tensor(value, dtype_hint=self._dtype), convert_to_tensor(lengths)
            self._element_shape = self._element_shape.merge_with([None, *whole.shape[1:]])
            return self.of_list(dispatch(tensor_list.SPLIT, [whole, counts], {}))
        tensor, sizes = convert_to_tensor(value, dtype_hint=self._dtype), static_ints(lengths, "lengths")
        if tensor.dtype is not self._dtype:
            raise DTypeError(f"TensorArray dtype is {self._dtype.name}, but the value's is {tensor.dtype.name}.")
        if not tensor._dims or sum(sizes) != tensor._dims[0]:
            raise InvalidArgumentError(
                f"Expected sum of lengths to be equal to values.shape[0], but sum of lengths is {sum(sizes)} and "
                f"value's shape is: {tensor.shape}"
            )
        if len(sizes) != len(self._elements) and not self._dynamic_size:
            raise InvalidArgumentError(
                f"TensorArray's size is not equal to the size of lengths ({len(self._elements)} vs. {len(sizes)}), and "
                "the TensorArray is not marked as dynamically resizeable."
            )
        self._elements = list(joining.split(tensor, list(sizes)))
        return self

    def close(self, name: str | None = None) -> None:
        """Let go of all elements."""
        self._elements.clear()


class TensorArraySpec(TypeSpec):
    """What is known of a TensorArray: its elements' shape and dtype, whether it grows and whether they share a shape.

    >>> TensorArraySpec([2], "int32", dynamic_size=True)
    TensorArraySpec(TensorShape([2]), tf.int32, True, True)
    """

    __slots__ = ("_parts",)

    def __init__(
        self, element_shape: Any = None, dtype: Any = float32, dynamic_size: bool = False, infer_shape: bool = True
    ) -> None:
        self._parts = TensorShape(element_shape), as_dtype(dtype), dynamic_size, infer_shape

    @classmethod
    def from_value(cls, value: TensorArray) -> TensorArraySpec:
        """The spec of a TensorArray; TypeError for anything else."""
        if not isinstance(value, TensorArray):
            raise TypeError(f"Expected value to be a TensorArray, not {type(value).__name__}.")
        return cls(value.element_shape, value.dtype, value.dynamic_size, value._infer_shape)

    @property
    def value_type(self) -> type:
        """What it is the spec of: TensorArray."""
        return TensorArray

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a TensorArray, or what another spec is that of, fits this spec."""
        if isinstance(spec_or_value, TensorArray):
            spec_or_value = self.from_value(spec_or_value)
        if not isinstance(spec_or_value, TensorArraySpec):
            return False
        (shape, dtype, grows, _), (other_shape, other_dtype, other_grows, _) = self._parts, spec_or_value._parts
        return dtype is other_dtype and grows == other_grows and shape.is_compatible_with(other_shape)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TensorArraySpec) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"TensorArraySpec({', '.join(map(repr, self._parts))})"


def _is_late(index: Any) -> bool:
    """Whether it is known only when the graph runs."""
    if isinstance(index, (list, tuple)):
        return any(map(_is_late, index))
    return isinstance(index, Symbol) and static_value(index) is None
