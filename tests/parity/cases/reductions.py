"""Reductions: axes in every form, nothing to reduce, dtypes that wrap and round, special values, gradients."""

from ..expand import gradient

NAMES = "euclidean_norm logsumexp max mean min prod std sum variance"
CUBE = "tf.reshape(tf.constant([1., -2., 3.5, 0.5, 4., -1., 2., 2.5, -3., 1.5, 0., 5.], tf.float64), [2, 3, 2])"
AXES = {
    "all": "None", "first": "0", "last": "-1", "pair": "[0, 2]", "backwards": "[2, 0]", "negative_pair": "(-1, -3)",
    "tensor": "tf.constant([1, 2])", "scalar_tensor": "tf.constant(1)", "int64_tensor": "tf.constant(1, tf.int64)",
    "array": "np.array([0, 1])", "none_at_all": "[]",
}  # fmt: skip

CASES = {
    **{
        f"{name}_axis_{axis}": f"tf.math.reduce_{name}({CUBE}, axis={value}, keepdims={axis in ('pair', 'tensor')})"
        for name in NAMES.split()
        for axis, value in AXES.items()
        if name in ("sum", "mean", "max", "std") or axis in ("all", "pair", "last", "none_at_all")
    },
    **{f"{name}_gradient": gradient(f"tf.math.reduce_{name}(x, axis=[0, 2])", x=CUBE) for name in NAMES.split()},
    **{f"{name}_gradient_all": gradient(f"tf.math.reduce_{name}(x) ** 2", x=CUBE) for name in NAMES.split()},
    **{
        f"{name}_special": f"[tf.math.reduce_{name}([a, b]) for a in {v} for b in {v}]"
        for v in ["[np.nan, np.inf, -np.inf, 0., 2.]"]
        for name in NAMES.split()
    },
    **{f"{name}_empty": f"tf.math.reduce_{name}(tf.zeros([0, 2]), axis=0)" for name in NAMES.split()},
    **{f"{name}_of_empty_rows": f"tf.math.reduce_{name}(tf.zeros([0, 2]), axis=1)" for name in NAMES.split()},
    **{f"{name}_scalar": f"tf.math.reduce_{name}(tf.constant(3.))" for name in NAMES.split()},
    **{
        f"{name}_{dtype}": f"tf.math.reduce_{name}(tf.constant([[3, 1, 2], [5, 2, 7]], tf.{dtype}), axis=1)"
        for name in ["sum", "mean", "max", "min", "prod", "euclidean_norm"]
        for dtype in ["int8", "uint8", "int16", "uint32", "int64", "float16"]
    },
    "any_axes": "tf.reduce_any([[[True, False], [False, False]]], axis=[0, 1])",
    "all_keepdims": "tf.reduce_all([[True, False], [True, True]], axis=1, keepdims=True)",
    "any_none_at_all": "tf.reduce_any([True, False], axis=[])",
    "any_empty_axis": "tf.reduce_any(tf.zeros([0, 2], tf.bool), axis=0)",
    "all_empty_axis": "tf.reduce_all(tf.zeros([0, 2], tf.bool), axis=0)",
    "all_nothing_left": "tf.reduce_all(tf.zeros([2, 0], tf.bool), axis=0)",
    "keepdims_none": "tf.reduce_sum([1, 2], keepdims=None)",
    "keepdims_1": "tf.reduce_sum([1, 2], keepdims=1)",
    "axis_of_scalar": "tf.reduce_sum(5., axis=0)",
    "axis_too_low": "tf.reduce_sum([1., 2.], axis=-2)",
    "axis_twice_by_two_names": "tf.reduce_sum(tf.ones([2, 3]), axis=[0, -2])",
    "axis_string": "tf.reduce_sum([1., 2.], axis='rows')",
    "axis_list_of_floats": "tf.reduce_sum([1., 2.], axis=[0.])",
    "max_of_text": "tf.reduce_max(['a', 'b'])",
    "max_empty_ints": "tf.reduce_max(tf.zeros([0], tf.int32))",
    "min_empty_uint8": "tf.reduce_min(tf.zeros([0], tf.uint8))",
    "max_empty_float16": "tf.reduce_max(tf.zeros([0], tf.float16))",
    # The mean of integers is exact, and truncated towards zero.
    "mean_int8_does_not_wrap": "tf.reduce_mean(tf.constant([100, 100, 100], tf.int8))",
    "mean_uint8_does_not_wrap": "tf.reduce_mean(tf.constant([200, 250], tf.uint8))",
    "mean_int32_does_not_wrap": "tf.reduce_mean(tf.constant([2**31 - 1, 2**31 - 1], tf.int32))",
    "mean_int64_is_exact": "tf.reduce_mean(tf.constant([2**53 + 1], tf.int64))",
    "mean_int64_wraps": "tf.reduce_mean(tf.constant([2**62, 2**62, 2**62], tf.int64))",
    "mean_uint64_is_exact": "tf.reduce_mean(tf.constant([2**63 + 5], tf.uint64))",
    "mean_truncates": "tf.reduce_mean(tf.constant([[-7, 2], [7, -2], [-7, -2]]), axis=1)",
    "mean_empty_ints": "tf.reduce_mean(tf.zeros([0, 2], tf.int32), axis=0)",
    "mean_float16_overflows": "tf.reduce_mean(tf.constant([60000., 60000.], tf.float16))",
    "sum_float16_overflows": "tf.reduce_sum(tf.constant([60000., 60000.], tf.float16))",
    "sum_int64": "tf.reduce_sum(tf.constant([2**62, 2**62], tf.int64))",
    "prod_uint8_wraps": "tf.reduce_prod(tf.constant([20, 20], tf.uint8))",
    "euclidean_norm_int8_wraps": "tf.math.reduce_euclidean_norm(tf.constant([100, 100], tf.int8))",
    "variance_shift": "tf.math.reduce_variance(tf.constant([1e8, 1e8 + 1., 1e8 + 2.], tf.float64))",
    "std_of_text": "tf.math.reduce_std(['a'])",
    # Gradients at the edges.
    "euclidean_norm_gradient_at_0": gradient("tf.math.reduce_euclidean_norm(x)", x="[0., 0.]"),
    "std_gradient_at_0": gradient("tf.math.reduce_std(x)", x="[1., 1.]"),
    "variance_gradient_at_0": gradient("tf.math.reduce_variance(x)", x="[1., 1.]"),
    "max_gradient_ties": gradient("tf.reduce_max(x, axis=1)", x="[[1., 3., 3.], [2., 2., 2.]]"),
    "min_gradient_ties": gradient("tf.reduce_min(x)", x="[[1., 3.], [1., 2.]]"),
    "max_gradient_nan": gradient("tf.reduce_max(x)", x="[1., np.nan]"),
    "prod_gradient_one_zero": gradient("tf.reduce_prod(x)", x="[2., 0., 3.]"),
    "prod_gradient_two_zeros": gradient("tf.reduce_prod(x)", x="[2., 0., 0.]"),
    "logsumexp_gradient_large": gradient("tf.reduce_logsumexp(x)", x="[1000., 1000., 0.]"),
    "logsumexp_gradient_infinite": gradient("tf.reduce_logsumexp(x)", x="[np.inf, 1.]"),
    "mean_gradient_empty": gradient("tf.reduce_mean(x, axis=0)", x="np.zeros([0, 2], np.float32)"),
    "sum_gradient_none_at_all": gradient("tf.reduce_sum(x, axis=[]) * 2.", x="[1., 2.]"),
    "mean_gradient_float16": gradient("tf.reduce_mean(x)", x="[1., 2., 3., 4.], tf.float16"),
    # Along an axis.
    "cumsum_empty": "tf.cumsum(tf.zeros([0, 2]))",
    "cumsum_scalar": "tf.cumsum(1.)",
    "cumsum_axis_tensor": "tf.cumsum([[1., 2.], [3., 4.]], axis=tf.constant(1))",
    "cumsum_uint8_wraps": "tf.cumsum(tf.constant([200, 100], tf.uint8))",
    "cumsum_float16": "tf.cumsum(tf.constant([2048., 1., 1., 1.], tf.float16))",
    "cumsum_bool": "tf.cumsum([True, False])",
    "cumprod": "tf.math.cumprod([[2., 3.], [4., 5.]], axis=1)",
    "cumprod_options": "tf.math.cumprod([2, 3, 4], exclusive=True, reverse=True)",
    "cumprod_gradient": gradient("tf.math.cumprod(x)", x="[2., 3., 4.]"),
    "cumprod_gradient_options": gradient("tf.math.cumprod(x, exclusive=True, reverse=True)", x="[2., 3., 4.]"),
    "cumsum_gradient_options": gradient("tf.cumsum(x, exclusive=True) ** 2", x="[2., 3., 4.]"),
    "cumulative_logsumexp": "tf.math.cumulative_logsumexp([1., 2., 3.])",
    "cumulative_logsumexp_exclusive": "tf.math.cumulative_logsumexp([1., 2., 3.], exclusive=True)",
    "cumulative_logsumexp_reverse": "tf.math.cumulative_logsumexp([[1., 2.], [3., 4.]], axis=-1, reverse=True)",
    "cumulative_logsumexp_infinite": "tf.math.cumulative_logsumexp([-np.inf, 1., np.inf])",
    "cumulative_logsumexp_int": "tf.math.cumulative_logsumexp([1, 2])",
    "cumulative_logsumexp_gradient": gradient("tf.math.cumulative_logsumexp(x)", x="[1., 2., 3.], tf.float64"),
    "cumulative_logsumexp_gradient_signs": gradient(
        "tf.math.cumulative_logsumexp(x, reverse=True) * [1., -2., 0.]", x="[1., 2., 3.], tf.float64"
    ),
    "cumulative_logsumexp_gradient_exclusive": gradient(
        "tf.math.cumulative_logsumexp(x, exclusive=True) * 2.", x="[1., 2., 3.], tf.float64"
    ),
    "argmax_nan_first": "tf.argmax([np.nan, 1., 3.])",
    "argmax_all_nan": "tf.argmax([np.nan, np.nan])",
    "argmin_nan": "tf.argmin([2., np.nan, 1.])",
    "argmax_scalar": "tf.argmax(1.)",
    "argmax_empty_rows": "tf.argmax(tf.zeros([0, 2]), axis=1)",
    "argmax_axis_tensor": "tf.argmax([[1, 9], [3, 4]], axis=tf.constant(1))",
    "argmax_axis_float": "tf.argmax([1., 2.], axis=0.5)",
    "argmax_uint16": "tf.argmax([1., 5.], output_type=tf.uint16)",
    "argmax_output_type_float": "tf.argmax([1., 5.], output_type=tf.float32)",
    "argmax_gradient": gradient("tf.cast(tf.argmax(x), tf.float32)", x="[1., 2.]"),
}
