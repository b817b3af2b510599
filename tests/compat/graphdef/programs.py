"""Programs for a static graph, that eagernb and TensorFlow both build: each makes a dict ``fetches``.

``x`` is fed with X, ``n`` with whole numbers, ``t`` with truth values, ``image`` with pictures; a program with the feed
``pair`` calls it ``x``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .control_flow import CONTROL_FLOW, EFFECTS_RUNS

X = np.array([[0.5, -1.25, 2.0], [3.5, 0.25, -0.75]], np.float32)
FEEDS: dict[str, Any] = {
    "x": X,
    "n": np.array([[1, -2, 3], [4, 5, -6]], np.int32),
    "pair": np.array([0.5, -1.25], np.float32),
    "t": np.array([[True, False, True], [False, False, True]]),
    "image": (np.arange(2 * 6 * 6 * 3) % 11 - 4).astype(np.float32).reshape(2, 6, 6, 3) / 4,
}
_PLACEHOLDERS = {
    "x": "x = v1.placeholder(tf.float32, [None, 3], name='x')",
    "n": "n = v1.placeholder(tf.int32, [2, 3], name='n')",
    "t": "t = v1.placeholder(tf.bool, [2, 3], name='t')",
    "image": "image = v1.placeholder(tf.float32, [2, 6, 6, 3], name='image')",
}


def values(*expressions: str, feeds: str = "x", setup: str = "") -> tuple[str, str]:
    """A program that computes each of the expressions, called v0, v1, ...; and the names of its feeds."""
    lines = [_PLACEHOLDERS[name] for name in feeds.split()] + ([setup] if setup else [])
    lines.append("fetches = {}")
    for i, expression in enumerate(expressions):
        lines.append(f"fetches['v{i}'] = tf.identity({expression}, name='v{i}')")
    return "\n".join(lines), feeds


_FUNCTIONS = (
    "abs(x)", "-x", "tf.sign(x)", "tf.square(x)", "tf.math.reciprocal(x)", "tf.exp(x)", "tf.math.expm1(x)",
    "tf.math.log(tf.abs(x))", "tf.math.log1p(tf.abs(x))", "tf.sqrt(tf.abs(x))", "tf.math.rsqrt(tf.abs(x))",
    "tf.sigmoid(x)", "tf.tanh(x)", "tf.math.softplus(x)", "tf.nn.softsign(x)", "tf.sin(x)", "tf.cos(x)", "tf.tan(x)",
    "tf.asin(x / 4.)", "tf.acos(x / 4.)", "tf.atan(x)", "tf.sinh(x)", "tf.cosh(x)", "tf.asinh(x)",
    "tf.acosh(x * x + 1.)",
    "tf.atanh(x / 4.)", "tf.floor(x)", "tf.math.ceil(x)", "tf.round(x)", "tf.math.rint(x)", "tf.math.erf(x)",
    "tf.math.erfc(x)", "tf.math.lgamma(tf.abs(x))", "tf.math.digamma(tf.abs(x))", "tf.nn.relu(x)",
    "tf.nn.relu6(x * 3.)",
    "tf.nn.elu(x)", "tf.nn.selu(x)", "tf.nn.leaky_relu(x, 0.3)", "tf.stop_gradient(x)", "tf.math.is_nan(x)",
    "tf.math.is_inf(x / 0.)", "tf.math.is_finite(x / 0.)",
)  # fmt: skip
_PAIRS = (
    "x + 1.", "x - 1.", "2. * x", "x / 4.", "x // 0.7", "x % 0.7", "tf.abs(x) ** 1.5", "tf.maximum(x, 0.1)",
    "tf.minimum(x, 0.1)", "tf.math.squared_difference(x, 1.)", "tf.atan2(x, 2.)", "tf.math.xdivy(x, 3.)",
    "tf.math.xlogy(x, 3.)", "tf.math.divide_no_nan(x, 0.)", "tf.math.multiply_no_nan(x, 0.)",
    "tf.math.add_n([x, x, x])",
    "tf.where(x > 0., x, -x)", "tf.clip_by_value(x, -1., 1.)",
)  # fmt: skip
_COMPARISONS = (
    "x < 0.3", "x <= 0.25", "x > 0.3", "x >= 0.25", "tf.equal(x, 0.25)", "tf.not_equal(x, 0.25)",
    "tf.logical_and(x > 0., x < 1.)", "tf.logical_or(x > 1., x < 0.)", "tf.logical_not(x > 0.)",
)  # fmt: skip
_WHOLE = (
    "n + 2", "n // 2", "n % 4", "tf.truncatediv(n, 4)", "tf.truncatemod(n, 4)", "tf.bitwise.bitwise_and(n, 3)",
    "tf.bitwise.bitwise_or(n, 3)", "tf.bitwise.bitwise_xor(n, 3)", "tf.bitwise.left_shift(n, 2)",
    "tf.bitwise.right_shift(n, 1)", "tf.bitwise.invert(n)", "tf.cast(n, tf.float32) / 3.", "tf.cast(n, tf.int64)",
    "n / 4", "tf.cast(n > 0, tf.float64)",
)  # fmt: skip
_REDUCTIONS = (
    "tf.reduce_sum(x)", "tf.reduce_sum(x, 0)", "tf.reduce_sum(x, [0, 1], keepdims=True)", "tf.reduce_mean(x, -1)",
    "tf.reduce_max(x, 1)", "tf.reduce_min(x, 0, keepdims=True)", "tf.reduce_prod(x)", "tf.reduce_any(x > 3., 1)",
    "tf.reduce_all(x < 3., 0)", "tf.argmax(x, 1)", "tf.argmin(x, 0, output_type=tf.int32)", "tf.cumsum(x, 1)",
    "tf.cumsum(x, 0, exclusive=True, reverse=True)", "tf.math.cumprod(x, 1)", "tf.reduce_logsumexp(x, 1)",
    "tf.math.reduce_euclidean_norm(x, 1)", "tf.math.reduce_variance(x, 1)", "tf.norm(x)",
)  # fmt: skip
_SHAPES = (
    "tf.shape(x)", "tf.size(x)", "tf.rank(x)", "tf.reshape(x, [-1])", "tf.reshape(x, [3, 2])", "tf.transpose(x)",
    "tf.transpose(x, [1, 0])", "tf.expand_dims(x, 1)", "tf.squeeze(tf.expand_dims(x, 0), [0])",
    "tf.broadcast_to(x[:1], [4, 3])", "tf.tile(x, [2, 1])", "tf.reverse(x, [1])", "tf.concat([x, x * 2.], 0)",
    "tf.concat([x, x], -1)", "tf.stack([x, x], 1)", "tf.unstack(x, num=3, axis=1)[1]", "tf.split(x, 3, 1)[2]",
    "tf.split(x, [1, 2], 1)[1]", "tf.pad(x, [[1, 0], [0, 2]])", "tf.pad(x, [[1, 0], [0, 2]], constant_values=7.)",
    "tf.pad(x, [[1, 0], [0, 2]], 'REFLECT')", "tf.fill([2, 2], 3.)", "tf.ones_like(x)", "tf.zeros_like(x)",
    "tf.range(2, 9, 3)", "tf.roll(x, 1, 0)", "tf.ensure_shape(x, [None, 3])",
)  # fmt: skip
_INDEXING = (
    "x[0]", "x[-1]", "x[:, 1]", "x[..., ::2]", "x[::-1]", "x[tf.newaxis, 1, 1:]", "x[:, -2:]",
    "tf.gather(x, [1, 0, 1])",
    "tf.gather(x, [2, 0], axis=1)", "tf.gather_nd(x, [[0, 1], [1, 2]])", "tf.slice(x, [0, 1], [2, 2])",
    "tf.one_hot([2, 0, -1], 3)", "tf.one_hot([1, 0], 2, on_value=5, off_value=-5, dtype=tf.int32)", "tf.where(x > 0.)",
    "tf.scatter_nd([[1], [3]], [10., 20.], [5])", "tf.tensor_scatter_nd_update(x, [[0, 0], [1, 1]], [9., 8.])",
    "tf.tensor_scatter_nd_add(x, [[0, 0], [1, 1]], [9., 8.])", "tf.math.unsorted_segment_sum(x, [1, 1], 3)",
)  # fmt: skip
_MATRICES = (
    "tf.matmul(x, x, transpose_b=True)", "tf.matmul(x, tf.ones([3, 4]))", "tf.matmul(x, x, transpose_a=True)",
    "tf.matmul(tf.stack([x, x]), tf.ones([2, 3, 2]))",
    "tf.linalg.matmul(tf.stack([x, x]), tf.stack([x, x]), transpose_b=True)",
    "tf.einsum('ij,kj->ik', x, x)", "tf.einsum('ij->j', x)", "tf.linalg.inv(m)", "tf.linalg.det(m)",
    "tf.linalg.cholesky(m)", "tf.linalg.solve(m, tf.ones([2, 1]))",
    "tf.linalg.triangular_solve(m, tf.ones([2, 1]))", "tf.linalg.band_part(m, 0, -1)",
    "tf.tensordot(x, tf.ones([3, 2]), 1)", "tf.linalg.matvec(x, [1., 2., 3.])",
)  # fmt: skip
_LAYERS = (
    "tf.nn.softmax(x)", "tf.nn.log_softmax(x)", "tf.nn.bias_add(x, [1., 2., 3.])",
    "tf.nn.softmax_cross_entropy_with_logits(labels=[[0., 1., 0.], [.5, .5, 0.]], logits=x)",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[1, 2], logits=x)",
    "tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.ones([2, 3]), logits=x)", "tf.nn.l2_loss(x)",
    "tf.nn.l2_normalize(x, 1)", "tf.nn.moments(x, 0)[1]", "tf.nn.silu(x)", "tf.nn.gelu(x)",
)  # fmt: skip
_IMAGES = (
    "tf.nn.conv2d(image, filters, 1, 'SAME')", "tf.nn.conv2d(image, filters, [1, 2, 2, 1], 'VALID')",
    "tf.nn.conv2d(image, filters, 1, [[0, 0], [1, 0], [2, 1], [0, 0]])",
    "tf.nn.conv2d(image, filters, 1, 'SAME', dilations=2)",
    "tf.nn.max_pool2d(image, 2, 2, 'VALID')", "tf.nn.max_pool2d(image, 3, 2, 'SAME')",
    "tf.nn.avg_pool2d(image, 2, 1, 'SAME')",
    "tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(image, filters, 1, 'SAME')), 2, 2, 'SAME')",
    "tf.reduce_mean(image, [1, 2])",
)  # fmt: skip
_FILTERS = "filters = tf.constant((np.arange(2 * 2 * 3 * 4) % 5 - 2.).astype(np.float32).reshape(2, 2, 3, 4))"
_VARIABLES = """x = v1.placeholder(tf.float32, [None, 3], name='x')
w = v1.get_variable('w', [3, 2], initializer=v1.constant_initializer(0.5))
b = tf.Variable(tf.constant([1., -1.]), name='b')
y = tf.identity(tf.matmul(x, w) + b, name='y')
init = v1.global_variables_initializer()
up = b.assign_add([10., 10.], name='up')
down = b.assign_sub([1., 1.], name='down')
put = b.assign([7., 7.], name='put')
with tf.control_dependencies([b.assign([3., 4.], name='first').op]):
    after = tf.identity(b.read_value() * 2., name='after')
