"""What converted code makes of Python's statements and built-in functions on datasets and iterators.

A loop over a dataset is a loop of the graph: its condition looks whether there is a next element, its body takes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from malt.operators.variables import Undefined

from eagernb.autograph.operators.first_step import STEP_ERRORS, as_in_loop, is_missing
from eagernb.autograph.operators.for_statement import Body, Test, python_for
from eagernb.autograph.operators.kinds import BECOME_TENSORS
from eagernb.autograph.operators.staging import restored_after_errors, trial
from eagernb.autograph.operators.while_statement import GetState, SetState, staged_while
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import bool_
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.data.carrying import reduce
from eagernb.data.combining import zip_
from eagernb.data.dataset import Dataset
from eagernb.data.iterator import Iterator
from eagernb.data.mapping import enumerate_, map_
from eagernb.data.selecting import filter_
from eagernb.graph.cond import cond
from eagernb.graph.part import tracer_around
from eagernb.ops.assertions import Assert
from eagernb.ops.compare import greater_equal, logical_and, logical_or
from eagernb.ops.creation import constant


def on_for(
    iterated: Dataset | Iterator, test: Test, body: Body, get_state: GetState, set_state: SetState,
    names: tuple[str, ...], options: dict[str, Any],
) -> None:  # fmt: skip
    __tracebackhide__ = True
    if tracer_around() is None:
        python_for(iterated, test, body)
        return
    iterator = iter(iterated)

    def goes_on() -> Any:
        __tracebackhide__ = True
        # After a break nothing more is read.
        return iterator._has_next() if test is None else cond(test(), iterator._has_next, lambda: False)

    def one_step() -> None:
        __tracebackhide__ = True
        body(iterator.get_next())

    before = get_state()
    with suppress(*STEP_ERRORS), trial() as attempt, restored_after_errors(set_state, before):
        staged_while(goes_on, one_step, get_state, set_state, names, options)
        attempt.keep()
        return
    # Something did not fit: how variables change in one step says what can be done about it, or what to tell.
    after = _after_one_step(one_step, get_state, set_state)
    with restored_after_errors(set_state, before):
        if after is not None:
            # What the loop's own names stood for before need not fit into the graph: they are assigned anew.
            own = set(re.findall(r"\w+", options["iterate_names"]))
            fresh = [
                n in own and not is_missing(x) and not _fits(x, y) for n, x, y in zip(names, before, after, strict=True)
            ]
            set_state(tuple(Undefined(n) if f else x for n, f, x in zip(names, fresh, before, strict=True)))
            if isinstance(iterated, Dataset):
                options = _with_growing_shapes(get_state(), after, options)
        staged_while(goes_on, one_step, get_state, set_state, names, options)


def _after_one_step(one_step: Callable[[], None], get_state: GetState, set_state: SetState) -> tuple[Any, ...] | None:
    """The variables after one step, of which nothing stays; None if it fails: the loop itself will say how."""
    before = get_state()
    with trial():
        try:
            set_state(nest.map_structure(as_in_loop, before))
            one_step()
            return get_state()
        except STEP_ERRORS:
            return None
        finally:
            set_state(before)


def _fits(before: Any, after: Any) -> bool:
    """Whether a variable may have the one value before a step and the other after it."""
    try:
        nest.assert_same_structure(before, after)
    except (TypeError, ValueError):
        return False
    return all(map(_fits_as_leaf, nest.flatten(before), nest.flatten(after)))


def _fits_as_leaf(before: Any, after: Any) -> bool:
    if isinstance(before, BECOME_TENSORS):
        before = convert_to_tensor(before)
    if not is_dense_tensor(before) or not is_dense_tensor(after):
        return type(before) is type(after)
    return before.dtype is after.dtype and before.shape.rank == after.shape.rank


def _with_growing_shapes(before: tuple[Any, ...], after: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
    """The options, with a shape invariant for each variable whose sizes one step changes."""
    given = list(options.get("shape_invariants", ()))
    told = {id(value) for value, _ in given}
    found = [(x, general) for x, y in zip(before, after, strict=True) if (general := _general_shapes(x, y)) is not None]
    return {**options, "shape_invariants": [*given, *(pair for pair in found if id(pair[0]) not in told)]}


def _general_shapes(before: Any, after: Any) -> Any:
    """The shapes that a variable has before and after a step; None where they stay, or cannot both be."""
    try:
        nest.assert_same_structure(before, after)
    except (TypeError, ValueError):
        return None
    pairs = [(_shape(x), _shape(y)) for x, y in zip(nest.flatten(before), nest.flatten(after), strict=True)]
    general = [None if x is None or y is None else x.most_specific_common_supertype([y]) for x, y in pairs]
    if any(x is None for x in general) or general == [x for x, _ in pairs]:
        return None
    return nest.pack(before, general)


def _shape(leaf: Any) -> TensorShape | None:
    if is_dense_tensor(leaf):
        return leaf.shape
    return TensorShape([]) if isinstance(leaf, (bool, int, float)) else None


def on_zip(*iterables: Any, strict: bool = False) -> Any:
    if all(isinstance(x, Dataset) for x in iterables) and not strict:
        return zip_(*iterables)
    return zip(*iterables, strict=strict)


def on_map(function: Callable[..., Any], *iterables: Any) -> Any:
    return map_(iterables[0] if len(iterables) == 1 else zip_(*iterables), function)


def on_filter(function: Callable[..., Any], dataset: Dataset) -> Dataset:
    return filter_(dataset, function)


def on_enumerate(iterable: Dataset, start: Any = 0) -> Dataset:
    return enumerate_(iterable, start)


def on_any(dataset: Dataset) -> Tensor:
    _check_bools(dataset, "any")
    return reduce(dataset, constant(False), logical_or)


def on_all(dataset: Dataset) -> Tensor:
    _check_bools(dataset, "all")
    return reduce(dataset, constant(True), logical_and)


def _check_bools(dataset: Dataset, name: str) -> None:
    __tracebackhide__ = True
    if dataset.element_spec != TensorSpec([], bool_):
        raise ValueError(
            f'in graph mode, the "{name}" builtin only supports datasets that return bool scalars; got: '
            f"{dataset.element_spec}"
        )


def on_next(iterator: Iterator, *default: Any) -> Any:
    __tracebackhide__ = True
    if tracer_around() is None:
        return next(iterator, *default)
    if not default:
        return iterator.get_next()
    return cond(iterator._has_next(), iterator.get_next, lambda: default[0])


def on_len(dataset: Dataset) -> Any:
    __tracebackhide__ = True
    if tracer_around() is None:
        return len(dataset)
    count = dataset.cardinality()
    Assert(greater_equal(count, 0), ["len requires dataset with definitive cardinality, got", count])
    return count
