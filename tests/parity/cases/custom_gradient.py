"""Gradients by the user's own function."""

LOG1PEXP = """
@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)
    def grad(dy):
        return dy * (1 - 1 / (1 + e))
    return tf.math.log(1 + e), grad
"""

HUNDRED = """
@tf.custom_gradient
def f(x):
    return x * 2., lambda dy: dy * 100.
x = tf.constant(3.)
"""

CASES = {
    "value": LOG1PEXP + "log1pexp(tf.constant([0., 1.]))",
    "no_nan_where_the_plain_gradient_has_one": LOG1PEXP + """
x = tf.constant(100.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = log1pexp(x)
tape.gradient(y, x)""",
    "second_order_through_what_it_closes_over": LOG1PEXP + """
x = tf.constant(1., tf.float64)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = log1pexp(x)
    first = inner.gradient(y, x)
[first, outer.gradient(first, x)]""",
    "gradient_is_the_users": HUNDRED + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "chain_with_ordinary_ops": HUNDRED + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * x) ** 2
tape.gradient(y, x)""",
    "used_twice": HUNDRED + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x) + f(f(x))
tape.gradient(y, x)""",
    "persistent": HUNDRED + """
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = f(x)
    z = y * y
[tape.gradient(y, x), tape.gradient(z, x), tape.gradient(z, y)]""",
    "two_tapes": HUNDRED + """
with tf.GradientTape() as a, tf.GradientTape() as b:
    a.watch(x)
    b.watch(x)
    y = f(x)
[a.gradient(y, x), b.gradient(y, x)]""",
    "jacobian": HUNDRED + """
x = tf.constant([1., 2.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x) * x
tape.jacobian(y, x)""",
    "unwatched": HUNDRED + """
with tf.GradientTape() as tape:
    y = f(x)
[y, tape.gradient(y, x)]""",
    "identity_with_a_clipped_gradient": """
@tf.custom_gradient
def clip_gradient(x):
    return x, lambda g: tf.clip_by_value(g, -1., 1.)
x = tf.constant([1., 2.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = clip_gradient(x) * [0.5, 100.]
tape.gradient(y, x)""",
    "two_arguments": """
@tf.custom_gradient
def f(x, z):
    return x * z, lambda dy: (dy * 10., dy * 100.)
x, z = tf.constant(2.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, z])
    y = f(x, z)
[y, tape.gradient(y, [x, z])]""",
    "same_tensor_for_both_arguments": """
@tf.custom_gradient
def f(x, z):
    return x * z, lambda dy: (dy * 10., dy * 100.)
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x, x)
tape.gradient(y, x)""",
    "none_for_one_argument": """
@tf.custom_gradient
def f(x, z):
    return x * z, lambda dy: (None, dy * 100.)
x, z = tf.constant(2.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, z])
    y = f(x, z)
tape.gradient(y, [x, z])""",
    "python_argument_counts": """
@tf.custom_gradient
def f(x, n):
    return x * n, lambda dy: (dy * n, None)
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x, 3.)
tape.gradient(y, x)""",
    "text_argument_counts": """
@tf.custom_gradient
def f(x, mode):
    return x * 2., lambda dy: (dy * 7., None)
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x, "same")
tape.gradient(y, x)""",
    "nested_argument": """
@tf.custom_gradient
def f(xs):
    return xs[0] * xs[1]["k"], lambda dy: [dy * 7., {"k": dy * 9.}]
x, z = tf.constant(2.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, z])
    y = f([x, {"k": z}])
tape.gradient(y, [x, z])""",
    "keyword_argument_has_no_gradient": """
@tf.custom_gradient
def f(x, *, scale):
    return x * scale, lambda dy: dy * 100.
x, scale = tf.constant(2.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, scale])
    y = f(x, scale=scale)
[y, tape.gradient(y, [x, scale])]""",
    "structure_of_outputs": """
@tf.custom_gradient
def f(x):
    def grad(first, second, third):
        return first * 1. + second * 10. + third * 100.
    return {"b": x * 2., "a": [x * 3., x * 4.]}, grad
x = tf.constant(1.)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = f(x)
[y, tape.gradient(y["a"][0], x), tape.gradient(y["a"][1], x), tape.gradient(y["b"], x), tape.gradient(y, x)]""",
    "two_outputs": """
@tf.custom_gradient
def f(x):
    return (x * 2., x * 3.), lambda da, db: da * 10. + db * 100.
x = tf.constant([1., 2.])
with tf.GradientTape() as tape:
    tape.watch(x)
    a, b = f(x)
    y = a * b
tape.gradient(y, x)""",
    "variables": """
v, w = tf.Variable(3.), tf.Variable(4.)
@tf.custom_gradient
def f(x):
    def grad(dy, variables):
        return dy * 100., [dy * (10. + i) for i in range(len(variables))]
    return x * v * w, grad
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
dx, dv, dw = tape.gradient(y, [x, v, w])
[y, dx, sorted([float(dv), float(dw)])]""",
    "variables_by_double_star": """
v = tf.Variable(3.)
@tf.custom_gradient
def f(x):
    def grad(dy, **kwargs):
        return dy * 100., [dy * float(len(kwargs["variables"]))]
    return x * v, grad
with tf.GradientTape() as tape:
    y = f(tf.constant(2.))
tape.gradient(y, v)""",
    "variables_not_taken": """
v = tf.Variable(3.)
@tf.custom_gradient
def f(x):
    return x * v, lambda dy: dy
f(tf.constant(2.))""",
    "variables_miscounted": """
v = tf.Variable(3.)
@tf.custom_gradient
def f(x):
    return x * v, lambda dy, variables: (dy, [])
with tf.GradientTape() as tape:
    y = f(tf.constant(2.))
tape.gradient(y, v)""",
    "variable_as_argument": """
v = tf.Variable(3.)
@tf.custom_gradient
def f(x, u):
    return x * u, lambda dy: (dy * 5., dy * 7.)
with tf.GradientTape() as tape:
    y = f(tf.constant(2.), v)
tape.gradient(y, v)""",
    "untrainable_variable_is_a_constant": """
v = tf.Variable(3., trainable=False)
@tf.custom_gradient
def f(x):
    return x * v, lambda dy: dy * 5.
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "too_few_gradients": """
@tf.custom_gradient
def f(x, z):
    return x * z, lambda dy: dy
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x, x)
tape.gradient(y, x)""",
    "too_many_gradients": """