both = tf.group(w.assign(w * 2., name='double').op, name='both')
with tf.control_dependencies([w.scatter_add(tf.IndexedSlices(tf.ones([1, 2]), [0]), name='some').op]):
    tf.no_op(name='scatter')
fetches = {'y': y, 'after': after}
"""
_TRAINING = """x = v1.placeholder(tf.float32, [None, 3], name='x')
w = v1.get_variable('w', [3, 2], initializer=v1.constant_initializer(0.5))
b = tf.Variable(tf.zeros([2]), name='b')
logits = tf.nn.relu(tf.matmul(x, w) + b)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=logits), name='loss')
init = v1.global_variables_initializer()
train = v1.train.GradientDescentOptimizer(0.5).minimize(loss, name='train')
fetches = {'loss': loss}
"""
_DTYPES = (
    "tf.constant([1, 2], tf.int8)", "tf.constant([1, 2], tf.int64)", "tf.constant([1.5], tf.float64)",
    "tf.constant([1.5, 2.5], tf.float16)", "tf.constant(2.5, tf.float16)", "tf.constant(2.5, tf.bfloat16)",
    "tf.constant([True, False])", "tf.constant(True)", "tf.constant('text')", "tf.constant(['a', 'b'])",
    "tf.constant(1.5 + 2j)", "tf.zeros([2, 0])", "tf.constant(7, tf.uint8)", "tf.zeros([3])", "tf.ones([2, 2]) * 5.",
    "tf.math.real(tf.constant([1 + 2j]))", "tf.complex(1., 2.)", "tf.constant(np.float64(np.pi))",
)  # fmt: skip

_SPECIAL = (
    "tf.math.erfinv(x / 4.)", "tf.math.ndtri(tf.abs(x) / 4.)", "tf.math.igamma(tf.abs(x), 1.5)",
    "tf.math.igammac(tf.abs(x), 1.5)", "tf.math.zeta(tf.abs(x) + 1.5, 2.)", "tf.math.polygamma(2., tf.abs(x))",
    "tf.math.nextafter(x, 9.)", "tf.math.xlog1py(x, 2.)", "tf.bitcast(x, tf.int32)",
    "tf.math.imag(tf.complex(x, 2. * x))", "tf.math.real(tf.math.conj(tf.complex(x, 2. * x)))",
    "tf.math.cumulative_logsumexp(x, 1)", "tf.identity_n([x, x])[1]",
)  # fmt: skip
_SELECTING = (
    "tf.math.top_k(x, 2)[0]", "tf.math.top_k(x, 2)[1]", "tf.math.in_top_k([2, 1], x, 1)",
    "tf.unique([3, 1, 3, 2])[0]", "tf.unique([3, 1, 3, 2])[1]", "tf.unique_with_counts([3, 1, 3, 2])[2]",
    "tf.math.invert_permutation([2, 0, 1])", "tf.reverse_sequence(x, [1, 3], 1, 0)", "tf.linalg.cross(x, x[::-1])",
    "tf.debugging.check_numerics(x, 'no')", "tf.dynamic_partition(x, [1, 0], 2)[0]",
    "tf.histogram_fixed_width(x, [-2., 4.], 3)", "tf.math.segment_sum(x, [0, 1])", "tf.math.segment_mean(x, [0, 0])",
    "tf.math.segment_max(x, [0, 0])", "tf.math.segment_min(x, [0, 0])", "tf.math.segment_prod(x, [0, 0])",
    "tf.tensor_scatter_nd_sub(x, [[0, 0]], [9.])", "tf.tensor_scatter_nd_max(x, [[0, 0]], [9.])",
    "tf.tensor_scatter_nd_min(x, [[0, 0]], [-9.])", "tf.math.unsorted_segment_prod(x, [1, 1], 2)",
    "tf.math.unsorted_segment_max(x, [1, 1], 2)", "tf.math.unsorted_segment_min(x, [1, 1], 2)",
)  # fmt: skip
_VOLUMES = (
    "tf.nn.conv3d(volume, tf.ones([1, 2, 2, 3, 2]), [1, 1, 1, 1, 1], 'SAME')",
    "tf.nn.max_pool3d(volume, 2, 2, 'VALID')", "tf.nn.avg_pool3d(volume, 2, 1, 'SAME')",
)  # fmt: skip

# name: (program, names of feeds). Those with an operation `init` have variables.
PROGRAMS: dict[str, tuple[str, str]] = {
    "functions": values(*_FUNCTIONS),
    "pairs": values(*_PAIRS),
    "comparisons": values(*_COMPARISONS),
    "whole_numbers": values(*_WHOLE, feeds="n"),
    "truth": values("t", "tf.logical_not(t)", "tf.where(t, 1., 2.)", "tf.cast(t, tf.int32)", feeds="t"),
    "reductions": values(*_REDUCTIONS),
    "shapes": values(*_SHAPES),
    "indexing": values(*_INDEXING),
    "matrices": values(*_MATRICES, setup="m = tf.constant([[4., 1.], [1., 3.]])"),
    "layers": values(*_LAYERS),
    "images": values(*_IMAGES, feeds="image", setup=_FILTERS),
    "special": values(*_SPECIAL),
    "selecting": values(*_SELECTING),
    # What follows from random numbers, whatever they are.
    "random": values(
        "tf.abs(tf.random.normal([2, 3], seed=1)) >= 0.", "tf.random.uniform([4], 2., 3.) // 1.",
        "tf.random.truncated_normal([2]) < 2.1", "tf.random.uniform([3], 5, 6, tf.int32)",
        "tf.random.uniform([tf.shape(x)[0]]) < 1.",
    ),
    "volumes": values(*_VOLUMES, feeds="image", setup="volume = tf.reshape(image, [2, 3, 2, 6, 3])"),
    "dtypes": values(*_DTYPES, feeds=""),
    "late_sizes": values(
        "tf.reshape(x, [tf.shape(x)[1], tf.shape(x)[0]])", "tf.zeros([tf.shape(x)[0], 2])",
        "x[:, :tf.shape(x)[0]]", "tf.tile(x, [1, tf.shape(x)[0]])", "tf.range(tf.shape(x)[0])",
        "x[tf.shape(x)[0] - 1]", "tf.reduce_sum(x) / tf.cast(tf.size(x), tf.float32)",
    ),
    "gradients": values(
        "tf.gradients(tf.tanh(x) * x, x)[0]", "tf.gradients(tf.sqrt(tf.sigmoid(x)), x)[0]",
        "tf.gradients(tf.math.rsqrt(x * x) + tf.math.reciprocal(x) + tf.math.softplus(x), x)[0]",
        "tf.gradients(tf.nn.relu(x) + tf.nn.relu6(x * 3.) + tf.nn.elu(x) + tf.nn.selu(x) + tf.nn.softsign(x), x)[0]",
        "tf.gradients(tf.matmul(x, tf.ones([3, 2])), x)[0]", "tf.gradients(tf.reduce_mean(x * x), x)[0]",
        "tf.gradients(tf.nn.softmax(x)[:, 0], x)[0]", "tf.gradients(tf.concat([x, x], 1)[:, 1:3], x)[0]",
        "tf.gradients(tf.nn.softmax_cross_entropy_with_logits(labels=[[0., 1., 0.], [1., 0., 0.]], logits=x), x)[0]",
        "tf.convert_to_tensor(tf.gradients(tf.gather(x, [1, 1]) ** 2, x)[0])",
    ),
    "image_gradients": values(
        "tf.gradients(tf.nn.conv2d(image, filters, 1, 'SAME') ** 2, filters)[0]",
        "tf.gradients(tf.nn.conv2d(image, filters, 2, 'VALID') ** 2, image)[0]",
        "tf.gradients(tf.nn.max_pool2d(image * 1.01, 2, 2, 'VALID') ** 2, image)[0]",
        "tf.gradients(tf.nn.avg_pool2d(image, 2, 2, 'SAME') ** 2, image)[0]",
        feeds="image", setup=_FILTERS,
    ),
    "batch_norm": values(
        *(f"v1.nn.fused_batch_norm(image, [1., 2., 3.], [.5, .5, 1.], {given})[{i}]"
          for given, count in (("mean=[.1, .2, .3], variance=[1., 2., 3.], is_training=False", 1), ("", 3))
          for i in range(count)),
        feeds="image",
    ),
    "defaults": values("d + 1.", "tf.reduce_sum(d)", feeds="",
                       setup="d = v1.placeholder_with_default([1., 2.], [None], name='d')"),
    "scopes": values("tf.reduce_sum(h)",
                     setup="with tf.name_scope('layer'):\n    h = tf.nn.relu(x @ tf.ones([3, 2]), name='h')"),
    "variables": (_VARIABLES, "x"),
    "training": (_TRAINING, "x"),
    **{name: (program, "pair") for name, program in CONTROL_FLOW.items()},
}  # fmt: skip

# What sessions are asked for, one run after the other, where programs have variables: names of operations and tensors.
RUNS: dict[str, list[list[str]]] = {
    "variables": [["init"], ["y:0"], ["up"], ["y:0"], ["down"], ["y:0"], ["after:0"], ["y:0"], ["both"], ["y:0"],
                  ["put"], ["y:0"], ["scatter"], ["y:0"], ["init"], ["y:0"]],
    "training": [["init"], ["loss:0"], ["train"], ["loss:0"], ["train"], ["loss:0"]],
    "effects": EFFECTS_RUNS,
}  # fmt: skip

# name: (code that makes a function f and a list of TensorSpecs, names of feeds, number of results).
FUNCTIONS: dict[str, tuple[str, str, int]] = {
    "function": (
        "@tf.function\ndef f(x, n):\n    h = tf.nn.relu(tf.matmul(x, tf.ones([3, 4])) + 0.5)\n"
        "    return tf.reduce_sum(h, axis=1), n * 2\n"
        "specs = [tf.TensorSpec([None, 3], tf.float32), tf.TensorSpec([2, 3], tf.int32)]",
        "x n", 2,
    ),
    "function_with_late_sizes": (
        "@tf.function\ndef f(x):\n    return tf.reshape(x, [tf.shape(x)[1], -1]) * tf.cast(tf.shape(x)[0], x.dtype)\n"
        "specs = [tf.TensorSpec([None, 3], tf.float32)]",
        "x", 1,
    ),
    "function_with_control_flow": (
        "@tf.function\ndef f(x):\n    total = tf.zeros([3])\n    for row in x:\n"
        "        if tf.reduce_sum(row) > 0.:\n            total += row\n        else:\n            total -= 1.\n"
        "    return total, tf.map_fn(tf.reduce_max, x)\n"
        "specs = [tf.TensorSpec([None, 3], tf.float32)]",
        "x", 2,
    ),
}  # fmt: skip
