"""The Op record: all that the rest of the library knows about an operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.laws import NO_LAWS, Laws

# What an operation does besides computing its outputs. None: nothing, it is pure.
READ = "read"  # its value depends on a variable: it may be dropped, but not folded, merged or moved
WRITE = "write"  # it changes something outside: it stays, once, and in its place
EFFECTS = (None, READ, WRITE)


@dataclass(frozen=True)
class Rule:
    """The gradient with respect to one input, and the names of the values that it is computed from.

    ``function`` takes the incoming gradient ``g`` first, then, by name, any of: the op's inputs, ``out``,
    the op's params, ``dims_<input>``: that input's shape as a tuple, and ``like_<input>``: something of its shape and
    dtype, and ``kept``: what the op's own ``keep`` picks. What a rule does not name is not kept alive for it.

    ``sparse`` is the same rule, but may be given an IndexedSlices and return one: where it is there, a tape uses it.
    """

    function: Callable[..., Any]
    names: tuple[str, ...]
    sparse: Callable[..., Any] | None = None

    @classmethod
    def of(cls, function: Callable[..., Any]) -> Rule:
        """Read the names off the function's own arguments."""
        code = function.__code__
        return cls(function, code.co_varnames[1 : code.co_argcount])


def _the_same(g: Any) -> Any:
    return g


PASS_ON = Rule(_the_same, (), _the_same)  # the gradient goes through as it is


