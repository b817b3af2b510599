"""Which dtypes an op takes, and what it gives for them: each case is a dict from what it takes to what it gives."""

DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128"

# tf.math, with one operand
ONE = """
    abs acos acosh angle asin asinh atan atanh bessel_i0 bessel_i0e bessel_i1 bessel_i1e ceil conj cos cosh
    count_nonzero cumprod cumsum cumulative_logsumexp digamma erf erfc erfcinv erfinv exp expm1 floor imag is_finite
    is_inf is_nan lbeta lgamma log log1p log_sigmoid logical_not ndtri negative real reciprocal reciprocal_no_nan
    reduce_all reduce_any reduce_euclidean_norm reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod
    reduce_std reduce_sum reduce_variance rint round rsqrt sigmoid sign sin sinh softplus softsign special.dawsn
    special.expint special.fresnel_cos special.spence sqrt square tan tanh zero_fraction argmax argmin
"""

# tf.math, with two operands of one dtype
TWO = """
    add atan2 divide divide_no_nan equal floordiv floormod greater greater_equal igamma igammac less less_equal
    logical_and logical_or logical_xor maximum minimum multiply multiply_no_nan nextafter not_equal polygamma pow
    squared_difference subtract truediv xdivy xlog1py xlogy zeta
"""

OTHERS = {
    "accumulate_n": "tf.math.accumulate_n([x, x])",
    "add_n": "tf.add_n([x, x])",
    "betainc": "tf.math.betainc(x, x, x)",
    "bincount": "tf.math.bincount(x)",
    "bitcast_to_uint8": "tf.bitcast(x, tf.uint8)",
    "bitwise_and": "tf.bitwise.bitwise_and(x, x)",
    "bitwise_or": "tf.bitwise.bitwise_or(x, x)",
    "bitwise_xor": "tf.bitwise.bitwise_xor(x, x)",
    "clip_by_value": "tf.clip_by_value(x, x, x)",
    "complex": "tf.complex(x, x)",
    "invert": "tf.bitwise.invert(x)",
    "left_shift": "tf.bitwise.left_shift(x, x)",
    "right_shift": "tf.bitwise.right_shift(x, x)",
    "polyval": "tf.math.polyval([x, x], x)",
    "realdiv": "tf.realdiv(x, x)",
    "scalar_mul": "tf.scalar_mul(x[0], x)",
    "truncatediv": "tf.truncatediv(x, x)",
    "truncatemod": "tf.truncatemod(x, x)",
    "operator_add": "x + x",
    "operator_subtract": "x - x",
    "operator_multiply": "x * x",
    "operator_divide": "x / x",
    "operator_floordiv": "x // x",
    "operator_mod": "x % x",
    "operator_pow": "x ** x",
    "operator_less": "x < x",
    "operator_equal": "x == x",
    "operator_and": "x & x",
    "operator_or": "x | x",
    "operator_xor": "x ^ x",
    "operator_invert": "~x",
    "operator_negative": "-x",
    "operator_abs": "abs(x)",
}

SNIPPET = """
    taken = {{}}
    for name in "{dtypes}".split():
        x = tf.cast([1], name)
        try:
            taken[name] = ({expression}).dtype.name
        except (TypeError, tf.errors.OpError):
            pass
    taken"""

CASES = {
    name.replace(".", "_"): SNIPPET.format(dtypes=DTYPES, expression=expression)
    for name, expression in {
        **{name: f"tf.math.{name}(x)" for name in ONE.split()},
        **{name: f"tf.math.{name}(x, x)" for name in TWO.split()},
        **OTHERS,
    }.items()
}
