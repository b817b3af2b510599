"""The steps of a conversion: those of diastatic-malt, some of them with Python's meaning kept more exactly."""

from __future__ import annotations

import ast
from typing import Any

from malt.converters import (
    asserts,
    break_statements,
    call_trees,
    conditional_expressions,
    continue_statements,
    control_flow,
    directives,
    functions,
    logical_expressions,
    return_statements,
    variables,
)
from malt.core import converter, unsupported_features_checker
from malt.lang.directives import set_loop_options as malt_set_loop_options
from malt.pyct import anno, cfg, qual_names, templates
from malt.pyct.errors import UnsupportedLanguageElementError
from malt.pyct.static_analysis import activity, reaching_definitions

from eagernb.autograph.appends import Appends
from eagernb.autograph.directives import set_loop_options
from eagernb.autograph.loop_else import LoopElse
from eagernb.autograph.spellings import Spellings, assigns


def convert_tree(node: Any, context: Any, read_later: tuple[str, ...] = (), class_name: str | None = None) -> Any:
    """A function's tree with its control flow, calls and logic as calls of our operators.

    ``read_later`` are names, not the function's own, that are read after its end. ``class_name`` is that of the class
    whose body it is in.
    """
    if read_later:
        node.body.append(_Reads.mark(read_later))
    if any(isinstance(part, ast.Match) for part in ast.walk(node)):
        raise UnsupportedLanguageElementError("`match` is not supported, use `if` and `elif`")
    node = Spellings(class_name).visit(LoopElse(context).visit(node))
    unsupported_features_checker.verify(node)
    graphs = cfg.build(node)
    node = qual_names.resolve(node)
    node = activity.resolve(node, context, None)
    node = reaching_definitions.resolve(node, context, graphs)
    anno.dup(node, {anno.Static.DEFINITIONS: anno.Static.ORIG_DEFINITIONS})
    for step in (
        functions.transform,
        _Of(LoopOptions),
        _Of(Appends),
        break_statements.transform,
        _Of(Assertions),
        continue_statements.transform,  # before loops, whose steps it must not skip
        return_statements.transform,
        call_trees.transform,
        control_flow.transform,
        _Of(Ternaries),
        _Of(Logic),
        _Of(AssignedNames),
        variables.transform,
    ):
        node = step(node, context)
    return _Reads().visit(node) if read_later else node


class _Reads(ast.NodeTransformer):
    """A statement at the end of a function that reads names, for the analysis to see; taken out in the end."""

    @staticmethod
    def mark(names: tuple[str, ...]) -> ast.stmt:
        read = ast.parse("ag__.read_later()").body[0]
        read.value.args = [_name(name) for name in names]  # type: ignore[attr-defined]
        return read

    def visit_Expr(self, node: ast.Expr) -> Any:
        call = node.value
        is_mark = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "read_later"
        return None if is_mark else node


class _Of:
    """A step that is a transformer."""

    def __init__(self, transformer: type) -> None:
        self._transformer = transformer

    def __call__(self, node: Any, context: Any) -> Any:
        return self._transformer(context).visit(node)


class LoopOptions(directives.DirectivesTransformer):
    """Takes ``set_loop_options`` out of loops; under our name for it, which does not need diastatic-malt."""

    def visit_Name(self, node: ast.Name) -> Any:
        return _as_malts(super().visit_Name(node))

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        return _as_malts(super().visit_Attribute(node))


def _as_malts(node: Any) -> Any:
    if anno.getanno(node, directives.STATIC_VALUE, default=None) is set_loop_options:
        anno.setanno(node, directives.STATIC_VALUE, malt_set_loop_options)
    return node


class Assertions(asserts.AssertTransformer):
    """Makes calls of asserts, whatever expression their message is."""

    def visit_Assert(self, node: ast.Assert) -> Any:
        self.generic_visit(node)
        if node.msg is None:
            return templates.replace("ag__.assert_stmt(test, None)", test=node.test)
        return templates.replace("ag__.assert_stmt(test, lambda: message)", test=node.test, message=node.msg)


class Ternaries(conditional_expressions.ConditionalExpressionTransformer):
    """Makes calls of conditional expressions, also of those within one."""

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        if assigns(node):
            return self.generic_visit(node)
        return super().visit_IfExp(self.generic_visit(node))


class AssignedNames(converter.Base):
    """Says again of the names in ``:=`` that they are assigned to: templates took them for read."""

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Any:
        node.target = ast.Name(node.target.id, ast.Store())
        node.value = self.visit(node.value)
        return node


class Logic(logical_expressions.LogicalExpressionTransformer):
    """Makes calls of and, or, not and chained comparisons, with each part of a chain computed once.

    Those that assign names by ``:=`` stay as they are: in the functions that their parts become, the names would not be
    the user's.
    """

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        return self.generic_visit(node) if assigns(node) else super().visit_BoolOp(node)

    def visit_Compare(self, node: ast.Compare) -> Any:
        if len(node.ops) > 1 and assigns(node):
            return self.generic_visit(node)
        if all(isinstance(part, (ast.Name, ast.Constant)) for part in node.comparators[:-1]):
            return super().visit_Compare(node)
        node = self.generic_visit(node)
        steps = []
        for op, right in zip(node.ops, node.comparators, strict=True):
            compared = self._process_binop(op, _name("left_"), _name("right_"))
            steps.append(templates.replace_as_expression(
                "(lambda left_, right_: compared, lambda: right)", compared=compared, right=right
            ))  # fmt: skip
        return templates.replace_as_expression(
            "ag__.comparisons(first, steps)", first=node.left, steps=ast.Tuple(steps, ast.Load())
        )


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
