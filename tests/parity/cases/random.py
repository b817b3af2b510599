"""Random numbers: shapes, dtypes, ranges, reproducibility. Never the values, which are TensorFlow's own."""

CASES = {
    "normal_shape": "tf.random.normal([2, 3]).shape",
    "normal_dtype": "tf.random.normal([2]).dtype",
    "normal_float64": "tf.random.normal([2], dtype=tf.float64).dtype",
    "normal_int": "tf.random.normal([2], dtype=tf.int32)",
    "normal_scalar": "tf.random.normal([]).shape",
    "normal_no_spread": "tf.random.normal([3], mean=5., stddev=0.)",
    "normal_mean": """
        tf.random.set_seed(0)
        abs(float(tf.reduce_mean(tf.random.normal([10000], mean=3.))) - 3) < 0.1""",
    "normal_stddev": """
        tf.random.set_seed(0)
        abs(float(tf.math.reduce_std(tf.random.normal([10000], stddev=2.))) - 2) < 0.1""",
    "uniform_shape": "tf.random.uniform([2, 3]).shape",
    "uniform_dtype": "tf.random.uniform([2]).dtype",
    "uniform_range": "x = tf.random.uniform([1000])\nbool(tf.reduce_all((x >= 0.) & (x < 1.)))",
    "uniform_bounds": "x = tf.random.uniform([1000], -2., 3.)\nbool(tf.reduce_all((x >= -2.) & (x < 3.)))",
    "uniform_bounds_keywords": "tf.random.uniform(shape=[2], minval=1., maxval=2.).shape",
    "uniform_int": """
        x = tf.random.uniform([1000], minval=0, maxval=3, dtype=tf.int32)
        sorted(set(x.numpy().tolist()))""",
    "uniform_int_dtype": "tf.random.uniform([2], maxval=3, dtype=tf.int64).dtype",
    "uniform_int_without_maxval": "tf.random.uniform([2], dtype=tf.int32)",
    "uniform_int_empty_range": "tf.random.uniform([2], minval=3, maxval=3, dtype=tf.int32)",
    "uniform_int_default_dtype": "tf.random.uniform([2], 0, 10).dtype",
    "shuffle_keeps_elements": "sorted(tf.random.shuffle([3, 1, 2]).numpy().tolist())",
    "shuffle_rows": "x = tf.random.shuffle([[1, 1], [2, 2]])\nbool(tf.reduce_all(x[:, 0] == x[:, 1]))",
    "two_draws_differ": """
        tf.random.set_seed(1)
        a, b = tf.random.normal([4]), tf.random.normal([4])
        bool(tf.reduce_any(a != b))""",
    "set_seed_repeats": """
        tf.random.set_seed(1)
        a = tf.random.normal([4])
        tf.random.set_seed(1)
        b = tf.random.normal([4])
        bool(tf.reduce_all(a == b))""",
    "set_seed_repeats_the_sequence": """
        draws = []
        for _ in range(2):
            tf.random.set_seed(7)
            draws.append([tf.random.uniform([2]), tf.random.normal([2])])
        bool(tf.reduce_all(draws[0][0] == draws[1][0]) & tf.reduce_all(draws[0][1] == draws[1][1]))""",
    "set_seed_other_seed": """
        tf.random.set_seed(1)
        a = tf.random.normal([4])
        tf.random.set_seed(2)
        b = tf.random.normal([4])
        bool(tf.reduce_any(a != b))""",
    "op_seed_repeats_after_set_seed": """
        tf.random.set_seed(1)
        a = tf.random.normal([4], seed=3)
        tf.random.set_seed(1)
        b = tf.random.normal([4], seed=3)
        bool(tf.reduce_all(a == b))""",
    "op_seed_advances": """
        tf.random.set_seed(1)
        a, b = tf.random.normal([4], seed=3), tf.random.normal([4], seed=3)
        bool(tf.reduce_any(a != b))""",
    "op_seeds_differ": """
        tf.random.set_seed(1)
        a = tf.random.normal([4], seed=3)
        tf.random.set_seed(1)
        b = tf.random.normal([4], seed=4)
        bool(tf.reduce_any(a != b))""",
    "numpy_seed_does_not_matter": """
        np.random.seed(0)
        a = tf.random.normal([4])
        np.random.seed(0)
        b = tf.random.normal([4])
        bool(tf.reduce_any(a != b))""",
    "negative_shape": "tf.random.normal([-1])",
    "no_gradient_needed": """
        x = tf.random.normal([3])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x + tf.random.normal([3])
        tape.gradient(y, x)""",
}
