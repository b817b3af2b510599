"""Arithmetic and functions of complex numbers, and gradients of and through them."""

from ..expand import gradient

Z = "[1 + 2j, -0.5 + 0.3j, 2 - 1.5j]"
W = "[0.5 - 1j, 2 + 0.7j, -1 + 1j]"

ONE = """
    abs acos acosh angle asin asinh atan atanh conj cos cosh exp expm1 imag log log1p negative real reciprocal
    reciprocal_no_nan rsqrt sigmoid sign sin sinh sqrt square tan tanh
"""
TWO = """
    add divide divide_no_nan equal multiply multiply_no_nan not_equal pow squared_difference subtract xdivy
    xlog1py xlogy
"""

CASES = {
    **{name: f"tf.math.{name}(tf.constant({Z}))" for name in ONE.split()},
    **{name: f"tf.math.{name}(tf.constant({Z}), tf.constant({W}))" for name in TWO.split()},
    # A real loss: the gradient is the direction of steepest ascent.
    **{
        f"{name}_gradient": gradient(f"tf.math.real(tf.math.{name}(x) * (2 - 1j))", x=Z)
        for name in ONE.split()
        if name not in ("abs", "angle", "imag", "real")
    },
    **{
        f"{name}_gradient": gradient(f"tf.math.real(tf.math.{name}(x, z) * (2 - 1j))", x=Z, z=W)
        for name in ["add", "divide", "divide_no_nan", "multiply", "pow", "subtract"]
    },
    "abs_gradient": gradient("tf.abs(x)", x="[3 + 4j, 0j, -2j]"),
    "abs_squared_gradient": gradient("tf.abs(x) ** 2", x="[3 + 4j, 0j, -2j]"),
    "angle_gradient": gradient("tf.math.angle(x)", x=Z),
    "real_gradient": gradient("tf.math.real(x)", x=Z),
    "imag_gradient": gradient("tf.math.imag(x)", x=Z),
    "conj_times_itself_gradient": gradient("tf.math.real(x * tf.math.conj(x))", x=Z),
    "complex_target_gradient": gradient("x * x", x=Z),
    "holomorphic_gradient": gradient("tf.exp(x)", x=Z),
    "sum_gradient": gradient("tf.abs(tf.reduce_sum(x))", x=Z),
    "mean_gradient": gradient("tf.abs(tf.reduce_mean(x))", x=Z),
    "prod_gradient": gradient("tf.abs(tf.reduce_prod(x))", x=Z),
    "variance_gradient": gradient("tf.math.reduce_variance(x)", x=Z),
    "std_gradient": gradient("tf.math.reduce_std(x)", x=Z),
    "euclidean_norm_gradient": gradient("tf.math.real(tf.math.reduce_euclidean_norm(x))", x=Z),
    "cumsum_gradient": gradient("tf.abs(tf.cumsum(x))", x=Z),
    "parts_gradient": gradient("tf.abs(tf.complex(x, z) ** 2)", x="[1., 2.]", z="[3., -4.]"),
    "cast_to_complex_gradient": gradient("tf.abs(tf.cast(x, tf.complex64) * (1 + 2j))", x="[1., -2.]"),
    "cast_to_real_gradient": gradient("tf.cast(x, tf.float64) ** 2", x=Z),
    "where_gradient": gradient("tf.abs(tf.where([True, False, True], x, 2 * x))", x=Z),
    "second_gradient_of_abs": """
        x = tf.constant([3 + 4j, -2j])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.abs(x)
            g = inner.gradient(y, x)
            s = tf.math.real(g)
        outer.gradient(s, x)""",
    # Reductions.
    "sum": f"tf.reduce_sum(tf.constant([{Z}, {W}]), axis=0)",
    "mean": f"tf.reduce_mean(tf.constant([{Z}, {W}]), axis=1)",
    "prod": f"tf.reduce_prod(tf.constant([{Z}, {W}]), axis=0)",
    "variance": f"tf.math.reduce_variance(tf.constant([{Z}, {W}]), axis=0)",
    "std": f"tf.math.reduce_std(tf.constant([{Z}, {W}]))",
    "std_complex64": "tf.math.reduce_std(tf.constant([1 + 2j, 3 - 1j], tf.complex64))",
    "euclidean_norm": f"tf.math.reduce_euclidean_norm(tf.constant([{Z}, {W}]), axis=1)",
    "cumsum": f"tf.cumsum(tf.constant({Z}))",
    "cumprod": f"tf.math.cumprod(tf.constant({Z}), exclusive=True)",
    "count_nonzero": "tf.math.count_nonzero([0j, 1j, 2 + 0j])",
    "max": f"tf.reduce_max(tf.constant({Z}))",
    "add_n": f"tf.add_n([tf.constant({Z}), tf.constant({W})])",
    # Operators, and what they take and refuse.
    "operator_python_complex": "tf.constant([1., 2.], tf.complex64) * 2j",
    "operator_python_float": "tf.constant([1 + 2j]) * 2.5",
    "operator_python_left": "1 / tf.constant([1 + 2j])",
    "real_times_complex": "tf.constant([1.]) * tf.constant([1j], tf.complex64)",
    "real_times_python_complex": "tf.constant([1.]) * 2j",
    "complex64_and_complex128": "tf.constant([1j], tf.complex64) + tf.constant([1j])",
    "pow_operator": f"tf.constant({Z}) ** 2",
    "negative_operator": f"-tf.constant({Z})",
    "abs_operator": f"abs(tf.constant({Z}))",
    "less": "tf.constant([1j]) < tf.constant([2j])",
    "floor": "tf.floor(tf.constant([1j]))",
    "maximum": "tf.maximum(tf.constant([1j]), tf.constant([2j]))",
    "erf": "tf.math.erf(tf.constant([1j]))",
    "softplus": "tf.math.softplus(tf.constant([1j]))",
    "equal_python": "tf.constant([1 + 0j, 1j]) == 1",
    "angle_real": "tf.math.angle([1., -1., 0.])",
    "angle_real_gradient": gradient("tf.math.angle(x)", x="[1., -1.]"),
    "angle_int": "tf.math.angle([1])",
    "angle_at_0": "tf.math.angle(tf.constant([0j]))",
    "sign_at_0": "tf.sign(tf.constant([0j]))",
    "saturate_cast_complex": "tf.saturate_cast(tf.constant([1 + 2j]), tf.complex64)",
}
