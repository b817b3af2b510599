"""Names of a public module that are loaded when they are first asked for, so that ``import eagernb`` stays fast."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any


def lazy_import(module: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a module; ``homes`` says from which module each of its lazy names comes.

    >>> find = lazy_import("eagernb.linalg", {"LinearOperatorZeros": "eagernb.linear_operators.zeros"})
    >>> find("LinearOperatorZeros").__name__
    'LinearOperatorZeros'
    """

    def __getattr__(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        # As `from home import name` does it: the name may be that of a submodule.
        value = getattr(__import__(homes[name], fromlist=[name]), name)
        setattr(sys.modules[module], name, value)
        return value

    return __getattr__
