"""Gradients of control flow in traced functions: by tapes inside and outside, of first and second order."""

from ..expand import gradient, traced_gradient, traced_second_gradient

POWER = "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x), (0, 1.))[1]"
CUBE = "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * y), (0, x))[1]"
UNTIL = "tf.while_loop(lambda y: y < 50., lambda y: (y * x + 1.,), (x,))[0]"

CASES = {
    "cond_true": traced_gradient("tf.cond(x > 0., lambda: x ** 2, lambda: x ** 3)", x="3."),
    "cond_false": traced_gradient("tf.cond(x > 0., lambda: x ** 2, lambda: x ** 3)", x="-3."),
    "cond_two_inputs": traced_gradient("tf.cond(x > y, lambda: x * y, lambda: x / y)", x="3.", y="5."),
    "cond_input_of_the_other_branch": traced_gradient("tf.cond(x > 0., lambda: x * x, lambda: y * y)", x="3.", y="5."),
    "cond_input_of_no_branch": traced_gradient("tf.cond(x > 0., lambda: x * x, lambda: -x)", x="3.", y="5."),
    "cond_only_the_predicate": traced_gradient("tf.cond(x > 0., lambda: y * 1., lambda: -y)", x="3.", y="5."),
    "cond_constant_branches": traced_gradient(
        "tf.cond(x > 0., lambda: tf.constant(1.), lambda: tf.constant(2.))", x="3."),
    "cond_identity": traced_gradient("tf.cond(x > 0., lambda: x, lambda: x)", x="3."),
    "cond_vector": traced_gradient("tf.cond(tf.reduce_sum(x) > 0., lambda: x * x, lambda: x)", x="[1., 2., 3.]"),
    "cond_broadcast": traced_gradient("tf.cond(y > 0., lambda: x * y, lambda: x + y)", x="[1., 2., 3.]", y="2."),
    "cond_two_results": traced_gradient(
        "tf.add(*tf.cond(x > 0., lambda: (x * x, x), lambda: (x, x * x * x)))", x="-2."),
    "cond_one_result_used": traced_gradient(
        "tf.cond(x > 0., lambda: (x * x, x), lambda: (x, x * x * x))[0]", x="-2."),
    "cond_integer_result": traced_gradient(
        "tf.cast(tf.cond(x > 0., lambda: (x * x, 1), lambda: (x, 2))[1], tf.float32) * x", x="3."),
    "cond_integer_input": traced_gradient(
        "tf.cond(x > 0., lambda: x * tf.cast(n, tf.float32), lambda: x)", x="3.", n="2"),
    "cond_nested": traced_gradient(
        "tf.cond(x > 0., lambda: tf.cond(x > 2., lambda: x ** 3, lambda: x ** 2), lambda: -x)", x="3."),
    "cond_of_cond_result": traced_gradient(
        "tf.cond(x > 0., lambda: x * 2., lambda: x) * tf.cond(x > 5., lambda: x, lambda: x * x)", x="3."),
    "cond_sizes_differ": traced_gradient(
        "tf.reduce_sum(tf.cond(x[0] > 0., lambda: x[:2] * 3., lambda: x))", x="[1., 2., 3.]"),
    "cond_stop_gradient": traced_gradient(
        "tf.cond(x > 0., lambda: tf.stop_gradient(x) * x, lambda: x)", x="3."),
    "cond_nan_in_branch_not_taken": traced_gradient("tf.cond(x > 0., lambda: tf.sqrt(x), lambda: x)", x="-1."),
    "cond_log_guard": traced_gradient("tf.cond(x > 0., lambda: tf.math.log(x), lambda: tf.zeros_like(x))", x="0."),
    "case_gradient": traced_gradient(
        "tf.case([(x < 0., lambda: -x), (x < 2., lambda: x * x)], default=lambda: x ** 3)", x="3."),
    "case_gradient_second": traced_gradient(
        "tf.case([(x < 0., lambda: -x), (x < 2., lambda: x * x)], default=lambda: x ** 3)", x="1.5"),
    "switch_gradient": traced_gradient(
        "tf.switch_case(tf.cast(x, tf.int32), [lambda: x, lambda: x * x, lambda: x ** 3])", x="2.5"),
    "switch_gradient_by_index": traced_gradient(
        "tf.switch_case(i, [lambda: x * y, lambda: x + y, lambda: y * y])", x="3.", y="4.", i="2"),
    "while_power": traced_gradient(POWER, x="2."),
    "while_square": traced_gradient(CUBE, x="1.1"),
    "while_until": traced_gradient(UNTIL, x="2."),
    "while_no_turns": traced_gradient("tf.while_loop(lambda y: y < 0., lambda y: (y * x,), (x * x,))[0]", x="2."),
    "while_one_turn": traced_gradient("tf.while_loop(lambda y: y < 5., lambda y: (y * x,), (x * x,))[0]", x="2."),
    "while_captured_vector": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x), (0, tf.ones([2])))[1]", x="[2., 3.]"),
    "while_captured_broadcast": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x), (0, tf.ones([2])))[1]", x="2."),
    "while_captured_matrix": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.tanh(x @ y)), (0, y))[1]",
        x="[[.5, -.2], [.1, .3]]", y="[[1.], [2.]]"),
    "while_indexing": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x[k]), (0, 1.))[1]", x="[2., 3., 4.]"),
    "while_unused_input": traced_gradient(POWER, x="2.", y="3."),
    "while_only_in_condition": traced_gradient(
        "tf.while_loop(lambda z: z < y, lambda z: (z * 2.,), (x,))[0]", x="1.", y="10."),
    "while_variable_passed_through": traced_gradient(
        "tf.add(*tf.while_loop(lambda k, y, z: k < 3, lambda k, y, z: (k + 1, y * z, z), (0, x, y))[1:])",
        x="2.", y="3."),
    "while_variable_replaced": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.constant(5.)), (0, x))[1]", x="2."),
    "while_variable_replaced_no_turns": traced_gradient(
        "tf.while_loop(lambda k, y: k < 0, lambda k, y: (k + 1, tf.constant(5.)), (0, x))[1]", x="2."),
    "while_replaced_by_input": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, x * 3.), (0, x))[1]", x="2."),
    "while_float_counter": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3., lambda k, y: (k + 1., y * x + k), (0., x))[1]", x="2."),
    "while_integer_result": traced_gradient(
        "tf.cast(tf.while_loop(lambda k, y: y < 9., lambda k, y: (k + 1, y * x), (0, x))[0], tf.float32) * x", x="2."),
    "while_two_results": traced_gradient(
        "tf.multiply(*tf.while_loop(lambda a, b: a < 20., lambda a, b: (a * b, b + x), (x, x)))", x="2."),
    "while_swap": traced_gradient(
        "tf.while_loop(lambda k, a, b: k < 3, lambda k, a, b: (k + 1, b, a * b), (0, x, y))[2]", x="2.", y="3."),
    "while_dict": traced_gradient(
        "tf.while_loop(lambda k, d: k < 3, lambda k, d: (k + 1, {'a': d['a'] * d['b'], 'b': d['b'] + 1.}),"
        " (0, {'a': x, 'b': y}))[1]['a']", x="2.", y="3."),
    "while_maximum_iterations": traced_gradient(
        "tf.while_loop(lambda y: True, lambda y: (y * x,), (x,), maximum_iterations=3)[0]", x="2."),
    "while_maximum_iterations_tensor": traced_gradient(
        "tf.while_loop(lambda y: y < 100., lambda y: (y * x,), (x,), maximum_iterations=n)[0]", x="2.", n="4"),
    "while_stop_gradient": traced_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.stop_gradient(y) * x), (0, x))[1]", x="2."),
    "while_nested": traced_gradient(
        "tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, tf.while_loop(lambda j, s: j < i,"
        " lambda j, s: (j + 1, s * x + 1.), (0, s))[1]), (0, x))[1]", x="2."),
    "while_with_cond": traced_gradient(
        "tf.while_loop(lambda i, s: i < 6, lambda i, s: (i + 1, tf.cond(i % 2 == 0, lambda: s * x, lambda: s + x)),"
        " (0, x))[1]", x="2."),
    "cond_with_while": traced_gradient(
        "tf.cond(x > 0., lambda: tf.while_loop(lambda y: y < 50., lambda y: (y * x,), (x,))[0], lambda: x)", x="3."),
    "while_collapsing_shape": traced_gradient(
        "tf.while_loop(lambda k, y: k < 2, lambda k, y: (k + 1, tf.concat([y, y * x], 0)), (0, x[None]),"
        " shape_invariants=(tf.TensorShape([]), tf.TensorShape([None])))[1]", x="2."),
    "while_newton": traced_gradient(
        "tf.while_loop(lambda k, y: k < 6, lambda k, y: (k + 1, (y + x / y) / 2.), (0, x))[1]", x="2., tf.float64"),
    "array_gradient": traced_gradient(
        "tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a.write(i, x[i] * x[2 - i])),"
        " (0, tf.TensorArray(tf.float32, 3)))[1].stack()", x="[1., 2., 4.]"),
    "array_gradient_of_one": traced_gradient(
        "tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a.write(i, x[i] * x[2 - i])),"
        " (0, tf.TensorArray(tf.float32, 3)))[1].read(1)", x="[1., 2., 4.]"),
    "array_gradient_of_gather": traced_gradient(
        "tf.TensorArray(tf.float32, 3).unstack(x * x).gather(i)", x="[1., 2., 4.]", i="[2, 0]"),
    "array_gradient_of_concat": traced_gradient(
        "tf.TensorArray(tf.float32, 3).unstack(x).concat() * [1., 2., 3., 4., 5., 6.]",
        x="[[1., 2.], [3., 4.], [5., 6.]]"),
    "array_gradient_of_scatter": traced_gradient(
        "tf.TensorArray(tf.float32, 4).scatter(i, x * x).stack()", x="[1., 2.]", i="[3, 1]"),
    "array_gradient_of_split": traced_gradient(
        "tf.TensorArray(tf.float32, 2, infer_shape=False).split(x * x, n).read(1)", x="[1., 2., 4.]", n="[1, 2]"),
    "array_gradient_read_and_write": traced_gradient(
        "tf.while_loop(lambda i, a: i < 4, lambda i, a: (i + 1, a.write(i, a.read(i - 1) * x)), (1,"
        " tf.TensorArray(tf.float32, 4, element_shape=[], clear_after_read=False).write(0, x)))[1].stack()", x="2."),
    "map_gradient": traced_gradient("tf.map_fn(lambda e: e ** 3, x)", x="[1., 2.]"),
    "map_gradient_captured": traced_gradient("tf.map_fn(lambda e: e * y, x)", x="[1., 2.]", y="3."),
    "map_gradient_tuple": traced_gradient(
        "tf.map_fn(lambda t: t[0] * t[1], (x, y), fn_output_signature=tf.float32)", x="[1., 2.]", y="[3., 4.]"),
    "map_gradient_rows": traced_gradient("tf.map_fn(lambda r: tf.reduce_sum(r * r), x)", x="[[1., 2.], [3., 4.]]"),
    "foldl_gradient": traced_gradient("tf.foldl(lambda a, e: a * e + a, x)", x="[2., 3., 4.]"),
    "foldr_gradient": traced_gradient("tf.foldr(lambda a, e: a / e, x)", x="[2., 4., 8.]"),
    "foldl_gradient_initializer": traced_gradient("tf.foldl(lambda a, e: a * e, x, y)", x="[2., 3.]", y="5."),
    "scan_gradient": traced_gradient("tf.scan(lambda a, e: a * e, x) * [1., 10., 100.]", x="[2., 3., 4.]"),
    "scan_gradient_initializer": traced_gradient(
        "tf.scan(lambda a, e: a * 0.5 + e, x, initializer=y)", x="[1., 2., 3.]", y="4."),
    "scan_gradient_reverse": traced_gradient("tf.scan(lambda a, e: a * e, x, reverse=True)", x="[2., 3., 4.]"),
    "second_cond": traced_second_gradient("tf.cond(x > 0., lambda: x ** 3, lambda: x ** 2)", x="2."),
    "second_cond_false": traced_second_gradient("tf.cond(x > 0., lambda: x ** 3, lambda: x ** 2)", x="-2."),
    "second_cond_linear": traced_second_gradient("x * tf.cond(x > 0., lambda: 3. * x, lambda: x)", x="2."),
    "second_switch": traced_second_gradient(
        "tf.switch_case(tf.cast(x, tf.int32), [lambda: x ** 2, lambda: x ** 3, lambda: x ** 4])", x="2.5"),
    "second_while_power": traced_second_gradient(POWER, x="2."),
    "second_while_square": traced_second_gradient(CUBE, x="1.1"),
    "second_while_until": traced_second_gradient(UNTIL, x="2."),
    "second_while_tanh": traced_second_gradient(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.tanh(y * x)), (0, x))[1]", x="0.7, tf.float64"),
    "second_while_nested": traced_second_gradient(
        "tf.while_loop(lambda i, s: i < 2, lambda i, s: (i + 1, tf.while_loop(lambda j, s: j < 2,"
        " lambda j, s: (j + 1, s * x + 1.), (0, s))[1]), (0, x))[1]", x="2."),
    "second_while_with_cond": traced_second_gradient(
        "tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, tf.cond(i % 2 == 0, lambda: s * x, lambda: s * s)),"
        " (0, x))[1]", x="1.5"),
    "second_map": traced_second_gradient("tf.reduce_sum(tf.map_fn(lambda e: e ** 3, x))", x="[1., 2.]"),
    "second_scan": traced_second_gradient("tf.reduce_sum(tf.scan(lambda a, e: a * e, x))", x="[2., 3., 4.]"),
    "second_foldl": traced_second_gradient("tf.foldl(lambda a, e: a * e * a, x)", x="[2., 3., 0.5]"),
    "eager_while": gradient(POWER, x="2."),
    "eager_cond": gradient("tf.cond(x > 0., lambda: x ** 2, lambda: x ** 3)", x="3."),
    "eager_switch": gradient("tf.switch_case(tf.constant(1), [lambda: x, lambda: x * x])", x="3."),
    "variable_in_branch": """
        v = tf.Variable(3.)
        f = tf.function(lambda x: tf.cond(x > 0., lambda: x * v * v, lambda: x), autograph=False)
        with tf.GradientTape(persistent=True) as tape:
            y, z = f(tf.constant(2.)), f(tf.constant(-2.))
        [tape.gradient(y, v), tape.gradient(z, v)]""",
    "variable_in_body": """
        v = tf.Variable(1.5)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * v), (0, x))[1],
                        autograph=False)
        with tf.GradientTape() as tape:
            y = f(tf.constant(2.))
        tape.gradient(y, v)""",
    "variable_in_body_inside": """
        v = tf.Variable(1.5)
        @tf.function(autograph=False)
        def f(x):
            with tf.GradientTape() as tape:
                y = tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * v), (0, x))[1]
            return y, tape.gradient(y, v)
        f(tf.constant(2.))""",
    "variable_in_body_second": """
        v = tf.Variable(1.5)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * v), (0, x))[1],
                        autograph=False)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as tape:
                y = f(tf.constant(2.))
            g = tape.gradient(y, v)
        outer.gradient(g, v)""",
    "variable_in_map": """
        v = tf.Variable([1., 2.])
        f = tf.function(lambda x: tf.map_fn(lambda e: tf.reduce_sum(e * v * v), x), autograph=False)
        with tf.GradientTape() as tape:
            y = f(tf.constant([2., 3.]))
        tape.gradient(y, v)""",
    "variable_gathered_in_body": """
        v = tf.Variable([1., 2., 3.])
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y + tf.gather(v, k) * x),
                                                (0, x))[1], autograph=False)
        with tf.GradientTape() as tape:
            y = f(tf.constant(2.))
        tf.convert_to_tensor(tape.gradient(y, v))""",
    "captured_tensor_of_the_tape": """
        c = tf.constant(3.)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * c), (0, x))[1],
                        autograph=False)
        with tf.GradientTape() as tape:
            tape.watch(c)
            y = f(tf.constant(2.))
        tape.gradient(y, c)""",
    "persistent_tape_over_a_loop": f"""
        x = tf.constant(2.)
        f = tf.function(lambda x: {POWER}, autograph=False)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = f(x)
            z = y * y
        [tape.gradient(y, x), tape.gradient(z, x), tape.gradient(y, x)]""",
    "persistent_tape_second": f"""
        x = tf.constant(2.)
        f = tf.function(lambda x: {POWER}, autograph=False)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = f(x)
            g = tape.gradient(y, x)
        [g, tape.gradient(g, x)]""",
    "output_gradients": f"""
        x = tf.constant(2.)
        f = tf.function(lambda x: {POWER}, autograph=False)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.gradient(y, x, output_gradients=10.)""",
    "unconnected_zero": """
        x, z = tf.constant(2.), tf.constant(3.)
        f = tf.function(lambda x, z: tf.cond(x > 0., lambda: x * x, lambda: x), autograph=False)
        with tf.GradientTape() as tape:
            tape.watch([x, z])
            y = f(x, z)
        tape.gradient(y, [x, z], unconnected_gradients='zero')""",
    "jacobian_of_a_loop": """
        x = tf.constant([1., 2.])
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 2, lambda k, y: (k + 1, y * x), (0, x))[1],
                        autograph=False)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.jacobian(y, x, experimental_use_pfor=False)""",
    "jacobian_of_a_loop_vectorized": """
        x = tf.constant([1., 2.])
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 2, lambda k, y: (k + 1, y * x), (0, x))[1],
                        autograph=False)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.jacobian(y, x)""",
    "jacobian_of_a_cond": """
        x = tf.constant([1., 2.])
        f = tf.function(lambda x: tf.cond(x[0] > 0., lambda: x * x, lambda: x), autograph=False)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.jacobian(y, x)""",
    "jacobian_inside": """
        @tf.function(autograph=False)
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = tf.while_loop(lambda k, y: k < 2, lambda k, y: (k + 1, y * x), (0, x))[1]
            return tape.jacobian(y, x)
        f(tf.constant([1., 2.]))""",
    "tape_inside_the_body": """
        def body(k, x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = (x - 3.) ** 2
            return k + 1, x - 0.1 * tape.gradient(y, x)
        tf.function(lambda x: tf.while_loop(lambda k, x: k < 5, body, (0, x))[1], autograph=False)(tf.constant(1.))""",
    "tape_inside_the_branch": """
        def branch(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = x ** 3
            return tape.gradient(y, x)
        tf.function(lambda x: tf.cond(x > 0., lambda: branch(x), lambda: x), autograph=False)(tf.constant(2.))""",
    "tape_around_the_body_inside": """
        @tf.function(autograph=False)
        def f(x):
            def body(k, x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = tf.while_loop(lambda j, y: j < 2, lambda j, y: (j + 1, y * x), (0, x))[1]
                return k + 1, x - 0.01 * tape.gradient(y, x)
            return tf.while_loop(lambda k, x: k < 3, body, (0, x))[1]
        x = tf.constant(1.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        [y, tape.gradient(y, x)]""",
    "training_in_a_loop": """
        w = tf.Variable([1., -1.])
        x, t = tf.constant([[1., 2.], [3., 4.]]), tf.constant([1., 0.])
        def step(k, loss):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((tf.linalg.matvec(x, w) - t) ** 2)
            w.assign_sub(0.01 * tape.gradient(loss, w))
            return k + 1, loss
        f = tf.function(lambda: tf.while_loop(lambda k, _: k < 10, step, (0, 0.)), autograph=False)
        [f(), w.read_value()]""",
    "tf_gradients_of_a_loop": f"""
        @tf.function(autograph=False)
        def f(x):
            y = {POWER}
            return tf.gradients(y, x)
        f(tf.constant(2.))""",
    "tf_gradients_of_a_cond": """
        @tf.function(autograph=False)
        def f(x):
            y = tf.cond(x > 0., lambda: x * x, lambda: -x)
            g, = tf.gradients(y, x)
            return g, tf.gradients(g, x)
        f(tf.constant(2.))""",
    "custom_gradient_in_branch": """
        @tf.custom_gradient
        def g(x):
            return x * x, lambda dy: dy * 100.
        f = tf.function(lambda x: tf.cond(x > 0., lambda: g(x), lambda: x), autograph=False)
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        [y, tape.gradient(y, x)]""",
    "custom_gradient_in_body": """
        @tf.custom_gradient
        def g(x):
            return x * 2., lambda dy: dy * 3.
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, g(y)), (0, x))[1],
                        autograph=False)
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        [y, tape.gradient(y, x)]""",
    "recompute_grad_in_body": """
        g = tf.recompute_grad(lambda y: tf.sin(y) * y)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, g(y)), (0, x))[1],
                        autograph=False)
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        [y, tape.gradient(y, x)]""",
    "forward_mode_of_cond": """
        f = tf.function(lambda x: tf.cond(x > 0., lambda: x ** 3, lambda: x), autograph=False)
        x = tf.constant(2.)
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.)) as acc:
            y = f(x)
        acc.jvp(y)""",
    "forward_mode_of_while": f"""
        f = tf.function(lambda x: {POWER}, autograph=False)
        x = tf.constant(2.)
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.)) as acc:
            y = f(x)
        acc.jvp(y)""",
    "vectorized_map_of_cond":
        "tf.vectorized_map(lambda x: tf.cond(x > 0., lambda: x * 2., lambda: -x), tf.constant([1., -2.]))",
    "vectorized_map_of_while": """
        tf.vectorized_map(lambda x: tf.while_loop(lambda y: y < 10., lambda y: (y * 2.,), (x,))[0],
                          tf.constant([1., 3., 20.]))""",
    "vectorized_map_of_function_with_cond": """
        f = tf.function(lambda x: tf.cond(x > 0., lambda: x * 2., lambda: -x), autograph=False)
        tf.vectorized_map(f, tf.constant([1., -2.]))""",
    "vectorized_map_of_function_with_while": """
        f = tf.function(lambda x: tf.while_loop(lambda y: y < 10., lambda y: (y * 2.,), (x,))[0], autograph=False)
        tf.vectorized_map(f, tf.constant([1., 3., 20.]))""",
    "vectorized_map_of_cond_inside": """
        f = tf.function(lambda x: tf.vectorized_map(lambda e: tf.cond(e > 0., lambda: e * 2., lambda: -e), x),
                        autograph=False)
        f(tf.constant([1., -2.]))""",
    "vectorized_map_of_while_inside": """
        f = tf.function(lambda x: tf.vectorized_map(
            lambda e: tf.while_loop(lambda y: y < 10., lambda y: (y * 2.,), (e,))[0], x), autograph=False)
        f(tf.constant([1., 3., 20.]))""",
    "vectorized_map_of_uniform_while": """
        tf.vectorized_map(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x), (0, x))[1],
                          tf.constant([1., 3., 20.]))""",
    "vectorized_map_gradient_of_cond": """
        x = tf.constant([1., -2.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.vectorized_map(lambda x: tf.cond(x > 0., lambda: x * x, lambda: -x), x)
        tf.convert_to_tensor(tape.gradient(y, x))""",
    "vectorized_map_inside_a_function": """
        f = tf.function(lambda x: tf.vectorized_map(lambda r: tf.reduce_sum(r * r), x), autograph=False,
                        input_signature=[tf.TensorSpec([2, 2], tf.float32)])
        x = tf.constant([[1., 2.], [3., 4.]])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        [y, tape.gradient(y, x)]""",
}  # fmt: skip
