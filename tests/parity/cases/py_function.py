"""py_function and numpy_function."""

CASES = {
    "one": "tf.py_function(lambda x: x * 2, [tf.constant(3.)], tf.float32)",
    "list_of_one": "tf.py_function(lambda x: x * 2, [3.], Tout=[tf.float32])",
    "two": "tf.py_function(lambda x, y: (x + y, x), [1., 2.], [tf.float32, tf.float32])",
    "nothing": "tf.py_function(lambda x: None, [1.], [])",
    "no_tout": "tf.py_function(lambda x: None, [1.], None)",
    "no_inputs": "tf.py_function(lambda: 3, [], tf.int32)",
    "keywords": "tf.py_function(func=lambda x: x, inp=[1], Tout=tf.int32)",
    "text": "tf.py_function(lambda x: 'a', [1], tf.string)",
    "numpy_result": "tf.py_function(lambda x: np.float64(2.), [1], tf.float32)",
    "gets_tensors": "tf.py_function(lambda x: type(x).__name__, [1], tf.string)",
    "wrong_dtype": "tf.py_function(lambda x: x, [1], tf.float32)",
    "too_few": "tf.py_function(lambda x: x, [1], [tf.int32, tf.int32])",
    "zero_division": "tf.py_function(lambda x: 1 / 0, [1], tf.float32)",
    "value_error": "tf.py_function(lambda x: int('x'), [1], tf.float32)",
    "not_implemented": """
        def f(x):
            raise NotImplementedError("later")
        tf.py_function(f, [1], tf.float32)""",
    "op_error": "tf.py_function(lambda v: tf.ones([2]) + tf.ones([3]), [1], tf.float32)",
    "decorator": "@tf.py_function(Tout=tf.float32)\ndef g(x): return x * 2\ng(tf.constant(3.))",
    "gradient": """
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.py_function(lambda v: v * v, [x], tf.float32)
        tape.gradient(y, x)""",
    "gradient_of_two": """
        x, z = tf.constant(3.), tf.constant(5.)
        with tf.GradientTape() as tape:
            tape.watch([x, z])
            a, b = tf.py_function(lambda v, w: (v * w, v + 1.), [x, z], [tf.float32, tf.float32])
        tape.gradient(a + 10. * b, [x, z])""",
    "gradient_of_captured": """
        v = tf.Variable(2.)
        with tf.GradientTape() as tape:
            y = tf.py_function(lambda x: x * v, [3.], tf.float32)
        tape.gradient(y, v)""",
    "function": """
        @tf.function
        def f(x):
            y = tf.py_function(lambda v: v * v, [x], tf.float32)
            y.set_shape([])
            return y + 1.
        f(tf.constant(3.))""",
    "function_returns_it": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: v * v, [x], tf.float32)
        f(tf.constant([3.]))""",
    "function_unknown_rank": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: v * v, [x], tf.float32).shape.rank is None
        f(tf.constant(3.))""",
    "function_spec": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: v * v, [x], tf.TensorSpec([], tf.float32)) + 1.
        f(tf.constant(3.))""",
    "function_gradient_outside": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: v * v, [x], tf.float32)
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.gradient(y, x)""",
    "function_gradient_inside": """
        @tf.function
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = tf.py_function(lambda v: v * v, [x], tf.TensorSpec([], tf.float32))
            return tape.gradient(y, x)
        f(tf.constant(3.))""",
    "function_runs_it_each_time": """
        seen = []
        @tf.function
        def f(x):
            tf.py_function(lambda v: seen.append(float(v)), [x], [])
            return x
        f(tf.constant(3.))
        f(tf.constant(4.))
        seen""",
    "function_error": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: 1 / 0, [x], tf.float32)
        f(tf.constant(3.))""",
    "function_wrong_dtype": """
        @tf.function
        def f(x):
            return tf.py_function(lambda v: v, [x], tf.int32)
        f(tf.constant(3.))""",
    "numpy": "tf.numpy_function(lambda x: x * 2, [np.float32([3.])], tf.float32)",
    "numpy_two": "tf.numpy_function(lambda x, y: (x, y), [np.float32(3.), np.int32(1)], [tf.float32, tf.int32])",
    "numpy_gets_arrays": "tf.numpy_function(lambda x: type(x).__name__, [tf.constant(1)], tf.string)",
    "numpy_nothing": "tf.numpy_function(lambda x: None, [1], [])",
    "numpy_error": "tf.numpy_function(lambda x: 1 / 0, [1], tf.float32)",
    "numpy_decorator": "@tf.numpy_function(Tout=tf.float32)\ndef g(x): return x * 2\ng(tf.constant(3.))",
    "numpy_no_gradient": """
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.numpy_function(lambda v: v * v, [x], tf.float32)
        tape.gradient(y, x)""",
    "numpy_function_in_function": """
        @tf.function
        def f(x):
            y = tf.numpy_function(np.sin, [x], tf.float32)
            y.set_shape(x.shape)
            return tf.reduce_sum(y) + y.shape[0]
        f(tf.constant([0.]))""",
    "numpy_error_in_function": """
        @tf.function
        def f(x):
            return tf.numpy_function(lambda v: 1 / 0, [x], tf.float32)
        f(tf.constant(3.))""",
    "numpy_wrong_dtype_in_function": """
        @tf.function
        def f(x):
            return tf.numpy_function(lambda v: v.astype(np.float64), [x], tf.float32)
        f(tf.constant(3.))""",
    "timestamp": "t = tf.timestamp()\n[t.dtype, t.shape, bool(t > 1.7e9)]",
}
