"""Which operations of a recording are the update: what comes after the gradients and gives variables new values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE, RecordedOp


def with_updates(ops: Sequence[RecordedOp]) -> list[RecordedOp]:
    """Return the operations, those of an update in that phase.

    It is what writes variables between a gradient and the next forward pass, and what is computed for that alone: the
    product of a learning rate and a gradient, say.
    """
    differentiated = {op.of for op in ops}
    users: dict[int, list[int]] = defaultdict(list)
    for op in ops:
        for tensor in op.inputs:
            if tensor.kind != "variable":
                users[tensor.id].append(op.index)
    after_gradient = []
    is_after = False
    for op in ops:
        if op.phase == BACKWARD:
            is_after = True
        elif op.index in differentiated:
            is_after = False
        after_gradient.append(is_after and op.phase == FORWARD)
    updates: set[int] = set()
    for op in reversed(ops):
        if after_gradient[op.index]:
            its_users = [user for out in op.outputs for user in users[out.id]]
            if op.effect or (its_users and updates.issuperset(its_users)):
                updates.add(op.index)
    return [replace(op, phase=UPDATE) if op.index in updates else op for op in ops]
