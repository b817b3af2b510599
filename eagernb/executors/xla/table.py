"""Which function of JAX an op is: by name where it has NumPy's name, by a rule in ``rules/`` where it does not.

A rule is ``rule(*arrays, **params)`` with the op's inputs and params, written with ``jax.numpy``; shapes and params are
Python values in it, the elements are not known. What it gives is brought to the dtype that the op's inference says.
The first input of a rule for a variable is the variable's value, and it gives the pair (new value, result).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from eagernb.core.op import Op

Rule = Callable[..., Any]

_RULES: dict[str, Rule] = {}
_ASKING: set[str] = set()
_STATE_RULES: dict[str, Rule] = {}
_CONTROL_FLOW: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Declare the function below to be the rule of the ops with these names."""

    def declare(function: Rule) -> Rule:
        for name in names:
            _RULES[name] = function
        return function

    return declare


def rules(table: dict[str, Rule], asks: bool = False) -> None:
    """Declare many rules, each a line. Those that ask for the values of inputs get known ones as NumPy's arrays."""
    _RULES.update(table)
    if asks:
        _ASKING.update(table)


def state_rules(table: dict[str, Rule]) -> None:
    """Declare the rules of ops that read or change a variable."""
    _STATE_RULES.update(table)


def control_flow_rules(table: dict[str, Rule]) -> None:
    """Declare the rules of ops that run graphs: from the node, its inputs and the state to the results."""
    _CONTROL_FLOW.update(table)


@cache
def _load() -> None:
    from eagernb.executors.xla import rules as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    importlib.import_module("eagernb.executors.xla.control_flow")


class Unknown(Exception):  # no failure: the program is compiled anew, with this value known
    """A rule needs the value of an array that JAX only traces."""

    def __init__(self, array: Any) -> None:
        super().__init__(array)
        self.array = array


class UnboundedError(Exception):
    """A stack or list must be as large as a loop has turns, and nobody knows how many those are."""


def known(array: Any) -> Any:
    """The value of an input that a rule needs while compiling; raises Unknown if there is none yet."""
    if not isinstance(array, (np.ndarray, np.generic)):
        raise Unknown(array)
    return array


def find_rule(op: Op) -> Rule | None:
    """How to compute an op in JAX; None if XLA has nothing for it."""
    _load()
    found = _RULES.get(op.name)
    if found is None and getattr(op.kernel, "__module__", None) == "numpy":
        import jax.numpy as jnp

        found = getattr(jnp, op.kernel.__name__, None)
    return found


def asks(op: Op) -> bool:
    """Whether the op's rule asks for the values of inputs."""
    return op.name in _ASKING


def find_state_rule(op: Op) -> Rule | None:
    """How an op changes or reads a variable; None if it does not, or XLA has nothing for it."""
    _load()
    return _STATE_RULES.get(op.name)


def find_control_flow_rule(op: Op) -> Rule | None:
    """How an op that runs graphs is lowered."""
    _load()
    return _CONTROL_FLOW.get(op.name)
