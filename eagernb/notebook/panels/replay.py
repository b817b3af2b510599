"""The replay's data: what the script cannot read from the table of operations. Without scripts, none of it is shown."""

from __future__ import annotations

import json
from math import prod
from typing import TYPE_CHECKING

from eagernb.notebook.box_words import cut_text
from eagernb.notebook.language import noted, say
from eagernb.notebook.panels.markup import element
from eagernb.notebook.tensor_words import spread_text, value_text
from eagernb.viz.labels import drawable

if TYPE_CHECKING:
    from eagernb.notebook.pictures import TapePicture
    from eagernb.notebook.recording import RecordedTensor, Recording

# A tensor of no more elements and rows is shown element by element.
_MOST_CELLS = 20
_MOST_CELL_ROWS = 4
# What the script says. {0}, {1}, ... are filled in.
_WORDS = {
    "title": noted("Replay"),
    "play": noted("Play"),
    "pause": noted("Pause"),
    "slider": noted("Step of the replay"),
    "whole": noted("All {0} steps. Move the slider, or press play, to see them run again one by one."),
    "part": noted("The first {0} steps. Move the slider, or press play, to see them run again one by one."),
    "none": noted("All {0} steps"),
    "stage": noted("The chosen step"),
    "step": noted("Step {0} of {1}: {2}, {3} → {4}"),
    "line": noted("line {0}"),
    "of": noted("backward of step {0} ({1}), asked for by {2}"),
    "update": noted("{0}, an update"),
    "adds": noted("+=, which adds what arrives now to {0}"),
    "from": noted("Computed from {0} by {1} steps before it."),
    "from one": noted("Computed from {0} by the step {1}."),
    "from outside": noted("Computed from {0}."),
    "chosen": noted("chosen step"),
    "life": noted("its result is in memory"),
    "path": noted("what it was computed from"),
    "lit": noted("pointed at"),
    "nowhere": noted("called from elsewhere"),
    "nothing": noted("no result"),
    "memory of": noted("Its memory: {0}."),
    "alive": noted("In memory now: {0}."),
    "more": noted("and {0} more"),
    "time": noted("Step on the strip of times"),
    "memory": noted("Step on the strip of memory"),
    "comma": noted(", "),
}


def replay(recording: Recording, tape: TapePicture, most: int) -> str:
    """Return, as data for the script, where the inputs of the first ``most`` operations come from; empty for one.

    ``takes`` has for each step its inputs: the number of the step that gave it, or -1, -2, ... for one of ``outside``,
    which are a box, a name, a type, a value, a histogram and the elements where they are few. ``cells`` has the
    elements of steps' results, ``adds`` the steps at which gradients are added up.
    """
    ops = recording.ops[:most]
    if len(ops) < 2:
        return ""
    made: dict[int, int] = {}
    outside: dict[tuple[int, str], int] = {}
    values: list[list[str]] = []
    takes: list[list[int]] = []
    for step, (op, boxes) in enumerate(zip(ops, tape.sources, strict=False), 1):
        takes.append([])
        for tensor, box in zip(op.inputs, boxes, strict=True):
            place = made.get(tensor.id, 0)
            if not place:
                # A variable has another value at another time.
                place = outside.setdefault((tensor.id, tensor.preview), -len(outside) - 1)
                if -place > len(values):
                    values.append(_value(tensor, box))
            takes[-1].append(place)
        made |= {out.id: step for out in op.outputs}
    said = {key: say(sentence) for key, sentence in _WORDS.items()}
    data = {
        "takes": takes,
        "outside": values,
        "cells": {
            step: found for step, op in enumerate(ops, 1) if len(op.outputs) == 1 and (found := _cells(op.outputs[0]))
        },
        "adds": [step for step, op in enumerate(ops, 1) if op.adds_to is not None],
        "words": said | ({"whole": said["part"]} if len(ops) < len(recording.ops) else {}),
    }
    source = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return element("script", source, type="application/json", class_="enb-tape")


def _value(tensor: RecordedTensor, box: str) -> list[str]:
    spread = spread_text(tensor.glance) if tensor.has_range else ""
    value = drawable(cut_text(value_text(tensor)))
    return [box, drawable(cut_text(tensor.name)), tensor.type_text, value, spread, _cells(tensor)]


def _cells(tensor: RecordedTensor) -> str:
    """The columns of a small tensor and its elements; empty for another one, and where they are all the same."""
    if tensor.glance is None or prod(tensor.shape) > _MOST_CELLS or len(set(tensor.glance.cells)) < 2:
        return ""
    if len(tensor.shape) == 2 and tensor.shape[0] > _MOST_CELL_ROWS:
        return ""
    return f"{tensor.shape[-1]}: {' '.join(f'{x:.3g}' for x in tensor.glance.cells)}"
