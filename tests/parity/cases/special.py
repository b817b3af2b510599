"""Special functions: values in float64, and their gradients."""

from ..expand import gradient

X = "[-2.7, -1., -0.3, 0., 0.2, 0.9, 1., 2.5, 6.]"
POSITIVE = "[0.05, 0.3, 1., 2.5, 6., 17.]"

# name: (expression in x, where it is asked for)
OF_ONE = {
    "erf": X, "erfc": X, "erfinv": "[-0.99, -0.3, 0., 0.5, 0.999]", "erfcinv": "[0.01, 0.7, 1., 1.5]",
    "ndtri": "[0.001, 0.3, 0.5, 0.9]", "lgamma": "[-2.5, -0.3, 0.2, 1., 2., 5.5, 100.]",
    "digamma": "[-2.5, -0.3, 0.2, 1., 2., 5.5, 100.]",
    "bessel_i0": X, "bessel_i0e": X, "bessel_i1": X, "bessel_i1e": X,
    "special.bessel_i0": X, "special.bessel_i1e": X,
    "special.bessel_j0": X, "special.bessel_j1": X, "special.bessel_y0": POSITIVE, "special.bessel_y1": POSITIVE,
    "special.bessel_k0": POSITIVE, "special.bessel_k0e": POSITIVE, "special.bessel_k1": POSITIVE,
    "special.bessel_k1e": POSITIVE, "special.dawsn": X, "special.expint": POSITIVE, "special.fresnel_cos": X,
    "special.fresnel_sin": X, "special.spence": "[0., 0.3, 1., 2.5, 6.]",
}  # fmt: skip

TWICE = """
    x = tf.constant({x}, tf.float64)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = {expression}
        g = inner.gradient(y, x)
    outer.gradient(g, x)"""

