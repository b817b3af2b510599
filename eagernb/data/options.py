"""Options: how TensorFlow's runtime reads a dataset. Here they are kept, and change nothing."""

from __future__ import annotations

from typing import Any

_KINDS = {
    "dataset_name": str, "deterministic": bool, "experimental_deterministic": bool, "experimental_slack": bool,
    "experimental_symbolic_checkpoint": bool, "experimental_warm_start": bool,
}  # fmt: skip


class _Group:
    """Options that belong together, each None until it is set."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return None


class ThreadingOptions(_Group):
    """How many threads a dataset may use.

    >>> options = Options()
    >>> options.threading.private_threadpool_size = 2
    >>> options.threading.private_threadpool_size
    2
    """


class Options:
    """Settings for datasets, to be given to ``with_options``. All of them are None until they are set.

    Elements are always read in order, by the thread that asks for them: none of the settings changes anything.

    Raises AttributeError for an option that there is not, TypeError for a value of another type.

    >>> options = Options()
    >>> options.deterministic = False
    >>> options.deterministic
    False
    """

    def __init__(self) -> None:
        self._set: dict[str, Any] = {}
        self._groups = {
            "autotune": _Group(), "threading": ThreadingOptions(), "experimental_optimization": _Group(),
            "experimental_distribute": _Group(), "experimental_threading": ThreadingOptions(),
        }  # fmt: skip

    def __getattr__(self, name: str) -> Any:
        if name in _KINDS:
            return self._set.get(name)
        if name.startswith("_") or name not in self._groups:
            raise AttributeError(f"Cannot get the property {name} on {type(self).__name__}.")
        return self._groups[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *_KINDS, *self._groups]

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        elif name in self._groups:
            self._groups[name] = value
        elif name not in _KINDS:
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}.")
        elif not isinstance(value, _KINDS[name]):
            raise TypeError(f'Property "{name}" must be of type {_KINDS[name]}, got: {value!r} (type: {type(value)})')
        else:
            self._set[name] = value

    def merge(self, options: Options) -> Options:
        """New options: these, with those that the others set."""
        merged = Options()
        merged._set = {**self._set, **options._set}
        merged._groups = {**self._groups, **options._groups}
        return merged

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and self._set == other._set

    __hash__ = None  # type: ignore[assignment]
