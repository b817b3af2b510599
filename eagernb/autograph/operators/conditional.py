"""if: on a tensor, both branches are traced and the graph takes one of them; on anything else, Python's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from malt.operators.variables import Undefined, UndefinedReturnValue

from eagernb.autograph.operators.condition import scalar_condition, without_ones
from eagernb.autograph.operators.consistency import check_branches, check_kinds
from eagernb.autograph.operators.first_step import placeholder
from eagernb.autograph.operators.optional import Optional, or_optional
from eagernb.autograph.operators.staging import is_staged, restored_after_errors
from eagernb.graph.cond import cond

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
    left_out: set[int] = set()

    def branch(name: str, run: Callable[[], None]) -> Callable[[], tuple[Any, ...]]:
        def traced() -> tuple[Any, ...]:
            __tracebackhide__ = True
            set_state(before)
            run()
            values = tuple(map(or_optional, get_state()[:outputs], before))
            left_out.update(i for i, value in enumerate(values) if isinstance(value, Optional))
            if after:
                values = tuple(map(_in_place_of_optional, values, after["main"]))
            _check_defined(values, names, name)
            check_kinds(values, names, f"at the end of the {name} branch")
            after[name] = values
            if len(after) == 2:
                check_branches(after["main"], after["else"], names)
            return tuple(None if isinstance(value, Optional) else value for value in values)

        return traced

    with restored_after_errors(set_state, before):
        result = cond(scalar_condition(condition, "if statement"), branch("main", body), branch("else", orelse)) or ()
    kept = [Optional(names[i]) if i in left_out else value for i, value in enumerate(result)]
    set_state((*kept, *before[outputs:]))


def _in_place_of_optional(value: Any, main: Any) -> Any:
    """What the else branch gives for a name that need not be defined in both: a value like the main branch's."""
    if isinstance(main, Optional):
        return main
    return placeholder(main, None, value)[0] if isinstance(value, Optional) else value


def _check_defined(values: tuple[Any, ...], names: tuple[str, ...], branch: str) -> None:
    __tracebackhide__ = True
    for name, value in zip(names, values, strict=False):
        if isinstance(value, Undefined) and not isinstance(value, Optional):
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
