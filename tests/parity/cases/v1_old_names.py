"""Names and arguments that TensorFlow 1 had: losses, learning rates, functions that moved."""


def run(code: str, result: str) -> str:
    """A graph built by the code, and what a session in it gives."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return (
        f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n    x = tf.constant([[1., -2., 3.], [4., 5., -6.]])\n"
        f"{lines}\n    with v1.Session() as s:\n        out = {result}\nout"
    )


def value(expression: str) -> str:
    return run(f"y = {expression}", "s.run(y)")


def rate(call: str) -> str:
    """A learning rate at several steps."""
    return run(
        f"n = v1.placeholder(tf.int32, []); y = v1.train.{call}", "[s.run(y, {n: i}) for i in (0, 1, 5, 10, 15)]"
    )


CASES = {
    "reduce_sum_old_arguments": value("v1.reduce_sum(x, reduction_indices=1, keep_dims=True)"),
    "reduce_mean": value("v1.reduce_mean(x, 0)"),
    "argmax_dimension": value("v1.argmax(x, dimension=1)"),
    "arg_max": value("v1.arg_max(x, 1)"),
    "to_int32": value("v1.to_int32(x)"),
    "to_float": value("v1.to_float([1, 2])"),
    "to_complex64": value("v1.to_complex64(x)"),
    "to_complex128": value("v1.to_complex128([1, 2])"),
    "to_bfloat16": value("v1.to_bfloat16(x)"),
    "setdiff1d": value("v1.setdiff1d([1, 2, 3, 2, 5], [2, 7])"),
    "setdiff1d_of_nothing": value("v1.setdiff1d(x[0], x[0])"),
    "setdiff1d_eager": "d = tf.compat.v1.setdiff1d([3, 1], [1], index_dtype=tf.int64)\n[d.out, d.idx]",
    "sparse_to_dense_vector": value("v1.sparse_to_dense([0, 2], [4], 1.)"),
    "sparse_to_dense_scalar": value("v1.sparse_to_dense(3, [4], 5, default_value=-1)"),
    "sparse_to_dense_matrix": value("v1.sparse_to_dense([[0, 1], [2, 0]], [3, 2], [7., 8.])"),
    "sparse_to_dense_outside": value("v1.sparse_to_dense([4], [4], 1.)"),
    "sparse_to_dense_out_of_order": value("v1.sparse_to_dense([2, 0], [4], 1.)"),
    "sparse_to_dense_repeated": value("v1.sparse_to_dense([0, 0], [4], [1., 2.])"),
    "sparse_to_dense_unchecked": value("v1.sparse_to_dense([2, 0], [4], [1., 2.], validate_indices=False)"),
    "sparse_to_dense_of_any_length": "tf.function(lambda i: tf.compat.v1.sparse_to_dense(i, [4], 1.), "
    "input_signature=[tf.TensorSpec([None], tf.int32)])(tf.constant([0, 2]))",
    "setdiff1d_of_a_matrix": value("v1.setdiff1d(x, [1.])"),
    "verify_tensor_all_finite": value("v1.verify_tensor_all_finite(x, 'bad')"),
    "verify_tensor_all_finite_nan": value("v1.verify_tensor_all_finite(v1.log(x), 'bad')"),
    "random_poisson": value("v1.random_poisson([3., 30.], [4], seed=1)"),
    "random_crop": value("v1.random_crop(x, [1, 2], seed=1)"),
    "tables_initializer": run("y = v1.tables_initializer()", "[s.run(y)]"),
    "switches": "v1 = tf.compat.v1\n[v1.resource_variables_enabled(), v1.control_flow_v2_enabled()]",
    "dimension_value": "v1 = tf.compat.v1\ns = tf.TensorShape([2, None])\n"
    "[v1.dimension_value(s[0]), v1.dimension_value(s[1])]",
    "no_regularizer": "[tf.compat.v1.no_regularizer(tf.constant(1.))]",
    "graph_def_version": "tf.compat.v1.GRAPH_DEF_VERSION_MIN_CONSUMER",
    "div_of_integers": value("v1.div(tf.constant(7), 2)"),
    "div_of_floats": value("v1.div(x, 2.)"),
    "log": value("v1.log(tf.abs(x))"),
    "matrix_inverse": value("v1.matrix_inverse([[2., 0.], [0., 4.]])"),
    "matrix_band_part": value("v1.matrix_band_part(x, 0, -1)"),
    "diag": value("v1.diag([1., 2.])"),
    "mod": value("v1.mod(tf.constant(7), 4)"),
    "softmax_dim": value("v1.nn.softmax(x, dim=0)"),
    "xw_plus_b": value("v1.nn.xw_plus_b(x, tf.ones([3, 2]), [1., 2.])"),
    "xw_plus_b_name": run("y = v1.nn.xw_plus_b(x, tf.ones([3, 2]), [1., 2.], name='layer')", "y.name"),
    "relu_layer": value("v1.nn.relu_layer(x, tf.ones([3, 2]), [1., 2.])"),
    "cross_entropy": value("v1.nn.softmax_cross_entropy_with_logits(labels=[[0., 1., 0.], [1., 0., 0.]], logits=x)"),
    "cross_entropy_v2": value("v1.nn.softmax_cross_entropy_with_logits_v2([[0., 1., 0.], [1., 0., 0.]], x)"),
    "cross_entropy_by_position": value("v1.nn.softmax_cross_entropy_with_logits(x, x)"),
    "conv2d_old_argument": value(
        "v1.nn.conv2d(tf.ones([1, 3, 3, 1]), filter=tf.ones([2, 2, 1, 1]), strides=[1, 1, 1, 1], padding='SAME')"
    ),
    "max_pool": value("v1.nn.max_pool(tf.reshape(x, [1, 2, 3, 1]), [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')"),
    "dropout_keep_all": value("v1.nn.dropout(x, keep_prob=1.)"),
    "print": value("v1.Print(x, [x], 'x: ')"),
    "tuple": value("v1.tuple([x, x * 2.])"),
    "hessians": value("v1.hessians(tf.reduce_sum(x ** 3), x)"),
    "collections": run(
        "v1.add_to_collections(['a', 'b'], 1); v1.get_collection_ref('a').append(2)",
        "[v1.get_collection('a'), v1.get_collection('b')]",
    ),
    # Losses
    "mean_squared_error": value("v1.losses.mean_squared_error(x, x + 2.)"),
    "mean_squared_error_weights": value("v1.losses.mean_squared_error(x, x + 2., weights=[[1.], [0.]])"),
    "mean_squared_error_sum": value("v1.losses.mean_squared_error(x, x + 2., reduction=v1.losses.Reduction.SUM)"),
    "mean_squared_error_none": value("v1.losses.mean_squared_error(x, x + 2., reduction='none')"),
    "absolute_difference": value("v1.losses.absolute_difference(x, x * 2.)"),
    "log_loss": value("v1.losses.log_loss([1., 0.], [0.8, 0.3])"),
    "softmax_cross_entropy": value("v1.losses.softmax_cross_entropy([[0, 1, 0], [1, 0, 0]], x)"),
    "softmax_cross_entropy_smooth": value(
        "v1.losses.softmax_cross_entropy([[0, 1, 0], [1, 0, 0]], x, label_smoothing=0.1)"
    ),
    "sparse_softmax_cross_entropy": value("v1.losses.sparse_softmax_cross_entropy([1, 0], x)"),
    "sigmoid_cross_entropy": value("v1.losses.sigmoid_cross_entropy(tf.ones([2, 3]), x, label_smoothing=0.2)"),
    "total_loss": run(
        "a = v1.losses.mean_squared_error(x, x + 2.); b = v1.losses.absolute_difference(x, x * 2.); "
        "t = v1.losses.get_total_loss()",
        "[s.run(t), len(v1.losses.get_losses())]",
    ),
    "no_regularization_loss": value("v1.losses.get_regularization_loss()"),
    # Learning rates
    "exponential_decay": rate("exponential_decay(0.1, n, 10, 0.5)"),
    "exponential_decay_staircase": rate("exponential_decay(0.1, n, 10, 0.5, staircase=True)"),
    "natural_exp_decay": rate("natural_exp_decay(0.1, n, 10, 0.5)"),
    "inverse_time_decay": rate("inverse_time_decay(0.1, n, 10, 0.5)"),
    "polynomial_decay_cycle": rate("polynomial_decay(0.1, n, 2, 0.01, 1., cycle=True)"),
    "polynomial_decay": rate("polynomial_decay(0.1, n, 10, 0.01, 2.)"),
    "cosine_decay": rate("cosine_decay(0.1, n, 10, 0.1)"),
    "piecewise_constant": rate("piecewise_constant(n, [4, 10], [1., 0.5, 0.25])"),
    "piecewise_constant_wrong_count": rate("piecewise_constant(n, [4, 10], [1., 0.5])"),
    "rate_that_decays": run(
        "w = tf.Variable(1.); n = v1.train.get_or_create_global_step(); "
        "r = v1.train.exponential_decay(0.5, n, 1, 0.5); "
        "step = v1.train.GradientDescentOptimizer(r).minimize(w * w, global_step=n)",
        "[s.run(v1.global_variables_initializer()), s.run(step), s.run(step), s.run(w), s.run(r)]",
    ),
    "initializers": "tf.random.set_seed(1)\nv1 = tf.compat.v1\n"
    "[getattr(v1.initializers, kind)(seed=2)([3, 4]) for kind in "
    "('glorot_normal', 'he_normal', 'he_uniform', 'lecun_normal', 'lecun_uniform', 'random_normal')]",
    "initializers_of_variables": run(
        "a = tf.Variable(3.)",
        "[s.run(v1.initializers.variables([a])), s.run(a), s.run(v1.initializers.zeros()([2]))]",
    ),
    "losses_eager": "tf.compat.v1.losses.mean_squared_error([1., 2.], [1., 4.])",
    "rate_eager": "tf.compat.v1.train.exponential_decay(0.1, tf.constant(5), 10, 0.5)()",
}
