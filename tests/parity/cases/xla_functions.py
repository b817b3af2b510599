"""tf.function(jit_compile=True): what XLA compiles, what it leaves out, and which error it gives for the rest."""

from textwrap import dedent

SETUP = "x = tf.constant([1., 2., -3.])\n"

CASES = {
    name: SETUP + dedent(source).strip("\n")
    for name, source in {
        "value": "tf.function(lambda x: tf.nn.relu(x) * 2. + 1., jit_compile=True)(x)",
        "matmul": "tf.function(lambda a: a @ a, jit_compile=True)(tf.constant([[1., 2.], [3., 4.]]))",
        "integers": "tf.function(lambda n: n // 2 + n % 3, jit_compile=True)(tf.constant([7, -7]))",
        "float64": "tf.function(lambda x: x / 3, jit_compile=True)(tf.constant(1., tf.float64))",
        "int64": "tf.function(lambda n: n + 1, jit_compile=True)(tf.constant(2**40, tf.int64))",
        "both_names": "tf.function(lambda x: x, experimental_compile=True, jit_compile=True)",
        "print": "tf.function(lambda x: (tf.print(x), x)[1], jit_compile=True)(x)",
        "string": "tf.function(lambda s: s, jit_compile=True)(tf.constant('a'))",
        "py_function": ("tf.function(lambda x: tf.py_function(lambda v: v + 1, [x], tf.float32), jit_compile=True)(x)"),
        "numpy_function": (
            "tf.function(lambda x: tf.numpy_function(lambda v: v + 1, [x], tf.float32), jit_compile=True)(x)"
        ),
        "timestamp": "tf.function(lambda: tf.timestamp(), jit_compile=True)()",
        "no_such_function": "tf.function(lambda x: tf.math.special.dawsn(x), jit_compile=True)(x)",
        "eigenvalues": "tf.function(lambda a: tf.linalg.eig(a), jit_compile=True)(tf.eye(2))",
        "logm": "tf.function(lambda a: tf.linalg.logm(a), jit_compile=True)(tf.eye(2, dtype=tf.complex64))",
        "assertion_is_left_out": """
            @tf.function(jit_compile=True)
            def f(x):
                tf.debugging.assert_positive(x)
                return x + 1.
            f(x)""",
        "check_numerics_is_left_out": (
            "tf.function(lambda x: tf.debugging.check_numerics(x / 0., 'm'), jit_compile=True)(x)"
        ),
        "gather_out_of_range": "tf.function(lambda x: tf.gather(x, [0, 7, -1]), jit_compile=True)(x)",
        "gather_nd_out_of_range": "tf.function(lambda x: tf.gather_nd(x, [[0], [7], [-1]]), jit_compile=True)(x)",
        "cholesky_of_no_positive_matrix": (
            "tf.function(lambda a: tf.linalg.cholesky(a)[0], jit_compile=True)(tf.constant([[1., 2.], [2., 1.]]))"
        ),
        "range_of_an_input": "tf.function(lambda n: tf.range(n), jit_compile=True)(tf.constant(3))",
        "zeros_of_an_input": "tf.function(lambda n: tf.zeros([n]), jit_compile=True)(tf.constant(3))",
        "reshape_by_an_input": "tf.function(lambda n: tf.reshape(x, [n, 1]), jit_compile=True)(tf.constant(3))",
        "one_hot_of_an_input": "tf.function(lambda n: tf.one_hot([1], n), jit_compile=True)(tf.constant(3))",
        "slice_by_an_input": "tf.function(lambda i: x[i:i + 2], jit_compile=True)(tf.constant(1))",
        "index_by_an_input": "tf.function(lambda i: x[i], jit_compile=True)(tf.constant(1))",
        "slice_at_an_input": "tf.function(lambda i: tf.slice(x, [i], [2]), jit_compile=True)(tf.constant(1))",
        "another_size_for_each_value": """
            f = tf.function(lambda n: tf.range(n), jit_compile=True)
            f(tf.constant(2)), f(tf.constant(4)), f(tf.constant(2))""",
        "while_loop": """
            tf.function(lambda x: tf.while_loop(lambda y: y < 100., lambda y: [y * x], [x])[0],
                        jit_compile=True)(tf.constant(2.))""",
        "gradient_of_a_bounded_loop": """
            @tf.function(jit_compile=True)
            def f(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = tf.while_loop(lambda y: y < 100., lambda y: [y * x], [x], maximum_iterations=20)[0]
                return tape.gradient(y, x)
            f(tf.constant(2.))""",
        "gradient_of_an_unbounded_loop": """
            @tf.function(jit_compile=True)
            def f(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = tf.while_loop(lambda y: y < 100., lambda y: [y * x], [x])[0]
                return tape.gradient(y, x)
            f(tf.constant(2.))""",
        "python_loop_over_a_range": """
            @tf.function(jit_compile=True)
            def f(n):
                total = 0.
                for i in tf.range(n):
                    if i % 2 == 0:
                        total += tf.cast(i, tf.float32)
                return total
            f(tf.constant(7))""",
        "gradient_of_a_python_loop_over_a_range": """
            @tf.function(jit_compile=True)
            def f(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = x
                    for _ in tf.range(4):
                        y = y * x
                return tape.gradient(y, x)
            f(tf.constant(2.))""",
        "cond": "tf.function(lambda x: tf.cond(x[0] > 0., lambda: x, lambda: -x), jit_compile=True)(x)",
        "switch_case_out_of_range": """
            tf.function(lambda i: tf.switch_case(i, [lambda: 1, lambda: 2]), jit_compile=True)(tf.constant(5))""",
        "tensor_array": """
            @tf.function(jit_compile=True)
            def f(x):
                array = tf.TensorArray(tf.float32, size=3)
                for i in tf.range(3):
                    array = array.write(i, x[i] * 2.)
                return array.stack()
            f(x)""",
        "elements_in_a_loop": """
            @tf.function(jit_compile=True)
            def f(x):
                total = 0.
                for i in tf.range(3):
                    total += x[i] * x[-1] * tf.reduce_sum(tf.slice(x, [i], [1]))
                return total
            f(x)""",
        "gradient_of_elements_in_a_loop": """
            @tf.function(jit_compile=True)
            def f(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    total = 0.
                    for i in tf.range(3):
                        total += x[i] ** 3
                return tape.gradient(total, x)
            f(x)""",
        "variable": """
            v = tf.Variable(1.)
            f = tf.function(lambda: v.assign_add(2.), jit_compile=True)
            f(), f(), v""",
        "tape_outside": """
            f = tf.function(lambda x: tf.sin(x) * x, jit_compile=True)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x) * x
            tape.gradient(y, x)""",
        "training_step": """
            v = tf.Variable(2.)
            @tf.function(jit_compile=True)
            def step(x):
                with tf.GradientTape() as tape:
                    loss = tf.reduce_sum((v * x - 1.) ** 2)
                v.assign_sub(.01 * tape.gradient(loss, v))
                return loss
            step(x), step(x), v""",
        "inside_of_another_function": """
            inner = tf.function(lambda x: x + 1., jit_compile=True)
            tf.function(lambda x: inner(x) * 2.)(x)""",
        "another_function_inside": """
            inner = tf.function(lambda x: x + 1.)
            tf.function(lambda x: inner(x) * 2., jit_compile=True)(x)""",
        "compiler_ir_of_a_plain_function": "tf.function(lambda x: x).experimental_get_compiler_ir(x)",
        "compiler_ir_at_no_stage": (
            "tf.function(lambda x: x + 1., jit_compile=True).experimental_get_compiler_ir(x)(stage='foo')"
        ),
        "compiler_ir_is_text": (
            "tf.function(lambda x: x + 1., jit_compile=True).experimental_get_compiler_ir(x)(stage='hlo')[:9]"
        ),
    }.items()
}
