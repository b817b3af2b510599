"""tf.gradients, and the optimizers of TensorFlow 1."""


def run(code: str, result: str) -> str:
    """A graph built by the code, its variables initialized, and what a session in it gives."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return (
        f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n{lines}\n"
        f"    init = v1.global_variables_initializer()\n"
        f"    with v1.Session() as s:\n        s.run(init)\n        out = {result}\nout"
    )


def train(optimizer: str, steps: int = 3) -> str:
    """Some steps of an optimizer down a small hill."""
    return run(
        f"w = tf.Variable([1., -2.]); b = tf.Variable(0.5); loss = tf.reduce_sum(w * w * 3.) + b * b - b; "
        f"step = v1.train.{optimizer}.minimize(loss)",
        f"[s.run([w, b, loss])] + [s.run(step) for _ in range({steps})] + [s.run([w, b, loss])]",
    )


X = "x = tf.constant(3.)"
FUNCTION = """
        @tf.function
        def f(x):
            {}
        f(tf.constant(3.))"""

CASES = {
    "square": run(f"{X}; y = x * x", "s.run(tf.gradients(y, x))"),
    "several_xs": run(f"{X}; z = tf.constant(2.); y = x * x * z", "s.run(tf.gradients(y, [x, z]))"),
    "several_ys": run(f"{X}; y = x * x; z = x * 5.", "s.run(tf.gradients([y, z], x))"),
    "variable": run("v = tf.Variable([1., 2.]); y = tf.reduce_sum(v ** 3)", "s.run(tf.gradients(y, v))"),
    "unconnected": run(f"{X}; z = tf.constant(2.); y = z * z", "tf.gradients(y, x)"),
    "unconnected_zero": run(
        f"{X}; z = tf.constant(2.); y = z * z", "s.run(tf.gradients(y, x, unconnected_gradients='zero'))"
    ),
    "weights": run("x = tf.constant([1., 2.]); y = x * x", "s.run(tf.gradients(y, x, grad_ys=[[10., 1.]]))"),
    "weights_of_other_count": run(f"{X}; y = x * x", "tf.gradients(y, x, grad_ys=[1., 2.])"),
    "second_order": run(f"{X}; y = x ** 4; (g1,) = tf.gradients(y, x)", "s.run(tf.gradients(g1, x))"),
    "third_order": run(
        f"{X}; y = x ** 4; (a,) = tf.gradients(y, x); (b,) = tf.gradients(a, x)", "s.run(tf.gradients(b, x))"
    ),
    "intermediate": run(f"{X}; y = x * x; z = y * 4.", "s.run(tf.gradients(z, [y, x]))"),
    "stop_gradients": run(f"{X}; y = x * x; z = x + y", "s.run(tf.gradients(z, [x, y], stop_gradients=[y]))"),
    "stop_gradient": run(f"{X}; y = x * tf.stop_gradient(x)", "s.run(tf.gradients(y, x))"),
    "of_itself": run(X, "s.run(tf.gradients(x, x))"),
    "integers": run("x = tf.constant(3); y = x * x", "tf.gradients(y, x)"),
    "through_feed": run(
        "x = v1.placeholder(tf.float32, [None, 2]); y = tf.reduce_sum(x * x)",
        "s.run(tf.gradients(y, x), {x: [[1., 2.], [3., 4.]]})",
    ),
    "through_unknown_rank": run(
        "x = v1.placeholder(tf.float32); y = x * x * 2.", "s.run(tf.gradients(y, x), {x: [1., 2.]})"
    ),
    "of_unknown_rank_by_known": run(
        "x = v1.placeholder(tf.float32); v = tf.Variable(2.); y = x * v", "s.run(tf.gradients(y, v), {x: [1., 2.]})"
    ),
    "matmul": run(
        "a = tf.constant([[1., 2.], [3., 4.]]); b = tf.ones([2, 3]); y = tf.matmul(a, b)",
        "s.run(tf.gradients(y, [a, b]))",
    ),
    "through_cond": run(
        "x = v1.placeholder(tf.float32, []); v = tf.Variable(2.); "
        "y = tf.cond(x > 0., lambda: x * v * v, lambda: x - v); d = tf.gradients(y, [x, v])",
        "[s.run(d, {x: 3.}), s.run(d, {x: -3.})]",
    ),
    "through_while_loop": run(
        "x = tf.constant(3.); r = tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s * x), [0, 1.]); "
        "d = tf.gradients(r[1], x)",
        "s.run(d)",
    ),
    "through_while_loop_twice": run(
        "x = tf.constant(3.); r = tf.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s * x), [0, 1.]); "
        "(d,) = tf.gradients(r[1], x); e = tf.gradients(d, x)",
        "s.run(e)",
    ),
    "through_cond_in_function": FUNCTION.format("return tf.gradients(tf.cond(x > 0., lambda: x * x, lambda: x), x)"),
    "of_outer_tensor_in_function": """
        @tf.function
        def f(x):
            y = x * x
            return tf.cond(x > 0., lambda: tf.gradients(y * x, x)[0], lambda: x)
        f(tf.constant(3.))""",
    "name": run(f"{X}; y = x * x", "tf.gradients(y, x)[0].name.split('/')[0]"),
    "name_given": run(f"{X}; y = x * x", "tf.gradients(y, x, name='slope')[0].name.split('/')[0]"),
    "eager": "tf.gradients(tf.constant(1.), tf.constant(2.))",
    "tape_in_graph": run(
        f"{X}; t = tf.GradientTape(); h = t.__enter__(); t.watch(x); y = x * x; t.__exit__(None, None, None)",
        "s.run(t.gradient(y, x))",
    ),
    "in_function": FUNCTION.format("return tf.gradients(x * x, x)"),
    "in_function_second_order": FUNCTION.format("return tf.gradients(tf.gradients(x ** 3, x), x)"),
    "in_function_unconnected": FUNCTION.format("return tf.gradients(tf.constant(1.) * 2., x)[0] is None"),
    "in_function_variable": """
        v = tf.Variable(2.)
        @tf.function
        def f(x):
            return tf.gradients(x * v * v, [v, x])
        f(tf.constant(3.))""",
    # Optimizers
    "gradient_descent": train("GradientDescentOptimizer(0.1)"),
    "momentum": train("MomentumOptimizer(0.1, 0.9)"),
    "nesterov": train("MomentumOptimizer(0.1, 0.9, use_nesterov=True)"),
    "adam": train("AdamOptimizer(0.1)"),
    "adagrad": train("AdagradOptimizer(0.1)"),
    "rmsprop": train("RMSPropOptimizer(0.1)"),
    "rmsprop_momentum": train("RMSPropOptimizer(0.1, momentum=0.5)"),
    "rmsprop_centered": train("RMSPropOptimizer(0.1, centered=True)"),
    "operation": run(
        "w = tf.Variable(1.); step = v1.train.GradientDescentOptimizer(0.1).minimize(w * w)", "[step.name, step.type]"
    ),
    "operation_given_name": run(
        "w = tf.Variable(1.); step = v1.train.GradientDescentOptimizer(0.1).minimize(w * w, name='train')", "step.name"
    ),
    "global_step": run(
        "w = tf.Variable(1.); n = v1.train.get_or_create_global_step(); "
        "step = v1.train.GradientDescentOptimizer(0.1).minimize(w * w, global_step=n)",
        "[s.run(step), s.run(step), s.run(n), n.name]",
    ),
    "var_list": run(
        "w = tf.Variable(1.); b = tf.Variable(1.); "
        "step = v1.train.GradientDescentOptimizer(0.1).minimize(w * w + b * b, var_list=[b])",
        "[s.run(step), s.run([w, b])]",
    ),
    "untrainable_stays": run(
        "w = tf.Variable(1.); b = tf.Variable(1., trainable=False); "
        "step = v1.train.GradientDescentOptimizer(0.1).minimize(w * w + b * b)",
        "[s.run(step), s.run([w, b])]",
    ),
    "compute_and_apply": run(
        "w = tf.Variable(2.); o = v1.train.GradientDescentOptimizer(0.1); pairs = o.compute_gradients(w * w); "
        "step = o.apply_gradients([(g * 10., v) for g, v in pairs])",
        "[s.run(step), s.run(w)]",
    ),
    "no_variables": run("x = tf.constant(1.)", "v1.train.GradientDescentOptimizer(0.1).minimize(x)"),
    "no_gradients": run(
        "w = tf.Variable(1.); x = tf.constant(1.)", "v1.train.GradientDescentOptimizer(0.1).minimize(x * x)"
    ),
    "rate_from_placeholder": run(
        "w = tf.Variable(1.); r = v1.placeholder(tf.float32, []); "
        "step = v1.train.GradientDescentOptimizer(r).minimize(w * w)",
        "[s.run(step, {r: 0.25}), s.run(w)]",
    ),
    "slots": run(
        "w = tf.Variable(1., name='w'); o = v1.train.MomentumOptimizer(0.1, 0.9); step = o.minimize(w * w)",
        "[o.get_slot_names(), o.get_slot(w, 'momentum').name]",
    ),
    "embedding": run(
        "w = tf.Variable([[1.], [2.], [3.]]); y = tf.reduce_sum(tf.gather(w, [0, 0, 2]) ** 2); "
        "step = v1.train.GradientDescentOptimizer(0.1).minimize(y)",
        "[s.run(step), s.run(w)]",
    ),
    "linear_regression": """
        v1 = tf.compat.v1
        xs = np.linspace(-1, 1, 20).astype(np.float32)
        ys = 3 * xs + 2
        with tf.Graph().as_default():
            x, y = v1.placeholder(tf.float32, [None], name='x'), v1.placeholder(tf.float32, [None], name='y')
            w, b = tf.Variable(0., name='w'), tf.Variable(0., name='b')
            loss = tf.reduce_mean(tf.square(w * x + b - y), name='loss')
            step = v1.train.GradientDescentOptimizer(0.5).minimize(loss)
            with v1.Session() as s:
                s.run(v1.global_variables_initializer())
                losses = [s.run([step, loss], {x: xs, y: ys})[1] for _ in range(5)]
                out = s.run([w, b])
        [losses, out]""",
    "classifier": """
        v1 = tf.compat.v1
        data = np.arange(12, dtype=np.float32).reshape(4, 3) / 10
        with tf.Graph().as_default():
            x, y = v1.placeholder(tf.float32, [None, 3]), v1.placeholder(tf.int32, [None])
            with v1.variable_scope('layer'):
                w = v1.get_variable('w', [3, 2], initializer=v1.zeros_initializer())
                b = v1.get_variable('b', [2], initializer=v1.zeros_initializer())
            logits = tf.matmul(x, w) + b
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
            right = tf.equal(tf.cast(tf.argmax(logits, 1), tf.int32), y)
            accuracy = tf.reduce_mean(tf.cast(right, tf.float32))
            step = v1.train.AdamOptimizer(0.1).minimize(loss)
            with v1.Session() as s:
                s.run(v1.global_variables_initializer())
                for _ in range(5):
                    s.run(step, {x: data, y: [0, 0, 1, 1]})
                out = s.run([loss, accuracy, w], {x: data, y: [0, 0, 1, 1]})
        out""",
}
