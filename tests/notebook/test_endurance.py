"""Two hundred cells in a row leave no more behind than a few."""

from __future__ import annotations

import gc
from collections import Counter

CELL = """\
with tf.GradientTape() as tape:
    for i in range(3):
        h = tf.tanh(x @ w)
    loss = tf.reduce_mean(h * h)
w.assign_sub(0.1 * tape.gradient(loss, w))
"""
LINES = {
    "%%eager": CELL, "%%graph": CELL, "%%compare": CELL, "%%predict ops=20": CELL, "%eager tf.exp(x)": "",
    "%graph f(x)": "", "%compare f(x)": "", "%gradcheck f(x)": "", "%why_retrace f": "", "%eagernb": "",
    "%%eager --widget": "y = tf.exp(x)",
}  # fmt: skip


def ours() -> Counter[str]:
    """How many objects of each of this package's classes there are."""
    gc.collect()
    kinds = (type(x) for x in gc.get_objects())
    return Counter(f"{k.__module__}.{k.__qualname__}" for k in kinds if str(k.__module__).startswith("eagernb."))


def test_cells_in_a_row_leave_nothing_behind(run, shell, monkeypatch):
    # As in JupyterLab, where the widget of a cell that runs again is closed.
    monkeypatch.setattr(shell, "get_parent", lambda: {"metadata": {"cellId": "endurance"}}, raising=False)
    run("x = tf.ones([4, 4]); w = tf.Variable(tf.ones([4, 4]))\nf = tf.function(lambda x: tf.exp(x) + 1.0)\nf(x);")
    shell.displayhook.cache_size = 0  # IPython keeps what cells return: here, of the last one only
    cells = [f"{line}\n{body}" for line, body in LINES.items()]
    for cell in cells * 3:
        assert run(cell).error is None
    before = ours()
    for cell in cells * 20:
        run(cell)
    assert ours() - before == Counter()
