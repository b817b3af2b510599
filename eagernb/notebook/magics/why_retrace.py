"""%why_retrace: why a function was traced again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from IPython.core.magic import line_magic, magics_class, no_var_expand
from IPython.display import display

from eagernb.function.function import Function
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.options import CellOptions
from eagernb.notebook.retracing_view import RetracingView, traced_functions


@magics_class
class WhyRetraceMagic(EagerNBMagics):
    """``%why_retrace f``."""

    name = "why_retrace"
    options = CellOptions
    usage = ("%why_retrace f",)

    @staticmethod
    def summary() -> str:
        return say("Says for each trace of a function which argument was to blame, and what to do.")

    @staticmethod
    def about() -> str:
        return "\n\n".join(
            (
                say("Say for each trace of a function which argument made it necessary, and what to do about it."),
                say("%why_retrace f, %why_retrace model.call: anything that gives what tf.function made."),
            )
        )

    @no_var_expand
    @line_magic
    def why_retrace(self, line: str) -> None:
        __tracebackhide__ = True
        options, code = self.read(line, None)
        if code is None:
            return
        try:
            function = code.run()
            if not isinstance(function, Function):
                raise TypeError(self._no_function(code.body, function))
        except BaseException as error:
            code.shortened(error)
            raise
        view = RetracingView(function.explain_retracing())
        self.keep(view, options)
        display(view)

    def _no_function(self, written: str, value: Any) -> str:
        names = ", ".join(traced_functions(self.shell.user_ns))
        there_are = f" What tf.function made here: {names}." if names else ""
        remedy = "It is never traced by itself: decorate it with @tf.function." if callable(value) else ""
        return f"%why_retrace needs what tf.function made, but {written} is {value!r}. {remedy}{there_are}".strip()

    @classmethod
    def arguments(cls, line: str, namespace: dict[str, Any]) -> Iterable[str]:
        return traced_functions(namespace)
