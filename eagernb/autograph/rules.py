"""Which callables are left as they are: libraries, built-in functions, classes, generators."""

from __future__ import annotations

import inspect
import sys
import types
from functools import _lru_cache_wrapper
from typing import Any

from eagernb.core.source import is_own

# Their code knows nothing of tensors, or (like ours) deals with them itself. The rest, packages included, may rely on
# being converted.
_LIBRARIES = frozenset(
    ("IPython", "PIL", "absl", "anywidget", "graphviz", "ipykernel", "ipywidgets", "jax", "jaxlib", "keras", "malt",
     "matplotlib", "ml_dtypes", "numpy", "onnx", "pandas", "pytest", "scipy", "sklearn", "tensorflow",
     "tensorflow_datasets", "tensorflow_probability", "torch", "tqdm", "traitlets")
)  # fmt: skip


_OURS = __name__.partition(".")[0]


def is_library(module_name: str) -> bool:
    """Whether the functions of a module are left as they are."""
    return module_name.partition(".")[0] == _OURS or _is_elsewhere(module_name)


def _is_elsewhere(module_name: Any) -> bool:
    top = module_name.partition(".")[0] if isinstance(module_name, str) else ""
    return top in _LIBRARIES or top in sys.stdlib_module_names


def is_left_alone(f: Any) -> bool:
    """Whether a callable is called as it is, not converted."""
    if isinstance(f, types.FunctionType):
        code = f.__code__
        if is_own(code) or _is_elsewhere(f.__globals__.get("__name__")):
            return True
        # Generators and coroutines run piece by piece, when the trace may be long over.
        return bool(code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR))
    if isinstance(f, types.MethodType):
        owner = f.__self__ if isinstance(f.__self__, type) else type(f.__self__)
        return _is_of_a_test(owner) or is_left_alone(f.__func__)
    if isinstance(f, (type, types.BuiltinFunctionType, types.MethodWrapperType, _lru_cache_wrapper)):
        return True
    call = call_method(f)
    return call is None or is_left_alone(call)


def _is_of_a_test(owner: type) -> bool:
    # Whoever has written a test has loaded unittest; no one else should wait for it.
    unittest = sys.modules.get("unittest")
    return unittest is not None and issubclass(owner, unittest.TestCase)


def call_method(f: Any) -> types.FunctionType | None:
    """The Python function that runs when an object is called, if there is one."""
    method = next((vars(cls)["__call__"] for cls in type(f).__mro__ if "__call__" in vars(cls)), None)
    return method if isinstance(method, types.FunctionType) else None
