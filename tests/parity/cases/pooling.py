"""Pooling."""

from ..expand import gradient

IMAGE = "tf.cast(tf.reshape(tf.range(2 * 5 * 6 * 3) * 7 % 11, [2, 5, 6, 3]), tf.float32)"
SMALL = "tf.cast(tf.reshape(tf.range(4 * 5) * 7 % 11, [1, 4, 5, 1]), tf.float32)"
VOLUME = "tf.cast(tf.reshape(tf.range(4 * 3 * 4 * 2) * 7 % 11, [1, 4, 3, 4, 2]), tf.float32)"
PADS = "[[0, 0], [1, 1], [1, 0], [0, 0]]"


def image(expression: str) -> str:
    return f"x = {IMAGE}\n{expression}"


def weighted(expression: str, x: str = SMALL) -> str:
    """The gradient of the square: each position counts differently."""
    return gradient(f"{expression} ** 2", x=x)


def second(expression: str) -> str:
    return f"""
x = {SMALL}
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = {expression} ** 2
    squared = inner.gradient(y, x) ** 2
outer.gradient(squared, x)"""


KINDS = [("2", "2"), ("3", "2"), ("[2, 3]", "[1, 2]"), ("3", "1"), ("1", "2")]

FRACTIONAL = {
    "max": ("max", "[1., 1.3, 1.6, 1.], seed=1"),
    "max_pseudo": ("max", "[1., 1.3, 1.6, 1.], True, seed=2"),
    "max_overlapping": ("max", "[1., 1.3, 1.6, 1.], False, True, seed=3"),
    "max_divides": ("max", "[1., 1.3, 2., 1.], seed=1"),
    "max_one_ratio": ("max", "1.5, True, True, seed=6"),
    "max_list_of_one": ("max", "[1.0], seed=6"),
    "avg": ("avg", "[1., 1.3, 1.6, 1.], seed=1"),
    "avg_pseudo": ("avg", "[1., 1.7, 1.2, 1.], True, seed=2"),
    "avg_overlapping": ("avg", "[1., 1.3, 1.6, 1.], True, True, seed=3"),
}


def fractional(kind: str, arguments: str) -> str:
    """The three results, and the gradient of the first."""
    return f"""
tf.random.set_seed(5)
x = {IMAGE}
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.nn.fractional_{kind}_pool(x, {arguments})
    z = y[0] * tf.reshape(tf.range(float(tf.size(y[0]))), tf.shape(y[0]))
[*y, tape.gradient(z, x)]"""


