"""Whether there is anything in a function to convert. A long function of plain operations is not worth the time."""

from __future__ import annotations

import ast
import builtins
import opcode
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from eagernb.autograph.rules import is_left_alone, is_library
from eagernb.autograph.source import SourceUnavailableError, definition

_JUMPS = frozenset(opcode.hasjrel) | frozenset(opcode.hasjabs)  # of every if, loop, assert, and, or, comparison chain
_NOT = opcode.opmap["UNARY_NOT"]
_CALLS = frozenset(code for name, code in opcode.opmap.items() if name.startswith("CALL") and "INTRINSIC" not in name)

# What converted code calls a counterpart of.
_CONVERTED_BUILTINS = (abs, float, int, len, range, sorted, enumerate, zip, map, filter, any, all, next)

# Statements and expressions that do something else on tensors than on Python's values.
_CONTROL_FLOW = (
    ast.If, ast.While, ast.AsyncFor, ast.AsyncWith, ast.Match, ast.IfExp, ast.BoolOp, ast.Assert, ast.Await
)  # fmt: skip

Name = tuple[str, ...]  # the parts of a name like tf.nn.relu
_RANGE: Name = ("range", "of ints")  # Python's own, which a loop over plain numbers may go over


class Plain(NamedTuple):
    """Code with nothing to convert, as long as the names in it mean what they seem to."""

    called: frozenset[Name]  # functions of libraries, built in, or plain themselves
    numbers: frozenset[str]  # ints in a range that a loop goes over
    sequences: frozenset[str]  # lists, tuples and dicts that loops go over

    def holds(self, value_of: Callable[[str], Any]) -> bool:
        """Whether they do now; ``value_of`` says what a name stands for."""
        return (
            all(_is_left_alone(name, value_of) for name in self.called)
            and all(type(value_of(name)) is int for name in self.numbers)
            and all(type(value_of(name)) in (list, tuple, dict, range, str) for name in self.sequences)
        )


# By code object; None for one that has to be converted.
_judged: WeakKeyDictionary[CodeType, Plain | None] = WeakKeyDictionary()


_asked: ContextVar[frozenset[CodeType]] = ContextVar("eagernb_needs_conversion", default=frozenset())


def needs_conversion(function: FunctionType) -> bool:
    """False where converted code would do exactly what the function does as it is."""
    code = function.__code__
    operations = set().union(*(inner.co_code[::2] for inner in _codes(code)))
    if not operations & _JUMPS and not operations & _CALLS and _NOT not in operations:
        return False
    if code not in _judged:
        _judged[code] = _judge(function)
    plain = _judged[code]
    if plain is None:
        return True
    asked = _asked.get()
    if code in asked:
        return False  # it calls itself: that alone is no reason
    token = _asked.set(asked | {code})
    try:
        return not plain.holds(lambda name: _value_of(function, name))
    finally:
        _asked.reset(token)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _codes(const)


def _judge(function: FunctionType) -> Plain | None:
    try:
        node = definition(function)
    except SourceUnavailableError:
        return None
    outside = {*function.__code__.co_names, *function.__code__.co_freevars}
    for code in _codes(function.__code__):
        outside -= {*code.co_varnames, *code.co_cellvars}
    return judge(node, outside)


def judge(node: ast.AST, outside: set[str]) -> Plain | None:
    """What must hold for a piece of code to be plain; None if it cannot be. ``outside``: the names not of its own."""
    called: set[Name] = set()
    numbers: set[str] = set()
    sequences: set[str] = set()
    ranges: set[ast.Call] = set()  # those that loops go over
    for part in ast.walk(node):
        if isinstance(part, _CONTROL_FLOW) or (isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)):
            return None
        if isinstance(part, ast.Compare) and len(part.ops) > 1:
            return None
        if isinstance(part, ast.For):
            if isinstance(part.iter, ast.Call) and _dotted(part.iter.func) == ("range",) and not part.iter.keywords:
                for number in part.iter.args:
                    if isinstance(number, ast.Name) and number.id in outside:
                        numbers.add(number.id)
                    elif not isinstance(number, ast.Constant):
                        return None
                ranges.add(part.iter)
            elif isinstance(part.iter, ast.Name) and part.iter.id in outside:
                sequences.add(part.iter.id)
            else:
                return None
        elif isinstance(part, ast.Call):
            name = _dotted(part.func)
            if not name or name[0] not in outside:
                return None
            called.add(_RANGE if part in ranges else name)
    return Plain(frozenset(called), frozenset(numbers), frozenset(sequences))


def _dotted(node: Any) -> Name:
    """The parts of a name like ``tf.nn.relu``; none of anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else ()


def _is_left_alone(name: Name, value_of: Callable[[str], Any]) -> bool:
    """Whether a name stands for something that converted code calls as it is."""
    value = value_of(name[0])
    if name == _RANGE:
        return value is range
    for part in name[1:]:
        holder = value if isinstance(value, ModuleType) else type(value)
        if not is_library(getattr(holder, "__name__" if holder is value else "__module__")):
            return False
        value = getattr(holder, part, None)
    if any(value is builtin for builtin in _CONVERTED_BUILTINS):
        return False
    if isinstance(value, FunctionType) and not is_left_alone(value):
        return not needs_conversion(value)
    return callable(value) and is_left_alone(value)


def _value_of(function: FunctionType, name: str) -> Any:
    """What a name from outside the function stands for now."""
    code = function.__code__
    if name in code.co_freevars:
        cell = (function.__closure__ or ())[code.co_freevars.index(name)]
        try:
            return cell.cell_contents
        except ValueError:  # not assigned yet
            return None
    return function.__globals__.get(name, getattr(builtins, name, None))
