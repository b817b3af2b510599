"""The panel of why_no_gradient: where the way back ends, what to do, and the way as a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eagernb.autodiff.why import Explanation, Stage
from eagernb.notebook.language import noted, say, translated
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.panels.picture import Picture, legend
from eagernb.notebook.panels.root import panel
from eagernb.viz import Box, BoxKind, Diagram, Edge

_KINDS: dict[str, BoxKind] = {
    "source": "input", "variable": "variable", "step": "op", "stop": "failed", "gap": "failed", "target": "output",
}  # fmt: skip
# A longer way is shown without its dull parts.
_LONGEST_WAY = 14


def gradient_bundle(explanation: Explanation) -> dict[str, str]:
    """Return the words, the page and the picture of an explanation."""
    picture = Picture(gradient_diagram(explanation))
    body = element(
        "div",
        element("p", element("strong", _marked(translated(explanation.headline))), class_="enb-lead"),
        _line(explanation),
        *[element("p", _marked(translated(sentence))) for sentence in explanation.details],
        _remedy(explanation),
        picture.figure(say("Values go down, gradients come back up")),
        legend(picture, failed=noted("no gradient comes through")),
        class_="enb-part",
    )
    bundle = {"text/plain": _words(explanation), "text/html": panel(say("Why no gradient"), body, picture.diagrams)}
    return bundle | ({"image/svg+xml": picture.svg} if picture.svg else {})


def _words(explanation: Explanation) -> str:
    lines = [translated(explanation.headline)]
    if explanation.line is not None and explanation.line.text:
        lines.append("  " + say("line {n}: {source}", n=explanation.line.number, source=explanation.line.text))
    lines += map(translated, explanation.details)
    if explanation.remedy:
        lines.append(say("What to do: ") + translated(explanation.remedy))
    return "\n".join(lines)


def _line(explanation: Explanation) -> str:
    line = explanation.line
    if line is None or not line.text:
        return ""
    return element("p", element("code", text(say("line {n}: {source}", n=line.number, source=line.text))))


def _remedy(explanation: Explanation) -> str:
    if not explanation.remedy:
        return ""
    return element("p", element("strong", say("What to do: ")), _marked(translated(explanation.remedy)))


def _marked(sentence: str) -> str:
    """Markup of a sentence, with what stands between backticks as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", text(sentence))


def gradient_diagram(explanation: Explanation) -> Diagram:
    """Return the picture of the way: values go down it, and the gradient climbs as far as it comes."""
    stages = _shortened(explanation.stages)
    boxes = [
        Box(f"stage{i}", stage.title, stage.lines, _KINDS[stage.kind], _tooltip(stage, explanation))
        for i, stage in enumerate(stages)
    ]
    highest = max((i for i, stage in enumerate(stages) if stage.kind in ("stop", "gap")), default=0)
    edges = [Edge(f"stage{i}", f"stage{i + 1}") for i in range(len(stages) - 1)]
    edges += [Edge(f"stage{i + 1}", f"stage{i}", kind="gradient") for i in range(highest, len(stages) - 1)]
    return Diagram("The way of the gradient", explanation.headline, tuple(boxes), tuple(edges))


def _tooltip(stage: Stage, explanation: Explanation) -> str:
    to_blame = stage.kind in ("stop", "gap") and stage.title in (explanation.op or stage.title)
    return "\n".join([stage.title, *stage.lines, *([explanation.headline] if to_blame else [])])


def _shortened(stages: Sequence[Stage]) -> list[Stage]:
    """The stages, with a number for operations that gradients pass where there are too many."""
    if len(stages) <= _LONGEST_WAY:
        return list(stages)
    dull = [0 < i < len(stages) - 1 and stage.kind == "step" for i, stage in enumerate(stages)]
    # An operation next to what matters stays.
    dull = [d and dull[i - 1] and dull[i + 1] for i, d in enumerate(dull)]
    shown: list[Stage] = []
    run = 0
    for stage, hide in zip(stages, dull, strict=True):
        if hide:
            run += 1
            continue
        if run:
            shown.append(Stage("⋯", (f"{run} operation{'s' if run > 1 else ''}",), "step"))
            run = 0
        shown.append(stage)
    return shown