@tf.custom_gradient
def f(x):
    return x * 2., lambda dy: (dy, dy)
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "no_pair": """
@tf.custom_gradient
def f(x):
    return x * 2.
f(tf.constant(2.))""",
    "error_in_the_gradient": """
@tf.custom_gradient
def f(x):
    def grad(dy):
        raise NotImplementedError("no gradient")
    return x * 2., grad
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "method": """
class Layer:
    scale = 3.
    @tf.custom_gradient
    def f(self, x):
        return x * self.scale, lambda dy: dy * self.scale * 10.
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = Layer().f(x)
tape.gradient(y, x)""",
    "name_and_doc": """
@tf.custom_gradient
def twice(x):
    "Doubles."
    return x * 2., lambda dy: dy
[twice.__name__, twice.__doc__]""",
    "lambda": """
x = tf.constant(2.)
f = tf.custom_gradient(lambda x: (x * 2., lambda dy: -dy))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "reversal_layer": """
@tf.custom_gradient
def reverse_gradient(x):
    return tf.identity(x), lambda dy: -0.5 * dy
w = tf.Variable([1., 2.])
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(reverse_gradient(w * w))
tape.gradient(loss, w)""",
    "straight_through_estimator": """
@tf.custom_gradient
def binarize(x):
    return tf.cast(x > 0., tf.float32), lambda dy: dy
w = tf.Variable([-1., 2.])
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(binarize(w) * [3., 4.])
tape.gradient(loss, w)""",
    "nested_for_the_second_order": """
@tf.custom_gradient
def f(x):
    def grad(dy):
        @tf.custom_gradient
        def g(dy, x):
            return dy * 10. * x, lambda ddy: (ddy * 10. * x, ddy * dy * 77.)
        return g(dy, x)
    return x * x, grad
x = tf.constant(3.)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = f(x)
    first = inner.gradient(y, x)
[first, outer.gradient(first, x)]""",
    "in_function": LOG1PEXP + """
@tf.function
def g(x):
    return log1pexp(x) * 2.
x = tf.constant(1., tf.float64)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = g(x)
[y, tape.gradient(y, x)]""",
    "in_function_second_order": LOG1PEXP + """
@tf.function
def g(x):
    return log1pexp(x) * 2.
x = tf.constant(1., tf.float64)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = g(x)
    first = inner.gradient(y, x)
outer.gradient(first, x)""",
    "in_function_with_its_tape": LOG1PEXP + """
@tf.function
def g(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = log1pexp(x) * 2.
    return tape.gradient(y, x)
g(tf.constant(1., tf.float64))""",
    "in_function_with_variable": """
v = tf.Variable(3.)
@tf.custom_gradient
def f(x):
    def grad(dy, variables):
        return dy * v * 10., [dy * x * 100.]
    return x * v, grad
@tf.function
def g(x):
    return f(x * 2.)
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = g(x)
first = tape.gradient(y, [x, v])
v.assign(5.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = g(x)
[first, tape.gradient(y, [x, v])]""",
    "function_inside": """
@tf.function
def square(x):
    return x * x
@tf.custom_gradient
def f(x):
    return square(x), lambda dy: dy * square(x)
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "pass_through_round": """
x = tf.Variable([1.4, 2.6])
with tf.GradientTape() as tape:
    y = tf.grad_pass_through(tf.round)(x * 2.)
[y, tape.gradient(y, x)]""",
    "pass_through_assign": """
x, z = tf.Variable(1.), tf.Variable(3.)
with tf.GradientTape() as tape:
    y = tf.grad_pass_through(x.assign)(z ** 2)
[x.numpy(), tape.gradient(y, z)]""",
    "pass_through_a_variable": """
v, x = tf.Variable(4.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.grad_pass_through(lambda x: x * v)(x)
[y, tape.gradient(y, [x, v])]""",
    "recompute": """
v = tf.Variable(3.)
calls = []
@tf.recompute_grad
def layer(x, k=1.):
    calls.append(1)
    return tf.sin(x * v) * k
x = tf.constant(1., tf.float32)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = layer(x, k=2.)
[y, tape.gradient(y, [x, v]), len(calls)]""",
    "recompute_without_a_tape": """
calls = []
def f(x):
    calls.append(1)
    return x * 2.
[tf.recompute_grad(f)(tf.constant(1.)), len(calls)]""",
    "recompute_two_arguments": """
layer = tf.recompute_grad(lambda x, z: x * x * z)
x, z = tf.constant([2., 3.]), tf.constant(5.)
with tf.GradientTape() as tape:
    tape.watch([x, z])
    y = layer(x, z) * x
tape.gradient(y, [x, z])""",
    "recompute_in_function": """
layer = tf.recompute_grad(lambda x: tf.exp(x) * x)
x = tf.constant(0.5, tf.float64)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.function(layer)(x)
tape.gradient(y, x)""",
    "gradients_in_eager_mode": "tf.gradients(tf.constant(1.), tf.constant(1.))",
}  # fmt: skip
