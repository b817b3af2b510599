"""Gradients. `gradient("x ** 2", x="3.")` asks for dy/dx of y = x ** 2 at 3; see expand.py."""

from ..expand import gradient

CASES = {
    # One op after the other.
    "square": gradient("x ** 2", x="3."),
    "add": gradient("x + 2. * z", x="3.", z="4."),
    "subtract": gradient("x - z", x="3.", z="4."),
    "multiply": gradient("x * z", x="3.", z="4."),
    "divide": gradient("x / z", x="3.", z="4."),
    "power": gradient("x ** z", x="2.", z="3."),
    "power_zero_base": gradient("x ** z", x="0.", z="2."),
    "power_negative_base": gradient("x ** z", x="-2.", z="3."),
    "negative": gradient("-x", x="3."),
    "reflected": gradient("1. / x", x="2."),
    "floormod": gradient("x % z", x="7.", z="3."),
    "floordiv": gradient("x // 2.", x="7."),
    "abs": gradient("abs(x)", x="[-2., 0., 3.]"),
    "sign": gradient("tf.sign(x)", x="[-2., 0., 3.]"),
    "sqrt": gradient("tf.sqrt(x)", x="[4., 0.25]"),
    "rsqrt": gradient("tf.math.rsqrt(x)", x="[4., 0.25]"),
    "exp": gradient("tf.exp(x)", x="[0., 1.]"),
    "log": gradient("tf.math.log(x)", x="[1., 4.]"),
    "log1p": gradient("tf.math.log1p(x)", x="[0., 1.]"),
    "expm1": gradient("tf.math.expm1(x)", x="[0., 1.]"),
    "sin": gradient("tf.sin(x)", x="[0., 1.]"),
    "cos": gradient("tf.cos(x)", x="[0., 1.]"),
    "tan": gradient("tf.tan(x)", x="[0., 1.]"),
    "tanh": gradient("tf.tanh(x)", x="[0., 1.]"),
    "sigmoid": gradient("tf.sigmoid(x)", x="[0., 1.]"),
    "reciprocal": gradient("tf.math.reciprocal(x)", x="[2., -4.]"),
    "squared_difference": gradient("tf.math.squared_difference(x, z)", x="[1., 5.]", z="[3., 1.]"),
    "add_n": gradient("tf.add_n([x, z, x])", x="[1., 2.]", z="[3., 4.]"),
    "float64": gradient("tf.exp(x)", x="1., tf.float64"),
    "chain": gradient("tf.exp(tf.sin(x ** 2))", x="0.5"),
    "same_input_twice": gradient("x * x * x", x="2."),
    # No gradient at all.
    "floor": gradient("tf.floor(x)", x="1.5"),
    "ceil": gradient("tf.math.ceil(x)", x="1.5"),
    "round": gradient("tf.round(x)", x="1.5"),
    "cast_through_int": gradient("tf.cast(tf.cast(x, tf.int32), tf.float32)", x="1.5"),
    "cast_to_float64": gradient("tf.cast(x, tf.float64) ** 2", x="1.5"),
    "argmax": gradient("tf.cast(tf.argmax(x), tf.float32)", x="[1., 2.]"),
    "compare": gradient("tf.cast(x > 1., tf.float32)", x="[1., 2.]"),
    "zeros_like": gradient("tf.zeros_like(x)", x="[1., 2.]"),
    "ones_like_times_x": gradient("tf.ones_like(x) * x", x="[1., 2.]"),
    "shape": gradient("tf.cast(tf.size(x), tf.float32)", x="[1., 2.]"),
    "stop_gradient": gradient("tf.stop_gradient(x) ** 2", x="3."),
    "stop_gradient_half": gradient("tf.stop_gradient(x) * x", x="3."),
    "unconnected": gradient("z ** 2", x="3.", z="4."),
    "int_source": gradient("tf.cast(x, tf.float32) ** 2", x="3"),
    "times_zero": gradient("x * 0.", x="3."),
    "identity_of_source": gradient("x", x="3."),
    "numpy_on_the_way": gradient("tf.constant(np.sin(x.numpy()))", x="3."),
    # Broadcasting sums back.
    "broadcast_scalar": gradient("x * tf.constant([1., 2., 3.])", x="2."),
    "broadcast_row": gradient("x + tf.zeros([3, 2])", x="[1., 2.]"),
    "broadcast_column": gradient("x * tf.constant([[1., 2., 3.]])", x="[[1.], [2.]]"),
    "broadcast_both": gradient("x * z", x="[[1.], [2.]]", z="[3., 4., 5.]"),
    "broadcast_to": gradient("tf.broadcast_to(x, [3, 2])", x="[1., 2.]"),
    "broadcast_power": gradient("x ** z", x="[[1.], [2.]]", z="[2., 3.]"),
    "broadcast_maximum": gradient("tf.maximum(x, z)", x="[[1.], [5.]]", z="[2., 3.]"),
    # Ties and edges.
    "maximum": gradient("tf.maximum(x, z)", x="[1., 5.]", z="[3., 2.]"),
    "maximum_tie": gradient("tf.maximum(x, z)", x="2.", z="2."),
    "minimum_tie": gradient("tf.minimum(x, z)", x="2.", z="2."),
    "maximum_nan": gradient("tf.maximum(x, z)", x="[np.nan, 1.]", z="[1., np.nan]"),
    "reduce_max_tie": gradient("tf.reduce_max(x)", x="[1., 3., 3.]"),
    "reduce_max_axis_tie": gradient("tf.reduce_max(x, axis=1)", x="[[1., 1.], [1., 2.]]"),
    "reduce_min_tie": gradient("tf.reduce_min(x)", x="[1., 1., 3.]"),
    "relu_at_zero": gradient("tf.nn.relu(x)", x="[-1., 0., 1.]"),
    "leaky_relu_at_zero": gradient("tf.nn.leaky_relu(x)", x="[-1., 0., 1.]"),
    "elu_at_zero": gradient("tf.nn.elu(x)", x="[-1., 0., 1.]"),
    "clip_at_bounds": gradient("tf.clip_by_value(x, 0., 1.)", x="[-1., 0., 0.5, 1., 2.]"),
    "power_zero_exponent": gradient("x ** 0", x="[0., 2.]"),
    "power_zero_exponent_float": gradient("x ** 0.", x="[0., 2.]"),
    "power_one_at_zero": gradient("x ** 1", x="[0., 2.]"),
    "power_two_at_zero": gradient("x ** 2", x="[0., -2.]"),
    "power_three_at_zero": gradient("x ** 3", x="[0., -2.]"),
    "power_half_at_zero": gradient("x ** 0.5", x="[0., 4.]"),
    "square_function_at_zero": gradient("tf.square(x)", x="[0., -2.]"),
    "sqrt_at_zero": gradient("tf.sqrt(x)", x="[0., 4.]"),
    "sqrt_at_zero_times_zero": gradient("tf.sqrt(x) * 0.", x="[0., 4.]"),
    "sqrt_of_square_at_zero": gradient("tf.sqrt(tf.square(x))", x="[0., 3.]"),
    "where_sqrt": gradient("tf.where(x > 0., tf.sqrt(x), 0.)", x="[0., 4.]"),
    "where_log": gradient("tf.where(x > 0., tf.math.log(x), 0.)", x="[0., 2.]"),
    "where_reciprocal": gradient("tf.where(x > 0., 1. / x, 0.)", x="[0., 2.]"),
    "where_guarded": gradient("tf.where(x > 0., tf.math.log(tf.where(x > 0., x, 1.)), 0.)", x="[0., 2.]"),
    "where": gradient("tf.where([True, False], x, z)", x="[1., 2.]", z="[3., 4.]"),
    "where_broadcast": gradient("tf.where([[True, False], [True, True]], x, 0.)", x="[1., 2.]"),
    "log_at_zero": gradient("tf.math.log(x)", x="[0., 1.]"),
    "divide_at_zero": gradient("x / z", x="[1., 0.]", z="[0., 0.]"),
    "std_at_constant": gradient("tf.math.reduce_std(x)", x="[1., 1.]"),
    # Reductions and shapes.
    "reduce_sum": gradient("tf.reduce_sum(x)", x="[[1., 2.], [3., 4.]]"),
    "reduce_sum_axis": gradient("tf.reduce_sum(x, axis=0) * [1., 10.]", x="[[1., 2.], [3., 4.]]"),
    "reduce_sum_keepdims": gradient("x / tf.reduce_sum(x, keepdims=True)", x="[1., 3.]"),
    "reduce_mean": gradient("tf.reduce_mean(x)", x="[[1., 2.], [3., 4.]]"),
    "reduce_mean_axis": gradient("tf.reduce_mean(x ** 2, axis=1)", x="[[1., 2.], [3., 4.]]"),
    "reduce_prod": gradient("tf.reduce_prod(x)", x="[2., 3., 4.]"),
    "reduce_prod_zero": gradient("tf.reduce_prod(x)", x="[2., 0., 4.]"),
    "reduce_prod_two_zeros": gradient("tf.reduce_prod(x)", x="[0., 0., 4.]"),
    "reduce_logsumexp": gradient("tf.reduce_logsumexp(x)", x="[1., 2., 3.]"),
    "reduce_variance": gradient("tf.math.reduce_variance(x)", x="[1., 2., 4.]"),
    "reduce_std": gradient("tf.math.reduce_std(x)", x="[1., 2., 4.]"),
    "cumsum": gradient("tf.cumsum(x) * [1., 10., 100.]", x="[1., 2., 3.]"),
    "cumsum_exclusive": gradient("tf.cumsum(x, exclusive=True)", x="[1., 2., 3.]"),
    "cumsum_reverse": gradient("tf.cumsum(x, reverse=True)", x="[1., 2., 3.]"),
    "matmul": gradient("x @ z", x="[[1., 2.], [3., 4.]]", z="[[5.], [6.]]"),
    "matmul_transpose_a": gradient("tf.matmul(x, z, transpose_a=True)", x="[[1., 2.]]", z="[[5., 6.]]"),
    "matmul_transpose_b": gradient("tf.matmul(x, z, transpose_b=True)", x="[[1., 2.]]", z="[[5., 6.]]"),
    "matmul_batch_broadcast": gradient("tf.ones([3, 1, 2]) @ x", x="[[1., 2.], [3., 4.]]"),
    "tensordot": gradient("tf.tensordot(x, z, 1)", x="[1., 2.]", z="[3., 4.]"),
    "reshape": gradient("tf.reshape(x, [4]) * [1., 2., 3., 4.]", x="[[1., 2.], [3., 4.]]"),
    "transpose": gradient("tf.transpose(x) * [[1., 2.], [3., 4.]]", x="[[1., 2.], [3., 4.]]"),
    "expand_dims": gradient("tf.expand_dims(x, 0) * [[1., 2.]]", x="[1., 2.]"),
    "squeeze": gradient("tf.squeeze(x) * [1., 2.]", x="[[1., 2.]]"),
    "concat": gradient("tf.concat([x, z], 0) * [1., 2., 3.]", x="[1., 2.]", z="[3.]"),
    "stack": gradient("tf.stack([x, z]) * [2., 3.]", x="1.", z="2."),
    "unstack": gradient("tf.unstack(x)[1] * 3.", x="[1., 2.]"),
    "split": gradient("tf.split(x, 2)[0] * 3.", x="[1., 2.]"),
    "tile": gradient("tf.tile(x, [3])", x="[1., 2.]"),
    "pad": gradient("tf.pad(x, [[1, 1]]) * [1., 2., 3., 4.]", x="[1., 2.]"),
    "reverse": gradient("tf.reverse(x, [0]) * [1., 2.]", x="[1., 2.]"),
    "slice": gradient("x[1:] * 2.", x="[1., 2., 3.]"),
    "slice_step": gradient("x[::-2]", x="[1., 2., 3.]"),
    "index": gradient("x[1] ** 2", x="[1., 2., 3.]"),
    "newaxis": gradient("x[:, tf.newaxis] * [1., 2.]", x="[1., 2., 3.]"),
    "gather_repeated": gradient("tf.gather(x * 1., [0, 0, 2])", x="[1., 2., 3.]"),
    "gather_axis": gradient("tf.gather(x, [1], axis=1)", x="[[1., 2.], [3., 4.]]"),
    "gather_nd": gradient("tf.gather_nd(x, [[0, 1]])", x="[[1., 2.], [3., 4.]]"),
    "boolean_mask": gradient("tf.boolean_mask(x, [True, False]) ** 2", x="[1., 2.]"),
    "iterate": gradient("sum(e * e for e in x)", x="[1., 2., 3.]"),
    # tf.nn.
    "softmax": gradient("tf.nn.softmax(x)[0]", x="[1., 2., 3.]"),
    "log_softmax": gradient("tf.nn.log_softmax(x)[0]", x="[1., 2., 3.]"),
    "softplus": gradient("tf.nn.softplus(x)", x="[-1., 0., 2.]"),
    "cross_entropy": gradient("tf.nn.softmax_cross_entropy_with_logits([[0., 1., 0.]], x)", x="[[1., 2., 3.]]"),
    "cross_entropy_labels": gradient("tf.nn.softmax_cross_entropy_with_logits(x, [[1., 2.]])", x="[[0., 1.]]"),
    "sparse_cross_entropy": gradient(
        "tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], x)", x="[[1., 2., 3.], [3., 1., 0.]]"
    ),
    "sigmoid_cross_entropy": gradient("tf.nn.sigmoid_cross_entropy_with_logits([1., 0.], x)", x="[0.5, 2.]"),
    "bias_add": gradient("tf.nn.bias_add(tf.ones([3, 2]), x)", x="[1., 2.]"),
    "l2_loss": gradient("tf.nn.l2_loss(x)", x="[1., 2.]"),
    # The tape.
    "variable_is_watched": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
        tape.gradient(y, v)""",
    "constant_is_not_watched": """
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            y = x * x
        tape.gradient(y, x)""",
    "untrainable_variable_is_not_watched": """
        v = tf.Variable(3., trainable=False)
        with tf.GradientTape() as tape:
            y = v * v
        tape.gradient(y, v)""",
    "watch_untrainable_variable": """
        v = tf.Variable(3., trainable=False)
        with tf.GradientTape() as tape:
            tape.watch(v)
            y = v * v
        tape.gradient(y, v)""",
    "watch_accessed_variables_off": """
        v, w = tf.Variable(3.), tf.Variable(2.)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(w)
            y = v * w
        tape.gradient(y, [v, w])""",
    "watched_variables": """
        v, w = tf.Variable(3., name='v'), tf.Variable(2., name='w')
        with tf.GradientTape() as tape:
            y = w * v
        [v.name for v in tape.watched_variables()]""",
    "watch_list": """
        x, z = tf.constant(1.), tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch([x, z])
            y = x * z
        tape.gradient(y, [x, z])""",
    "watch_dict": """
        d = {'a': tf.constant(1.), 'b': tf.constant(2.)}
        with tf.GradientTape() as tape:
            tape.watch(d)
            y = d['a'] * d['b']
        tape.gradient(y, d)""",
    "watch_number": "with tf.GradientTape() as tape:\n    tape.watch(3.)\n0",
    "watch_int_tensor": """
        x = tf.constant(3)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
        tape.gradient(y, x)""",
    "watch_too_late": """
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            y = x * x
            tape.watch(x)
        tape.gradient(y, x)""",
    "watch_in_the_middle": """
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            y = x * x
            tape.watch(y)
            z = y * y
        tape.gradient(z, [x, y])""",
    "intermediate_as_source": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
            z = y * y
        tape.gradient(z, y)""",
    "target_is_variable": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * 1.
        tape.gradient(v, v)""",
    "vector_target_is_summed": """
        x = tf.Variable(2.)
        with tf.GradientTape() as tape:
            y = x * tf.constant([3., 4.])
        tape.gradient(y, x)""",
    "several_targets_are_summed": """
        x = tf.Variable(2.)
        with tf.GradientTape() as tape:
            y, z = x ** 2, 1. / x
        tape.gradient({'y': y, 'z': z}, x)""",
    "unconnected_target_among_others": """
        x = tf.Variable(2.)
        with tf.GradientTape() as tape:
            y = x ** 2
        tape.gradient([y, tf.constant(1.)], x)""",
    "sources_dict": """
        w, b = tf.Variable([[1.], [2.]]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.constant([[1., 2.]]) @ w + b) ** 2)
        tape.gradient(loss, {'w': w, 'b': b})""",
    "sources_nested": """
        a, b, c = tf.Variable(1.), tf.Variable(2.), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = a * b * c
        tape.gradient(y, [a, {'b': b, 'c': (c,)}])""",
    "sources_tuple": """
        a, b = tf.Variable(1.), tf.Variable(2.)
        with tf.GradientTape() as tape:
            y = a * b
        tape.gradient(y, (a, b))""",
    "sources_empty": """
        a = tf.Variable(1.)
        with tf.GradientTape() as tape:
            y = a * 2.
        tape.gradient(y, [])""",
    "source_twice": """
        a = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = a * a
        tape.gradient(y, [a, a])""",
    "source_number": """
        a = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = a * a
        tape.gradient(y, 3.)""",
    "target_number": """
        a = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = a * a
        tape.gradient(9., a)""",
    "target_none": """
        a = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = a * a
        tape.gradient(None, a)""",
    "output_gradients": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = x * x
        tape.gradient(y, x, output_gradients=tf.constant([1., 10.]))""",
    "output_gradients_list": """
        x = tf.Variable(2.)
        with tf.GradientTape() as tape:
            y, z = x * x, x * 3.
        tape.gradient([y, z], x, output_gradients=[tf.constant(10.), tf.constant(100.)])""",
    "unconnected_gradients_zero": """
        x, z = tf.Variable([1., 2.]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = z * z
        tape.gradient(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)""",
    "unconnected_gradients_name": """
        x, z = tf.Variable([1., 2.]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = z * z
        tape.gradient(y, [x, z], unconnected_gradients='zero')""",
    "unconnected_gradients_nonsense": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
        tape.gradient(y, x, unconnected_gradients='nonsense')""",
    "computed_before_the_tape": """
        v = tf.Variable(3.)
        y = v * v
        with tf.GradientTape() as tape:
            z = y * 2.
        tape.gradient(z, v)""",
    "computed_after_the_tape": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
        z = y * 2.
        tape.gradient(z, v)""",
    "variable_replaced_by_tensor": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
        v = v + 1.
        tape.gradient(y, v)""",
    "assigned_value_has_no_path": """
        v, x = tf.Variable(0.), tf.Variable(3.)
        with tf.GradientTape() as tape:
            v.assign(x * x)
            y = v * 2.
        tape.gradient(y, x)""",
    "assign_after_read": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
            v.assign(100.)
        tape.gradient(y, v)""",
    "int_variable": """
        v = tf.Variable(3)
        with tf.GradientTape() as tape:
            y = v * v
        tape.gradient(y, v)""",
    "int_target": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = tf.cast(x, tf.int32)
        tape.gradient(y, x)""",
    "used_twice": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
        tape.gradient(y, x)
        tape.gradient(y, x)""",
    "used_inside_its_block": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
            g = tape.gradient(y, x)
        g""",
    "used_twice_inside_its_block": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
            tape.gradient(y, x)
            tape.gradient(y, x)
        0""",
    "used_inside_and_after": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
            tape.gradient(y, x)
        tape.gradient(y, x)""",
    "never_entered": "x = tf.Variable(3.)\ntf.GradientTape().gradient(x * x, x)",
    "entered_twice": """
        tape = tf.GradientTape()
        with tape:
            with tape:
                pass
        0""",
    "persistent": """
        x = tf.Variable(3.)
        with tf.GradientTape(persistent=True) as tape:
            y = x * x
            z = y * y
        (tape.gradient(z, x), tape.gradient(y, x), tape.gradient(z, y))""",
    "persistent_entered_again": """
        x = tf.Variable(3.)
        with tf.GradientTape(persistent=True) as tape:
            y = x * x
        with tape:
            z = y * y
        tape.gradient(z, x)""",
    "second_order": """
        x = tf.Variable(2.)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = x ** 3
            first = inner.gradient(y, x)
        (first, outer.gradient(first, x))""",
    "third_order": """
        x = tf.Variable(2.)
        with tf.GradientTape() as a:
            with tf.GradientTape() as b:
                with tf.GradientTape() as c:
                    y = x ** 4
                first = c.gradient(y, x)
            second = b.gradient(first, x)
        a.gradient(second, x)""",
    "second_order_outside_the_outer_tape": """
        x = tf.Variable(2.)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = x ** 3
        first = inner.gradient(y, x)
        outer.gradient(first, x)""",
    "second_order_mixed": """
        x, z = tf.Variable(2.), tf.Variable(3.)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = x ** 2 * z ** 3
            first = inner.gradient(y, x)
        outer.gradient(first, [x, z])""",
    "second_order_one_persistent_tape": """
        x = tf.Variable(2.)
        with tf.GradientTape(persistent=True) as tape:
            y = x ** 3
            first = tape.gradient(y, x)
        tape.gradient(first, x)""",
    "two_tapes_side_by_side": """
        x, z = tf.Variable(2.), tf.Variable(3.)
        with tf.GradientTape() as one, tf.GradientTape() as two:
            y = x * z
        (one.gradient(y, x), two.gradient(y, z))""",
    "stop_recording": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
            with tape.stop_recording():
                z = x * 10.
            w = y + z
        tape.gradient(w, x)""",
    "reset_then_new": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x
            tape.reset()
            z = x * 5.
        tape.gradient(z, x)""",
    "exception_leaves_no_tape": """
        x = tf.Variable(3.)
        try:
            with tf.GradientTape() as broken:
                raise KeyError
        except KeyError:
            pass
        with tf.GradientTape() as tape:
            y = x * x
        tape.gradient(y, x)""",
    "long_chain": """
        x = tf.Variable(1.)
        with tf.GradientTape() as tape:
            y = x
            for _ in range(3000):
                y = y + 1.
        tape.gradient(y, x)""",
    "python_control_flow": """
        x = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * x if x > 2. else -x
        tape.gradient(y, x)""",
    "gathered_variable": """
        v = tf.Variable([1., 2., 3.])
        with tf.GradientTape() as tape:
            y = tf.gather(v, [0, 0, 2])
        tf.convert_to_tensor(tape.gradient(y, v))""",
    "gradient_type_is_tensor": """
        v = tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = v * v
        isinstance(tape.gradient(y, v), tf.Variable)""",
    "gradient_descent": """
        w, b = tf.Variable(0.), tf.Variable(0.)
        x, y = tf.constant([0., 1., 2., 3.]), tf.constant([1., 3., 5., 7.])
        for _ in range(3):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((w * x + b - y) ** 2)
            dw, db = tape.gradient(loss, [w, b])
            w.assign_sub(0.125 * dw)
            b.assign_sub(0.125 * db)
        (w, b)""",
    # Jacobians.
    "jacobian": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = x ** 2
        tape.jacobian(y, x)""",
    "jacobian_scalar_target": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(x ** 2)
        tape.jacobian(y, x)""",
    "jacobian_matrix_shapes": """
        x = tf.Variable(tf.ones([2, 3]))
        with tf.GradientTape() as tape:
            y = x @ tf.ones([3, 4])
        tape.jacobian(y, x).shape""",
    "jacobian_sources_list": """
        x, z = tf.Variable([1., 2.]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = x * z
        tape.jacobian(y, [x, z])""",
    "jacobian_unconnected": """
        x, z = tf.Variable([1., 2.]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = tf.constant([1., 1.]) * z
        tape.jacobian(y, x)""",
    "jacobian_unconnected_zero": """
        x, z = tf.Variable([1., 2.]), tf.Variable(3.)
        with tf.GradientTape() as tape:
            y = tf.constant([1., 1., 1.]) * z
        tape.jacobian(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)""",
    "jacobian_used_twice": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = x ** 2
        tape.jacobian(y, x)
        tape.jacobian(y, x)""",
    "hessian": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = tf.reduce_sum(x ** 3) + x[0] * x[1]
            g = inner.gradient(y, x)
        outer.jacobian(g, x)""",
    "jacobian_of_linear_map": """
        x = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.constant([[1., 2.], [3., 4.], [5., 6.]]) * x, axis=1)
        tape.jacobian(y, x)""",
    "misspelt_option_then_again": """
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
try:
    tape.gradient(y, x, unconnected_gradients="zeros")
except ValueError:
    pass
tape.gradient(y, x)""",
    "source_of_wrong_kind_then_again": """
x = tf.constant([3., 1.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
try:
    tape.gradient(y, [x, None])
except Exception:
    pass
tape.gradient(y, x)""",
    # The derivative by what flows in, where nothing does
    **{
        f"{name}_by_incoming_zero": f"""
x, g = tf.constant([.25, 4.]), tf.constant([0., 2.])
with tf.GradientTape() as outer:
    outer.watch([x, g])
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = {expression}
    slope = inner.gradient(y, x, output_gradients=g)
outer.gradient(slope, [x, g])"""
        for name, expression in (
            ("sqrt", "tf.sqrt(x)"),
            ("rsqrt", "tf.math.rsqrt(x)"),
            ("reciprocal", "tf.math.reciprocal(x)"),
            ("norm", "tf.norm(tf.stack([x, x]), axis=0)"),
        )
    },
    "batch_norm_second_order_with_scale_zero": """
x, scale, variance = tf.constant([[1., 2.], [3., -1.]]), tf.constant([0., 2.]), tf.constant([1., 3.])
with tf.GradientTape() as outer:
    outer.watch(scale)
    with tf.GradientTape() as inner:
        inner.watch(variance)
        y = tf.nn.batch_normalization(x, tf.zeros([2]), variance, None, scale, 1e-3)
    slope = inner.gradient(y, variance)
outer.gradient(slope, scale)""",
}
