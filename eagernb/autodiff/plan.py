"""What a tape keeps of an operation, and how the walk back uses it: worked out once for each op."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from eagernb.core.dtypes import variant
from eagernb.core.op import Op, Rule
from eagernb.core.tensor import EagerTensor, Symbol, Tensor

# What a gradient rule may ask for: of an input (or of all, for an op with any number of them), the result, a param,
# what the op itself picks.
VALUE, DIMS, LIKE, OUT, PARAM, KEPT = range(6)


class Like:
    """The shape and dtype of a tensor whose value a gradient rule does not need."""

    __slots__ = ("_dims", "dtype")

    def __init__(self, tensor: Tensor) -> None:
        self._dims = tensor._dims
        self.dtype = tensor.dtype


class Step(NamedTuple):
    """One gradient rule: for which input (all: None), and what picks its arguments from what was saved (None: all)."""

    position: int | None
    function: Any
    pick: Callable[[Any], Sequence[Any]] | None
    sparse: Any = None  # the function that takes and gives IndexedSlices

    def apply(self, g: Any, saved: Sequence[Any]) -> Any:
        """What the rule makes of a gradient."""
        return self.function(g, *(saved if self.pick is None else self.pick(saved)))


class Plan:
    """For one op and a choice of followed inputs: the rules that will run, and what they need.

    What they do not name is not kept, so that it can be freed at once. ``save(inputs, params, result)`` is what they
    need, in the order of ``wanted``.
    """

    __slots__ = ("op", "save", "steps", "wanted")

    def __init__(self, op: Op, rules: Sequence[tuple[int | None, Rule]]) -> None:
        self.op = op
        sources = _sources(op)
        names = list(dict.fromkeys(name for _, rule in rules for name in rule.names))
        self.wanted = tuple(sources.get(name, (PARAM, name)) for name in names)
        self.save = _saver(op, self.wanted)
        everything = tuple(range(len(names)))
        self.steps = []
        for position, rule in rules:
            arguments = tuple(map(names.index, rule.names))
            pick = None if arguments == everything else _picker(arguments)
            self.steps.append(Step(position, rule.function, pick, rule.sparse))

    def graphs(self, saved: Sequence[Any]) -> list[Any]:
        """The graphs that the operation ran, among what was saved of it."""
        return [saved[i] for i, (kind, at) in enumerate(self.wanted) if kind == PARAM and at in self.op.graphs]


def _picker(places: tuple[int, ...]) -> Callable[[Any], Sequence[Any]]:
    """A function that picks the elements at these places. Of one place, itemgetter would give the element itself."""
    if len(places) > 1:
        return itemgetter(*places)
    return itemgetter(slice(places[0], places[0] + 1) if places else slice(0))


def like(tensor: Any) -> Any:
    """What a rule may know of a tensor that is not kept."""
    # A symbol holds no memory, and its shape may become known only when the graph runs. A variant has no shape.
    return tensor if isinstance(tensor, Symbol) or tensor.dtype is variant else Like(tensor)


_PARTS = {
    VALUE: "inputs[{0}]",
    DIMS: "(inputs[{0}]._array.shape if inputs[{0}].__class__ is EagerTensor else inputs[{0}]._dims)",
    LIKE: "like(inputs[{0}])",
    OUT: "result",
    PARAM: "params[{0!r}]",
    KEPT: "keep(inputs, result, params)",
}


def _saver(op: Op, wanted: tuple[tuple[int, Any], ...]) -> Callable[[Sequence[Any], dict[str, Any], Any], list[Any]]:
    """A function that makes the list of what is wanted.

    It is written as Python code: one is called at every operation under a tape, and a loop takes twice as long.
    """
    parts = []
    for kind, at in wanted:
        if at.__class__ is slice:  # all inputs of an op with any number of them
            parts.append("list(map(like, inputs))" if kind == LIKE else "inputs[:]")
        else:
            parts.append(_PARTS[kind].format(at))
    names = {"EagerTensor": EagerTensor, "like": like, "keep": op.keep}
    function: Any = eval(f"lambda inputs, params, result: [{', '.join(parts)}]", names)
    return function


def _sources(op: Op) -> dict[str, tuple[int, Any]]:
    """From each name that a rule of this op may use to what it stands for; the op's params are not among them."""
    positions: list[tuple[str, Any]] = (
        [(op.inputs[0][1:], slice(None))] if op.variadic else [(name, i) for i, name in enumerate(op.inputs)]
    )
    kinds = (("", VALUE), ("dims_", DIMS), ("like_", LIKE))
    return {"out": (OUT, 0), "kept": (KEPT, 0)} | {
        prefix + name: (kind, at) for name, at in positions for prefix, kind in kinds
    }


@cache
def plan_of(op: Op, followed: int) -> Plan | None:
    """The plan for an op when the inputs of these bits are followed; None if no gradient can flow to them."""
    if not op.rules:
        return None
    if op.variadic:
        return Plan(op, [(None, op.rules[0])]) if op.rules[0] else None
    rules = [(i, rule) for i, rule in enumerate(op.rules) if rule and followed >> i & 1]
    return Plan(op, rules) if rules else None
