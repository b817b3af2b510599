"""Tensor, and its two kinds: EagerTensor has a value, Symbol stands for one while a graph is traced."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.core import dtypes, printing
from eagernb.core.shape import Dims, SymbolDims, TensorShape, UnknownDims
from eagernb.core.spec import TensorSpec
from eagernb.errors import InaccessibleTensorError, OperatorNotAllowedInGraphError

if TYPE_CHECKING:
    from eagernb.core.dispatch import Handler

CPU = "/job:localhost/replica:0/task:0/device:CPU:0"

# A number for a tensor (or variable) that no other one has or will have. (``id`` will not do: Python uses an address
# again.)
new_key = count(1).__next__


def key_of(tensor: Any) -> int:
    """The tensor's (or variable's) key, given out at the first call: tensors that nobody follows cost nothing."""
    if not tensor._key:
        tensor._key = new_key()
    return tensor._key


def leaving(value: Any, how: str) -> None:
    """Tell the handlers that the value of a tensor or variable (one that has a key) is taken out of their sight."""
    from eagernb.core.dispatch import active_handlers

    for handler in active_handlers():
        handler.left(value, how)


class Tensor:
    """An immutable array with a dtype: what every operation takes and gives.

    Make one with ``constant`` or ``convert_to_tensor``. Operators work elementwise and broadcast; both sides must have
    one dtype, while Python numbers and NumPy arrays take the tensor's.

    >>> import eagernb as tf
    >>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    >>> x.shape, x.dtype, (x + 1)[0].numpy()
    (TensorShape([2, 2]), tf.float32, array([2., 3.], dtype=float32))
    """

    # Slots and no dict: a tensor is made at every operation.
    __slots__ = ("__weakref__", "_key")

    # NumPy leaves `array + tensor` to Tensor.__radd__, so that the result is a Tensor.
    __array_priority__ = 100

    _array: Any  # an ndarray, or the NumPy scalar that a ufunc gives for 0-d arrays
    _key: int

    def __init__(self, *_: Any) -> None:
        raise TypeError("Tensor() takes no arguments. Use tf.constant(...) to make a tensor of values.")

    if TYPE_CHECKING:  # ops/methods.py adds the operators

        def _operator(self, other: Any, /) -> Tensor: ...

        __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = __matmul__ = _operator
        __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = __rmatmul__ = _operator
        __lt__ = __le__ = __gt__ = __ge__ = __getitem__ = _operator
        __and__ = __or__ = __xor__ = _operator

    @property
    def dtype(self) -> dtypes.DType:
        """The type of the elements, a DType."""
        array = self._array
        return dtypes.OF_NUMPY.get(array.dtype) or dtypes.of_array(array)  # which raises

    @property
    def shape(self) -> TensorShape:
        """The sizes of the axes, a TensorShape."""
        return TensorShape(self._dims)

    def get_shape(self) -> TensorShape:
        """The shape, by TensorFlow 1's name."""
        return self.shape

    @property
    def _dims(self) -> Dims:
        return self._array.shape

    @property
    def ndim(self) -> int:
        """How many axes there are, as in NumPy."""
        return len(self._dims)

    @property
    def device(self) -> str:
        """Where the tensor lives: always the CPU."""
        return CPU

    def numpy(self) -> Any:
        """The value as a NumPy array of its own, or as a NumPy scalar for a tensor of rank 0."""
        if self._key:
            leaving(self, ".numpy()")
        return self._array.copy() if self._array.ndim else self._array[()]

    def cpu(self) -> Tensor:
        """The tensor on the CPU: itself."""
        return self

    def gpu(self, gpu_index: int = 0) -> Tensor:
        """RuntimeError: there is no GPU here."""
        raise RuntimeError(f"GPU:{gpu_index} unknown device. Everything runs on the CPU here.")

    def eval(self, *_: Any, **__: Any) -> Any:
        """NotImplementedError: there are no sessions."""
        raise NotImplementedError("eval is not supported when eager execution is enabled. Use x.numpy().")

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in _ELSEWHERE]

    def _in_kind(self, tensor: Any) -> Any:
        """Another tensor, as one of this one's kind: an Array of eagernb.numpy makes an Array of it."""
        return tensor

    def ref(self) -> Reference:
        """A hashable stand-in, for sets and dict keys: tensors themselves compare elementwise."""
        return Reference(self)

    experimental_ref = ref

    def __reduce__(self) -> Any:
        return EagerTensor._of, (self._array,)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if self._key:
            leaving(self, "np.asarray()")
        array = np.asarray(self._array, dtype=dtype)
        if copy:
            return array.copy()
        if array.dtype != self._array.dtype:
            if copy is False:
                raise ValueError(f"A tensor of {self.dtype.name} cannot be an array of {array.dtype} with copy=False.")
            return array  # a new array already, to write into
        view = array.view()
        view.flags.writeable = False  # a tensor never changes, not even through NumPy
        return view

    def __len__(self) -> int:
        if not self._dims:
            raise TypeError("Scalar tensor has no `len()`")
        return self._dims[0]  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Tensor]:
        if not self._dims:
            raise TypeError("Cannot iterate over a scalar tensor.")
        return (self[i] for i in range(len(self)))

    def __bool__(self) -> bool:
        if self._array.size > 1:
            raise ValueError(
                "The truth value of an array with more than one element is ambiguous. "
                f"The tensor has shape {self.shape}; reduce it first with tf.reduce_any or tf.reduce_all."
            )
        return bool(self._array.any())  # no elements: False

    def __int__(self) -> int:
        return int(self._only_element("int"))

    def __float__(self) -> float:
        return float(self._only_element("float"))

    def __complex__(self) -> complex:
        return complex(self._only_element("complex"))

    def _only_element(self, wanted: str) -> Any:
        if self._array.ndim:
            raise TypeError(
                f"Only scalar tensors can be converted to Python's {wanted}; this one has shape {self.shape}. "
                "Index or reduce it first."
            )
        if self._key:
            leaving(self, f"{wanted}()")
        return self._array[()]

    def __index__(self) -> int:
        if self._array.dtype.kind not in "iu" or self._array.ndim:
            raise TypeError(
                f"Only scalar integer tensors can be used as an index; this one is {self.dtype.name} with shape "
                f"{self.shape}."
            )
        return int(self._array)

    def __format__(self, spec: str) -> str:
        return format(self._array[()], spec)

    def __hash__(self) -> int:
        raise TypeError("Tensor is unhashable. Instead, use tensor.ref() as the key.")

    def __copy__(self) -> Tensor:
        return self

    def __deepcopy__(self, memo: dict) -> Tensor:
        return self

    def __repr__(self) -> str:
        return printing.tensor_repr(self._array)

    def __str__(self) -> str:
        return printing.tensor_str(self._array)


