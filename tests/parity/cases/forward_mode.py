"""tf.autodiff.ForwardAccumulator."""


def jvp(expression: str, x: str, direction: str) -> str:
    return f"""x = tf.constant({x})
with tf.autodiff.ForwardAccumulator(x, tf.constant({direction})) as acc:
    y = {expression}
acc.jvp(y)"""


SETUP = "x = tf.constant(2.)\none = tf.constant(1.)\n"

CASES = {
    "cube": jvp("x ** 3", "[1., 2.]", "[1., 0.]"),
    "chain": jvp("tf.exp(tf.sin(x)) * x", "[0.5, 1.]", "[1., 10.]"),
    "broadcast": jvp("x * [[1., 2.], [3., 4.]] + x[0]", "[1., 2.]", "[1., 10.]"),
    "divide": jvp("1. / x - x / 3.", "[1., 2.]", "[1., 10.]"),
    "power_of_a_constant": jvp("2. ** x", "[1., 2.]", "[1., 10.]"),
    "matmul": jvp("x @ x", "[[1., 2.], [3., 4.]]", "[[1., 0.], [0., 10.]]"),
    "matmul_transposed": jvp("tf.matmul(x, x, transpose_a=True)", "[[1., 2.], [3., 4.]]", "[[1., 0.], [0., 10.]]"),
    "reduce_sum_axis": jvp("tf.reduce_sum(x * x, axis=1)", "[[1., 2.], [3., 4.]]", "[[1., 0.], [0., 10.]]"),
    "reduce_mean": jvp("tf.reduce_mean(x)", "[1., 2., 4.]", "[1., 10., 100.]"),
    "reduce_prod_with_zero": jvp("tf.reduce_prod(x)", "[1., 0., 4.]", "[1., 10., 100.]"),
    "reduce_max_tie": jvp("tf.reduce_max(x)", "[1., 3., 3.]", "[1., 10., 100.]"),
    "maximum_tie": jvp("tf.maximum(x, 3.)", "[1., 3., 4.]", "[1., 10., 100.]"),
    "relu_at_zero": jvp("tf.nn.relu(x)", "[-1., 0., 1.]", "[1., 1., 1.]"),
    "abs_at_zero": jvp("tf.abs(x)", "[-1., 0., 1.]", "[1., 1., 1.]"),
    "sqrt_at_zero": jvp("tf.sqrt(x)", "[0., 4.]", "[1., 1.]"),
    "cumsum": jvp("tf.cumsum(x)", "[1., 2., 4.]", "[1., 10., 100.]"),
    "softmax": jvp("tf.nn.softmax(x)", "[1., 2., 3.]", "[1., 0., 0.]"),
    "logsumexp": jvp("tf.reduce_logsumexp(x)", "[1., 2., 3.]", "[1., 0., 0.]"),
    "sparse_cross_entropy": jvp(
        "tf.nn.sparse_softmax_cross_entropy_with_logits([2], x)", "[[1., 2., 3.]]", "[[1., 0., 0.]]"
    ),
    "where": jvp("tf.where(x > 1., x * x, -x)", "[1., 2.]", "[1., 10.]"),
    "gather_and_slice": jvp("tf.gather(x, [2, 0, 0])[1:]", "[1., 2., 4.]", "[1., 10., 100.]"),
    "concat_and_stack": jvp("tf.stack([tf.concat([x, [5.]], 0), tf.concat([[5.], x], 0)])", "[1., 2.]", "[1., 10.]"),
    "split": jvp("tf.split(x * x, [1, 2])", "[1., 2., 4.]", "[1., 10., 100.]"),
    "pad_and_tile": jvp("tf.tile(tf.pad(x, [[1, 0]], constant_values=7.), [2])", "[1., 2.]", "[1., 10.]"),
    "sort": jvp("tf.sort(x) * [1., 2., 3.]", "[3., 1., 2.]", "[1., 10., 100.]"),
    "top_k": jvp("tf.math.top_k(x, 2)[0]", "[3., 1., 2.]", "[1., 10., 100.]"),
    "unique_has_no_gradient": jvp("tf.unique(x)[0]", "[3., 1.]", "[1., 10.]"),
    "cast": jvp("tf.cast(x, tf.float64) ** 2", "[1., 2.]", "[1., 10.]"),
    "float64": jvp("tf.tanh(x)", "[1., 2.], tf.float64", "[1., 10.], tf.float64"),
    "cast_through_int": jvp("tf.cast(tf.cast(x, tf.int32), tf.float32)", "[1., 2.]", "[1., 10.]"),
    "floor": jvp("tf.floor(x)", "[1.5]", "[1.]"),
    "argmax": jvp("tf.argmax(x)", "[1.5]", "[1.]"),
    "stop_gradient": jvp("tf.stop_gradient(x) * x", "[1.5]", "[1.]"),
    "zeros_like": jvp("tf.zeros_like(x)", "[1.5]", "[1.]"),
    "primal_itself": jvp("x", "[1., 2.]", "[1., 10.]"),
    "python_tangent": SETUP + """
with tf.autodiff.ForwardAccumulator(x, 5.) as acc:
    y = x * x
acc.jvp(y)""",
    "numpy_tangent": SETUP + """
with tf.autodiff.ForwardAccumulator(x, np.float32(5.)) as acc:
    y = x * x
acc.jvp(y)""",
    "structures": SETUP + """
z = tf.constant(3.)
with tf.autodiff.ForwardAccumulator([x, {"k": z}], [one, {"k": tf.constant(10.)}]) as acc:
    y, s, apart = x * z, x + z, tf.constant(3.) * 2.
acc.jvp({"y": y, "rest": [s, (apart,)]})""",
    "unconnected": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = tf.constant([1., 2.]) * 2.
[acc.jvp(y), acc.jvp(y, "zero"), acc.jvp(y, unconnected_gradients=tf.UnconnectedGradients.ZERO)]""",
    "unconnected_integer": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = tf.cast(x, tf.int32)
acc.jvp(y, "zero")""",
    "unconnected_nonsense": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = x * x
acc.jvp(y, "maybe")""",
    "variable": """
v = tf.Variable([1., 2.])
with tf.autodiff.ForwardAccumulator(v, tf.constant([1., 10.])) as acc:
    y = v * v
[acc.jvp(y), acc.jvp(v)]""",
    "variable_assigned": SETUP + """
v = tf.Variable(2.)
with tf.autodiff.ForwardAccumulator(v, one) as acc:
    y = v * v
    v.assign(y)
    z = v * 3.
[acc.jvp(y), acc.jvp(z), acc.jvp(v)]""",
    "assigned_value_carries_no_tangent": SETUP + """
v, w = tf.Variable(2.), tf.Variable(5.)
with tf.autodiff.ForwardAccumulator(v, one) as acc:
    w.assign(v * 3.)
    z = w * 2.
[acc.jvp(z), acc.jvp(w)]""",
    "untrainable_variable": SETUP + """
v = tf.Variable(2., trainable=False)
with tf.autodiff.ForwardAccumulator(v, one) as acc:
    y = v * v
acc.jvp(y)""",
    "computed_before": SETUP + """
y = x * x
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    z = y * 2.
acc.jvp(z)""",
    "computed_after": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = x * x
z = y * 2.
[acc.jvp(y), acc.jvp(z)]""",
    "asked_inside": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = x * x
    j = acc.jvp(y)
    k = j * x
[j, acc.jvp(j), acc.jvp(k)]""",
    "entered_again": SETUP + """
acc = tf.autodiff.ForwardAccumulator(x, one)
with acc:
    y = x * x
with acc:
    z = y * x
acc.jvp(z)""",
    "entered_twice": SETUP + """
acc = tf.autodiff.ForwardAccumulator(x, one)
with acc:
    with acc:
        y = x * x
0""",
    "nested": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as outer:
    with tf.autodiff.ForwardAccumulator(x, one) as inner:
        y = x ** 3
[inner.jvp(y), outer.jvp(y), outer.jvp(inner.jvp(y)), inner.jvp(outer.jvp(y))]""",
    "nested_asked_inside": SETUP + """
with tf.autodiff.ForwardAccumulator(x, one) as outer:
    with tf.autodiff.ForwardAccumulator(x, one) as inner:
        y = tf.exp(x * 0.5)
        j = inner.jvp(y)
    q = j * x
[outer.jvp(j), outer.jvp(q)]""",
    "hessian_vector_product": """
x = tf.Variable([1., 2.])
with tf.autodiff.ForwardAccumulator(x, tf.constant([1., 0.])) as acc:
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x ** 3) * x[1]
    g = tape.gradient(y, x)
[g, acc.jvp(g)]""",
    "hessian_vector_product_of_a_layer": """
w, b = tf.Variable([[0.5], [0.2]]), tf.Variable([0.1])
x = tf.constant([[2., 3.], [1., 4.]])
with tf.autodiff.ForwardAccumulator([w, b], [tf.constant([[1.], [2.]]), tf.constant([3.])]) as acc:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.sigmoid(x @ w + b) ** 2)
    g = tape.gradient(loss, [w, b])
acc.jvp(g)""",
    "reverse_over_forward": SETUP + """
with tf.GradientTape() as tape:
    tape.watch(x)
    with tf.autodiff.ForwardAccumulator(x, one) as acc:
        y = tf.exp(x) * x
    j = acc.jvp(y)
[j, tape.gradient(j, x)]""",
    "linear_regression": """
x, target = tf.constant([[2., 3.], [1., 4.]]), tf.constant([[1.], [-1.]])
kernel, bias = tf.Variable([[0.5], [0.2]]), tf.Variable([0.1])
with tf.autodiff.ForwardAccumulator(kernel, tf.constant([[1.], [0.]])) as acc:
    loss = tf.reduce_sum((x @ kernel + bias - target) ** 2.)
acc.jvp(loss)""",
    "jacobian_column_by_column": """
x = tf.constant([1., 2.])
columns = []
for i in range(2):
    with tf.autodiff.ForwardAccumulator(x, tf.one_hot(i, 2)) as acc:
        y = tf.stack([x[0] * x[1], x[0] ** 2, x[1]])
    columns.append(acc.jvp(y))
tf.stack(columns, axis=1)""",
    "around_a_function": SETUP + """
f = tf.function(lambda x: x ** 3)
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = f(x)
acc.jvp(y)""",
    "inside_a_function": SETUP + """
@tf.function
def f(x):
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.)) as acc:
        y = x ** 3
    return acc.jvp(y)
f(x)""",
    "custom_gradient_is_passed_by": SETUP + """
@tf.custom_gradient
def f(x):
    return x * 2., lambda g: g * 100.
with tf.autodiff.ForwardAccumulator(x, one) as acc:
    y = f(x)
acc.jvp(y)""",
    "complex": """
x = tf.constant([1. + 2.j], tf.complex128)
with tf.autodiff.ForwardAccumulator(x, tf.constant([0.5 - 1.j], tf.complex128)) as acc:
    y = x * x
acc.jvp(y)""",
    **{
        f"variable_{name}": f"""
v = tf.Variable([1., 2., 3.])
direction = tf.constant([1., 0., -1.])
with tf.autodiff.ForwardAccumulator(v, direction) as acc:
    with tf.GradientTape() as tape:
        y = {expression}
    gradient = tape.gradient(y, v)
acc.jvp(y), acc.jvp(tf.convert_to_tensor(gradient))"""
        for name, expression in {
            "elements": "v[0] * v[1] ** 2",
            "slices": "v[:2] * v[1:]",
            "element_kept": "v[0] * tf.reduce_sum(v)",
            "in_a_list": "tf.stack([v[0], v[2]]) * v[2]",
            "reversed": "v[::-1] * v",
        }.items()
    },
    "integer_tangent": "tf.autodiff.ForwardAccumulator(tf.constant(1.), tf.constant(1))",
    "wide_tangent": "tf.autodiff.ForwardAccumulator(tf.constant(1.), tf.constant(1., tf.float64))",
    "tangents_nest_differently": SETUP + "tf.autodiff.ForwardAccumulator([x], [one, one])",
    "tangent_none": "tf.autodiff.ForwardAccumulator([tf.constant(1.)], [None])",
    "primal_twice": SETUP + "tf.autodiff.ForwardAccumulator([x, x], [one, one])",
    "primal_number": "tf.autodiff.ForwardAccumulator(1., 1.)",
    "jvp_of_a_number": SETUP + "tf.autodiff.ForwardAccumulator(x, one).jvp(3.)",
    "jvp_of_text": SETUP + "tf.autodiff.ForwardAccumulator(x, one).jvp('y')",
    "before_entering": SETUP + "tf.autodiff.ForwardAccumulator(x, one).jvp(x)",
}  # fmt: skip
