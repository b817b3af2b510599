"""Name scopes: only variables made inside, in this thread or task, get the prefix."""

from concurrent.futures import ThreadPoolExecutor

import eagernb as tf


def test_other_threads_have_scopes_of_their_own() -> None:
    with tf.name_scope("a"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: tf.Variable(1.0, name="w").name).result() == "w:0"
        assert tf.Variable(1.0, name="w").name == "a/w:0"
