"""The walk from the traced graph to the optimised one: a table of the stages, their sentences, both pictures.

All of it stands in the page as it is. The script adds a slider, and shows one stage at a time: the pictures and the
sentences of the others are out of sight, and what a pass takes away is a ghost in the picture of the traced graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from eagernb.graph.ir import CONSTANT, INPUT
from eagernb.notebook import quantities
from eagernb.notebook.enumeration import MOST_SENTENCES, join
from eagernb.notebook.graph_pictures import boxes_of, value_names
from eagernb.notebook.graph_sketch import called, node_box
from eagernb.notebook.history import all_nodes
from eagernb.notebook.language import noted, say, translated
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.panels.picture import Picture
from eagernb.notebook.steps import Mark, Needs, Step, TracedBoxes, drawn_nodes, idle_passes, steps_of
from eagernb.viz.labels import drawable

if TYPE_CHECKING:
    from eagernb.graph import Node, Value
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.passes import Change


def walk(run: GraphRun, pictures: tuple[Picture, Picture]) -> str:
    """Return the stages of optimising: where no pass changed anything, what was tried, and the pictures."""
    steps = steps_of(run)
    drawn = _pictures(run, pictures)
    if not steps:
        return _idle(run) + drawn
    marks = [_drawn_marks(step, pictures[0]) for step in steps]
    is_drawn = pictures[0].svg and sum(map(len, marks)) <= _MOST_MARKS
    data = _data(run, marks) if is_drawn else {"steps": [[] for _ in steps], "sources": [], "back": []}
    source = json.dumps(
        data | {"words": {key: say(sentence) for key, sentence in _WORDS.items()}},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("<", "\\u003c")
    return element(
        "section",
        element(
            "div", _table(steps), class_="enb-saved", tabindex=0, role="group", aria_label=say("What optimising saved")
        ),
        element("div", _heading(say("What each pass did")), _said(run, steps), class_="enb-told"),
        element("div", drawn, class_="enb-drawn"),
        element("script", source, type="application/json", class_="enb-marks"),
        class_="enb-walk",
    )


# More ghosts are not drawn: then the sentences alone tell.
_MOST_MARKS = 600
# What the script says. {0}, {1}, ... are filled in.
_WORDS = {
    "bar": noted("Walk through the passes"),
    "slider": noted("Stage of optimising"),
    "previous": noted("Previous"),
    "next": noted("Next"),
    "count": noted("Stage {0} of {1}: {2}"),
    "after": noted("As traced, after {0}"),
    "inside": noted("{0} inside"),
}
_TRACED, _OPTIMIZED = noted("As traced"), noted("Optimised")


def _drawn_marks(step: Step, picture: Picture) -> dict[str, Mark]:
    """The marks of a step, those of what is drawn once on the box that stands for it."""
    drawn_as, (_, whole) = picture.drawn_as, picture.diagrams
    if not drawn_as:
        return step.marks
    shown = {box.id for box in whole.boxes}
    marks: dict[str, Mark] = {}
    for box, mark in step.marks.items():
        if (place := drawn_as.get(box, box)) in shown:
            marks.setdefault(place, mark._replace(into=drawn_as.get(mark.into, mark.into)))
    return marks


def _data(run: GraphRun, marks: Sequence[dict[str, Mark]]) -> dict[str, object]:
    """What the script needs to draw the ghosts: for each step what becomes of which boxes, and which look differently.

    In the picture without the script all that will be taken away is struck out; at first it is not.
    """
    marked = {box for step in marks for box in step}
    nodes = [(node, box) for node, box in drawn_nodes(run.graph) if box in marked]
    return {
        "steps": [
            [
                [drawable(part) for part in (box, m.word, m.now, m.into)] + [2 if m.known else int(m.gone)]
                for box, m in step.items()
            ]
            for step in marks
        ],
        "sources": [drawable(box) for node, box in nodes if node.is_source],
        "back": [drawable(box) for node, box in nodes if not node.is_source and node.scope == "gradient"],
    }


def _table(steps: Sequence[Step]) -> str:
    """What each stage needs, and how much less that is than before it."""
    first, last = steps[0].before, steps[-1].after
    head = [element("th", text(say(t)), scope="col") for t in (noted("Stage"), *(title for title, _ in _COLUMNS))]
    stages = [(say(_TRACED), first, first), *((step.title, step.before, step.after) for step in steps)]
    body = [
        _stage(title, [_change(was, now, show) for was, now, (_, show) in zip(before, after, _COLUMNS, strict=True)])
        for title, before, after in stages
    ]
    totals = [_saved(was, now, show) for was, now, (_, show) in zip(first, last, _COLUMNS, strict=True)]
    body.append(_stage(say("Optimised: saved"), totals))
    return element(
        "table",
        element("caption", say("What optimising saved")),
        element("thead", element("tr", *head)),
        element("tbody", *body),
        class_="enb-small enb-number",
    )


Show = Callable[[int], str]
_COLUMNS: tuple[tuple[str, Show], ...] = (
    (noted("Operations"), lambda number: f"{number:,}"),
    (noted("Arithmetic"), quantities.flops),
    (noted("Bytes of results"), quantities.nbytes),
    (noted("Alive at once"), quantities.nbytes),
)


def _stage(title: str, cells: Sequence[str]) -> str:
    return element("tr", element("th", text(title), scope="row"), *(element("td", cell) for cell in cells))


def _change(was: int, now: int, show: Show) -> str:
    shown = text(_quantity(show, now))
    if was == now:
        return shown
    difference = f"−{_quantity(show, was - now)}" if was > now else f"+{_quantity(show, now - was)}"
    return f"{element('small', text(difference))} {shown}"


def _saved(was: int, now: int, show: Show) -> str:
    """What was saved in all; a dash for nothing."""
    if was == now:
        return "–"
    if now > was:
        return text(say("{amount} more", amount=_quantity(show, now - was)))
    return element("b", text(_quantity(show, was - now))) + " " + element("small", _percent(100 * (was - now) / was))


def _percent(percent: float) -> str:
    return f"{percent:.0f}\N{NO-BREAK SPACE}%" if percent >= 1 else "&lt;\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}%"


def _quantity(show: Show, number: int) -> str:
    return show(number).replace(" ", "\N{NO-BREAK SPACE}")


def _said(run: GraphRun, steps: Sequence[Step]) -> str:
    """The stages in words, one item each."""
    # What a sentence is about may be in either graph, or in one between them.
    boxes = _BoxOf(run)
    first, last = steps[0].before, steps[-1].after
    begin = say(
        "the graph that the cell's code asks for, {operations}.", operations=quantities.count(first.ops, "operation")
    )
    saved = _saving(first, last)
    end = say(
        "what is run, {operations}. All passes together{saved}.",
        operations=quantities.count(last.ops, "operation"),
        saved=saved or say(" saved none"),
    )
    if idle := idle_passes(run):
        end += f" {_nothing_to_do(idle)}"
    names = value_names(run)
    items = [_line(say(_TRACED), begin), *(_pass(step, boxes, names) for step in steps), _line(say(_OPTIMIZED), end)]
    return element("ol", *(element("li", item) for item in items), class_="enb-said")


def _line(title: str, told: str) -> str:
    return element("p", element("b", text(title)), text(f"{say(': ')}{told}"))


class _BoxOf:
    """By node, its box: in either picture, or that of what it was traced as."""

    def __init__(self, run: GraphRun) -> None:
        self._drawn = boxes_of(run.optimized) | boxes_of(run.graph)
        self._traced = TracedBoxes(run.graph)

    def __getitem__(self, node: Node) -> str:
        return self._drawn.get(node) or next(iter(self._traced.of(node)), node_box(node))


def _pass(step: Step, boxes: _BoxOf, names: dict[Value, str]) -> str:
    done = say(
        "{does}: {changes}{saved}.",
        does=translated(step.does),
        changes=quantities.count(len(step.changes), "change"),
        saved=_saving(step.before, step.after) + _in_place(step),
    )
    dropped = sum(node.op is CONSTANT for change in step.changes if change.kept is None for node in change.removed)
    if dropped:
        done += " " + say("{constants} among them: no operations.", constants=quantities.count(dropped, "constant"))
    title = element("b", text(step.title)) + element("small", text(done))
    return element("details", element("summary", title), _sentences(step, boxes, names), open="")


def _in_place(step: Step) -> str:
    """What need not be allocated, as the end of a sentence; empty where every result has memory of its own."""
    if not step.in_place:
        return ""
    size = quantities.nbytes(step.in_place)
    if step.after.peak < step.before.peak:
        return say("; {size} of results need no memory of their own", size=size)
    return say("; {size} of results need no memory of their own, the most alive at once stays as it is", size=size)


def _saving(before: Needs, after: Needs) -> str:
    """What was saved, as the end of a sentence; empty if nothing was."""
    fewer = [quantities.count(before.ops - after.ops, "operation")] if before.ops > after.ops else []
    fewer += (
        [say("{size} of results", size=quantities.nbytes(before.nbytes - after.nbytes))]
        if before.nbytes > after.nbytes
        else []
    )
    if before.peak > after.peak:
        fewer.append(say("{size} at the moment that needs most", size=quantities.nbytes(before.peak - after.peak)))
    return say(" saved {things}", things=join(fewer)) if fewer else ""


_NODE = re.compile(r"%(\w+)")


def _sentences(step: Step, boxes: _BoxOf, names: dict[Value, str]) -> str:
    """What a pass says, with what the boxes are called; a name lights its box."""
    changes = step.changes
    shown = changes[:MOST_SENTENCES]
    anywhere = {
        node.name: node
        for graph in ((step.result.after, step.result.before) if shown else ())
        for node in (*all_nodes(graph), *graph.nodes)
    }
    items: list[str] = []
    for change in shown:
        about = [*([] if change.kept is None else [change.kept]), *change.removed]
        near = {value.node.name: value.node for node in about for value in node.inputs}
        # What is passed into a loop is called there as outside.
        known = anywhere | near | {node.name: node for node in about if node.op is not INPUT}

        def named(found: re.Match[str], known: dict[str, Node] = known) -> str:
            node = known.get(found[1])
            if node is None:
                return element("code", found[0])
            return element("code", text(called(node, names)), data_box=boxes[node])

        told = _NODE.sub(named, text(translated(change.sentence)))
        items.append(element("li", told, data_box=_box_of(change, boxes)))
    if len(changes) > len(shown):
        items.append(element("li", say("and {n} more", n=f"{len(changes) - len(shown):,}"), class_="enb-quiet"))
    return element("ul", *items)


def _box_of(change: Change, boxes: _BoxOf) -> str | None:
    """The box that a sentence is about; None for a sentence about the whole graph."""
    subject = change.removed[0] if change.removed else change.kept
    return None if subject is None else boxes[subject]


def _idle(run: GraphRun) -> str:
    idle = idle_passes(run)
    return element("p", text(_nothing_to_do(idle)), class_="enb-note") if idle else ""


def _nothing_to_do(passes: Sequence[str]) -> str:
    return say("Nothing to do for {passes}.", passes=join(passes))


def _pictures(run: GraphRun, pictures: tuple[Picture, Picture]) -> str:
    """Both pictures: side by side where they are narrow, else one at a time, by a switch that needs no script.

    Where optimising changed nothing that they show, or has only taken away from a large picture, there is one.
    """
    traced, optimized = (picture.diagram for picture in pictures)
    if (traced.boxes, traced.edges, traced.groups) == (optimized.boxes, optimized.edges, optimized.groups):
        return pictures[0].figure(say("As traced, and as it is run"))
    if len(optimized.boxes) > _MOST_TWICE and {box.id for box in optimized.boxes} <= {box.id for box in traced.boxes}:
        return pictures[0].figure(say("As traced; what is not struck out is what is run"))
    titles = [
        f"{title} {element('small', quantities.count(cost.ops, 'operation'))}"
        for title, cost in ((say(_TRACED), run.cost["traced"]), (say(_OPTIMIZED), run.cost["optimized"]))
    ]
    figures = [picture.figure(title) for picture, title in zip(pictures, titles, strict=True)]
    if max(picture.width for picture in pictures) <= _NARROW:
        return element("div", *figures, class_="enb-columns")
    buttons = [
        element("label", f'<input type="radio" name="stage"{" checked" if index == 0 else ""}>', title)
        for index, title in enumerate(titles)
    ]
    # The form keeps the switches of several panels apart.
    return element("form", element("div", *buttons, class_="enb-switch"), *figures, class_="enb-stages")


# A larger picture is in the page once, if it has all boxes of both: at the last stage what has gone is hidden.
_MOST_TWICE = 30
# Pixels that fit twice into most pages.
_NARROW = 460


def _heading(title: str) -> str:
    return element("div", text(title), class_="enb-heading")
