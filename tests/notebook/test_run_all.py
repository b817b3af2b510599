"""Cells in a real kernel: an error is an error for whoever runs the notebook, so that what follows does not run."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FAILING = {
    "unknown option": ("%%eager --nonsense\n1", "MagicOptionError"),
    "syntax error": ("%%graph\na = (1", "SyntaxError"),
    "exception": ("%%eager\ntf.ones([2, 3]) @ tf.ones([2, 3])", "ShapeError"),
    "failure in the graph": ("%%graph\ntf.gather(tf.constant([1.0]), [9])", "InvalidArgumentError"),
}


def notebook(*sources):
    cells = [nbformat.v4.new_code_cell(s) for s in ("%load_ext eagernb\nimport eagernb as tf", *sources)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


@pytest.mark.parametrize("name", FAILING)
def test_run_all_stops(name):
    source, error = FAILING[name]
    book = notebook(source, "after = True")
    with pytest.raises(CellExecutionError) as caught:
        NotebookClient(book, kernel_name="python3").execute()
    assert caught.value.ename == error
    assert book.cells[2].execution_count is None


def test_nbval_fails_on_a_bad_option_that_was_committed_as_if_it_had_run(tmp_path):
    book = notebook("%%eager --nonsense\n1")
    path = tmp_path / "bad.ipynb"
    nbformat.write(book, path)
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", "-c", "/dev/null", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 1
    assert "MagicOptionError" in run.stdout


def test_an_interrupt_of_the_kernel_leaves_the_tape_and_a_working_kernel(tmp_path):
    book = notebook(
        "import os, signal, threading",
        "%%eager -o recording\na = tf.constant([1.0]) + 1.0\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "while True:\n    b = tf.exp(a)",
        "names = {op.name for op in recording.ops}\nassert names >= {'add', 'exp'}, names\n"
        "assert 'KeyboardInterrupt' in recording.error\ntf.constant(1.0) + 1.0",
    )
    book.cells[2].metadata["tags"] = ["raises-exception"]
    NotebookClient(book, kernel_name="python3", timeout=60).execute()
    interrupted = book.cells[2].outputs
    assert any(output.output_type == "error" and output.ename == "KeyboardInterrupt" for output in interrupted)
    assert any(output.output_type == "display_data" for output in interrupted)


LESSON = [
    "x = tf.constant([1.0, 2.0])\nw = tf.Variable([3.0, 4.0])\nf = tf.function(lambda v, n: v * n)",
    "%%predict ops=2 prints=1 result=5.0 x.grad=[2.0, 5.0]\nprint('here')\ny = x * x\ntf.reduce_sum(y)",
    "%%predict ops=? traces=2\nf(x, 1)\nf(x, 2)",
    "%gradcheck f(x, 3)",
    "%gradcheck tf.nn.relu(tf.constant([0.0, 1.0]))",
    "%why_retrace f",
    "%eager tf.reduce_sum(x * w)",
    "%graph f(x, 2)",
    "%compare x * w",
    "%eagernb",
    "%%eager\nimport asyncio\nawait asyncio.sleep(0)\nx + x",
    "%config EagerNB.language = 'zh'",
    "%%predict ops=2\nx + x",
    "%graph f(x, 2)",
    "%gradcheck f(x, 3)",
]


def test_a_lesson_with_all_magics_gives_the_same_outputs_again(tmp_path):
    from eagernb.notebook import SANITIZER

    book = notebook(*LESSON)
    NotebookClient(book, kernel_name="python3", timeout=120).execute()
    path = tmp_path / "lesson.ipynb"
    nbformat.write(book, path)
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", "-c", "/dev/null"]
    command += ["--nbval-sanitize-with", str(SANITIZER), str(path)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-3000:]
