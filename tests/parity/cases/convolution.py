"""Convolutions: values of small whole numbers, so that sums are exact in any order."""

from ..expand import gradient

IMAGE = "tf.cast(tf.reshape(tf.range(2 * 5 * 6 * 4) % 7, [2, 5, 6, 4]), tf.float32)"
FILTERS = "tf.cast(tf.reshape(tf.range(3 * 2 * 4 * 2) % 5, [3, 2, 4, 2]), tf.float32) - 2."
GROUPED = "tf.cast(tf.reshape(tf.range(3 * 2 * 2 * 6) % 5, [3, 2, 2, 6]), tf.float32) - 2."
SMALL = "tf.cast(tf.reshape(tf.range(1 * 3 * 4 * 2) % 7, [1, 3, 4, 2]), tf.float32)"
SMALL_FILTERS = "tf.cast(tf.reshape(tf.range(2 * 2 * 2 * 3) % 5, [2, 2, 2, 3]), tf.float32) - 1."
SEQUENCE = "tf.cast(tf.reshape(tf.range(2 * 7 * 3) % 5, [2, 7, 3]), tf.float32)"
TAPS = "tf.cast(tf.reshape(tf.range(3 * 3 * 2) % 4, [3, 3, 2]), tf.float32) - 1."
VOLUME = "tf.cast(tf.reshape(tf.range(1 * 3 * 4 * 5 * 2) % 7, [1, 3, 4, 5, 2]), tf.float32)"
BLOCKS = "tf.cast(tf.reshape(tf.range(2 * 2 * 3 * 2 * 2) % 5, [2, 2, 3, 2, 2]), tf.float32) - 2."
PADS = "[[0, 0], [1, 2], [3, 0], [0, 0]]"


def image(expression: str, filters: str = FILTERS, x: str = IMAGE) -> str:
    return f"x = {x}\nw = {filters}\n{expression}"


def first(expression: str) -> str:
    """First channels only: records stay short."""
    return image(f"{expression}[..., :1]")


def small_gradient(expression: str, filters: str = SMALL_FILTERS) -> str:
    """With weights, so that each position counts differently."""
    return gradient(f"{expression} ** 2", x=SMALL, w=filters)


def second(expression: str) -> str:
    """Gradients of both gradients by both inputs."""
    return f"""
x = {SMALL}
w = {SMALL_FILTERS}
with tf.GradientTape() as outer:
    outer.watch([x, w])
    with tf.GradientTape() as inner:
        inner.watch([x, w])
        y = {expression} ** 2
    gradients = inner.gradient(y, [x, w])
    total = tf.reduce_sum(gradients[0] ** 2) + tf.reduce_sum(gradients[1])
outer.gradient(total, [x, w])"""


