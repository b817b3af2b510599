"""tf.compat.v1.metrics: a value, an update, and local variables between them."""


def run(code: str, result: str) -> str:
    """A graph built by the code, all its variables initialized, and what a session in it gives."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return (
        "v1 = tf.compat.v1\nm = v1.metrics\nwith tf.Graph().as_default() as g:\n"
        f"    l, p = tf.constant([1, 0, 1, 1]), tf.constant([1, 1, 0, 1])\n{lines}\n"
        "    with v1.Session() as s:\n        s.run(v1.local_variables_initializer())\n"
        f"        out = {result}\nout"
    )


def twice(metric: str) -> str:
    """The value at first, two updates, and the value then."""
    return run(f"value, update = m.{metric}", "[s.run(value), s.run(update), s.run(update), s.run(value)]")


_WEIGHTS = "weights=[1., 2., 0., .5]"

CASES = {
    "accuracy": twice("accuracy(l, p)"),
    "accuracy_weights": twice(f"accuracy(l, p, {_WEIGHTS})"),
    "accuracy_of_other_dtype": twice("accuracy(l, tf.cast(p, tf.float32))"),
    "mean": twice("mean([1., 2., 6.])"),
    "mean_weights": twice("mean([[1., 2.], [6., 4.]], weights=[[1.], [3.]])"),
    "mean_of_integers": twice("mean(l)"),
    "mean_squared_error": twice("mean_squared_error(l, tf.constant([.5, 0., 2., 1.]))"),
    "root_mean_squared_error": twice("root_mean_squared_error(l, tf.constant([.5, 0., 2., 1.]))"),
    "mean_absolute_error": twice("mean_absolute_error(l, tf.constant([.5, 0., 2., 1.]))"),
    "squares_of_floats": twice("mean_squared_error([1., 2.], [2., 4.])"),
    "root_of_floats": twice("root_mean_squared_error([1., 2.], [2., 4.], weights=[1., .5])"),
    "differences_of_floats": twice("mean_absolute_error([1., 2.], [2., 4.])"),
    "precision": twice("precision(l, p)"),
    "precision_weights": twice(f"precision(l, p, {_WEIGHTS})"),
    "recall": twice("recall(l, p)"),
    "recall_of_nothing": twice("recall(tf.zeros([3]), tf.zeros([3]))"),
    "true_positives": twice("true_positives(l, p)"),
    "false_positives": twice("false_positives(l, p)"),
    "true_negatives": twice("true_negatives(l, p)"),
    "false_negatives": twice(f"false_negatives(l, p, {_WEIGHTS})"),
    "auc": twice("auc(tf.constant([True, False, True, True, False]), tf.constant([.9, .4, .35, .8, .1]))"),
    "auc_thresholds": twice("auc(tf.constant([1, 0, 1]), tf.constant([.9, .4, .35]), num_thresholds=5)"),
    "two_batches": run(
        "x = v1.placeholder(tf.int32, [None]); y = v1.placeholder(tf.int32, [None]); value, update = m.accuracy(x, y)",
        "[s.run(update, {x: [1, 2], y: [1, 0]}), s.run(update, {x: [3, 3, 3], y: [3, 3, 3]}), s.run(value)]",
    ),
    "names": run("m.accuracy(l, p); m.accuracy(l, p); m.mean([1.], name='mine')",
                 "[v.name for v in v1.local_variables()]"),
    "names_of_parts": run("m.precision(l, p); m.recall(l, p)", "[v.name for v in v1.local_variables()]"),
    "names_of_counts": run("m.true_positives(l, p, name='hits'); m.false_negatives(l, p)",
                           "[v.name for v in v1.local_variables()]"),
    "is_local": run("m.mean([1.])", "[len(v1.global_variables()), len(v1.trainable_variables()), "
                    "len(v1.get_collection('metric_variables'))]"),
    "collections": run("value, update = m.mean([2.], metrics_collections='a', updates_collections=['b', 'c'])",
                       "[value is v1.get_collection('a')[0], update is v1.get_collection('c')[0]]"),
    "eager": "tf.compat.v1.metrics.accuracy([1], [1])",
    "eager_precision": "tf.compat.v1.metrics.precision([1], [1])",
}  # fmt: skip
