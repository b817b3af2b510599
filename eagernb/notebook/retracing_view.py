"""%why_retrace: the report of tf.explain_retracing, in words and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eagernb.function.function import Function
from eagernb.function.retracing import Retrace, RetracingReport
from eagernb.notebook.language import say, say_count, translated


class RetracingView(RetracingReport):
    """A RetracingReport that shows itself in a notebook, in its language."""

    def __init__(self, report: RetracingReport) -> None:
        super().__init__(report.name, report.traces)

    def summary(self) -> str:
        """Return how often the function was traced."""
        times = len(self.traces)
        if not times:
            return say("{name} has not been traced yet: call it first.", name=self.name)
        return say_count(times, "{name} was traced once.", "{name} was traced {n} times.", name=self.name)

    def __str__(self) -> str:
        lines = [self.summary()]
        for trace in self.traces:
            lines.append(say("Trace {number}: {reason}", number=trace.number, reason=reason(trace)))
            lines += (f"  {remedy}" for remedy in remedies(trace))
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels.retracing import retracing_bundle

        return retracing_bundle(self)


def reason(trace: Retrace) -> str:
    """Return why the function was traced, as a sentence."""
    if trace.nearest is None:
        return say("It was the first.")
    changes = [translated(difference.change) for difference in trace.differences]
    said = say("; ").join(changes) or say("the arguments are the same, but the context is not")
    if trace.nearest == trace.number - 1:
        return say("{changes}.", changes=said[:1].upper() + said[1:])
    return say("Compared with trace {number}, {changes}.", number=trace.nearest, changes=said)


def remedies(trace: Retrace) -> list[str]:
    """Return what to do about it, each thing once."""
    return list(dict.fromkeys(translated(difference.remedy) for difference in trace.differences))


def traced_functions(namespace: Mapping[str, Any]) -> Iterator[str]:
    """Return the names of what ``tf.function`` made."""
    return (name for name, value in namespace.items() if isinstance(value, Function) and not name.startswith("_"))
