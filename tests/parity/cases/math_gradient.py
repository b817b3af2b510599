"""Gradients of elementwise functions: at ordinary points, at zeros, ties and edges, and twice."""

from ..expand import gradient

TWICE = """
    x = tf.constant({x})
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = {expression}
        g = inner.gradient(y, x)
    outer.gradient(g, x)"""

CASES = {
    # Hyperbolic and inverse functions.
    "asinh": gradient("tf.asinh(x)", x="[-2., 0., 3.]"),
    "acosh": gradient("tf.acosh(x)", x="[1.5, 3.]"),
    "acosh_at_1": gradient("tf.acosh(x)", x="[1.]"),
    "atanh": gradient("tf.atanh(x)", x="[-0.5, 0., 0.9]"),
    "atanh_at_1": gradient("tf.atanh(x)", x="[1., 2.]"),
    "asin_at_1": gradient("tf.asin(x)", x="[1., -1.]"),
    "acos_at_1": gradient("tf.acos(x)", x="[1., -1., 0.5]"),
    "atan2": gradient("tf.atan2(y, x)", y="[1., -2.]", x="[3., -1.]"),
    "atan2_at_0": gradient("tf.atan2(y, x)", y="[0., 1., 0.]", x="[0., 0., -1.]"),
    "atan2_broadcast": gradient("tf.atan2(y, x)", y="[[1.], [2.]]", x="[3., -1.]"),
    # Where an infinite derivative meets a gradient of 0.
    "sqrt_at_0": gradient("tf.sqrt(x)", x="[0., 4.]"),
    "sqrt_at_0_times_0": gradient("tf.sqrt(x) * 0.", x="[0., 4.]"),
    "sqrt_masked": gradient("tf.where(x > 0., tf.sqrt(x), 0.)", x="[0., 4.]"),
    "sqrt_negative": gradient("tf.sqrt(x)", x="[-1.]"),
    "sqrt_of_square": gradient("tf.sqrt(tf.square(x))", x="[0., -3.]"),
    "rsqrt_at_0": gradient("tf.math.rsqrt(x)", x="[0., 4.]"),
    "rsqrt_at_0_times_0": gradient("tf.math.rsqrt(x) * 0.", x="[0., 4.]"),
    "reciprocal_at_0": gradient("tf.math.reciprocal(x)", x="[0., 2.]"),
    "reciprocal_at_0_times_0": gradient("tf.math.reciprocal(x) * 0.", x="[0., 2.]"),
    "log_at_0": gradient("tf.math.log(x)", x="[0., -1., 2.]"),
    "log_at_0_times_0": gradient("tf.math.log(x) * 0.", x="[0.]"),
    "log1p_at_minus_1": gradient("tf.math.log1p(x)", x="[-1., 1.]"),
    "divide_by_0": gradient("x / z", x="[1., 0.]", z="[0., 0.]"),
    # Powers.
    "pow_of_0": gradient("x ** z", x="[0., 0., 0., 0.]", z="[0., 1., 2., 0.5]"),
    "pow_of_negative": gradient("x ** z", x="[-2., -2., -2.]", z="[2., 3., 0.5]"),
    "pow_to_0": gradient("x ** z", x="[2., -2.]", z="[0., 0.]"),
    "pow_python_number_0": gradient("x ** 0", x="[0., 2.]"),
    "pow_python_number_1": gradient("x ** 1", x="[0., 2.]"),
    "pow_python_number_2": gradient("x ** 2", x="[0., -2.]"),
    "pow_python_number_half": gradient("x ** 0.5", x="[0., 4.]"),
    "pow_python_base": gradient("2. ** x", x="[0., 3.]"),
    "pow_broadcast": gradient("x ** z", x="[[1.], [2.]]", z="[2., 3.]"),
    "square_at_0": gradient("tf.square(x)", x="[0., -3.]"),
    # Kinks.
    "abs_at_0": gradient("tf.abs(x)", x="[0., -0., -2.]"),
    "sign": gradient("tf.sign(x)", x="[0., -2.]"),
    "maximum_tie": gradient("tf.maximum(x, z)", x="[1., 2., 3.]", z="[1., 3., 2.]"),
    "minimum_tie": gradient("tf.minimum(x, z)", x="[1., 2., 3.]", z="[1., 3., 2.]"),
    "maximum_nan": gradient("tf.maximum(x, z)", x="[np.nan, 1.]", z="[1., np.nan]"),
    "maximum_itself": gradient("tf.maximum(x, x)", x="[1., 2.]"),
    "floormod": gradient("x % z", x="[7., -7., 5.5]", z="[3., 3., -2.]"),
    "truncatediv": gradient("tf.truncatediv(x, z)", x="[7.]", z="[2.]"),
    "truncatemod": gradient("tf.truncatemod(x, z)", x="[7.]", z="[2.]"),
    "rint": gradient("tf.math.rint(x)", x="[1.5]"),
    "nextafter": gradient("tf.math.nextafter(x, z)", x="[1., 2.]", z="3."),
    # Zero wins.
    "xlogy": gradient("tf.math.xlogy(x, z)", x="[0., 0., 2., 2.]", z="[0., 3., 0., 3.]"),
    "xlogy_same": gradient("tf.math.xlogy(x, x)", x="[0., 2.]"),
    "xlog1py": gradient("tf.math.xlog1py(x, z)", x="[0., 2.]", z="[-1., 3.]"),
    "xdivy": gradient("tf.math.xdivy(x, z)", x="[2., 2.]", z="[0., 3.]"),
    "xdivy_of_0": gradient("tf.math.xdivy(x, tf.constant([0., 3.]))", x="[0., 0.]"),
    "divide_no_nan": gradient("tf.math.divide_no_nan(x, z)", x="[0., 2., 1.]", z="[0., 0., 2.]"),
    "multiply_no_nan": gradient("tf.math.multiply_no_nan(x, z)", x="[0., 2., np.nan]", z="[0., 0., 3.]"),
    "reciprocal_no_nan": gradient("tf.math.reciprocal_no_nan(x)", x="[0., 2.]"),
    "xlogy_broadcast": gradient("tf.math.xlogy(x, z)", x="[[1.], [2.]]", z="[2., 3.]"),
    # Others.
    "squared_difference_broadcast": gradient("tf.math.squared_difference(x, z)", x="[[1.], [2.]]", z="[2., 5.]"),
    "log_sigmoid": gradient("tf.math.log_sigmoid(x)", x="[-100., 0., 2.]"),
    "softplus": gradient("tf.math.softplus(x)", x="[-100., 0., 100.]"),
    "sigmoid_large": gradient("tf.sigmoid(x)", x="[-100., 100.]"),
    "tanh_large": gradient("tf.tanh(x)", x="[-100., 100.]"),
    "polyval": gradient("tf.math.polyval([x, 2., z], w)", x="[1., 2.]", z="3.", w="[2., 3.]"),
    "scalar_mul": gradient("tf.scalar_mul(x, z)", x="2.", z="[1., 3.]"),
    "accumulate_n": gradient("tf.math.accumulate_n([x, z, x])", x="[1., 2.]", z="[3., 4.]"),
    "realdiv": gradient("tf.realdiv(x, z)", x="[1., 2.]", z="[4., 8.]"),
    "float16": gradient("tf.exp(x) * x", x="[1., 0.5], tf.float16"),
    "saturate_cast": gradient("tf.saturate_cast(x, tf.float16)", x="[1e5, 1., -1e5]"),
    "bitcast": gradient("tf.bitcast(tf.bitcast(x, tf.int32), tf.float32)", x="[1., 2.]"),
    "bincount": gradient("tf.math.bincount([1, 2], weights=x)", x="[1., 2.]"),
    "confusion_matrix_weights": gradient(
        "tf.math.confusion_matrix([0, 1, 1], [1, 1, 0], weights=x, dtype=tf.float32) * [[1., 2.], [3., 4.]]",
        x="[1., 2., 3.]",
    ),
    "is_finite_masks": gradient("tf.where(tf.math.is_finite(x), x * 2., 0.)", x="[1., np.inf]"),
    # Twice.
    "sqrt_twice": TWICE.format(expression="tf.sqrt(x)", x="[4., 9.]"),
    "rsqrt_twice": TWICE.format(expression="tf.math.rsqrt(x)", x="[4., 9.]"),
    "reciprocal_twice": TWICE.format(expression="tf.math.reciprocal(x)", x="[4., -2.]"),
    "tanh_twice": TWICE.format(expression="tf.tanh(x)", x="[0.5, -1.]"),
    "sigmoid_twice": TWICE.format(expression="tf.sigmoid(x)", x="[0.5, -1.]"),
    "softplus_twice": TWICE.format(expression="tf.math.softplus(x)", x="[0.5, -1.]"),
    "pow_twice": TWICE.format(expression="x ** 3.", x="[2., -1., 0.]"),
    "abs_twice": TWICE.format(expression="tf.abs(x) * x", x="[2., -1.]"),
    "maximum_twice": TWICE.format(expression="tf.maximum(x, 1.) ** 3.", x="[2., 1., 0.]"),
    "xlogy_twice": TWICE.format(expression="tf.math.xlogy(x, x)", x="[2., 0.5]"),
    "asinh_twice": TWICE.format(expression="tf.asinh(x)", x="[2., 0.5]"),
    "atan2_twice": TWICE.format(expression="tf.atan2(x, 2. - x)", x="[2., 0.5]"),
    "divide_no_nan_twice": TWICE.format(expression="tf.math.divide_no_nan(1., x)", x="[2., 0.]"),
}
