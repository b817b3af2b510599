"""Jacobians, and functions of one example applied to a batch."""


def jacobian(expression: str, x: str, options: str = "", batch: bool = False) -> str:
    method = "batch_jacobian" if batch else "jacobian"
    return f"""x = tf.constant({x})
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = {expression}
tape.{method}(y, x{options})"""


def of_unknown_sizes(expression: str, method: str = "jacobian") -> str:
    """In a function that is traced once for any number of rows."""
    return f"""@tf.function(input_signature=[tf.TensorSpec([None, 3])])
def f(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = {expression}
    return tape.{method}(y, x)
[f(tf.constant([[1., 2., -.5], [.3, -4., 2.]])), f(tf.ones([1, 3]))]"""


UNKNOWN_SIZES = {
    "elementwise": "x ** 3 * x[0]", "rows": "tf.reduce_sum(x ** 2, 1)", "softmax": "tf.nn.softmax(x)",
    "layer": "tf.nn.relu(x @ tf.ones([3, 2]) + [.5, -1.])", "concat": "tf.concat([x, x * x], 1)",
    "gather": "tf.gather(x, [2, 0], axis=1)", "reverse": "x[:, ::-1] * x[:, 1:2]", "pad": "tf.pad(x, [[0, 0], [1, 1]])",
    "centred": "x - tf.reduce_mean(x, 1, keepdims=True)", "reshape": "tf.reshape(x, [-1, 3]) ** 2",
    "reshape_asked": "tf.reshape(x, [tf.shape(x)[0], 3]) ** 2", "largest": "tf.math.top_k(x, 2)[0]",
    "einsum": "tf.einsum('bi,ij->bj', x, tf.ones([3, 2]))", "mask": "tf.boolean_mask(x, [True, False, True], axis=1)",
    "unconnected": "tf.ones_like(x)[:, :2] * 2.",
}  # fmt: skip


MATRIX = "[[1., 2.], [3., 4.], [5., 6.]]"
LOOP = ", experimental_use_pfor=False"

