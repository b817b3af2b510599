"""tf.function: how often it traces, and what a traced tensor refuses.

A Python side effect (`traces.append`) happens once a trace, which is how the traces are counted.
"""

CASES = {
    "value": "f = tf.function(lambda x: x * x)\nf(tf.constant(3.))",
    "decorator": """
        @tf.function
        def f(x, y):
            return x @ y + 1.
        f(tf.ones([1, 2]), tf.ones([2, 1]))""",
    "decorator_with_arguments": """
        @tf.function(autograph=False)
        def f(x):
            return x + 1
        f(tf.constant(1))""",
    "python_number": "tf.function(lambda x: x + 1)(2)",
    "returns_python_number": "tf.function(lambda: 5)()",
    "returns_none": "tf.function(lambda x: None)(tf.constant(1))",
    "returns_tuple": "tf.function(lambda x: (x, x + 1))(tf.constant(1))",
    "returns_dict": "tf.function(lambda x: {'a': x, 'b': [x + 1]})(tf.constant(1))",
    "keyword_arguments": "tf.function(lambda x, y=2.: x * y)(tf.constant(3.), y=tf.constant(4.))",
    "default_argument": "tf.function(lambda x, y=2.: x * y)(tf.constant(3.))",
    "takes_lists": "tf.function(lambda xs: xs[0] + xs[1])([tf.constant(1), tf.constant(2)])",
    "takes_dict": "tf.function(lambda d: d['a'] * 2)({'a': tf.constant(1)})",
    "same_signature_traces_once": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(tf.constant(1.)), f(tf.constant(2.))
        len(traces)""",
    "new_shape_retraces": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(tf.zeros([2])), f(tf.zeros([3])), f(tf.zeros([2]))
        len(traces)""",
    "new_dtype_retraces": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(tf.constant(1)), f(tf.constant(1.))
        len(traces)""",
    "python_numbers_retrace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(1), f(2), f(1)
        len(traces)""",
    "int_and_equal_float_share_a_trace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or tf.constant(1.) * x)
        f(3), f(3.0)
        len(traces)""",
    "true_and_one": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or tf.constant(1.))
        f(1), f(True)
        len(traces)""",
    "strings_retrace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or 0)
        f('a'), f('b'), f('a')
        len(traces)""",
    "numpy_arrays_do_not_retrace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(np.array([1., 2.])), f(np.array([3., 4.]))
        len(traces)""",
    "numpy_array_becomes_a_tensor": "tf.function(lambda x: x + 1)(np.array([1., 2.]))",
    "numpy_array_and_tensor_share_a_trace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(np.array([1., 2.], np.float32)), f(tf.constant([3., 4.]))
        len(traces)""",
    "keyword_and_position_share_a_trace": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1)
        f(tf.constant(1)), f(x=tf.constant(2))
        len(traces)""",
    "default_and_given_share_a_trace": """
        traces = []
        f = tf.function(lambda x, y=2: traces.append(1) or x + y)
        f(tf.constant(1)), f(tf.constant(1), 2)
        len(traces)""",
    "input_signature_traces_once": """
        traces = []
        f = tf.function(lambda x: traces.append(1) or x + 1,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        f(tf.zeros([2])), f(tf.zeros([3]))
        len(traces)""",
    "input_signature_wrong_dtype": """
        f = tf.function(lambda x: x + 1, input_signature=[tf.TensorSpec([None], tf.float32)])
        f(tf.constant([1, 2]))""",
    "input_signature_wrong_shape": """
        f = tf.function(lambda x: x + 1, input_signature=[tf.TensorSpec([None], tf.float32)])
        f(tf.zeros([2, 2]))""",
    "input_signature_converts_lists": """
        f = tf.function(lambda x: x + 1, input_signature=[tf.TensorSpec([None], tf.float32)])
        f([1., 2.])""",
    "two_functions_do_not_share": """
        traces = []
        def body(x):
            traces.append(1)
            return x
        tf.function(body)(tf.constant(1)), tf.function(body)(tf.constant(1))
        len(traces)""",
    "side_effect_only_while_tracing": """
        seen = []
        @tf.function(autograph=False)
        def f(x):
            seen.append('traced')
            return x
        for _ in range(3):
            f(tf.constant(1))
        seen""",
    "python_closure_freezes": """
        factor = 2
        f = tf.function(lambda x: x * factor)
        a = f(tf.constant(1))
        factor = 10
        (a, f(tf.constant(1)))""",
    "variable_is_live": """
        v = tf.Variable(2.)
        f = tf.function(lambda x: x * v)
        a = f(tf.constant(1.))
        v.assign(10.)
        (a, f(tf.constant(1.)))""",
    "variable_assigned_inside": """
        v = tf.Variable(0)
        f = tf.function(lambda: v.assign_add(1))
        f(), f()
        v""",
    "assignment_order_is_kept": """
        v = tf.Variable(1.)
        @tf.function(autograph=False)
        def f():
            a = v.read_value()
            v.assign(5.)
            return a, v.read_value()
        f()""",
    "variable_created_on_every_call": """
        @tf.function(autograph=False)
        def f(x):
            return x + tf.Variable(1.)
        f(tf.constant(1.))""",
    "variable_created_once": """
        kept = []
        @tf.function(autograph=False)
        def f(x):
            if not kept:
                kept.append(tf.Variable(1.))
            return kept[0].assign_add(x)
        f(tf.constant(1.)), f(tf.constant(1.))
        kept[0]""",
    "random_draws_anew": """
        f = tf.function(lambda: tf.random.normal([4]))
        bool(tf.reduce_any(f() != f()))""",
    "calls_another_function": """
        g = tf.function(lambda x: x * 2)
        tf.function(lambda x: g(x) + 1)(tf.constant(3))""",
    "gradient_through": """
        f = tf.function(lambda x: x ** 3)
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.gradient(y, x)""",
    "gradient_of_variable_through": """
        v = tf.Variable(2.)
        f = tf.function(lambda x: x * v * v)
        with tf.GradientTape() as tape:
            y = f(tf.constant(3.))
        tape.gradient(y, v)""",
    "gradient_inside": """
        @tf.function(autograph=False)
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = x * x
            return tape.gradient(y, x)
        f(tf.constant(3.))""",
    "python_if_without_autograph": """
        @tf.function(autograph=False)
        def f(x):
            if x > 0:
                return x
            return -x
        f(tf.constant(1.))""",
    "python_while_without_autograph": """
        @tf.function(autograph=False)
        def f(x):
            while x < 10:
                x = x + 1
            return x
        f(tf.constant(1))""",
    "python_iteration_without_autograph": """
        @tf.function(autograph=False)
        def f(x):
            return [y + 1 for y in x]
        f(tf.constant([1, 2]))""",
    "python_if_on_python_value": """
        @tf.function(autograph=False)
        def f(x, double):
            return x * 2 if double else x
        (f(tf.constant(1), True), f(tf.constant(1), False))""",
    "bool_inside": "tf.function(lambda x: bool(x), autograph=False)(tf.constant(1))",
    "index_inside": "tf.function(lambda x: [1, 2][x], autograph=False)(tf.constant(1))",
    "len_inside": "tf.function(lambda x: len(x), autograph=False)(tf.constant([1, 2]))",
    "numpy_function_inside": "tf.function(lambda x: np.median(x), autograph=False)(tf.constant(1.))",
    "static_shape_inside": """
        shapes = []
        tf.function(lambda x: shapes.append(x.shape.as_list()) or x)(tf.zeros([2, 3]))
        shapes""",
    "shape_inside_with_unknown": """
        shapes = []
        f = tf.function(lambda x: shapes.append(x.shape.as_list()) or tf.shape(x),
                        input_signature=[tf.TensorSpec([None, 2])])
        (f(tf.zeros([5, 2])), shapes)""",
    "is_eager_inside": """
        seen = []
        tf.function(lambda x: seen.append(tf.executing_eagerly()) or x, autograph=False)(tf.constant(1))
        seen""",
    "error_inside_wrong_shapes": "tf.function(lambda x, y: x + y)(tf.zeros([2]), tf.zeros([3]))",
    "error_inside_matmul": "tf.function(lambda x: x @ x)(tf.zeros([2, 3]))",
    "error_inside_dtypes": "tf.function(lambda x, y: x + y)(tf.constant(1), tf.constant(1.))",
    "error_inside_python": "tf.function(lambda x: 1 / 0, autograph=False)(tf.constant(1))",
    "error_at_run_time": "tf.function(lambda x, i: tf.gather(x, i))(tf.zeros([2]), tf.constant(5))",
    "wrong_number_of_arguments": "tf.function(lambda x: x)(1, 2)",
    "tensor_leaks_out": """
        leaked = []
        tf.function(lambda x: leaked.append(x) or x)(tf.constant(1.))
        leaked[0] + 1.""",
    "method": """
        class Counter:
            def __init__(self):
                self.count = tf.Variable(0)
            @tf.function
            def step(self):
                return self.count.assign_add(1)
        counter = Counter()
        counter.step(), counter.step()
        counter.count""",
    "print_inside_runs_while_tracing": """
        import contextlib, io
        f = tf.function(lambda x: print('tracing') or x)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            f(tf.constant(1)), f(tf.constant(2))
        out.getvalue()""",
    "repr_of_traced_tensor": """
        texts = []
        @tf.function(autograph=False)
        def f(x):
            texts.append(repr(x))
            return x
        f(tf.constant([1., 2.]))
        texts""",
    "numpy_inside": "tf.function(lambda x: x.numpy(), autograph=False)(tf.constant(1.))",
    "numpy_inside_with_autograph": "tf.function(lambda x: x.numpy())(tf.constant(1.))",
    "float_inside": "tf.function(lambda x: float(x), autograph=False)(tf.constant(1.))",
    "int_inside": "tf.function(lambda x: int(x), autograph=False)(tf.constant(1))",
}
