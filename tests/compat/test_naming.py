"""Names of operations, where TensorFlow has no counterpart to compare with."""

from __future__ import annotations

import eagernb as tf


def names(graph: tf.Graph) -> list[str]:
    return [operation.name for operation in graph.get_operations()]


def test_the_name_of_a_call_goes_to_its_last_operation():
    with tf.Graph().as_default() as graph:
        x = tf.constant([1.0, 2.0], name="x")
        loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=x, name="loss")
    assert loss.name == "loss:0"
    assert graph.get_operation_by_name("loss") is loss.op
    assert all(name == "x" or name.startswith("loss") for name in names(graph))


def test_two_calls_from_one_line_are_two():
    with tf.Graph().as_default():
        x = tf.constant(1.0)
        made = [tf.add(x, x, name="sum") for _ in range(3)]
    assert [t.name for t in made] == ["sum:0", "sum_1:0", "sum_2:0"]


def test_every_name_leads_to_its_operation_after_renaming():
    with tf.Graph().as_default() as graph:
        x = tf.constant([1.0, 2.0])
        tf.clip_by_value(x, 0.0, 1.0, name="clip")
        tf.nn.dropout(x, 0.5, name="drop")
        tf.random.normal([2], 1.0, 2.0, name="noise")
    assert len(set(names(graph))) == len(names(graph))
    for operation in graph.get_operations():
        assert graph.get_operation_by_name(operation.name) is operation
        assert operation.node.name == operation.name


def test_a_name_reaches_functions_behind_decorators():
    with tf.Graph().as_default():
        x = tf.constant([3.0, 4.0])
        assert tf.clip_by_norm(x, 1.0, name="short").name == "short:0"