CASES = {
    "elementwise": jacobian("tf.exp(x) * x", "[0.5, 1.]"),
    "elementwise_by_loop": jacobian("tf.exp(x) * x", "[0.5, 1.]", LOOP),
    "scalar_by_scalar": jacobian("x ** 3", "2."),
    "scalar_by_matrix": jacobian("tf.reduce_sum(x * x)", MATRIX),
    "vector_by_matrix": jacobian("tf.reduce_sum(x * x, axis=1)", MATRIX),
    "matrix_by_matrix": jacobian("x @ [[1., -1.], [2., 0.5]]", MATRIX),
    "matrix_by_matrix_by_loop": jacobian("x @ [[1., -1.], [2., 0.5]]", MATRIX, LOOP),
    "matrix_times_itself": jacobian("x @ x", "[[1., 2.], [3., 4.]]"),
    "matmul_transposed": jacobian("tf.matmul(x, x, transpose_b=True)", MATRIX),
    "softmax": jacobian("tf.nn.softmax(x)", "[1., 2., 3.]"),
    "log_softmax_matrix": jacobian("tf.nn.log_softmax(x)", MATRIX),
    "cumsum": jacobian("tf.cumsum(x)", "[1., 2., 3.]"),
    "cumprod": jacobian("tf.math.cumprod(x)", "[1., 2., 3.]"),
    "reduce_prod_with_zero": jacobian("tf.reduce_prod(x, axis=1)", "[[1., 0.], [3., 4.]]"),
    "reduce_max_tie": jacobian("tf.reduce_max(x, axis=1)", "[[1., 1.], [3., 4.]]"),
    "logsumexp": jacobian("tf.reduce_logsumexp(x, axis=0)", MATRIX),
    "transpose_and_reshape": jacobian("tf.reshape(tf.transpose(x), [3, 2]) * [1., 10.]", MATRIX),
    "concat_and_stack": jacobian("tf.stack([tf.concat([x, x * 2.], 0), tf.concat([x * 3., x], 0)])", "[1., 2.]"),
    "split": jacobian("tf.split(x, [1, 2])[1] * 5.", "[1., 2., 3.]"),
    "unstack": jacobian("tf.unstack(x, axis=1)[1] ** 2", MATRIX),
    "slice_and_reverse": jacobian("x[1:, ::-1] * 2.", MATRIX),
    "pad_and_tile": jacobian("tf.tile(tf.pad(x, [[1, 0]]), [2])", "[1., 2.]"),
    "pad_reflect": jacobian("tf.pad(x, [[1, 1]], 'REFLECT')", "[1., 2., 3.]"),
    "gather_repeated": jacobian("tf.gather(x, [0, 0, 2])", "[1., 2., 3.]"),
    "gather_axis": jacobian("tf.gather(x, [1, 1, 0], axis=1)", "[[1., 2.], [3., 4.]]"),
    "gather_nd": jacobian("tf.gather_nd(x, [[0, 1], [2, 0]])", MATRIX),
    "boolean_mask": jacobian("tf.boolean_mask(x, x > 2.)", MATRIX),
    "where": jacobian("tf.where(x > 2., x * x, -x)", MATRIX),
    "broadcasting": jacobian("x[:, None] - x[None, :]", "[1., 2., 3.]"),
    "broadcast_to": jacobian("tf.broadcast_to(x, [2, 3]) * [[1., 2., 3.], [4., 5., 6.]]", "[1., 2., 3.]"),
    "maximum_tie": jacobian("tf.maximum(x, 2.)", "[1., 2., 3.]"),
    "sqrt_where": jacobian("tf.where(x > 0., tf.sqrt(x), 0.)", "[0., 4.]"),
    "top_k": jacobian("tf.math.top_k(x, 2)[0]", "[3., 1., 2.]"),
    "scatter": jacobian("tf.tensor_scatter_nd_update(x, [[1]], [x[0] * 7.])", "[1., 2., 3.]"),
    "segment_sum": jacobian("tf.math.segment_sum(x, [0, 0, 1])", "[1., 2., 3.]"),
    "cross_entropy": jacobian(
        "tf.nn.softmax_cross_entropy_with_logits([[0., 1.], [0.3, 0.7], [1., 0.]], x)", MATRIX
    ),
    "sparse_cross_entropy": jacobian("tf.nn.sparse_softmax_cross_entropy_with_logits([1, 0, 1], x)", MATRIX),
    "float64": jacobian("tf.tanh(x) * x", "[0.5, 1.], tf.float64"),
    "cast": jacobian("tf.cast(x, tf.float64) ** 2", "[0.5, 1.]"),
    "target_is_the_source": jacobian("x", "[1., 2.]"),
    "empty_target": jacobian("x[:0]", "[1., 2.]"),
    "empty_source": jacobian("tf.reduce_sum(x)", "np.zeros([0, 2], np.float32)"),
    "integer_target": jacobian("tf.cast(x, tf.int32)", "[1., 2.]"),
    "unconnected": jacobian("tf.constant([1., 2.])", "2."),
    "unconnected_zero": jacobian("tf.constant([1., 2.])", "[2.]", ', unconnected_gradients="zero"'),
    "unconnected_zero_by_enum": jacobian(
        "tf.constant([1., 2.])", "[2.]", ", unconnected_gradients=tf.UnconnectedGradients.ZERO"
    ),
    "unconnected_zero_by_loop": jacobian("tf.constant([1., 2.])", "[2.]", LOOP + ', unconnected_gradients="zero"'),
    "unconnected_nonsense": jacobian("x * x", "[2.]", ', unconnected_gradients="maybe"'),
    "target_is_a_list": jacobian("[x, x]", "[2.]"),
    "target_is_a_number": jacobian("3.", "[2.]"),
    "sources_in_a_structure": """
x, z = tf.constant([1., 2.]), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, z])
    y = x * z
tape.jacobian(y, {"x": x, "more": [z, x]})""",
    "variable": """
w = tf.Variable([[1., 2.], [3., 4.]])
with tf.GradientTape() as tape:
    y = tf.linalg.matvec(w, [1., -1.])
tape.jacobian(y, w)""",
    "loop_wants_a_persistent_tape": """
x = tf.Variable([1., 2.])
with tf.GradientTape() as tape:
    y = x * x
tape.jacobian(y, x, experimental_use_pfor=False)""",
    "twice": """
x = tf.Variable([1., 2.])
with tf.GradientTape() as tape:
    y = x * x
tape.jacobian(y, x)
tape.jacobian(y, x)""",
    "inside_its_block": """
x = tf.Variable([1., 2.])
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    j = tape.jacobian(y, x)
[j, tape.gradient(j, x)]""",
    "hessian_of_rosenbrock": """
x = tf.constant([-1.2, 1.], tf.float64)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = 100. * (x[1] - x[0] ** 2) ** 2 + (1. - x[0]) ** 2
    g = inner.gradient(y, x)
outer.jacobian(g, x)""",
    "hessian_of_layer": """
x = tf.constant([[0.5, -1., 2.]], tf.float64)
w = tf.Variable(tf.reshape(tf.range(6, dtype=tf.float64), [3, 2]) / 10.)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_sum(tf.tanh(x @ w) ** 2)
    g = inner.gradient(loss, w)
outer.jacobian(g, w) + 0.""",
    "third_order_of_jacobian": """
x = tf.constant([1., 2.], tf.float64)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.stack([x[0] ** 2 * x[1], tf.exp(x[1])])
    j = inner.jacobian(y, x)
outer.jacobian(j, x)""",
    "batch": jacobian("x ** 2", MATRIX, batch=True),
    "batch_by_loop": jacobian("x ** 2", MATRIX, LOOP, batch=True),
    "batch_layer": jacobian("tf.nn.softmax(x @ [[1., -1.], [2., 0.5]])", MATRIX, batch=True),
    "batch_higher_rank": jacobian("tf.reshape(x * x, [3, 1, 2, 1])", MATRIX, batch=True),
    "batch_that_is_mixed": jacobian("tf.cumsum(x, 0)", MATRIX, batch=True),
    "batch_unconnected": jacobian("tf.constant([[1.], [2.], [3.]])", MATRIX, batch=True),
    "batch_empty_rows": jacobian("x[:, :0]", MATRIX, batch=True),
    "batch_sizes_differ": jacobian("x[:2]", MATRIX, batch=True),
    "batch_of_scalars": jacobian("tf.reduce_sum(x, 1)", MATRIX, batch=True),
    "map": f"tf.vectorized_map(lambda x: x * 2. + 1., tf.constant({MATRIX}))",
    "map_of_rows": f"tf.vectorized_map(tf.reduce_sum, tf.constant({MATRIX}))",
    "map_matvec": f"tf.vectorized_map(lambda x: tf.linalg.matvec([[1., 2.], [3., 4.]], x), tf.constant({MATRIX}))",
    "map_outer_product": f"tf.vectorized_map(lambda x: x[:, None] * x[None, :], tf.constant({MATRIX}))",
    "map_structure": f"""
tf.vectorized_map(lambda d: {{"sum": d["a"] + d["b"], "rest": (d["a"],)}},
                  {{"a": tf.constant({MATRIX}), "b": tf.constant([1., 2., 3.])}})""",
    "map_pairs": f"tf.vectorized_map(lambda t: t[0] * t[1], (tf.constant({MATRIX}), tf.constant([1., 2., 3.])))",
    "map_shared_slice": f"tf.vectorized_map(lambda t: t[0] * t[1], (tf.constant({MATRIX}), tf.constant([[9., 90.]])))",
    "map_constant_result": f"tf.vectorized_map(lambda x: tf.constant(7.), tf.constant({MATRIX}))",
    "map_python_result": f"tf.vectorized_map(lambda x: 7, tf.constant({MATRIX}))",
    "map_none_in_result": f"tf.vectorized_map(lambda x: (x, None), tf.constant({MATRIX}))",
    "map_numpy": "tf.vectorized_map(lambda x: x + 1, np.arange(3))",
    "map_variable": "tf.vectorized_map(lambda x: x * 2., tf.Variable([1., 2.]))",
    "map_reads_variable": "v = tf.Variable(3.)\ntf.vectorized_map(lambda x: x * v, tf.constant([1., 2.]))",
    "map_assigns_variable": "v = tf.Variable(3.)\ntf.vectorized_map(lambda x: v.assign_add(x), tf.constant([1., 2.]))",
    "map_empty": "tf.vectorized_map(lambda x: x * 2., tf.zeros([0, 2]))",
    "map_shape": f"tf.vectorized_map(lambda x: tf.shape(x), tf.constant({MATRIX}))",
    "map_static_shape": f"tf.vectorized_map(lambda x: x * x.shape[0], tf.constant({MATRIX}))",
    "map_cast": f"tf.vectorized_map(lambda x: tf.cast(x, tf.int64), tf.constant({MATRIX}))",
    "map_text": f"tf.vectorized_map(lambda x: tf.constant('a'), tf.constant({MATRIX}))",
    "map_gather_own_index": f"""
tf.vectorized_map(lambda t: tf.gather(t[0], t[1]), (tf.constant({MATRIX}), tf.constant([0, 1, 0])))""",
    "map_gather_shared_table": """
tf.vectorized_map(lambda i: tf.gather([[1., 2.], [3., 4.]], i, axis=1), tf.constant([0, 1, 0]))""",
    "map_gather_out_of_range": f"""
tf.vectorized_map(lambda t: tf.gather(t[0], t[1]), (tf.constant({MATRIX}), tf.constant([0, 5, 0])))""",
    "map_one_hot": "tf.vectorized_map(lambda i: tf.one_hot(i, 3), tf.constant([0, 2]))",
    "map_argmax": f"tf.vectorized_map(lambda x: tf.argmax(x), tf.constant({MATRIX}))",
    "map_where": f"tf.vectorized_map(lambda x: tf.where(x > 2., x, 0.), tf.constant({MATRIX}))",
    "map_unique": "tf.vectorized_map(lambda x: tf.unique(x)[0], tf.constant([[1, 1, 2], [5, 6, 6]]))",
    "map_ragged_result": f"tf.vectorized_map(lambda x: tf.boolean_mask(x, x > 2.), tf.constant({MATRIX}))",
    "map_index_by_example": f"""
tf.vectorized_map(lambda t: t[0][t[1]], (tf.constant({MATRIX}), tf.constant([0, 1, 0])))""",
    "map_convolution": """
x = tf.reshape(tf.range(24.), [2, 1, 3, 4, 1])
filters = tf.reshape(tf.range(4.), [2, 2, 1, 1])
tf.vectorized_map(lambda image: tf.nn.conv2d(image, filters, 1, "VALID"), x)""",
    "map_pooling": """
x = tf.reshape(tf.range(24.) % 7., [2, 1, 3, 4, 1])
tf.vectorized_map(lambda image: tf.nn.max_pool2d(image, 2, 1, "VALID"), x)""",
    "map_einsum": f"tf.vectorized_map(lambda x: tf.einsum('i,j->ij', x, x), tf.constant({MATRIX}))",
    "jacobian_of_a_convolution": jacobian(
        'tf.nn.conv2d(tf.reshape(x, [1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, "VALID")', "np.arange(9, dtype=np.float32)"
    ),
    "jacobian_by_filters": jacobian(
        'tf.nn.conv2d(tf.reshape(tf.range(9.), [1, 3, 3, 1]), tf.reshape(x, [2, 2, 1, 1]), 1, "VALID")',
        "np.arange(4, dtype=np.float32)",
    ),
    "map_nested": """
row = tf.constant([1., 2.])
tf.vectorized_map(lambda x: tf.vectorized_map(lambda y: x * y + 1., row), tf.constant([1., 2., 3.]))""",
    "map_gradient_inside": f"""
def cube_gradient(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x ** 3)
    return tape.gradient(y, x)
tf.vectorized_map(cube_gradient, tf.constant({MATRIX}))""",
    "map_gradient_for_each_example": f"""
w = tf.Variable([1., 2.])
def gradient(x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(x * w) ** 2
    return tape.gradient(loss, w)
tf.vectorized_map(gradient, tf.constant({MATRIX}))""",
    "map_gradient_through": f"""
x = tf.constant({MATRIX})
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.vectorized_map(lambda x: tf.reduce_sum(x ** 3), x)
tape.gradient(y, x)""",
    "map_in_function": f"tf.function(lambda q: tf.vectorized_map(lambda x: x * 2., q))(tf.constant({MATRIX}))",
    "map_function_inside": f"tf.vectorized_map(tf.function(lambda x: x * x + 1.), tf.constant({MATRIX}))",
    "map_custom_gradient_inside": f"""
@tf.custom_gradient
def f(x):
    return x * x, lambda g: g * x * 10.
def gradient(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x)
tf.vectorized_map(gradient, tf.constant({MATRIX}))""",
    "map_branch_on_value": f"""
def f(x):
    if x[0] > 2.:
        return x
    return -x
tf.vectorized_map(f, tf.constant({MATRIX}), fallback_to_while_loop=False)""",
    "map_numpy_inside": f"tf.vectorized_map(lambda x: tf.constant(x.numpy()), tf.constant({MATRIX}))",
    "map_len_inside": f"tf.vectorized_map(lambda x: x * len(x), tf.constant({MATRIX}))",
    "map_shape_error": f"tf.vectorized_map(lambda x: x + tf.constant([1., 2., 3.]), tf.constant({MATRIX}))",
    "map_rank_error": f"tf.vectorized_map(lambda x: x @ x, tf.constant({MATRIX}))",
    "map_scalar": "tf.vectorized_map(lambda x: x, tf.constant(3.))",
    "map_sizes_differ": f"tf.vectorized_map(lambda t: t[0] * t[1], (tf.constant({MATRIX}), tf.constant([1., 2.])))",
    "map_random_numbers_differ": """
r = tf.vectorized_map(lambda x: tf.random.normal([]), tf.constant([1., 2., 3.]))
len(set(r.numpy().tolist()))""",
    "map_leak": """
kept = []
tf.vectorized_map(lambda x: kept.append(x) or x, tf.constant([1., 2.]))
kept[0] + 1.""",
    **{f"{name}_of_unknown_sizes": of_unknown_sizes(y) for name, y in UNKNOWN_SIZES.items() if name != "unconnected"},
    **{f"batch_{name}_of_unknown_sizes": of_unknown_sizes(y, "batch_jacobian")
       for name, y in UNKNOWN_SIZES.items() if name not in ("rows", "elementwise")},
    "hessian_of_unknown_size": """
@tf.function(input_signature=[tf.TensorSpec([None])])
def f(x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(x ** 3) * x[0]
        slope = inner.gradient(y, x)
    return outer.jacobian(slope, x)
[f(tf.constant([1., 2., 3.])), f(tf.constant([2.]))]""",
    "weights_of_unknown_sizes": """
w = tf.Variable([[1., 2.], [3., 4.]])
@tf.function(input_signature=[tf.TensorSpec([None, 2])])
def f(x):
    with tf.GradientTape() as tape:
        y = (x @ w) ** 2
    return tape.jacobian(y, w)
f(tf.constant([[1., 2.], [.5, -1.], [0., 3.]]))""",
    "by_loop_of_unknown_sizes": """
@tf.function(input_signature=[tf.TensorSpec([None, 2])])
def f(x):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x ** 2
    return tape.jacobian(y, x, parallel_iterations=2, experimental_use_pfor=False)
f(tf.constant([[1., 2.]]))""",
    "misspelt_option_then_again": """
x = tf.constant([3., 1.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
try:
    tape.jacobian(y, x, unconnected_gradients="zeros")
except ValueError:
    pass
tape.jacobian(y, x)""",
}  # fmt: skip
