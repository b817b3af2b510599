"""Tensors of which not even the rank is known while a graph is traced: what goes on, and gradients."""

VALUE = "tf.constant([[1., 2., 3.], [4., 5., 6.]])"
SIGNATURE = "input_signature=[tf.TensorSpec(None)], autograph=False"

# What is computed of x, a matrix when the graph runs.
COMPUTED = {
    "reshape_to_its_shape": "tf.reshape(x * 2., tf.shape(x))",
    "reshape_to_a_vector": "tf.reshape(x, [-1])",
    "reshape_to_a_list": "tf.reshape(x, [2, 3])",
    "reshape_to_a_joined_shape": "tf.reshape(x, tf.concat([[1], tf.shape(x)], 0))",
    "broadcast_to_its_shape": "tf.broadcast_to(tf.reduce_sum(x), tf.shape(x))",
    "sum": "tf.reduce_sum(x)",
    "sum_of_an_axis": "tf.reduce_sum(x, 0)",
    "sum_that_keeps_dims": "tf.reduce_sum(x, -1, keepdims=True)",
    "sum_of_two_axes": "tf.reduce_sum(x, [0, 1])",
    "maximum_of_an_axis": "tf.reduce_max(x, axis=1)",
    "product": "tf.reduce_prod(x, -1)",
    "logsumexp": "tf.reduce_logsumexp(x, 1)",
    "logsumexp_of_all": "tf.reduce_logsumexp(x)",
    "matmul": "x @ tf.ones([3, 2])",
    "matmul_of_itself": "tf.matmul(x, x, transpose_b=True)",
    "element": "x[0, 1]",
    "row": "x[0]",
    "rows": "x[:1]",
    "columns": "x[:, 1:]",
    "last_axis": "x[..., 0]",
    "new_axis": "x[tf.newaxis]",
    "map_fn": "tf.map_fn(lambda row: row * 2., x)",
    "map_fn_to_scalars": "tf.map_fn(lambda row: tf.reduce_sum(row * row), x)",
    "foldl": "tf.foldl(lambda total, row: total * row, x)",
    "foldl_from_a_value": "tf.foldl(lambda total, row: total + tf.reduce_sum(row), x, 0.)",
    "scan": "tf.scan(lambda total, row: total + row, x)",
    "elementwise": "tf.exp(-x) * x + 1.",
    "broadcasting": "x * tf.constant([1., 2., 3.])",
    "where": "tf.where(x > 2., x, -x)",
    "transpose": "tf.transpose(x)",
    "concat": "tf.concat([x, x * 2.], 0)",
    "stack": "tf.stack([x, x * 2.])",
    "expand_dims": "tf.expand_dims(x, -1)",
    "squeeze": "tf.squeeze(tf.expand_dims(x, 0))",
    "squeeze_an_axis": "tf.squeeze(tf.expand_dims(x, 0), [0])",
    "gather_columns": "tf.gather(x, [0, 1], axis=1)",
    "cumsum": "tf.cumsum(x)",
    "sort": "tf.sort(x)",
    "top_k": "tf.math.top_k(x, 2)[0]",
    "slice": "tf.slice(x, [0, 0], [1, 2])",
    "norm": "tf.norm(x)",
    "moments": "tf.nn.moments(x, [0])[1]",
    "bias_add": "tf.nn.bias_add(x, [1., 2., 3.])",
    "cond": "tf.cond(tf.reduce_sum(x) > 0., lambda: x * 2., lambda: x)",
    "while_loop": "tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * 2.), [0, x])[1]",
    "zeros_and_ones": "tf.zeros(tf.shape(x)) + tf.fill(tf.shape(x), 2.) * x + tf.ones_like(x)",
    "ensure_shape": "tf.ensure_shape(x * 2., [2, 3])",
}

FORWARD_ONLY = {
    "argmax": "tf.argmax(x, -1)",
    "shape_size_and_rank": "[tf.shape(x), tf.size(x), tf.rank(x)]",
    "shape_as_it_is_known": "tf.constant(str([x.shape, x.shape.rank]))",
    "set_shape": "[x.set_shape([2, 3]), x * 2.][1]",
    "any": "tf.reduce_any(x > 5.)",
    "length": "len(x)",
    "iteration": "[row for row in x]",
    "size_of_an_axis": "x.shape[0]",
    "product_that_does_not_fit": "x @ tf.ones([2, 2])",
    "sum_that_does_not_fit": "x + tf.ones([2])",
    "index_that_does_not_fit": "x[0, 0, 0]",
}


def called(expression: str) -> str:
    return f"x = {VALUE}\nf = tf.function(lambda x: {expression}, {SIGNATURE})\n"


