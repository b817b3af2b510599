"""What runs around the body of each converted function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from malt.core.converter import ConversionOptions
from malt.operators.variables import UndefinedReturnValue

from eagernb.core.autograph_status import Status, conversion


class FunctionScope:
    """A context around a converted function's body: conversion is on, and ``callopts`` holds for the calls in it.

    ``name`` is that of the scope itself in converted code, by which `super()` and `locals()` find their frame.
    """

    def __init__(self, function_name: str, scope_name: str, options: ConversionOptions) -> None:
        self.name = scope_name
        self.callopts = options.call_options()
        self._conversion = conversion(Status.ENABLED) if options.user_requested else None

    def __enter__(self) -> FunctionScope:
        if self._conversion is not None:
            self._conversion.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        if self._conversion is not None:
            self._conversion.__exit__(*error)

    def ret(self, value: Any, did_return: bool) -> Any:
        """The function's result: None if no return statement was reached."""
        return None if isinstance(value, UndefinedReturnValue) else value


def with_function_scope(body: Callable[[FunctionScope], Any], scope_name: str, options: ConversionOptions) -> Any:
    """Run the body of a converted lambda."""
    __tracebackhide__ = True
    with FunctionScope("lambda_", scope_name, options) as scope:
        return body(scope)
