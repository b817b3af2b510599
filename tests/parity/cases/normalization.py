"""Moments, batch normalization and scaling by norms."""

from ..expand import gradient

X = "tf.constant([[1., 2., 4.], [3., 5., 9.]])"
WIDE = "[[1., 2., 4.], [3., 5., 9.]], tf.float64"
BATCH = "tf.constant([1., 2., 3.]), tf.constant([4., 1., 9.])"
CHANNELS = "tf.reshape(tf.range(12.), [1, 2, 1, 6])"

CASES = {
    "moments": f"tf.nn.moments({X}, [0])",
    "moments_one_axis": f"tf.nn.moments({X}, axes=-1)",
    "moments_keepdims": f"tf.nn.moments({X}, [0, 1], keepdims=True)",
    "moments_no_axes": f"tf.nn.moments({X}, [])",
    "moments_float16": f"tf.nn.moments(tf.cast({X} * 100., tf.float16), [0])",
    "moments_int": "tf.nn.moments(tf.constant([[1, 2], [3, 5]]), [0])",
    "moments_shift": f"tf.nn.moments({X}, [0], shift=[1., 2., 3.])",
    "moments_axis_out_of_range": f"tf.nn.moments({X}, [2])",
    "moments_gradient_mean": gradient("tf.nn.moments(x, [0])[0]", x=WIDE),
    "moments_gradient_variance": gradient("tf.nn.moments(x, [0])[1] ** 2", x=WIDE),
    "weighted_moments": f"tf.nn.weighted_moments({X}, [0], [[1.], [3.]])",
    "weighted_moments_all_axes": f"tf.nn.weighted_moments({X}, [0, 1], 2., keepdims=True)",
    "weighted_moments_zero_weight": f"tf.nn.weighted_moments({X}, [1], frequency_weights=[1., 2., 0.])",
    "weighted_moments_no_weight": f"tf.nn.weighted_moments({X}, [1], [0., 0., 0.])",
    "weighted_moments_int_weights": f"tf.nn.weighted_moments({X}, [1], tf.constant([1, 2, 1]))",
    "weighted_moments_float16": f"tf.nn.weighted_moments(tf.cast({X}, tf.float16), [1], [1., 2., 0.])",
    "weighted_moments_gradient": gradient("tf.nn.weighted_moments(x, [0], w)[1]", x=WIDE, w="[[1.], [3.]], tf.float64"),
    "sufficient_statistics": f"tf.nn.sufficient_statistics({X}, [0])",
    "sufficient_statistics_shift": f"tf.nn.sufficient_statistics({X}, [0, 1], shift=tf.constant(2.))",
    "sufficient_statistics_keepdims": f"tf.nn.sufficient_statistics({X}, [0], shift=[1., 2., 3.], keepdims=True)",
    "sufficient_statistics_one_axis": f"tf.nn.sufficient_statistics({X}, 0)",
    "normalize_moments": "tf.nn.normalize_moments(2., [4., 6.], [10., 20.], None)",
    "normalize_moments_shift": """
        tf.nn.normalize_moments(tf.constant(2.), tf.constant([4., 6.]), tf.constant([10., 20.]), tf.constant(1.))""",
    "normalize_sufficient_statistics": f"tf.nn.normalize_moments(*tf.nn.sufficient_statistics({X}, [0]))",
    "batch_normalization": f"tf.nn.batch_normalization({X}, {BATCH}, None, None, 0.001)",
    "batch_normalization_scale": f"tf.nn.batch_normalization({X}, {BATCH}, None, tf.constant([2., 2., 3.]), 0.001)",
    "batch_normalization_offset": f"tf.nn.batch_normalization({X}, {BATCH}, tf.constant([2., 2., 3.]), None, 0.001)",
    "batch_normalization_keywords": f"""
        mean, variance = tf.nn.moments({X}, [0])
        tf.nn.batch_normalization({X}, mean=mean, variance=variance, offset=1., scale=2., variance_epsilon=1e-3)""",
    "batch_normalization_float16": f"tf.nn.batch_normalization(tf.cast({X}, tf.float16), {BATCH}, None, None, 0.001)",
    "batch_normalization_gradient": gradient(
        "tf.nn.batch_normalization(x, m, v, o, s, 0.001)",
        x=WIDE,
        m="[1., 2., 3.], tf.float64",
        v="[4., 1., 9.], tf.float64",
        o="[1., 1., 1.], tf.float64",
        s="[2., 2., 2.], tf.float64",
    ),
    "batch_norm_global": f"""
        x = tf.reshape({X}, [1, 2, 1, 3])
        beta, gamma = tf.constant([1., 1., 2.]), tf.constant([2., 2., 3.])
        tf.nn.batch_norm_with_global_normalization(x, {BATCH}, beta, gamma, 0.001, True)""",
    "batch_norm_global_without_scale": f"""
        x = tf.reshape({X}, [1, 2, 1, 3])
        beta, gamma = tf.constant([1., 1., 2.]), tf.constant([2., 2., 3.])
        tf.nn.batch_norm_with_global_normalization(x, {BATCH}, beta, gamma, 0.001, False)""",
    "l2_normalize": "tf.nn.l2_normalize([3., 4.])",
    "l2_normalize_zero_rows": "tf.math.l2_normalize([[3., 4.], [0., 0.]], axis=1)",
    "l2_normalize_two_axes": "tf.linalg.l2_normalize([[3., 4.], [0., 12.]], axis=[0, 1])",
    "l2_normalize_epsilon": "tf.nn.l2_normalize([[3., 4.], [0., 0.]], 0, epsilon=100.)",
    "l2_normalize_dim": "tf.nn.l2_normalize([[3., 4.], [0., 5.]], dim=1)",
    "l2_normalize_int": "tf.nn.l2_normalize([3, 4])",
    "l2_normalize_complex": "tf.nn.l2_normalize(tf.constant([3. + 0j, 4j]))",
    "l2_normalize_gradient": gradient("tf.nn.l2_normalize(x)[0]", x="[3., 4.], tf.float64"),
    "l2_normalize_gradient_of_zeros": gradient("tf.nn.l2_normalize(x)", x="[0., 0.]"),
    "lrn": f"tf.nn.local_response_normalization({CHANNELS})",
    "lrn_radius": f"tf.nn.lrn({CHANNELS}, depth_radius=2)",
    "lrn_no_neighbours": f"tf.nn.lrn({CHANNELS}, 0)",
    "lrn_all": f"tf.nn.lrn({CHANNELS}, 2, bias=2., alpha=.5, beta=.75)",
    "lrn_rank": "tf.nn.lrn(tf.range(12.))",
    "lrn_negative_radius": f"tf.nn.lrn({CHANNELS}, depth_radius=-1)",
    "lrn_gradient": gradient("tf.nn.lrn(x, 1, 1., .5, .75)", x="[[[[1., 2., 4., 3., 5.]]]]"),
    "zero_fraction": "tf.nn.zero_fraction([0., 1., 0., 2.])",
    "zero_fraction_int": "tf.math.zero_fraction([0, 1, 0])",
    "zero_fraction_of_nothing": "tf.nn.zero_fraction([])",
    "zero_fraction_float64": "tf.nn.zero_fraction(tf.constant([0., 1.], tf.float64))",
    "bias_add_nchw": "tf.nn.bias_add(tf.zeros([1, 2, 2, 1]), [1., 2.], data_format='NCHW')",
    "bias_add_ncw": "tf.nn.bias_add(tf.zeros([1, 2, 3]), [1., 2.], data_format='NCW')",
    "bias_add_of_matrix_nchw": "tf.nn.bias_add([[1., 2.]], [1., 2.], data_format='NCHW')",
    "bias_add_any_format": "tf.nn.bias_add(tf.zeros([1, 2, 2, 3]), [1., 2., 3.], data_format='N...C')",
    "bias_add_unknown_format": "tf.nn.bias_add(tf.zeros([1, 2, 3]), [1., 2., 3.], data_format='foo')",
    "bias_add_mismatched_nchw": "tf.nn.bias_add(tf.zeros([1, 3, 2, 2]), [1., 2.], data_format='NCHW')",
    "bias_add_matrix": "tf.nn.bias_add([[1., 2]], [[1., 2]])",
    "bias_add_scalar": "tf.nn.bias_add([[1., 2]], 5.)",
    "bias_add_int": "tf.nn.bias_add([[1, 2]], [1, 2])",
    "bias_add_list_to_float64": "tf.nn.bias_add([[1., 2]], tf.constant([1., 2.], tf.float64))",
    "bias_add_gradient": gradient("tf.nn.bias_add(x, b, 'NCHW') ** 2", x="[[[1., 2.], [3., 4.]]]", b="[1., 2.]"),
    "fused_second_order": """
x = tf.constant(np.linspace(-1., 2., 24).reshape(2, 2, 2, 3) ** 2, tf.float32)
scale, offset = tf.constant([1., 2., -1.]), tf.constant([0., 1., 2.])
with tf.GradientTape() as outer:
    outer.watch([x, scale])
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = tf.compat.v1.nn.fused_batch_norm(x, scale, offset)[0]
        loss = tf.reduce_sum(y ** 3)
    slope = inner.gradient(loss, x)
[tf.reduce_sum(g * [1., 10., 100.]) for g in outer.gradient(slope * slope, [x, scale])]""",
    "fused_statistics_have_no_gradient": """
x = tf.constant(np.linspace(-1., 2., 24).reshape(2, 2, 2, 3) ** 2, tf.float32)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y, mean, variance = tf.compat.v1.nn.fused_batch_norm(x, tf.ones([3]), tf.zeros([3]))
[tape.gradient([mean, variance], x, unconnected_gradients="zero")[0, 0, 0]]""",
    "fused_given_statistics_have_no_gradient": """
x, mean = tf.ones([2, 2, 2, 3]), tf.constant([0., 1., 2.])
with tf.GradientTape() as tape:
    tape.watch(mean)
    y = tf.compat.v1.nn.fused_batch_norm(x, tf.ones([3]), tf.zeros([3]), mean, tf.ones([3]), is_training=False)[0]
[tape.gradient(y, mean)]""",
}
