"""Where the symbols of a trace are in the user's namespace, and how concrete tensors take their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from eagernb.core.composite import Composite
from eagernb.core.tensor import Symbol, Tensor
from eagernb.graph import Tracer

_PLAIN = frozenset({int, float, complex, bool, str, bytes, type(None)})  # most items of large lists: skipped quickly
_SHELL = ("In", "Out")  # IPython's own record of earlier cells


class Places:
    """The namespace before and after tracing.

    Symbols are found under names, and inside lists, tuples, dicts and datasets under names.
    """

    def __init__(self, namespace: dict[str, Any], tracer: Tracer) -> None:
        self._namespace = namespace
        self._tracer = tracer
        self._before = dict(namespace)
        self._inputs: dict[str, tuple[Symbol, Any]] = {}  # the symbol, and the graph's value that it stands for

    def put(self, name: str, symbol: Symbol) -> None:
        """Let a symbol stand under a name while the cell is traced."""
        self._inputs[name] = symbol, symbol._value
        self._namespace[name] = symbol

    def take_back(self) -> None:
        """Names that the cell did not assign to (``a = ``, or of an Array ``a[0] = ``) hold their tensors again."""
        for name, (symbol, value) in self._inputs.items():
            if self._namespace.get(name) is symbol and symbol._value is value:
                self._namespace[name] = self._before[name]

    def tensor_of(self, name: str) -> Tensor:
        """The tensor that an input stands for."""
        return self._before[name]

    def find(self, *others: Any) -> list[Symbol]:
        """All symbols of the trace, in the namespace and in these values."""
        return [symbol for value in (*self._candidates().values(), *others) for symbol in self._symbols(value)]

    def fill(self, concrete: Callable[[Symbol], Any]) -> None:
        """Put ``concrete(symbol)`` in the place of every symbol."""
        for name, value in self._candidates().items():
            self._namespace[name] = self.filled(value, concrete)

    def filled(self, value: Any, concrete: Callable[[Symbol], Any]) -> Any:
        """A value with its symbols replaced. Lists and dicts are changed in place: others may hold them too."""
        return self._replace(value, concrete, {})

    def drop(self) -> None:
        """Let no symbol stay: a name holds what it held before, a list or dict loses the items that are symbols."""
        for name, value in self._candidates().items():
            if not self._holds(value):
                continue
            if value is self._before.get(name):
                self._weed(value)
            elif name in self._before:
                self._namespace[name] = self._before[name]
            else:
                del self._namespace[name]

    def _candidates(self) -> dict[str, Any]:
        """The names that may hold symbols: those that changed, and containers, which may have changed inside."""
        return {
            name: value
            for name, value in self._namespace.items()
            if value is not self._before.get(name)
            or (isinstance(value, (list, tuple, dict)) and not name.startswith("_") and name not in _SHELL)
        }

    def _holds(self, value: Any) -> bool:
        return next(self._symbols(value), None) is not None

    def _symbols(self, value: Any) -> Iterator[Symbol]:
        stack, seen = [value], set()
        while stack:
            item = stack.pop()
            if isinstance(item, Symbol):
                if item._tracer is self._tracer:
                    yield item
            elif isinstance(item, (list, tuple, dict, Composite)) and id(item) not in seen:
                seen.add(id(item))
                parts = item.values() if isinstance(item, dict) else item._held if isinstance(item, Composite) else item
                stack += [part for part in reversed(list(parts)) if part.__class__ not in _PLAIN]

    def _replace(self, value: Any, concrete: Callable[[Symbol], Any], done: dict[int, Any]) -> Any:
        if isinstance(value, Symbol):
            return concrete(value) if value._tracer is self._tracer else value
        if id(value) in done or not self._holds(value):
            return done.get(id(value), value)
        if isinstance(value, list):
            done[id(value)] = value
            value[:] = [self._replace(item, concrete, done) for item in value]
        elif isinstance(value, dict):
            done[id(value)] = value
            for key in value:
                value[key] = self._replace(value[key], concrete, done)
        elif isinstance(value, Composite):
            done[id(value)] = value
            value._held = tuple(self._replace(part, concrete, done) for part in value._held)
        else:
            items = [self._replace(item, concrete, done) for item in value]
            done[id(value)] = type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
        return done[id(value)]

    def _weed(self, value: Any) -> None:
        """Take the items that hold symbols out of a list or dict."""
        if isinstance(value, list):
            value[:] = [item for item in value if not self._holds(item)]
        elif isinstance(value, dict):
            for key in [key for key, item in value.items() if self._holds(item)]:
                del value[key]