CASES = {
    **{
        f"conv2d_{padding}_strides_{a}{b}_dilations_{c}{d}".lower(): first(
            f"tf.nn.conv2d(x, w, [{a}, {b}], '{padding}', dilations=[{c}, {d}])"
        )
        for padding in ("SAME", "VALID")
        for a, b, c, d in ((1, 1, 1, 1), (2, 2, 1, 1), (1, 2, 1, 1), (3, 2, 1, 1), (1, 1, 2, 2), (2, 1, 1, 3))
    },
    "conv2d": image("tf.nn.conv2d(x, w, 1, 'VALID')"),
    "conv2d_strides_of_all_axes": first("tf.nn.conv2d(x, w, strides=[1, 2, 1, 1], padding='SAME')"),
    "conv2d_explicit_padding": first(f"tf.nn.conv2d(x, w, 1, {PADS})"),
    "conv2d_explicit_padding_strides": first(f"tf.nn.conv2d(x, w, 2, {PADS})"),
    "conv2d_nchw": image(
        "tf.nn.conv2d(tf.transpose(x, [0, 3, 1, 2]), w, [1, 1, 2, 1], 'SAME', data_format='NCHW')[:, 0]"
    ),
    "conv2d_grouped": image("tf.nn.conv2d(x, w, 1, 'VALID')[0]", GROUPED),
    "conv2d_grouped_strides": image("tf.nn.conv2d(x, w, [1, 2], 'SAME')[0]", GROUPED),
    "conv2d_one_by_one": image("tf.nn.conv2d(x, w[1:2, 1:], 1, 'SAME')[0]"),
    "conv2d_filters_as_large_as_the_image": image("tf.nn.conv2d(x, tf.ones([5, 6, 4, 2]), 1, 'VALID')"),
    "conv2d_filters_larger_than_the_image": image("tf.nn.conv2d(x, tf.ones([7, 9, 4, 1]), 1, 'SAME')"),
    "conv2d_filters_too_large": image("tf.nn.conv2d(x, tf.ones([7, 9, 4, 1]), 1, 'VALID')"),
    "conv2d_float64": image("tf.nn.conv2d(tf.cast(x, tf.float64), tf.cast(w, tf.float64), 2, 'SAME')[0]"),
    "conv2d_float16": image("tf.nn.conv2d(tf.cast(x, tf.float16), tf.cast(w, tf.float16), 2, 'SAME')[0]"),
    "conv2d_int32": image("tf.nn.conv2d(tf.cast(x, tf.int32), tf.cast(w, tf.int32), 2, 'SAME')[0]"),
    "conv2d_int64": image("tf.nn.conv2d(tf.cast(x, tf.int64), tf.cast(w, tf.int64), 2, 'SAME')[0]"),
    "conv2d_mixed_dtypes": image("tf.nn.conv2d(tf.cast(x, tf.float64), w, 2, 'SAME')[0]"),
    "conv2d_numpy_filters": image("tf.nn.conv2d(x, np.ones([1, 1, 4, 1]), 2, 'SAME')"),
    "conv2d_numpy_images": image("tf.nn.conv2d(np.ones([1, 3, 3, 4]), w, 2, 'SAME')"),
    "conv2d_two_batch_axes": image("tf.nn.conv2d(tf.reshape(x, [2, 1, 5, 6, 4]), w, 3, 'SAME')"),
    "conv2d_keywords": first("tf.nn.conv2d(input=x, filters=w, strides=2, padding='SAME', name='conv')"),
    "conv2d_depth_does_not_divide": image("tf.nn.conv2d(x, tf.ones([3, 3, 3, 8]), 1, 'SAME')"),
    "conv2d_filters_not_for_groups": image("tf.nn.conv2d(x, tf.ones([3, 3, 2, 9]), 1, 'SAME')"),
    "conv2d_filters_of_rank_3": image("tf.nn.conv2d(x, tf.ones([3, 3, 4]), 1, 'SAME')"),
    "conv2d_no_filters": image("tf.nn.conv2d(x, tf.ones([3, 3, 4, 0]), 1, 'SAME')"),
    "conv2d_stride_zero": image("tf.nn.conv2d(x, w, 0, 'SAME')"),
    "conv2d_stride_negative": image("tf.nn.conv2d(x, w, -1, 'SAME')"),
    "conv2d_dilation_zero": image("tf.nn.conv2d(x, w, 1, 'SAME', dilations=0)"),
    "conv2d_stride_of_batch": image("tf.nn.conv2d(x, w, [2, 1, 1, 1], 'SAME')"),
    "conv2d_stride_of_channels": image("tf.nn.conv2d(x, w, [1, 1, 1, 2], 'SAME')"),
    "conv2d_three_strides": image("tf.nn.conv2d(x, w, [1, 2, 3], 'SAME')"),
    "conv2d_padding_lower_case": image("tf.nn.conv2d(x, w, 1, 'same')"),
    "conv2d_padding_none": image("tf.nn.conv2d(x, w, 1, None)"),
    "conv2d_padding_pairs_missing": image("tf.nn.conv2d(x, w, 1, [[1, 2], [3, 0]])"),
    "conv2d_padding_explicit_by_name": image("tf.nn.conv2d(x, w, 1, 'EXPLICIT')"),
    "conv2d_unknown_format": image("tf.nn.conv2d(x, w, 1, 'SAME', data_format='FOO')"),
    "conv2d_gradient": small_gradient("tf.nn.conv2d(x, w, 1, 'SAME')"),
    "conv2d_gradient_valid": small_gradient("tf.nn.conv2d(x, w, 1, 'VALID')"),
    "conv2d_gradient_strides": small_gradient("tf.nn.conv2d(x, w, [2, 1], 'SAME')"),
    "conv2d_gradient_strides_leave_some_out": small_gradient("tf.nn.conv2d(x, w, [2, 3], 'VALID')"),
    "conv2d_gradient_dilations": small_gradient("tf.nn.conv2d(x, w, 1, 'SAME', dilations=[1, 2])"),
    "conv2d_gradient_explicit": small_gradient("tf.nn.conv2d(x, w, 1, [[0, 0], [1, 0], [0, 2], [0, 0]])"),
    "conv2d_gradient_grouped": small_gradient(
        "tf.nn.conv2d(x, w, 1, 'SAME')", "tf.cast(tf.reshape(tf.range(2 * 2 * 1 * 4) % 5, [2, 2, 1, 4]), tf.float32)"
    ),
    "conv2d_gradient_nchw": small_gradient(
        "tf.nn.conv2d(tf.transpose(x, [0, 3, 1, 2]), w, 1, 'SAME', data_format='NCHW')"
    ),
    "conv2d_second": second("tf.nn.conv2d(x, w, 1, 'SAME')"),
    "conv2d_second_strides": second("tf.nn.conv2d(x, w, [2, 1], 'VALID')"),
    "conv1d": f"tf.nn.conv1d({SEQUENCE}, {TAPS}, 1, 'SAME')",
    "conv1d_stride": f"tf.nn.conv1d({SEQUENCE}, {TAPS}, stride=2, padding='VALID')",
    "conv1d_stride_of_all_axes": f"tf.nn.conv1d({SEQUENCE}, {TAPS}, [1, 3, 1], 'SAME')",
    "conv1d_dilation": f"tf.nn.conv1d({SEQUENCE}, {TAPS}, 1, 'VALID', dilations=2)",
    "conv1d_ncw": f"tf.nn.conv1d(tf.transpose({SEQUENCE}, [0, 2, 1]), {TAPS}, 1, 'SAME', data_format='NCW')",
    "conv1d_two_strides": f"tf.nn.conv1d({SEQUENCE}, {TAPS}, [1, 2], 'SAME')",
    "conv1d_two_batch_axes": f"tf.nn.conv1d(tf.reshape({SEQUENCE}, [2, 1, 7, 3]), {TAPS}, 1, 'SAME')",
    "conv1d_gradient": gradient("tf.nn.conv1d(x, w, 2, 'SAME') ** 2", x=SEQUENCE, w=TAPS),
    "conv3d": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, [1, 1, 1, 1, 1], 'VALID')",
    "conv3d_same": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, [1, 1, 1, 1, 1], 'SAME')[..., 0]",
    "conv3d_strides": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, [1, 2, 1, 2, 1], 'SAME')",
    "conv3d_dilations": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, [1, 1, 1, 1, 1], 'VALID', dilations=[1, 1, 2, 2, 1])",
    "conv3d_one_stride": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, 1, 'VALID')",
    "conv3d_stride_of_batch": f"tf.nn.conv3d({VOLUME}, {BLOCKS}, [2, 1, 1, 1, 1], 'VALID')",
    "conv3d_gradient": gradient("tf.nn.conv3d(x, w, [1, 1, 2, 1, 1], 'SAME') ** 2", x=VOLUME, w=BLOCKS),
    "convolution": image("tf.nn.convolution(x, w)[0]"),
    "convolution_strides": image("tf.nn.convolution(x, w, strides=[1, 2], padding='SAME')[0]"),
    "convolution_dilations": image("tf.nn.convolution(x, w, dilations=2, padding='SAME')[0]"),
    "convolution_nchw": image("tf.nn.convolution(tf.transpose(x, [0, 3, 1, 2]), w, data_format='NCHW')[0]"),
    "convolution_1d": f"tf.nn.convolution({SEQUENCE}, {TAPS})",
    "convolution_3d": f"tf.nn.convolution({VOLUME}, {BLOCKS})",
    "convolution_matrix": image("tf.nn.convolution(x, w[0, 0])"),
    "atrous_conv2d": image("tf.nn.atrous_conv2d(x, w, 2, 'SAME')[0]"),
    "atrous_conv2d_valid": image("tf.nn.atrous_conv2d(x, w, rate=2, padding='VALID')"),
    "depthwise": image("tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'VALID')[0]"),
    "depthwise_strides": image("tf.nn.depthwise_conv2d(x, w, strides=[1, 2, 2, 1], padding='SAME')"),
    "depthwise_dilations": image("tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'VALID', dilations=[2, 2])"),
    "depthwise_nchw": image(
        "tf.nn.depthwise_conv2d(tf.transpose(x, [0, 3, 1, 2]), w, [1, 1, 1, 1], 'VALID', data_format='NCHW')[0]"
    ),
    "depthwise_explicit_padding": image(f"tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], {PADS})[..., 0]"),
    "depthwise_one_stride": image("tf.nn.depthwise_conv2d(x, w, 1, 'VALID')"),
    "depthwise_channels": image("tf.nn.depthwise_conv2d(x, w[:, :, :3], [1, 1, 1, 1], 'VALID')"),
    "depthwise_gradient": gradient("tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME') ** 2", x=SMALL, w=SMALL_FILTERS),
    "separable": image("tf.nn.separable_conv2d(x, w, tf.ones([1, 1, 8, 3]), [1, 2, 2, 1], 'SAME')"),
    "separable_dilations": image(
        "tf.nn.separable_conv2d(x, w, tf.ones([1, 1, 8, 1]), [1, 1, 1, 1], 'VALID', dilations=[2, 2])"
    ),
    "separable_channels": image("tf.nn.separable_conv2d(x, w, tf.ones([1, 1, 7, 3]), [1, 2, 2, 1], 'SAME')"),
    "separable_pointwise_size": image("tf.nn.separable_conv2d(x, w, tf.ones([2, 1, 8, 3]), [1, 2, 2, 1], 'SAME')"),
}