class _Missing:
    """An attribute that tensors lack: AttributeError says where to find it.

    (``__getattr__`` could say so too, but a class that has it looks up all of its attributes more slowly.)
    """

    def __init__(self, name: str, where: str) -> None:
        self._name, self._where = name, where

    def __get__(self, tensor: Any, owner: type) -> Any:
        raise AttributeError(f"{owner.__name__!r} object has no attribute {self._name!r}: {self._where}.",
                             name=self._name, obj=tensor)  # fmt: skip


_ELSEWHERE = (
    {
        name: f"it is of NumPy's arrays. Use x.numpy().{name}, or TensorFlow's function for it"
        for name in dir(np.ndarray)
        if not name.startswith("_") and not hasattr(Tensor, name)
    }
    | dict.fromkeys(
        ("assign", "assign_add", "assign_sub"),
        "a tensor never changes. A tf.Variable does; what is computed from one, as in v = v + 1, is a tensor",
    )
    | {
        name: f"Tensor.{name} is undefined when eager execution is enabled, it belongs to graphs"
        for name in ("name", "op", "graph", "value_index")
    }
)
for _name, _where in _ELSEWHERE.items():
    setattr(Tensor, _name, _Missing(_name, _where))


class EagerTensor(Tensor):
    """A tensor with a value, held as a NumPy array; ``_of`` makes one.

    The class itself makes an empty one, which an operation fills in: in half the time that an ``__init__`` of Python's
    would take, and one is made at every operation.
    """

    __slots__ = ("_array",)
    __init__ = object.__init__

    @classmethod
    def _of(cls, array: Any) -> Any:
        """A tensor with this value."""
        tensor = cls()
        tensor._array, tensor._key = array, 0
        return tensor


_AUTOGRAPH = (
    "AutoGraph does that for an `if`, `while` or `for` in functions that tf.function traces, where it is on (not with "
    "autograph=False or do_not_convert, nor in a generator) and can read the source code"
)


