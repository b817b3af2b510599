"""tf.train.ExponentialMovingAverage, of variables in eager mode and in functions."""

SETUP = """
v, w = tf.Variable([1., 2.], name='v'), tf.Variable(5., name='w')
e = tf.train.ExponentialMovingAverage({arguments})
first = e.apply([v, w])
v.assign([3., 4.])
"""

CASES = {
    name: SETUP.format(arguments=arguments) + code
    for name, (arguments, code) in {
        "begins_at_the_value": ("0.9", "[first, e.average(v), e.average(w)]"),
        "follows": ("decay=0.9", "e.apply([v])\n[e.average(v), e.average(w)]"),
        "num_updates": ("0.9, num_updates=3", "e.apply([v])\ne.average(v)"),
        "num_updates_variable": (
            "0.99, num_updates=tf.Variable(2)",
            "e.apply([v])\ne.average(v)",
        ),
        "zero_debias": ("0.9, zero_debias=True", "e.apply([v])\ne.average(v)"),
        "names": ("0.9", "[e.name, e.average(v).trainable]"),
        "own_name": ("0.9, name='slow'", "[e.name, e.average_name(v), e.average(v).name]"),
        "of_a_stranger": ("0.9", "[e.average(tf.Variable(1.))]"),
        "of_a_tensor": ("0.9", "e.apply([tf.constant(1.)])"),
        "of_nothing": ("0.9", "[e.apply([])]"),
        "restore": ("0.9", "list(e.variables_to_restore([w]).values())"),
        "in_a_function": (
            "0.5",
            "@tf.function\ndef step():\n    v.assign_add([1., 1.])\n    e.apply([v])\n    return e.average(v)\n"
            "[step(), step(), e.average(v)]",
        ),
        "made_in_a_function": (
            "0.5",
            "late = tf.train.ExponentialMovingAverage(0.5)\n@tf.function\ndef step():\n    v.assign_add([1., 1.])\n"
            "    late.apply([v])\n    return late.average(v).read_value()\n[step(), step(), late.average(v)]",
        ),
        "positions": ("0.5, None, False, 'ema'", "[e.average_name(w)]"),
        "float64": (
            "0.5",
            "d = tf.Variable(1., dtype=tf.float64)\ne.apply([d])\nd.assign(2.)\ne.apply([d])\ne.average(d)",
        ),
    }.items()
}