CASES = {
    **{
        f"{kind}2d_{padding}_{i}".lower(): image(f"tf.nn.{kind}2d(x, {k}, {s}, '{padding}')[..., :1]")
        for kind in ("max_pool", "avg_pool")
        for padding in ("SAME", "VALID")
        for i, (k, s) in enumerate(KINDS)
    },
    **{
        f"{kind}2d_gradient_{padding}_{i}".lower(): weighted(f"tf.nn.{kind}2d(x, {k}, {s}, '{padding}')")
        for kind in ("max_pool", "avg_pool")
        for padding in ("SAME", "VALID")
        for i, (k, s) in enumerate(KINDS[:4])
    },
    "max_pool2d_of_all_axes": image("tf.nn.max_pool2d(x, [1, 2, 3, 1], [1, 2, 1, 1], 'SAME')[..., 0]"),
    "max_pool2d_explicit": image(f"tf.nn.max_pool2d(x - 20., 2, 2, {PADS})[..., 0]"),
    "max_pool2d_nchw": image(
        "tf.nn.max_pool2d(tf.transpose(x, [0, 3, 1, 2]), 2, [1, 1, 1, 2], 'VALID', data_format='NCHW')[:, 0]"
    ),
    "max_pool2d_window_larger_than_the_image": image("tf.nn.max_pool2d(x, 7, 2, 'SAME')"),
    "max_pool2d_int": image("tf.nn.max_pool2d(tf.cast(x, tf.int32), 2, 2, 'VALID')[..., 0]"),
    "max_pool2d_uint8": image("tf.nn.max_pool2d(tf.cast(x, tf.uint8), 2, 2, 'SAME')[..., 0]"),
    "max_pool2d_float64": image("tf.nn.max_pool2d(tf.cast(x, tf.float64), 2, 2, 'SAME')[..., 0]"),
    "max_pool2d_float16": image("tf.nn.max_pool2d(tf.cast(x, tf.float16), 2, 2, 'SAME')[..., 0]"),
    "max_pool2d_nan": "tf.nn.max_pool2d(tf.constant([[[[1.], [np.nan]], [[3.], [4.]]]]), 2, 2, 'VALID')",
    "max_pool2d_nan_last": "tf.nn.max_pool2d(tf.constant([[[[1.], [7.]], [[3.], [np.nan]]]]), 2, 2, 'VALID')",
    "max_pool2d_minus_infinity": "tf.nn.max_pool2d(tf.fill([1, 2, 2, 1], -np.inf), 2, 2, 'VALID')",
    "max_pool2d_no_images": "tf.nn.max_pool2d(tf.zeros([0, 4, 4, 1]), 2, 2, 'VALID')",
    "max_pool2d_rank": image("tf.nn.max_pool2d(x[0], 2, 2, 'VALID')"),
    "max_pool2d_stride_zero": image("tf.nn.max_pool2d(x, 2, 0, 'SAME')"),
    "max_pool2d_window_zero": image("tf.nn.max_pool2d(x, 0, 1, 'SAME')"),
    "max_pool2d_of_batch": image("tf.nn.max_pool2d(x, [2, 1, 1, 1], 1, 'SAME')"),
    "max_pool2d_three_sizes": image("tf.nn.max_pool2d(x, [2, 3, 1], [2, 1], 'SAME')"),
    "max_pool2d_padding_lower_case": image("tf.nn.max_pool2d(x, 2, 2, 'same')"),
    "max_pool2d_padding_pairs_missing": image("tf.nn.max_pool2d(x, 2, 2, [[1, 1], [1, 0]])"),
    "max_pool2d_unknown_format": image("tf.nn.max_pool2d(x, 2, 2, 'SAME', data_format='NHCW')"),
    "max_pool2d_keywords": image("tf.nn.max_pool2d(input=x, ksize=2, strides=2, padding='SAME', name='p')[..., 0]"),
    "max_pool2d_gradient_ties": weighted("tf.nn.max_pool2d(x, 3, 1, 'SAME')", "tf.ones([1, 4, 4, 1])"),
    "max_pool2d_gradient_ties_apart": weighted("tf.nn.max_pool2d(x, 2, 2, 'VALID')", "tf.ones([1, 4, 4, 1])"),
    "max_pool2d_gradient_explicit": weighted(f"tf.nn.max_pool2d(x, 2, 2, {PADS})"),
    "max_pool2d_gradient_nan": weighted("tf.nn.max_pool2d(x, 2, 2, 'VALID')", "[[[[1.], [np.nan]], [[3.], [4.]]]]"),
    "max_pool2d_second": second("tf.nn.max_pool2d(x, 2, 1, 'SAME')"),
    "avg_pool2d_second": second("tf.nn.avg_pool2d(x, 2, 1, 'SAME')"),
    "avg_pool2d_int": image("tf.nn.avg_pool2d(tf.cast(x, tf.int32), 2, 2, 'VALID')"),
    "avg_pool2d_float64": image("tf.nn.avg_pool2d(tf.cast(x, tf.float64), 2, 2, 'SAME')[..., 0]"),
    "avg_pool2d_explicit": image(f"tf.nn.avg_pool2d(x, 2, 2, {PADS})"),
    "avg_pool2d_nan": "tf.nn.avg_pool2d(tf.constant([[[[1.], [np.nan]], [[3.], [4.]]]]), 2, 2, 'VALID')",
    "avg_pool2d_window_too_large": image("tf.nn.avg_pool2d(x, 7, 2, 'VALID')"),
    "avg_pool2d_window_far_too_large": image("tf.nn.avg_pool2d(x, 12, 2, 'VALID')"),
    "avg_pool2d_nchw": image(
        "tf.nn.avg_pool2d(tf.transpose(x, [0, 3, 1, 2]), 2, 2, 'VALID', data_format='NCHW')[:, 0]"
    ),
    "max_pool": image("tf.nn.max_pool(x, 2, 2, 'VALID')[..., 0]"),
    "max_pool_of_sequences": image("tf.nn.max_pool(x[0], 2, 2, 'VALID')[..., 0]"),
    "max_pool_of_volumes": f"tf.nn.max_pool({VOLUME}, 2, 2, 'VALID')",
    "max_pool_of_matrices": image("tf.nn.max_pool(x[0, 0], 2, 2, 'VALID')"),
    "max_pool_four_sizes": image("tf.nn.max_pool(x[None], [1, 2, 2, 1], 2, 'VALID')"),
    "avg_pool": image("tf.nn.avg_pool(x, 2, 2, 'SAME')[..., 0]"),
    "avg_pool_of_sequences": image("tf.nn.avg_pool(x[0], 2, 2, 'SAME')[..., 0]"),
    "max_pool1d": image("tf.nn.max_pool1d(x[0], 2, 2, 'SAME')[..., 0]"),
    "max_pool1d_of_all_axes": image("tf.nn.max_pool1d(x[0], [1, 2, 1], [1, 2, 1], 'SAME')[..., 0]"),
    "max_pool1d_ncw": image("tf.nn.max_pool1d(tf.transpose(x[0], [0, 2, 1]), 2, 2, 'SAME', data_format='NCW')[:, 0]"),
    "max_pool1d_gradient": weighted("tf.nn.max_pool1d(x[0], 3, 2, 'SAME')"),
    "avg_pool1d": image("tf.nn.avg_pool1d(x[0], 3, 1, 'SAME')[..., 0]"),
    "max_pool3d": f"tf.nn.max_pool3d({VOLUME}, [1, 2, 2, 2, 1], [2, 2, 2], 'SAME')",
    "max_pool3d_gradient": weighted("tf.nn.max_pool3d(x, 2, 1, 'VALID')", VOLUME),
    "max_pool3d_gradient_ties": weighted("tf.nn.max_pool3d(x, 2, 2, 'VALID')", "tf.ones([1, 2, 2, 2, 1])"),
    "avg_pool3d": f"tf.nn.avg_pool3d({VOLUME}, 2, 2, 'SAME')",
    "avg_pool3d_gradient": weighted("tf.nn.avg_pool3d(x, 2, 2, 'SAME')", VOLUME),
    "pool_max": image("tf.nn.pool(x, [2, 2], 'MAX')[..., 0]"),
    "pool_avg": image("tf.nn.pool(x, [2, 2], 'AVG', strides=[2, 2], padding='SAME')[..., 0]"),
    "pool_max_dilations": image("tf.nn.pool(x, [2, 2], 'MAX', dilations=[2, 2])[..., 0]"),
    "pool_avg_dilations": image("tf.nn.pool(x, [2, 2], 'AVG', dilations=[1, 3])[..., 0]"),
    "pool_dilations_same": image("tf.nn.pool(x, [2, 2], 'MAX', dilations=[2, 2], padding='SAME')"),
    "pool_sequences": image("tf.nn.pool(x[0], [2], 'MAX')[..., 0]"),
    "pool_unknown_type": image("tf.nn.pool(x, [2, 2], 'max')"),
    "pool_rank": image("tf.nn.pool(x, [2], 'MAX')"),
    "pool_one_number": image("tf.nn.pool(x, 2, 'MAX', strides=2)"),
    "argmax": image("tuple(tf.nn.max_pool_with_argmax(x, 2, 2, 'SAME'))"),
    "argmax_of_the_batch": image("tf.nn.max_pool_with_argmax(x, 2, 2, 'SAME', include_batch_in_index=True).argmax"),
    "argmax_int32": image("tf.nn.max_pool_with_argmax(x, 3, 1, 'VALID', output_dtype=tf.int32)[1]"),
    "argmax_ties": "tuple(tf.nn.max_pool_with_argmax(tf.ones([1, 3, 3, 1]), 2, 1, 'SAME'))",
    "argmax_float": image("tf.nn.max_pool_with_argmax(x, 2, 2, 'SAME', output_dtype=tf.float32)[1]"),
    "argmax_nchw": image("tf.nn.max_pool_with_argmax(x, 2, 2, 'SAME', data_format='NCHW')[1]"),
    "argmax_gradient": weighted("tf.nn.max_pool_with_argmax(x, 2, 2, 'SAME')[0]"),
    **{f"fractional_{name}": fractional(*arguments) for name, arguments in FRACTIONAL.items()},
    "fractional_without_global_seed": fractional("max", "[1., 1.3, 1.6, 1.], True, seed=3").replace("(5)", "(None)"),
    "fractional_function": f"""
tf.random.set_seed(5)
x = {IMAGE}
f = tf.function(lambda x: tf.nn.fractional_max_pool(x, [1., 1.3, 1.6, 1.], True, seed=4),
                input_signature=[tf.TensorSpec([None, None, None, 3])])
[list(f(x)) for _ in range(2)]""",
    "fractional_integers": """
tf.random.set_seed(5)
list(tf.nn.fractional_avg_pool(tf.reshape(tf.range(36), [1, 6, 6, 1]), [1., 1.4, 1.4, 1.], seed=4))""",
    "fractional_unseeded": image("tf.nn.fractional_max_pool(x, 1.5).output.shape"),
    "fractional_ratio_below_one": image("tf.nn.fractional_max_pool(x, .5)"),
    "fractional_ratio_of_batch": image("tf.nn.fractional_max_pool(x, [2., 1.5, 1.5, 1.])"),
    "fractional_two_ratios": image("tf.nn.fractional_max_pool(x, [1.5, 1.5])"),
    "fractional_rank": image("tf.nn.fractional_max_pool(x[0], 1.5)"),
    "fractional_nothing_left": image("tf.nn.fractional_max_pool(x, 9.)"),
}
