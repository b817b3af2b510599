"""GradientTape in detail: what is recorded, what is asked, and where gradients end."""

from ..expand import gradient

TAPE = """x = tf.Variable([1., 2.])
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    z = y * x
"""

CASES = {
    # what is asked
    "target_in_a_dict": TAPE + 'tape.gradient({"a": y, "b": [z]}, x)',
    "target_twice": TAPE + "tape.gradient([y, y], x)",
    "targets_of_different_shapes": TAPE + "tape.gradient([tf.reduce_sum(y), z], [x])",
    "targets_none_inside": TAPE + "tape.gradient([y, None], x)",
    "target_list_is_empty": TAPE + "tape.gradient([], x)",
    "target_is_numpy": TAPE + "tape.gradient(y.numpy(), x)",
    "sources_named_tuple": TAPE + """
import collections
Pair = collections.namedtuple("Pair", "first second")
found = tape.gradient(z, Pair(x, y))
[found.first, found.second, isinstance(found, Pair)]""",
    "sources_dict_of_lists": TAPE + 'tape.gradient(z, {"b": [x, y], "a": (x,)})',
    "sources_none_inside": TAPE + "tape.gradient(y, [x, None])",
    "source_is_an_intermediate": TAPE + "tape.gradient(z, y)",
    "source_is_the_target": TAPE + "tape.gradient(z, z)",
    "source_is_computed_from_the_target": TAPE + "tape.gradient(y, z)",
    "output_gradients_scalar_target": TAPE + "tape.gradient(z, x, output_gradients=tf.constant([10., 100.]))",
    "output_gradients_variable": TAPE + "tape.gradient(z, x, output_gradients=tf.Variable([10., 100.]))",
    "output_gradients_broadcast": TAPE + "tape.gradient(z, x, output_gradients=tf.constant([[1.], [10.]]))",
    "output_gradients_number": TAPE + "tape.gradient(z, x, output_gradients=10.)",
    "output_gradients_of_one_element": TAPE + "tape.gradient(z, x, output_gradients=tf.constant([10.]))",
    "output_gradients_wider_type": TAPE + "tape.gradient(z, x, output_gradients=tf.constant([1., 2.], tf.float64))",
    "output_gradients_too_long": TAPE + "tape.gradient(z, x, output_gradients=tf.constant([1., 2., 3.]))",
    "output_gradients_zero": TAPE + "tape.gradient(z, x, output_gradients=tf.zeros([2]))",
    "output_gradients_of_the_source": TAPE + "tape.gradient(x, x, output_gradients=tf.constant([3., 4.]))",
    "vector_jacobian_product": """
x = tf.constant([1., 2., 3.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.linalg.matvec([[1., 0., 2.], [0., 3., 0.]], x)
tape.gradient(y, x, output_gradients=tf.constant([1., 10.]))""",
    "unconnected_enum_none": TAPE + """
tape.gradient(y, tf.Variable(1.), unconnected_gradients=tf.UnconnectedGradients.NONE)""",
    "unconnected_enum_zero": TAPE + """
tape.gradient(y, [x, tf.Variable([[5.]])], unconnected_gradients=tf.UnconnectedGradients.ZERO)""",
    "unconnected_text_none": TAPE + 'tape.gradient(y, tf.Variable(1.), unconnected_gradients="none")',
    "unconnected_capitals": TAPE + 'tape.gradient(y, x, unconnected_gradients="ZERO")',
    "unconnected_zero_keeps_the_dtype": TAPE + """
tape.gradient(y, tf.Variable([1.], dtype=tf.float64), unconnected_gradients="zero")""",
    "unconnected_zero_integer_source": TAPE + """
tape.gradient(y, tf.constant([1, 2]), unconnected_gradients="zero")""",
    "unconnected_enum_value": "[tf.UnconnectedGradients.ZERO.value, tf.UnconnectedGradients('none').name]",
    "gradient_dtype_is_the_sources": """
x = tf.Variable([1., 2.])
with tf.GradientTape() as tape:
    y = tf.cast(x, tf.float64) * 3.
tape.gradient(y, x)""",
    "half_precision": gradient("x * x", x="[1., 2.], tf.float16"),
    "complex_square": gradient("x * x", x="[1. + 2.j], tf.complex64"),
    "complex_abs": gradient("tf.abs(x)", x="[3. + 4.j], tf.complex64"),
    "complex_real_part": gradient("tf.math.real(x * x)", x="[1. + 2.j], tf.complex64"),
    # what is recorded
    "watch_twice": """
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    tape.watch(x)
    y = x * x
tape.gradient(y, x)""",
    "watch_before_entering": """
x = tf.constant(3.)
tape = tf.GradientTape()
with tape:
    tape.watch([x, [x]])
    y = x * x
tape.gradient(y, x)""",
    "watch_an_intermediate": """
x = tf.constant(3.)
with tf.GradientTape() as tape:
    y = x * x
    tape.watch(y)
    z = y * y
tape.gradient(z, [x, y])""",
    "watch_a_copy": """
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(tf.identity(x))
    y = x * x
tape.gradient(y, x)""",
    "watch_text": """
with tf.GradientTape() as tape:
    tape.watch("x")
0""",
    "watch_int_variable": """
v = tf.Variable(3)
with tf.GradientTape() as tape:
    tape.watch(v)
    y = tf.cast(v, tf.float32) ** 2
tape.gradient(y, v)""",
    "watch_none": """
with tf.GradientTape() as tape:
    tape.watch(None)
0""",
    "accessed_off_then_watch": """
a, b = tf.Variable(2.), tf.Variable(3.)
with tf.GradientTape(watch_accessed_variables=False) as tape:
    tape.watch(a)
    y = a * b
[tape.gradient(y, [a, b]), len(tape.watched_variables())]""",
    "watched_variables_in_order": """
a, b, c = tf.Variable(2.), tf.Variable(3.), tf.Variable(4., trainable=False)
with tf.GradientTape() as tape:
    y = b * c + a + b
[v.numpy() for v in tape.watched_variables()]""",
    "watched_variables_after_the_gradient": """
a = tf.Variable(2.)
with tf.GradientTape() as tape:
    y = a * a
tape.gradient(y, a)
[v.numpy() for v in tape.watched_variables()]""",
    "watched_variables_of_an_empty_tape": "len(tf.GradientTape().watched_variables())",
    "variable_read_outside_first": """
v = tf.Variable(2.)
value = v.read_value()
with tf.GradientTape() as tape:
    y = value * v
tape.gradient(y, v)""",
    "variable_method_values": """
v = tf.Variable([1., 2.])
with tf.GradientTape() as tape:
    y = v.read_value() * v.value() * tf.convert_to_tensor(v) * tf.identity(v)
tape.gradient(y, v)""",
    "variable_read_before_and_after_assign": """
v = tf.Variable(2.)
with tf.GradientTape() as tape:
    before = v * v
    v.assign(5.)
    after = v * v
    y = before * after
tape.gradient(y, v)""",
    "assign_add_in_the_chain": """
v, w = tf.Variable(2.), tf.Variable(3.)
with tf.GradientTape() as tape:
    v.assign_add(w * 10.)
    y = v * w
tape.gradient(y, [v, w])""",
    "assign_returns_the_variable": """
v = tf.Variable(2.)
with tf.GradientTape() as tape:
    y = v.assign(3.) * v
tape.gradient(y, v)""",
    "stop_recording_result_is_a_constant": """
x = tf.Variable(3.)
with tf.GradientTape() as tape:
    y = x * x
    with tape.stop_recording():
        z = y * x
    w = y * z
tape.gradient(w, x)""",
    "stop_recording_hides_variables": """
v = tf.Variable(3.)
with tf.GradientTape() as tape:
    with tape.stop_recording():
        y = v * v
[len(tape.watched_variables()), tape.gradient(y, v)]""",
    "stop_recording_gradient_inside": """
x = tf.Variable(3.)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    with tape.stop_recording():
        g = tape.gradient(y, x)
    z = y * 2.
[g, tape.gradient(z, x), tape.gradient(g, x)]""",
    "stop_recording_of_the_outer_tape": """
x = tf.Variable(3.)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        with outer.stop_recording():
            y = x * x
        z = y * x
    first = inner.gradient(z, x)
[first, outer.gradient(first, x)]""",
    "stop_recording_outside_its_block": """
tape = tf.GradientTape()
with tape.stop_recording():
    y = tf.constant(1.)
0""",
    "stop_recording_and_an_error": """
x = tf.Variable(3.)
with tf.GradientTape() as tape:
    try:
        with tape.stop_recording():
            raise KeyError
    except KeyError:
        pass
    y = x * x
tape.gradient(y, x)""",
    "reset_inside": """
x = tf.Variable(3.)
with tf.GradientTape() as tape:
    y = x * x
    tape.reset()
    z = x * 5.
[tape.gradient(z, x)]""",
    "reset_forgets": """
x = tf.Variable(3.)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    tape.reset()
    z = x * 5.
[tape.gradient(y, x), tape.gradient(z, x), len(tape.watched_variables())]""",
    "reset_after": """
x = tf.Variable(3.)
with tf.GradientTape() as tape:
    y = x * x
tape.reset()
tape.gradient(y, x)""",
    "persistent_gradient_inside_is_recorded": """
x = tf.Variable(3.)
with tf.GradientTape(persistent=True) as tape:
    y = x ** 3
    g = tape.gradient(y, x)
[g, tape.gradient(g, x)]""",
    "second_order_of_products": """
x, w = tf.Variable([1., 2.]), tf.Variable([3., 4.])
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(x * x * w)
    first = inner.gradient(y, [x, w])
[outer.gradient(first[0], [x, w]), outer.gradient(first[1], [x, w])]""",
    "gradient_penalty": """
w, x = tf.Variable([[0.5], [2.]], dtype=tf.float64), tf.constant([[1., 0.2]], tf.float64)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.tanh(x @ w)
    g = inner.gradient(y, x)
    penalty = (tf.sqrt(tf.reduce_sum(g ** 2)) - 1.) ** 2
outer.gradient(penalty, w)""",
    "inner_tape_in_a_loop": """
x = tf.Variable(2., dtype=tf.float64)
with tf.GradientTape() as outer:
    total = tf.constant(0., tf.float64)
    for power in (2, 3):
        with tf.GradientTape() as inner:
            y = x ** power
        total += inner.gradient(y, x)
outer.gradient(total, x)""",
    "maml_step": """
w = tf.Variable(2.)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = (w * 3. - 1.) ** 2
    fast = w - 0.01 * inner.gradient(loss, w)
    loss = (fast * 2. - 1.) ** 2
outer.gradient(loss, w)""",
    "tape_of_another_context": """
x = tf.Variable(3.)
a, b = tf.GradientTape(), tf.GradientTape()
with a:
    y = x * x
with b:
    z = y * x
[b.gradient(z, x), a.gradient(z, x)]""",
    # where gradients end
    "integer_index_has_none": gradient("tf.gather([1., 2., 3.], x)", x="[0, 2]"),
    "size_times_source": gradient("tf.cast(tf.size(x), tf.float32) * x", x="[1., 2.]"),
    "round_in_the_middle": gradient("tf.round(x) * x", x="[1.4, 2.6]"),
    "round_is_all": gradient("tf.round(x) * 2.", x="[1.4, 2.6]"),
    "one_hot_of_argmax": gradient("tf.one_hot(tf.argmax(x), 2)", x="[1., 2.]"),
    "comparison_times_source": gradient("tf.cast(x > 1.5, tf.float32) * x", x="[1., 2.]"),
    "logical_mask": gradient("tf.where(tf.logical_and(x > 0., x < 2.), x, 0.)", x="[-1., 1., 3.]"),
    "floor_mod": gradient("tf.math.floormod(x, 2.)", x="[1.5, 5.]"),
    "floordiv": gradient("x // 2. + x", x="[1.5, 5.]"),
    "left_through_numpy": gradient("x * np.sin(x.numpy())", x="[1., 2.]"),
    "left_through_float": gradient("x * float(x)", x="2."),
    "python_branch": gradient("x * 2. if x > 1. else x * 3.", x="2."),
    "bool_cast_of_variable": """
v = tf.Variable([0., 2.])
with tf.GradientTape() as tape:
    y = tf.cast(tf.cast(v, tf.bool), tf.float32)
tape.gradient(y, v)""",
    # special points
    "zero_to_the_zero": gradient("x ** 0.", x="[0., 1.]"),
    "zero_to_the_half": gradient("x ** 0.5", x="[0., 4.]"),
    "zero_to_minus_one": gradient("x ** -1.", x="[0., 2.]"),
    "negative_base_float_exponent": gradient("x ** z", x="[-2., -1.]", z="[2., 3.]"),
    "power_at_base_zero_by_exponent": gradient("x ** z", x="[0., 0.]", z="[0., 2.]"),
    "norm_at_zero": gradient("tf.norm(x)", x="[0., 0.]"),
    "norm_away_from_zero": gradient("tf.norm(x)", x="[3., 4.]"),
    "euclidean_norm_at_zero": gradient("tf.math.reduce_euclidean_norm(x)", x="[0., 0.]"),
    "sqrt_of_sum_of_squares_at_zero": gradient("tf.sqrt(tf.reduce_sum(x * x))", x="[0., 0.]"),
    "divide_no_nan_at_zero": gradient("tf.math.divide_no_nan(x, z)", x="[1., 2.]", z="[0., 4.]"),
    "multiply_no_nan_at_zero": gradient("tf.math.multiply_no_nan(x, z)", x="[np.inf, 2.]", z="[0., 4.]"),
    "xlogy_at_zero": gradient("tf.math.xlogy(x, z)", x="[0., 2.]", z="[0., 4.]"),
    "atan2_at_origin": gradient("tf.atan2(x, z)", x="[0., 1.]", z="[0., 1.]"),
    "acos_at_one": gradient("tf.acos(x)", x="[1., 0.5]"),
    "log_softmax_of_minus_infinity": gradient("tf.nn.log_softmax(x)[1]", x="[-np.inf, 1., 2.]"),
    "minimum_of_broadcast_tie": gradient("tf.minimum(x, z)", x="[[1.], [2.]]", z="[1., 2.]"),
    "reduce_max_all_equal": gradient("tf.reduce_max(x)", x="[2., 2., 2., 2.]"),
    "reduce_min_axes_tie": gradient("tf.reduce_min(x, axis=[0, 1])", x="[[[1., 2.], [1., 2.]], [[1., 3.], [0., 2.]]]"),
    "reduce_max_of_nan": gradient("tf.reduce_max(x)", x="[np.nan, 1.]"),
    "reduce_sum_empty": gradient("tf.reduce_sum(x)", x="np.zeros([0, 2], np.float32)"),
    "reduce_mean_empty": gradient("tf.reduce_mean(x)", x="np.zeros([0], np.float32)"),
    "reduce_prod_one_zero_axis": gradient("tf.reduce_prod(x, axis=0)", x="[[0., 2.], [3., 0.]]"),
    "logsumexp_of_minus_infinity": gradient("tf.reduce_logsumexp(x)", x="[-np.inf, 0.]"),
    "huge_softmax": gradient("tf.nn.softmax(x)[0]", x="[1000., 0.]"),
    "sigmoid_far_out": gradient("tf.sigmoid(x)", x="[-1000., 1000.]"),
    "softplus_far_out": gradient("tf.nn.softplus(x)", x="[-1000., 1000.]"),
    "clip_of_nan": gradient("tf.clip_by_value(x, 0., 1.)", x="[np.nan, 0.5]"),
    "where_hides_no_nan": gradient("tf.where(x > 0., x / x, 1.)", x="[0., 2.]"),
    "abs_of_negative_zero": gradient("tf.abs(x)", x="[-0., 0.]"),
    # broadcasting
    "broadcast_scalar_and_matrix": gradient("x * z", x="2.", z="[[1., 2.], [3., 4.]]"),
    "broadcast_inner_one": gradient("x - z", x="[[[1.], [2.]]]", z="[[1., 2., 3.]]"),
    "broadcast_power": gradient("x ** z", x="[1., 2., 3.]", z="[[2.], [3.]]"),
    "broadcast_divide": gradient("x / z", x="[[1.], [2.]]", z="[4., 5.]"),
    "broadcast_where": gradient("tf.where([True, False], x, z)", x="[[1.], [2.]]", z="3."),
    "broadcast_matmul": gradient("x @ z", x="[[[1., 2.]], [[3., 4.]]]", z="[[1.], [2.]]"),
    "broadcast_with_an_empty_axis": gradient("x * tf.zeros([0, 2])", x="[1., 2.]"),
    # functions
    "through_a_function": """
@tf.function
def f(x):
    return tf.exp(x) * x
x = tf.Variable(1.)
with tf.GradientTape() as tape:
    y = f(x) * 2.
tape.gradient(y, x)""",
    "tape_in_a_function_over_variables": """
w, b = tf.Variable([[1.], [2.]]), tf.Variable([0.5])
@tf.function
def step(x, target):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ w + b - target) ** 2)
    return tape.gradient(loss, [w, b])
step(tf.constant([[1., 2.], [3., 4.]]), tf.constant([[1.], [0.]]))""",
    "second_order_through_a_function": """
f = tf.function(lambda x: tf.sin(x) * x)
x = tf.Variable(1., dtype=tf.float64)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = f(x)
    first = inner.gradient(y, x)
outer.gradient(first, x)""",
}  # fmt: skip
