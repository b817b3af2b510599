"""tf.config.optimizer: which passes optimise the graphs of functions.

>>> import eagernb as tf
>>> tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
>>> f = tf.function(lambda: tf.constant(1.0) + tf.constant(2.0))
>>> [node.op.name for node in f.get_concrete_function().optimized.ops]
['add']
>>> tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": False})
"""

from __future__ import annotations

from typing import Any

from eagernb.graph.executable import set_default_executor
from eagernb.passes.pipeline import DEFAULT, switch_off

__all__ = ["get_experimental_options", "get_jit", "set_experimental_options", "set_jit"]


def __dir__() -> list[str]:
    return __all__


# The passes that do what TensorFlow's option is about.
_PASSES = {
    "constant_folding": {"fold_constants"},
    "arithmetic_optimization": {"simplify", "cse"},
    "function_optimization": {"inline_calls"},
    "loop_optimization": {"hoist_invariants"},
    "remapping": {"fuse_elementwise"},
}

_options: dict[str, Any] = {"disable_model_pruning": False, "disable_meta_optimizer": False}
_jit = ""


def set_experimental_options(options: dict[str, Any]) -> None:
    """Switch optimisations of functions that are traced from now on off (False) or on.

    ``constant_folding`` means the pass fold_constants, ``arithmetic_optimization`` simplify and cse,
    ``function_optimization`` inline_calls, ``loop_optimization`` hoist_invariants, ``remapping`` fuse_elementwise;
    ``disable_model_pruning`` switches off dead_code, ``disable_meta_optimizer`` all of them. Other options are kept,
    but change nothing here.
    """
    _options.update(options)
    off = {name for option, names in _PASSES.items() if _options.get(option) is False for name in names}
    off |= {"dead_code"} if _options["disable_model_pruning"] else set()
    switch_off(DEFAULT if _options["disable_meta_optimizer"] else off)


def get_experimental_options() -> dict[str, Any]:
    """The options that were set, and the two that always are."""
    return dict(_options)


def set_jit(enabled: bool | str) -> None:
    """Have XLA compile the functions that it can take, of those traced from now on without ``jit_compile``.

    ``True`` or "autoclustering" ask for it; what XLA cannot take runs as ever, where ``tf.function(jit_compile=True)``
    would raise.
    """
    global _jit
    _jit = "autoclustering" if enabled in (True, "autoclustering") else ""
    set_default_executor(_jit or "numpy_source")


def get_jit() -> str:
    """What ``set_jit`` set: "autoclustering" or nothing."""
    return _jit
