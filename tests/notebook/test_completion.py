"""Tab completion of options and values: in IPython's completer, with and without jedi, and through a kernel."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter
from jupyter_client.manager import start_new_kernel

from eagernb.executors import executors
from eagernb.notebook.magics import MAGICS
from eagernb.notebook.options import flags
from eagernb.passes.pipeline import PASSES

CASES = [
    ("%%eager --w", {"--widget"}),
    ("%%graph --exec", {"--executor"}),
    ("%%graph --executor ", set(executors())),
    ("%%graph --executor nu", {"numpy_source"}),
    ("%%graph --executor=x", {"xla"}),
    ("%%compare --passes cse,dead", {"dead_code"}),
    ("%%compare --passes ", set(PASSES)),
    ("%%graph -O", {"-O", "-O0", "-O1", "-O2", "-O3"}),
    ("%%graph -O ", {"0", "1", "2", "3"}),
    ("%%graph -O2 --fa", {"--fast-math"}),
    ("%%graph --no-", {"--no-code", "--no-widget", "--no-hlo", "--no-fast-math"}),
    ("result = %graph --exec", {"--executor"}),
    ("%graph --exec", {"--executor"}),
    ("%gradcheck --m", {"--most"}),
    ("%%predict tr", {"traces="}),
    ("%eagernb d", {"doctor"}),
    ("%why_retrace tra", {"traced_one"}),
    ("%%eager ", set(flags(MAGICS[0].options))),
]


pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # IPython's older interface


def by_completions(shell, text):
    with provisionalcompleter():
        return {c.text for c in shell.Completer.completions(text, len(text))}


@pytest.mark.parametrize("jedi", [True, False])
@pytest.mark.parametrize(("text", "expected"), CASES)
def test_completions(shell, run, text, expected, jedi):
    run("traced_one = tf.function(lambda x: x)\ntraining = 1")
    shell.Completer.use_jedi = jedi
    assert by_completions(shell, text) == expected
    assert set(shell.complete(None, text, len(text))[1]) == expected


@pytest.mark.parametrize("text", ["x --w", "%%time --w", "%graph f(x) --w", "'%%eager --w", "%%eager\n--w"])
def test_elsewhere_nothing_of_ours_is_offered(shell, text):
    assert "--widget" not in by_completions(shell, text)


@pytest.mark.parametrize("jedi", [True, False])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%eager --widget some_lo", "some_long_name"),
        ("%eager some_lo", "some_long_name"),
        ("%gradcheck f(some_long_name, some_lo", "some_long_name"),
        ("%graph tf.math.reduce_logs", "tf.math.reduce_logsumexp"),
        ("%eager x + tf.mat", "tf.math"),
        ("%eager tf.nothing.at.a", None),
    ],
)
def test_code_after_the_options_is_completed_as_code(shell, run, text, expected, jedi):
    run("some_long_name = 1")
    shell.Completer.use_jedi = jedi
    found = by_completions(shell, text)
    assert expected is None or expected in found or expected.rpartition(".")[2] in found


def test_an_already_named_pass_is_not_offered_again(shell):
    assert "cse" not in by_completions(shell, "%%graph --passes cse,")


def test_after_unloading_nothing_is_left(shell, run):
    run("%unload_ext eagernb")
    assert "--executor" not in by_completions(shell, "%%graph --exec")
    run("%load_ext eagernb")


def test_through_a_kernel_as_jupyterlab_asks():
    manager, client = start_new_kernel()
    try:
        client.execute_interactive("%load_ext eagernb", timeout=60)
        for code in ("%%graph --exec", "%%graph --executor nu", "y = %eager --wid"):
            reply = client.complete(code, len(code), reply=True, timeout=60)["content"]
            begun = code[: reply["cursor_start"]]
            assert [begun + match for match in reply["matches"]] == [
                {"%%graph --exec": "%%graph --executor", "%%graph --executor nu": "%%graph --executor numpy_source",
                 "y = %eager --wid": "y = %eager --widget"}[code]
            ]  # fmt: skip
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
