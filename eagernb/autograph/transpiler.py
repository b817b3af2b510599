"""From a Python function to the function that it is converted to: the same names around it, the same lines."""

from __future__ import annotations
import __future__

import ast
import types
from collections.abc import Mapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from malt.core.converter import ConversionOptions, ProgramContext
from malt.pyct import anno, inspect_utils, naming, transformer
from malt.utils import ag_logging

from eagernb.autograph.converters import convert_tree
from eagernb.autograph.positions import Span, annotated_copy, named_as_written, place
from eagernb.autograph.source import definition
from eagernb.autograph.spellings import class_around

# By code object, so that a closure that is made again is not converted again.
_converted: WeakKeyDictionary[types.CodeType, dict[Any, ConvertedCode]] = WeakKeyDictionary()

_FUTURES = 0
for _feature in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _feature).compiler_flag


class Original(NamedTuple):
    """A definition in the user's code, and what it finds around it."""

    node: Any  # a FunctionDef or a Lambda, with the positions of its file; not changed
    filename: str
    name: str  # for tracebacks
    free_names: tuple[str, ...] = ()
    namespace: Mapping[str, Any] = {}
    read_later: tuple[str, ...] = ()  # names from around it that are read after its end
    class_name: str | None = None  # of the class whose body it is in
    futures: int = 0  # the compiler flags of its `from __future__ import ...`

    @classmethod
    def of(cls, function: types.FunctionType) -> Original:
        code, namespace = function.__code__, inspect_utils.getnamespace(function)
        flags, around = code.co_flags & _FUTURES, class_around(code.co_qualname)
        return cls(definition(function), code.co_filename, code.co_name, code.co_freevars, namespace, (), around, flags)


class ConvertedCode:
    """What a definition was converted to: its tree, and how to make functions of it."""

    def __init__(self, original: Original, options: ConversionOptions) -> None:
        node = original.node
        span = Span.of(node)
        written = {n.name for n in ast.walk(node) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))}
        namer = naming.Namer(original.namespace)
        is_lambda = isinstance(node, ast.Lambda)
        name = namer.new_symbol("ag__lam" if is_lambda else f"ag__{node.name}", ())
        info = transformer.EntityInfo(name, "", "<fragment>", (), original.namespace)
        context = transformer.Context(info, namer, ProgramContext(options=options))
        tree = convert_tree(
            _without_outer_expressions(annotated_copy(node)), context, original.read_later, original.class_name
        )
        if is_lambda:
            tree = ast.Assign([ast.Name(name, ast.Store())], tree)
        else:
            tree.name = name
        anno.setanno(tree, anno.Basic.ORIGIN, span)
        self._tree: Any = tree
        self._free_names = original.free_names
        self.maker = self._compiled(original, name, span, frozenset(written | {"<lambda>"}))

    def _compiled(self, original: Original, name: str, span: Span, written: frozenset[str]) -> types.CodeType:
        """The code of a function of ``ag__`` that gives the converted function."""
        cells = "".join(f"\n    {free} = None" for free in self._free_names)
        text = f"def outer():{cells}\n    def ag__maker(ag__):\n        return {name}\n    return ag__maker"
        module = ast.parse(text)
        outer: Any = module.body[0]
        outer.body[-2].body.insert(0, self._tree)
        place(module.body, span)
        compiled = compile(module, original.filename, "exec", flags=original.futures, dont_inherit=True)
        namespace: dict[str, Any] = {}
        exec(named_as_written(compiled, written, original.name), namespace)
        return namespace["outer"]().__code__

    def function(self, function: types.FunctionType, operators: Any) -> Any:
        """The converted form of a function that has this code: with its globals, closure and defaults."""
        cells = dict(zip(self._free_names, function.__closure__ or (), strict=True))
        closure = tuple(cells[name] for name in self.maker.co_freevars)
        maker = types.FunctionType(self.maker, function.__globals__, function.__name__, (), closure)
        made = maker(operators)
        made.__defaults__ = function.__defaults__
        made.__kwdefaults__ = function.__kwdefaults__
        made.__annotations__ = function.__annotations__
        made.__name__, made.__qualname__ = function.__name__, function.__qualname__
        made.__module__, made.__doc__ = function.__module__, function.__doc__
        return made

    def __str__(self) -> str:
        return ast.unparse(self._tree)


def _without_outer_expressions(node: Any) -> Any:
    """The definition without what Python computed when it was made, where other names are to be seen."""
    arguments = node.args
    arguments.defaults = [ast.Constant(None) for _ in arguments.defaults]
    arguments.kw_defaults = [None if value is None else ast.Constant(None) for value in arguments.kw_defaults]
    rest = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest):
        argument.annotation = None
    if isinstance(node, ast.FunctionDef):
        node.returns = None
    return node


def converted_code(function: types.FunctionType, options: ConversionOptions) -> ConvertedCode:
    """The converted code of a function, made once.

    Raises SourceUnavailableError, UnsupportedLanguageElementError (of diastatic-malt), or what a step of it raises.
    """
    known = _converted.setdefault(function.__code__, {})
    key = (function.__code__.co_filename, options)  # the same code in two files is equal, but not at the same place
    if key not in known:
        known[key] = ConvertedCode(Original.of(function), options)
        ag_logging.log(1, "AutoGraph converted %s to:\n%s", function, known[key])
    return known[key]
