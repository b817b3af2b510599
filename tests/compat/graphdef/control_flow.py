"""Programs with branches, loops, calls and TensorArrays, and gradients of these; ``x`` is a vector of two numbers."""

from __future__ import annotations

_X = "x = v1.placeholder(tf.float32, [2], name='x')\n"


def _program(setup: str, *expressions: str) -> str:
    lines = [_X + setup.strip("\n"), "fetches = {}"]
    lines += [f"fetches['v{i}'] = tf.identity({one}, name='v{i}')" for i, one in enumerate(expressions)]
    return "\n".join(lines)


_NESTED = """
def body(i, y):
    def inner():
        return tf.while_loop(lambda k, z: k < i, lambda k, z: (k + 1, z * x), [0, y])[1]
    return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: tf.sin(y) * x, inner)
y = tf.while_loop(lambda i, y: i < 4, body, [0, x])[1]
"""
_ARRAYS = """
fixed = tf.TensorArray(tf.float32, size=4, element_shape=[2])
_, fixed = tf.while_loop(lambda i, t: i < 4, lambda i, t: (i + 1, t.write(i, x * tf.cast(i, tf.float32))), [0, fixed])
growing = tf.TensorArray(tf.float32, size=0, dynamic_size=True, element_shape=[2])
_, growing = tf.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t.write(i, x + tf.cast(i, x.dtype))), [0, growing])
of = tf.TensorArray(tf.float32, size=2, element_shape=[]).unstack(x)
product = tf.while_loop(lambda i, r: i < 2, lambda i, r: (i + 1, r * of.read(i)), [0, 1.])[1]
"""
_ARRAY_GRADIENTS = """
def body(i, t, s):
    s = tf.tanh(s + x)
    return i + 1, t.write(i, s * s), s
_, written, _ = tf.while_loop(lambda *a: a[0] < 4, body, [0, tf.TensorArray(tf.float32, 4, element_shape=[2]), x])
of = tf.TensorArray(tf.float32, size=2, element_shape=[]).unstack(x)
product = tf.while_loop(lambda i, r: i < 2, lambda i, r: (i + 1, r * of.read(i)), [0, 1.])[1]
"""
_CALLS = """
@tf.function
def f(a, b):
    return a * b, a + b
@tf.function
def g(a):
    p, q = f(a, a + 1.)
    return tf.exp(p) - q
"""
_EFFECTS = (
    _X
    + """
v = tf.Variable([1., 2.], name='v')
init = v1.global_variables_initializer()
y = tf.cond(x[0] > 0., lambda: v.assign_add(x), lambda: v * 10., name='choice')
y = tf.identity(y, name='y')
def body(i, s):
    return i + 1, s + tf.reduce_sum(v.assign_add([1., 1.]))
_, total = tf.while_loop(lambda i, s: i < 3, body, [0, 0.])
total = tf.identity(total, name='total')
present = tf.identity(v.read_value(), name='present')
fetches = {}
"""
)

CONTROL_FLOW = {
    "branches": _program(
        "two = tf.cond(x[0] < 0., lambda: (x * 2., tf.shape(x)), lambda: (tf.exp(x), tf.shape(x) * 2))",
        "tf.cond(x[0] > 0., lambda: x * 2., lambda: x - 1.)", "two[0]", "two[1]",
        *(f"tf.switch_case(tf.constant({i}), [lambda: x, lambda: -x, lambda: x * x])" for i in (0, 1, 2, 7)),
        "tf.case([(x[0] > 0., lambda: x + 1.), (x[1] > 0., lambda: x + 2.)], default=lambda: x + 3.)",
    ),
    "loops": _program(
        "grown = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.concat([y, y], 0)), [0, x],\n"
        "                      shape_invariants=[tf.TensorShape([]), tf.TensorShape([None])])[1]",
        "tf.while_loop(lambda i, y: i < 5, lambda i, y: (i + 1, y * 0.5 + x), [0, x])[1]",
        "tf.while_loop(lambda y: tf.reduce_sum(y) < 1e9, lambda y: [y + y + 1.], [x], maximum_iterations=3)[0]",
        "grown",
    ),
    "nested": _program(_NESTED, "y", "tf.gradients(y, x)[0]"),
    "branch_gradients": _program(
        "y = tf.cond(x[0] > 0., lambda: tf.exp(x) * x, lambda: x * x * x)\ng = tf.gradients(y, x)[0]",
        "y", "g", "tf.gradients(g, x)[0]",
    ),
    "loop_gradients": _program(
        "y = tf.while_loop(lambda i, y: i < 4, lambda i, y: (i + 1, tf.sin(y) * x), [0, x])[1]\n"
        "z = tf.while_loop(lambda y: x[0] < 9., lambda y: [tf.sin(y) * x], [x], maximum_iterations=3)[0]\n"
        "g = tf.gradients(y, x)[0]",
        "y", "z", "g", "tf.gradients(z, x)[0]", "tf.gradients(g, x)[0]",
    ),
    "arrays": _program(
        _ARRAYS, "fixed.stack()", "fixed.read(2)", "fixed.gather([1, 3])", "fixed.size()", "growing.stack()",
        "growing.concat()", "product",
    ),
    "array_gradients": _program(
        _ARRAY_GRADIENTS, "written.stack()", "tf.gradients(written.stack(), x)[0]", "tf.gradients(product, x)[0]",
    ),
    "mapped": _program(
        "", "tf.map_fn(lambda v: v * v + 1., x)", "tf.scan(lambda a, v: a + v, x)",
        "tf.gradients(tf.map_fn(lambda v: v * v * v, x), x)[0]",
    ),
    "calls": _program(_CALLS, "g(x)", "f(x, x)[1]", "tf.gradients(g(x) * x, x)[0]"),
    "effects": _EFFECTS,
}  # fmt: skip
EFFECTS_RUNS = [["init"], ["y:0"], ["present:0"], ["total:0"], ["present:0"], ["y:0"]]
