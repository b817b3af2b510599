"""if: on a tensor, both branches are traced and the graph takes one of them; on anything else, Python's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from malt.operators.variables import Undefined, UndefinedReturnValue

from eagernb.autograph.operators.condition import scalar_condition, without_ones
from eagernb.autograph.operators.consistency import check_branches, check_kinds
from eagernb.autograph.operators.staging import is_staged
from eagernb.graph.branches import cond

GetState = Callable[[], tuple[Any, ...]]
SetState = Callable[[tuple[Any, ...]], None]


def if_stmt(
    condition: Any, body: Callable[[], None], orelse: Callable[[], None], get_state: GetState, set_state: SetState,
    names: tuple[str, ...], outputs: int,
) -> None:  # fmt: skip
    """An if statement. The first ``outputs`` of the variables that the branches assign are read after it."""
    __tracebackhide__ = True
    if is_staged(condition):
        _traced(condition, body, orelse, get_state, set_state, names, outputs)
    elif condition:
        body()
    else:
        orelse()


def _traced(
    condition: Any, body: Callable[[], None], orelse: Callable[[], None], get_state: GetState, set_state: SetState,
    names: tuple[str, ...], outputs: int,
) -> None:  # fmt: skip
    __tracebackhide__ = True
    before = get_state()
    after: dict[str, tuple[Any, ...]] = {}

    def branch(name: str, run: Callable[[], None]) -> Callable[[], tuple[Any, ...]]:
        def traced() -> tuple[Any, ...]:
            __tracebackhide__ = True
            set_state(before)
            run()
            values = get_state()[:outputs]
            _check_defined(values, names, name)
            check_kinds(values, names, f"at the end of the {name} branch")
            after[name] = values
            if len(after) == 2:
                check_branches(after["main"], after["else"], names)
            return values

        return traced

    result = cond(scalar_condition(condition, "if statement"), branch("main", body), branch("else", orelse))
    set_state((*(result or ()), *before[outputs:]))


def _check_defined(values: tuple[Any, ...], names: tuple[str, ...], branch: str) -> None:
    __tracebackhide__ = True
    for name, value in zip(names, values, strict=False):
        if isinstance(value, Undefined):
            raise ValueError(f"'{name}' must also be initialized in the {branch} branch")
        if isinstance(value, UndefinedReturnValue):
            raise ValueError(f"the {branch} branch must also have a return statement.")


def if_exp(condition: Any, if_true: Callable[[], Any], if_false: Callable[[], Any], text: str) -> Any:
    """``a if condition else b``."""
    __tracebackhide__ = True
    if not is_staged(condition):
        return if_true() if condition else if_false()
    values: list[Any] = []

    def branch(run: Callable[[], Any]) -> Callable[[], Any]:
        def traced() -> Any:
            __tracebackhide__ = True
            values.append(run())
            if len(values) == 2:
                check_branches((values[0],), (values[1],), (text,))
            return values[-1]

        return traced

    return cond(without_ones(condition), branch(if_true), branch(if_false))
