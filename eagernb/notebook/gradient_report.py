"""why_no_gradient: where the way back from a target to a source is broken, in words and as a picture."""

from __future__ import annotations

from typing import Any

from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.why import Explanation, UserCode, explain
from eagernb.core.source import user_frame


class GradientReport(Explanation):
    """What ``why_no_gradient`` found: words where it is printed, a picture too in a notebook."""

    def to_dot(self) -> str:
        """The picture in Graphviz's language."""
        from eagernb.notebook.panels.gradient import gradient_diagram
        from eagernb.viz import to_dot

        return to_dot(gradient_diagram(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels import gradient_bundle

        return gradient_bundle(self)


def why_no_gradient(tape: Any, target: Any, source: Any) -> GradientReport:
    """Say why ``tape.gradient(target, source)`` is None; see ``eagernb.why_no_gradient``."""
    if not isinstance(tape, GradientTape):
        raise TypeError(f"why_no_gradient: the first argument is a GradientTape, not {type(tape).__name__}: {tape!r}.")
    code = UserCode(user_frame())
    found = explain(tape, target, source, code, code.argument_names("why_no_gradient", 3))
    return GradientReport(**vars(found))
