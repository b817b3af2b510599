"""Run a snippet and describe, as plain JSON data, what came of it."""

import ast
import linecache
import re
import types
from collections.abc import Mapping
from typing import Any

import numpy as np

Outcome = dict[str, Any]

# What a misspelt case or a missing name raises. It is never an outcome: a case that expects an AttributeError
# would otherwise pass for want of the very function that it tries.
_BROKEN_CASE = (NameError, SyntaxError, ImportError)

# Looked up by the exact type: np.float64 is a float as well, and is not a Python value here.
_PLAIN_TYPES = (type(None), bool, int, float, complex, str, bytes)


class BrokenCaseError(Exception):
    """The snippet did not get as far as the behaviour it asks about."""


def run(case_id: str, source: str, tf: types.ModuleType) -> Outcome:
    """The outcome of a snippet run in a fresh namespace: its last expression's value, or what it raised."""
    try:
        return describe(_evaluate(f"<parity {case_id}>", source, tf), tf)
    except BrokenCaseError:
        raise
    except _BROKEN_CASE as error:
        raise BrokenCaseError(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        if isinstance(error, AttributeError) and isinstance(error.obj, types.ModuleType):
            raise BrokenCaseError(str(error)) from error
        return _describe_exception(error, tf)


def _evaluate(filename: str, source: str, tf: types.ModuleType) -> Any:
    tree = ast.parse(source, filename)
    last = tree.body.pop()
    if not isinstance(last, ast.Expr):
        raise BrokenCaseError("the last line of a case has to be an expression")
    # tf.function reads the source of what it decorates.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace = {"tf": tf, "np": np, "__name__": "__main__"}
    exec(compile(tree, filename, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), filename, "eval"), namespace)


def describe(value: Any, tf: types.ModuleType) -> Outcome:
    """Plain data for a value: its kind, and all that the comparison looks at."""
    if type(value) in _PLAIN_TYPES:
        return {"kind": "python", "type": type(value).__name__, "repr": repr(value)}
    if isinstance(value, tf.Variable):
        return {"kind": "variable", **_describe_array(value.numpy())}
    if isinstance(value, tf.Tensor):
        # The tensor's own dtype and shape, so that they cannot differ from its array's unseen.
        array = _describe_array(value.numpy())
        return {"kind": "tensor", **array, "dtype": value.dtype.name, "shape": value.shape.as_list()}
    if isinstance(value, np.ndarray | np.generic):
        kind = "ndarray" if isinstance(value, np.ndarray) else "numpy scalar"
        return {"kind": kind, **_describe_array(value)}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return {"kind": kind, "items": [describe(item, tf) for item in value]}
    if isinstance(value, Mapping):
        return {"kind": "dict", "items": {str(key): describe(item, tf) for key, item in value.items()}}
    if isinstance(value, tf.TensorShape | tf.DType | tf.TensorSpec):
        return {"kind": type(value).__name__, "repr": repr(value)}
    raise BrokenCaseError(f"a case cannot end in a {type(value).__name__}: end it in a tensor or plain data")


def _describe_array(value: Any) -> Outcome:
    array = np.asarray(value)
    dtype = "string" if array.dtype == object or array.dtype.kind in "SU" else array.dtype.name
    return {"dtype": dtype, "shape": list(array.shape), "values": [_plain(item) for item in array.ravel()]}


def _plain(item: Any) -> Any:
    """A value as JSON holds it exactly: floats as NumPy's shortest text, which reads back the same bits."""
    if isinstance(item, bytes | str):
        return item.decode("utf-8", "backslashreplace") if isinstance(item, bytes) else item
    if isinstance(item, np.complexfloating):
        return [str(item.real), str(item.imag)]
    return item.item() if isinstance(item, np.bool_ | np.integer) else str(item)


def _describe_exception(error: Exception, tf: types.ModuleType) -> Outcome:
    public = [cls.__name__ for cls in type(error).__mro__ if _is_public(cls, tf)]
    return {"kind": "raises", "names": public, "message": _first_line(str(error))}


def _is_public(cls: type, tf: types.ModuleType) -> bool:
    """Whether a user can name the class: TensorFlow raises some that are in no public namespace."""
    named = cls.__module__ == "builtins" or getattr(tf.errors, cls.__name__, None) is cls
    return named and cls not in (object, BaseException, Exception)


def _first_line(message: str) -> str:
    """The first line without what differs from run to run (addresses, files) or says nothing (the node's name).

    Before the text of a message, Protocol Buffers print a mark that is another each time, so that nobody compares it.
    """
    line = message.strip().partition("\n")[0]
    line = re.sub(r"\{\{function_node [^}]*\}\} *| name: *$", "", line)
    line = re.sub(r"goo\.gle/debug\w+ *", "", line)
    line = re.sub(r"(?<![\w:/])(/[\w.+-]+){2,}", "<file>", line)
    return re.sub(r"0x[0-9a-f]+", "0x...", line)[:200]