class Symbol(Tensor):
    """A tensor without a value: an output of a node of the graph that is being traced."""

    __slots__ = ("_line", "_spec", "_tracer", "_value")

    def __init__(self, value: Any, spec: TensorSpec, tracer: Handler, line: Any = None) -> None:
        self._value = value  # the graph's Value: a node and which of its outputs
        self._spec = spec
        self._tracer = tracer
        self._line = line  # the user's SourceLine
        self._key = 0

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), "graph", "name", "op", "value_index"} - {"numpy"})

    @property
    def name(self) -> str:
        return f"{self._value.node.name}:{self._value.index}"

    @property
    def graph(self) -> Any:
        """The graph that is being traced, as TensorFlow shows it."""
        return self._tracer.shown

    @property
    def op(self) -> Any:
        """The Operation that it is an output of: ``op.name``, ``op.type``, ``op.inputs``."""
        return next(self.graph.tensors([self._value])).op

    @property
    def value_index(self) -> int:
        """Which of the operation's outputs it is."""
        return self._value.index

    @property
    def _array(self) -> Any:
        where = f", made at line {self._line.number}: {self._line.text}" if self._line else ""
        raise InaccessibleTensorError(
            f"{self!r}{where} is a symbol of a graph: it has no value of its own. It has left the trace that it "
            "belongs to (through a global, an attribute or a closure). Return it from the traced function, "
            "or assign it to a name in the cell."
        )

    @property
    def dtype(self) -> dtypes.DType:
        return self._spec.dtype

    @property
    def shape(self) -> TensorShape:
        return self._spec.shape

    @property
    def _dims(self) -> Dims:
        dims = self._spec.shape._dims
        if dims is None:
            return UnknownDims((None,), self)
        return SymbolDims(dims, self) if None in dims else dims

    def numpy(self) -> Any:
        raise AttributeError(self._no_value("numpy()", "Return the tensor, and call .numpy() on the result"))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        raise NotImplementedError(
            self._no_value("a NumPy array", "Use the operation of the same name on the tensor instead")
        )

    def __len__(self) -> int:
        raise TypeError(self._no_value("len()", "Use x.shape[0], or tf.shape(x)[0] where that is None"))

    def __iter__(self) -> Iterator[Tensor]:
        raise OperatorNotAllowedInGraphError(
            self._no_value("an iterable", f"Use tf.unstack(x) where the number of parts is known. {_AUTOGRAPH}")
        )

    def __bool__(self) -> bool:
        raise OperatorNotAllowedInGraphError(
            self._no_value("a Python `bool`", f"Use tf.cond, or tf.where elementwise. {_AUTOGRAPH}")
        )

    def _only_element(self, wanted: str) -> Any:
        raise TypeError(self._no_value(f"a Python {wanted}", f"Use tf.cast, or call {wanted}() on the result"))

    def __index__(self) -> int:
        raise TypeError(self._no_value("a Python index", "Use tf.gather, or index with Python numbers"))

    def _no_value(self, wanted: str, remedy: str) -> str:
        return (
            f"Using a symbolic `tf.Tensor` ({self!r}) as {wanted} is not allowed: while a graph is traced, tensors "
            f"have shapes and dtypes but no values. {remedy}."
        )

    def __format__(self, spec: str) -> str:
        return str(self)  # while tracing there is nothing that a number's format could apply to

    def __repr__(self) -> str:
        return f"<tf.Tensor {self.name!r} shape={self.shape} dtype={self.dtype.name}>"

    def __str__(self) -> str:
        shape = "" if self.shape.rank is None else f", shape={self.shape}"
        return f'Tensor("{self.name}"{shape}, dtype={self.dtype.name})'


class Reference:
    """Compares and hashes by identity; ``deref()`` gives the tensor or variable back."""

    __slots__ = ("_target",)

    def __init__(self, target: Any) -> None:
        self._target = target

    def deref(self) -> Any:
        return self._target

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        if not isinstance(other, Reference):
            raise TypeError(f"A reference can be compared with references only, not with {other!r}: use x.ref().")
        return self._target is other._target

    def __hash__(self) -> int:
        return id(self._target)

    def __repr__(self) -> str:
        return f"<Reference wrapping {self._target!r}>"