# What kinds of ops there are: the rules for batches, forward mode and memory differ by it.
FAMILIES = (
    "elementwise",  # each element of the output depends on the same element of the inputs, which broadcast
    "reduction", "segment",  # axes, or groups of rows, become one
    "shape", "indexing",  # elements are put elsewhere
    "linalg", "fft", "nn", "sorting", "counting",  # ... of all, or some, elements of the input
    "random", "state", "source", "assertion",  # numbers that are drawn; variables; where values begin; checks
    "control flow", "function",  # what runs graphs; what runs Python with a gradient of its own
    "stack", "list", "data",  # variants: what a loop keeps for the way back; TensorArrays; datasets
    "outside",  # Python functions that see values
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Op:
    """An operation: what it computes, how shapes and dtypes follow, how gradients flow.

    What every op says:

    - ``inputs``: the names of the tensor inputs; ``("*values",)`` for any number of them.
    - ``kernel(*arrays, **params)``: the NumPy callable; a tuple of arrays if ``multiple``.
    - ``infer(*specs, **params)``: the output's TensorSpec (a tuple of them if ``multiple``), or
      InvalidArgumentError with the reason.
    - ``rules``: a Rule or None for each input; for ``*values`` a single Rule that returns a gradient for each.
    - ``label``: what it is called in pictures.
    - ``family``: what kind of op it is, one of FAMILIES.
    - ``dtypes``: the NumPy dtypes that the kernel takes: as its first typed input, or as any where none is typed.
      Without bfloat16 among them it is given float32 in its place (see widening.py).
    - ``typed``: the positions of the inputs that must share one dtype; ``(0,)`` with ``*values`` means all.
    - ``multiple``: whether it has several outputs.
    - ``flops(in_specs, out_specs, **params)``: its cost, in floating-point operations.
    - ``remedy``: what the error for inputs that do not go together tells the user to do.

    What passes and executors ask:

    - ``effect``: READ or WRITE for one that depends on, or changes, more than tensors; None for a pure one.
    - ``commutative``: whether the inputs may change places, to the same bits.
    - ``broadcasts``: whether inputs of other shapes that broadcast to the same give the same bits.
    - ``linear``: in each input that has a gradient rule, the others being fixed: sums and multiples go through.
    - ``fresh``: what the kernel gives lies in memory of its own, never in an input's; so it is with every ufunc.
    - ``total``: whether inputs of specs that inference accepts never make it raise.
    - ``laws``: what holds of its numbers.
    - ``known(*specs)``: for an op whose value follows from the shapes alone, the value as an array (with
      static.UNKNOWN_SIZE for what the shapes leave open), or None.
    - ``unchanged(*specs, **params)``: whether the output is the first input as it is.
    - ``moves``: every element of an output is one of an input, or a number that the params name: nothing is computed.
    - ``movement``: what an op that only arranges elements does: "reshape" (they keep their order), "permute" (its axes
      are ``permutation(spec, **params)``), "expand" (they are repeated, by broadcasting).
    - ``swaps``: for the first inputs, the params that say that the last two axes are to be swapped.
    - ``late_of``: for an op whose numbers are known only when a graph runs, the op that it stands for (see late.py).

    What an op says that is not all told by kernel and rules:

    - ``graphs``: the params that hold sub-graphs, each a Graph or a tuple of them; such an op does what they do, so
      that ``effect`` is the strongest that it can have: a node says which it has.
    - ``chooses``: whether the first input says which of the graphs is run, and is not passed on to it.
    - ``carries``: the param with the number of outputs that come back as the first inputs, in a loop.
    - ``keep(inputs, outputs, params)``: what a tape keeps for a rule that asks for ``kept``.
    - ``repeat(inputs, params)``: carries it out once more, for an op whose params depend on which tapes are there.
    - ``push(inputs, params, tangents)``: the tangents of the outputs, where they do not follow from the rules.
    """

    name: str
    inputs: tuple[str, ...]
    kernel: Callable[..., Any]
    infer: Callable[..., Any]
    rules: tuple[Rule | None, ...] = ()
    label: str = ""
    family: str = "outside"
    dtypes: frozenset[np.dtype] = dtypes.ANY
    typed: tuple[int, ...] = ()
    multiple: bool = False
    flops: Callable[..., int] = field(default=lambda ins, outs, **params: 0)
    remedy: str = ""

    effect: str | None = None
    commutative: bool = False
    broadcasts: bool = False
    linear: bool = False
    fresh: bool = False
    total: bool = False
    laws: Laws = NO_LAWS
    known: Callable[..., Any] | None = None
    unchanged: Callable[..., bool] | None = None
    moves: bool = False
    movement: str = ""
    permutation: Callable[..., tuple[int, ...]] | None = None
    swaps: tuple[str, ...] = ()
    late_of: Op | None = None

    graphs: tuple[str, ...] = ()
    chooses: bool = False
    carries: str = ""
    keep: Callable[..., Any] | None = None
    repeat: Callable[..., Any] | None = None
    push: Callable[..., Any] | None = None

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise ValueError(f"{self.name}: family is {self.family!r}, not one of {', '.join(FAMILIES)}")
        if self.effect not in EFFECTS:
            raise ValueError(f"{self.name}: effect is {self.effect!r}, not one of {EFFECTS}")
        if self.rules and len(self.rules) != len(self.inputs):
            raise ValueError(f"{self.name}: {len(self.rules)} gradient rules for {len(self.inputs)} inputs")
        if isinstance(self.kernel, np.ufunc):
            object.__setattr__(self, "fresh", True)

    @property
    def pure(self) -> bool:
        """Whether it may be folded, merged, moved and dropped."""
        return self.effect is None

    @cached_property
    def variadic(self) -> bool:
        return self.inputs[:1] != () and self.inputs[0].startswith("*")

    def takes(self, dtype: np.dtype) -> bool:
        """Whether inputs may have this dtype: with float32 comes bfloat16 (see widening.py)."""
        return dtype in self.dtypes or (dtype == dtypes.BFLOAT16 and dtypes.float32.numpy in self.dtypes)

    def typed_positions(self, count: int) -> tuple[int, ...]:
        """Which of ``count`` inputs must share one dtype."""
        return tuple(range(count)) if self.variadic and self.typed else self.typed

    def rule_for(self, position: int) -> Rule | None:
        """The gradient rule of the input at this position."""
        return self.rules[0 if self.variadic else position] if self.rules else None

    def __repr__(self) -> str:
        return f"<Op {self.name}>"


_REGISTRY: dict[str, Op] = {}
_HOMES: list[str] = []


def register(op: Op) -> Op:
    """Add an op to the registry; its name must be new."""
    if op.name in _REGISTRY:
        raise ValueError(f"There is already an op named {op.name!r}.")
    _REGISTRY[op.name] = op
    return op


def find_op(name: str) -> Op:
    """The op of this name: for code that comes before the op's own file, such as a gradient rule's reduce_sum.

    Raises KeyError if there is none, whether its file has been loaded or not.
    """
    found = _REGISTRY.get(name)
    return all_ops()[name] if found is None else found


def all_ops() -> Mapping[str, Op]:
    """Every op by its name, also of those files that nothing has needed yet."""
    _load_every_file()
    return dict(_REGISTRY)


def declared_in(*packages: str) -> None:
    """Say in which packages' files ops are declared. This floor knows none of those above it: they are told to it."""
    _HOMES.extend(packages)


@cache
def _load_every_file() -> None:
    from pkgutil import iter_modules

    for package in _HOMES:
        for file in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{file.name}")