CASES = {
    **{name.replace(".", "_"): f"tf.math.{name}(tf.constant({x}, tf.float64))" for name, x in OF_ONE.items()},
    **{
        name.replace(".", "_") + "_gradient": gradient(f"tf.math.{name}(x)", x=f"{x}, tf.float64")
        for name, x in OF_ONE.items()
    },
    "erf_float32": "tf.math.erf([-1., 0., 0.5])",
    "erf_float16": "tf.math.erf(tf.constant([-1., 0., 0.5], tf.float16))",
    "lgamma_float32": "tf.math.lgamma([0.5, 3., 10.])",
    "digamma_float32": "tf.math.digamma([0.5, 3., 10.])",
    "erf_nan": "tf.math.erf([np.nan])",
    "erfinv_ends": "tf.math.erfinv([1., -1., 2.])",
    "ndtri_ends": "tf.math.ndtri([0., 1., 2.])",
    "lgamma_poles": "tf.math.lgamma([0., -1., np.inf, np.nan])",
    "spence_below_0": "tf.math.special.spence([-1., np.nan])",
    "bessel_k0_at_0": "tf.math.special.bessel_k0([0.])",
    "bessel_left_of_0": """
        x = [-1., -np.inf, 0., np.nan]
        [f(x) for f in (tf.math.special.bessel_k0, tf.math.special.bessel_k1, tf.math.special.bessel_y0)]""",
    "bessel_e_left_of_0": """
        x = tf.constant([-1., -np.inf, 0., np.nan], tf.float64)
        [tf.math.special.bessel_k0e(x), tf.math.special.bessel_k1e(x), tf.math.special.bessel_y1(x)]""",
    "expint_left_of_0": "tf.math.special.expint([-1., -np.inf, 0., np.nan])",
    "lgamma_at_minus_inf": "tf.math.lgamma([-np.inf])",
    "digamma_poles": "tf.math.digamma([0., -0., -1., np.inf, -np.inf])",
    "digamma_gradient_at_0": gradient("tf.math.digamma(x)", x="[0., 1.]"),
    "erf_int": "tf.math.erf([1])",
    "erfinv_float16": "tf.math.ndtri(tf.constant([0.5], tf.int32))",
    "lbeta": "tf.math.lbeta(tf.constant([[1., 2., 3.], [0.5, 0.5, 4.]], tf.float64))",
    "lbeta_float32": "tf.math.lbeta([2., 3.])",
    "lbeta_empty": "tf.math.lbeta(tf.zeros([2, 0], tf.float64))",
    "lbeta_gradient": gradient("tf.math.lbeta(x)", x="[1., 2., 3.], tf.float64"),
    "polygamma": "tf.math.polygamma(tf.constant([0., 1., 5.], tf.float64), tf.constant([0.7, 0.7, 3.], tf.float64))",
    "polygamma_keywords": "tf.math.polygamma(a=tf.constant(1., tf.float64), x=tf.constant([1., 2.], tf.float64))",
    "polygamma_fraction": "tf.math.polygamma([0.5], [1.])",
    "polygamma_gradient": gradient("tf.math.polygamma(a, x)", a="[1., 2.], tf.float64", x="[0.7, 3.], tf.float64"),
    "zeta": "tf.math.zeta(tf.constant([2., 3.5, 1.1], tf.float64), tf.constant([1., 0.5, 4.], tf.float64))",
    "zeta_keywords": "tf.math.zeta(x=tf.constant(2., tf.float64), q=tf.constant(1., tf.float64))",
    "zeta_at_1": "tf.math.zeta([1.], [2.])",
    "zeta_gradient": gradient("tf.math.zeta(x, q)", x="[2., 3.5], tf.float64", q="[1., 0.5], tf.float64"),
    "igamma": "tf.math.igamma(tf.constant([0.5, 2., 7.], tf.float64), tf.constant([0.3, 2.5, 3.], tf.float64))",
    "igamma_keywords": "tf.math.igamma(a=tf.constant(2., tf.float64), x=tf.constant(1., tf.float64))",
    "igamma_edges": "tf.math.igamma([1., 1., np.nan], [0., np.inf, 1.])",
    "igamma_broadcasts": "tf.math.igamma(tf.constant([[1.], [2.]], tf.float64), tf.constant([0.5, 3.], tf.float64))",
    "igammac": "tf.math.igammac(tf.constant([0.5, 2., 7.], tf.float64), tf.constant([0.3, 2.5, 3.], tf.float64))",
    "igamma_gradient_x": gradient("tf.math.igamma(tf.constant([0.5, 2.], tf.float64), x)", x="[0.3, 2.5], tf.float64"),
    "igammac_gradient_x": gradient(
        "tf.math.igammac(tf.constant([0.5, 2.], tf.float64), x)", x="[0.3, 2.5], tf.float64"
    ),
    "igamma_gradient_a": gradient("tf.math.igamma(a, tf.constant([0.3, 2.5, 20., 0.01]))", a="[0.5, 2., 12., 5.]"),
    "igammac_gradient_a": gradient("tf.math.igammac(a, tf.constant([0.3, 2.5, 20., 0.01]))", a="[0.5, 2., 12., 5.]"),
    "betainc": """
        a, b = tf.constant([0.5, 2., 5.], tf.float64), tf.constant([1.5, 2., 0.7], tf.float64)
        tf.math.betainc(a, b, tf.constant([0.2, 0.5, 0.9], tf.float64))""",
    "betainc_edges": "tf.math.betainc([1., 2., 3.], [1., 2., 3.], [0., 1., np.nan])",
    "betainc_keywords": "tf.math.betainc(a=[1.], b=[2.], x=[0.5])",
    "betainc_gradient": gradient(
        "tf.math.betainc(a, b, x)", a="[0.5, 2.], tf.float64", b="[1.5, 1.], tf.float64", x="[0.2, 0.5], tf.float64"
    ),
    "betainc_dtypes": "tf.math.betainc(tf.constant([1.]), tf.constant([2.], tf.float64), tf.constant([0.5]))",
    "erf_second_gradient": TWICE.format(expression="tf.math.erf(x)", x="[0.3, -1.]"),
    "lgamma_second_gradient": TWICE.format(expression="tf.math.lgamma(x)", x="[0.3, 5.]"),
    "bessel_j0_second_gradient": TWICE.format(expression="tf.math.special.bessel_j0(x)", x="[0.3, 5.]"),
    **{
        f"{name}_where_a_is_zero": f"tf.math.{name}([0., 0., 0., -0., 0., 1., -1.], [0., 1., np.inf, .5, -1., 0., 1.])"
        for name in ("igamma", "igammac")
    },
    **{
        f"{name}_gradient_where_a_is_zero": f"""
a, x = tf.constant([0., 1., 1., -1.]), tf.constant([1., 0., -1., 1.])
with tf.GradientTape() as tape:
    tape.watch([a, x])
    y = tf.math.{name}(a, x)
tape.gradient(y, [a, x])"""
        for name in ("igamma", "igammac")
    },
}
