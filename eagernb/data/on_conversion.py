"""Where AutoGraph finds what to make of a loop or a built-in function on a dataset or an iterator: in loops.py.

That is loaded only once code is converted, as the conversion itself is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.autograph.overloads import register_overload
from eagernb.data.dataset import Dataset
from eagernb.data.iterator import Iterator


def _from_loops(name: str) -> Callable[..., Any]:
    def called(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        from eagernb.data import loops

        return getattr(loops, f"on_{name}")(*args, **kwargs)

    return called


for _name in ("for", "len", "enumerate", "zip", "map", "filter", "any", "all"):
    register_overload(_name, Dataset, _from_loops(_name))
for _name in ("for", "next"):
    register_overload(_name, Iterator, _from_loops(_name))