def gradient_outside(expression: str) -> str:
    return called(expression) + "with tf.GradientTape() as t:\n    t.watch(x)\n    y = f(x)\nt.gradient(y, x)"


def gradient_inside(expression: str) -> str:
    return f"""
@tf.function({SIGNATURE})
def f(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = {expression}
    return t.gradient(y, x)
f({VALUE})"""


def of_a_branch(expression: str) -> str:
    return f"""
@tf.function(autograph=False)
def f(x):
    x = tf.cond(tf.reduce_sum(x) > 0., lambda: x, lambda: tf.reshape(x, [-1]))
    return {expression}
f({VALUE})"""


BRANCHES = """
x = tf.constant([[1., 2.], [3., 4.]])
found = []
for choice in {choices}:
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(tf.constant(choice), x)
    found += [y, t.gradient(y, x)]
found"""

SECOND = """
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = f(x)
    g = inner.gradient(y, x)
[g, outer.gradient(g, x)]"""

CASES = {
    **{name: called(expression) + "f(x)" for name, expression in {**COMPUTED, **FORWARD_ONLY}.items()},
    **{f"{name}_of_a_branch": of_a_branch(expression) for name, expression in COMPUTED.items() if "ensure" not in name},
    **{f"gradient_of_{name}": gradient_outside(expression) for name, expression in COMPUTED.items()},
    **{f"gradient_inside_of_{name}": gradient_inside(expression) for name, expression in COMPUTED.items()},
    "branches_of_two_ranks": "f = tf.function(lambda p, x: tf.cond(p, lambda: tf.reduce_sum(x), lambda: x * 2.))\n"
    + BRANCHES.format(choices="(True, False)"),
    "branches_of_three_ranks": "branches = lambda x: [lambda: x, lambda: x[0], lambda: x[0, 0]]\n"
    "f = tf.function(lambda i, x: tf.switch_case(i, branches(x)) * 2.)\n"
    + BRANCHES.format(choices="(0, 1, 2)"),
    "if_with_two_ranks": """
        @tf.function
        def f(x):
            if tf.reduce_sum(x) > 0.:
                y = x
            else:
                y = tf.reduce_sum(x)
            return y * 2.
        [f(tf.constant([1., 2.])), f(tf.constant([-1., -2.]))]""",
    "loop_whose_variable_grows_in_rank": """
        f = tf.function(lambda x: tf.while_loop(lambda i, y: i < 2, lambda i, y: (i + 1, y[tf.newaxis] * 2.), [0, x],
                        shape_invariants=[tf.TensorShape([]), tf.TensorShape(None)])[1], autograph=False)
        x = tf.constant([1., 2.])
        with tf.GradientTape() as t:
            t.watch(x)
            y = f(x)
        [y, t.gradient(y, x)]""",
    "loop_over_rows": """
        @tf.function(input_signature=[tf.TensorSpec(None)])
        def f(x):
            total = tf.zeros([3])
            for row in x:
                total += row * row
            return total
        x = tf.ones([2, 3])
        with tf.GradientTape() as t:
            t.watch(x)
            y = f(x)
        [y, t.gradient(y, x)]""",
    "function_within": f"""
        g = tf.function(lambda x: tf.reduce_max(x, 0), {SIGNATURE})
        f = tf.function(lambda x: g(x) * 2., {SIGNATURE})
        x = {VALUE}
        with tf.GradientTape() as t:
            t.watch(x)
            y = f(x)
        [y, t.gradient(y, x)]""",
    "dense_layer": f"""
        w, b = tf.Variable(tf.ones([3, 2])), tf.Variable([1., 2.])
        f = tf.function(lambda x: tf.nn.relu(x @ w + b), {SIGNATURE})
        with tf.GradientTape() as t:
            y = tf.reduce_mean(f({VALUE}))
        [y, *t.gradient(y, [w, b])]""",
    "jacobian": called("tf.reduce_max(x, 0)")
    + "with tf.GradientTape() as t:\n    t.watch(x)\n    y = f(x)\nt.jacobian(y, x)",
    "forward_mode": called("tf.reduce_sum(x, 0) ** 2.")
    + "with tf.autodiff.ForwardAccumulator(x, x) as a:\n    y = f(x)\n[y, a.jvp(y)]",
    "second_derivative": called("tf.reduce_sum(tf.reduce_max(x, 0) ** 3.) + tf.reduce_sum(x[0] ** 2.)") + SECOND,
    "second_derivative_of_a_product": called("tf.reduce_prod(x, -1) * x[0, 0]") + SECOND,
}  # fmt: skip
