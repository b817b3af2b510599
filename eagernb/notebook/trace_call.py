"""Tracing a call: the graph of one function for its arguments, optimised and run."""

from __future__ import annotations

import ast
from collections.abc import Callable
from time import perf_counter_ns
from typing import Any, NamedTuple

from eagernb.core.dispatch import current
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.function.decorator import function
from eagernb.function.function import Function
from eagernb.function.trace import given_tensors
from eagernb.graph import Value
from eagernb.graph.ir import INPUT, VARIABLE
from eagernb.notebook.cell import Cell
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.trace_cell import CellTrace


class Call(NamedTuple):
    """A call on a line, its function and arguments evaluated."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    text: str  # the function as it is written


def call_of(cell: Cell) -> Call | None:
    """Evaluate function and arguments of the call that a line is; None where it is anything else."""
    __tracebackhide__ = True
    body = cell.tree.body
    if len(body) != 1 or not isinstance(body[0], ast.Expr) or not isinstance(body[0].value, ast.Call):
        return None
    node = body[0].value

    def evaluate(expression: ast.expr, **names: Any) -> Any:
        __tracebackhide__ = True
        code = cell.shell.compile(ast.Expression(expression), cell.filename, "eval")
        return eval(code, cell.shell.user_global_ns, {**cell.shell.user_ns, **names})

    name = ast.copy_location(ast.Name(_CAPTURE, ast.Load()), node)
    called = evaluate(node.func)
    args, kwargs = evaluate(
        ast.copy_location(ast.Call(name, node.args, node.keywords), node), **{_CAPTURE: lambda *a, **k: (a, k)}
    )
    return Call(called, args, kwargs, ast.unparse(node.func))


_CAPTURE = "_eagernb_arguments"


class CallTrace(CellTrace):
    """One line on its way through tracing, optimising and running.

    A call of what ``tf.function`` made, or of a function of the user's, is traced as a function: its arguments, which
    are computed first, are the graph's inputs. Anything else is traced as a cell is.
    """

    def run(self) -> Any:
        """Trace, optimise, run; raises what the function raises, with the visible line in its traceback."""
        __tracebackhide__ = True
        try:
            call = call_of(self.cell)
        except BaseException as error:
            self.cell.shortened(error)
            raise
        if call is None or not _is_users(call.function):
            return super().run()
        try:
            return self._run_call(call)
        except BaseException as error:
            if self.result is not None and not self.result.error:
                self.result.error = f"{type(error).__name__}: {error}"
                self.result.error_line = self.cell.line_of(error)
            self.cell.shortened(error)
            raise

    def _run_call(self, call: Call) -> Any:
        __tracebackhide__ = True
        traced = call.function if isinstance(call.function, Function) else function(call.function)
        began = perf_counter_ns()
        concrete = traced.get_concrete_function(*call.args, **call.kwargs)
        took = perf_counter_ns() - began
        graph = concrete.graph
        self.result = result = GraphRun(
            self.cell.source, graph, graph, timings={"trace": took, "optimize": 0, "run": 0}
        )
        result.shows_code = self.shows_code
        result.names = {n.values[0]: n.name for n in (*graph.inputs, *graph.nodes) if n.op in (INPUT, VARIABLE)}
        self.inputs = given_tensors(traced._signature.bind(call.args, call.kwargs)[0])
        self._optimize(result)
        if current() is not None or concrete.captured:
            return traced(*call.args, **call.kwargs)  # a tape that is open outside sees the call as it is
        values: dict[Value, Any] = {}
        self._execute(result, values)
        return concrete._packed([EagerTensor._of(values[output]) for output in result.optimized.outputs])


def _is_users(called: Any) -> bool:
    """Whether this is a function to look into: made by tf.function, or not a part of eagernb or built into Python."""
    if isinstance(called, Function):
        return True
    if isinstance(called, (type, Variable, Tensor)) or not callable(called):
        return False
    module = getattr(called, "__module__", None) or ""
    return bool(module) and module != "builtins" and module.partition(".")[0] != __name__.partition(".")[0]
