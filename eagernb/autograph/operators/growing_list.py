"""Lists that a loop of the graph appends tensors to: they become TensorArrays, and still look like lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.autograph.operators.first_step import STEP_ERRORS, as_in_loop
from eagernb.autograph.operators.staging import trial
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import DType
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor
from eagernb.ops.joining import concat, stack
from eagernb.ops.shape import transpose
from eagernb.ops.tensor_array import TensorArray


class GrowingList(TensorArray):
    """A list of tensors as a value of a graph; as a tensor, its elements stacked."""

    def __tf_tensor__(self) -> Tensor:
        return self.stack()

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice) or not (is_dense_tensor(key) or isinstance(key, int)):
            return self.stack()[key]
        return self.read(self.size() + key if isinstance(key, int) and key < 0 else key)

    def append(self, value: Any) -> None:
        """TypeError: an append that the loop does not see."""
        raise TypeError(
            "This list was grown by a loop over tensors: it is a value of the graph now, to which only loops can "
            "append, not a branch of an `if` or a function that is called. Use a tf.TensorArray."
        )

    def __len__(self) -> int:
        raise TypeError("The length of a list that a loop over tensors has grown is known only when the graph runs.")


def list_append(target: Any, value: Any) -> Any:
    """``target.append(value)`` in a loop; what the name stands for afterwards."""
    __tracebackhide__ = True
    if isinstance(target, GrowingList):
        return target.write(target.size(), value)
    target.append(value)
    return target


def call_on_list(function: Any, target: GrowingList, *args: Any, **kwargs: Any) -> Any:
    """``tf.stack`` and ``tf.concat`` of such a list, whose number of elements is not known; any other call as it is."""
    __tracebackhide__ = True
    axis = kwargs.get("axis", args[0] if args else 0)
    if function is stack:
        whole = target.stack()
        order = list(range(1, len(whole.shape)))
        order.insert(axis if axis >= 0 else axis + len(whole.shape), 0)
        return whole if axis == 0 else transpose(whole, order)
    if function is concat:
        if axis != 0:
            raise NotImplementedError("A list that a loop over tensors has grown can be joined along axis 0 only.")
        return target.concat()
    return function(target, *args, **kwargs)


def with_growing_lists(
    body: Callable[[], None], get_state: Callable[[], tuple[Any, ...]], set_state: Callable[[tuple[Any, ...]], None],
    before: tuple[Any, ...], names: tuple[str, ...], appended: tuple[str, ...],
) -> tuple[tuple[Any, ...], set[int]]:  # fmt: skip
    """The loop's variables with a GrowingList for each list that it appends tensors to.

    Also the positions of lists that get something else, which stay Python's.
    """
    lists = [i for i, name in enumerate(names) if name in appended and type(before[i]) is list]
    if not lists:
        return before, set()
    after = _after_one_step(body, get_state, set_state, before, lists)
    start, python = list(before), set()
    for i in lists:
        kind = None if after is None else _kind_of_elements(before[i], after[i])
        if kind is None:
            python.add(i)
        else:
            start[i] = _growing(before[i], *kind)
    return tuple(start), python


def _after_one_step(
    body: Callable[[], None], get_state: Callable[[], tuple[Any, ...]], set_state: Callable[[tuple[Any, ...]], None],
    before: tuple[Any, ...], lists: list[int],
) -> list[Any] | None:  # fmt: skip
    """The variables after one step; the lists that it may append to are copies."""
    __tracebackhide__ = True
    with trial():
        try:
            at_first = [list(v) if i in lists else nest.map_structure(as_in_loop, v) for i, v in enumerate(before)]
            set_state(tuple(at_first))
            body()
            return list(get_state())
        except STEP_ERRORS:
            return None  # the loop itself will raise it
        finally:
            set_state(before)


def _kind_of_elements(before: list[Any], after: Any) -> tuple[DType, TensorShape] | None:
    """The dtype and shape of the tensors that a step appended to a list; None if it did something else."""
    if isinstance(after, GrowingList):  # an inner loop appended them
        return after.dtype, after.element_shape
    if type(after) is not list or len(after) <= len(before):
        return None
    if any(new is not old for new, old in zip(after, before, strict=False)):
        return None
    if not all(is_dense_tensor(item) for item in after[len(before) :]):
        return None
    tensors = list(map(convert_to_tensor, after))
    if len({(x.dtype, x.shape.rank) for x in tensors}) > 1:
        return None
    shape = tensors[0].shape
    for x in tensors[1:]:
        shape = shape.most_specific_compatible_shape(x.shape)
    return tensors[0].dtype, shape


def _growing(items: list[Any], dtype: DType, shape: TensorShape) -> GrowingList:
    array = GrowingList(dtype, len(items), dynamic_size=True, clear_after_read=False, element_shape=shape)
    for i, item in enumerate(items):
        array = array.write(i, item)  # type: ignore[assignment]
    return array
