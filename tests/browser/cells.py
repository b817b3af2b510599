"""The cells that show an output of every kind."""

from __future__ import annotations

from tests.browser.test_replay import CELLS

PANELS = [*CELLS, CELLS[1].replace("%%eager", "%%graph --code"), CELLS[1].replace("%%eager", "%%compare")]
REPORTS = [
    "f = tf.function(lambda a, n: a * n)\nf(x, 1)\nf(x, 2)\n%why_retrace f",
    "%gradcheck tf.sin(x)",
    "with tf.GradientTape() as tape:\n    z = tf.reduce_sum(tf.round(v) * 2.0)\ntf.why_no_gradient(tape, z, v)",
    "%%predict ops=3 result=[2.0]\nx + x",
    "%%predict ops=?\nx + x",
    "%eagernb",
    "%eagernb doctor",
    "%%eager\nx @ x",  # stops: its banner stands above the panel
]
