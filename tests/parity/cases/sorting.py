"""Sorting, the largest elements, searching in what is sorted, unique values."""

from ..expand import gradient

CASES = {
    "sort": "tf.sort([3., 1., 2.])",
    "sort_descending": "tf.sort([3., 1., 2.], direction='DESCENDING')",
    "sort_int": "tf.sort(tf.constant([3, -1, 2]))",
    "sort_int_descending": "tf.sort(tf.constant([3, -2147483648, 2147483647]), direction='DESCENDING')",
    "sort_unsigned_descending": "tf.sort(tf.constant([3, 0, 255], tf.uint8), direction='DESCENDING')",
    "sort_unsigned": "tf.sort(tf.constant([3, 0, 255], tf.uint8))",
    "sort_int8": "tf.sort(tf.constant([3, -128, 127], tf.int8))",
    "sort_int64": "tf.sort(tf.constant([3, -9223372036854775808, 9223372036854775807]))",
    "sort_float64": "tf.sort(tf.constant([3., 1., 2.], tf.float64))",
    "sort_float16": "tf.sort(tf.constant([3., 1., 2.], tf.float16))",
    "sort_bool": "tf.sort(tf.constant([True, False]))",
    "sort_string": "tf.sort(tf.constant(['b', 'a']))",
    "sort_complex": "tf.sort(tf.constant([1 + 2j, 1j]))",
    "sort_rows": "tf.sort([[3., 1., 2.], [6., 5., 4.]])",
    "sort_axis_0": "tf.sort([[3., 1., 2.], [2., 5., 1.]], axis=0)",
    "sort_axis_1_of_3": "tf.sort(tf.reshape(tf.range(8, 0, -1), [2, 2, 2]), axis=1)",
    "sort_axis_negative": "tf.sort([[3., 1., 2.], [2., 5., 1.]], axis=-2)",
    "sort_axis_tensor": "tf.sort([[3., 1.], [2., 5.]], axis=tf.constant(0))",
    "sort_axis_out_of_range": "tf.sort([1., 2.], axis=1)",
    "sort_scalar": "tf.sort(tf.constant(1.))",
    "sort_empty": "tf.sort(tf.zeros([0]))",
    "sort_no_rows": "tf.sort(tf.zeros([2, 0]), axis=0)",
    "sort_signed_zeros": "tf.sort([0., -0., 0., -0.])",
    "sort_signed_zeros_descending": "tf.sort([-0., 0., -0., 0.], direction='DESCENDING')",
    "sort_direction_unknown": "tf.sort([1., 2.], direction='UP')",
    "sort_direction_lowercase": "tf.sort([1., 2.], direction='descending')",
    "sort_name": "tf.sort(values=[2., 1.], axis=-1, direction='ASCENDING', name='sorted')",
    "argsort": "tf.argsort([3., 1., 2.])",
    "argsort_descending": "tf.argsort([3., 1., 2.], direction='DESCENDING')",
    "argsort_ties": "tf.argsort([2, 1, 2, 1, 2])",
    "argsort_ties_stable": "tf.argsort([2, 1, 2, 1, 2], stable=True)",
    "argsort_ties_descending": "tf.argsort([2, 1, 2, 1, 2], direction='DESCENDING')",
    "argsort_ties_descending_stable": "tf.argsort([2, 1, 2, 1, 2], direction='DESCENDING', stable=True)",
    "argsort_axis_0": "tf.argsort([[3., 1., 2.], [2., 5., 1.]], axis=0)",
    "argsort_axis_negative": "tf.argsort([[3., 1., 2.], [2., 5., 1.]], axis=-1)",
    "argsort_axis_out_of_range": "tf.argsort([1., 2.], axis=2)",
    "argsort_scalar": "tf.argsort(1.)",
    "argsort_empty": "tf.argsort(tf.zeros([0]))",
    "argsort_gather_back": "x = tf.constant([3., 1., 2.])\ntf.gather(x, tf.argsort(x))",
    "argsort_direction_unknown": "tf.argsort([1., 2.], direction='UP')",
    "argsort_bool": "tf.argsort([True, False])",
    # top_k.
    "top_k": "tf.math.top_k([1., 3., 2., 5.], k=2)",
    "top_k_values": "tf.math.top_k([1., 3., 2., 5.], k=2).values",
    "top_k_indices": "tf.math.top_k([1., 3., 2., 5.], k=2).indices",
    "top_k_unpack": "values, indices = tf.nn.top_k([1., 3., 2., 5.], 2)\nindices",
    "top_k_default": "tf.math.top_k([1., 3., 2.])",
    "top_k_rows": "tf.math.top_k([[1., 3., 2.], [9., 7., 8.]], k=2)",
    "top_k_ties": "tf.math.top_k([2, 3, 2, 3, 3], k=4)",
    "top_k_all": "tf.math.top_k([1, 3, 2], k=3)",
    "top_k_zero": "tf.math.top_k([1., 2.], k=0)",
    "top_k_too_many": "tf.math.top_k([1., 2.], k=3)",
    "top_k_negative": "tf.math.top_k([1., 2.], k=-1)",
    "top_k_scalar": "tf.math.top_k(1.)",
    "top_k_tensor_k": "tf.math.top_k([1, 3, 2], k=tf.constant(2))",
    "top_k_index_type": "tf.math.top_k([1, 3, 2], k=2, index_type=tf.int64).indices",
    "top_k_index_type_int16": "tf.math.top_k([1, 3, 2], k=2, index_type=tf.int16).indices",
    "top_k_unsorted_set": "tf.sort(tf.math.top_k([1., 3., 2., 5.], k=2, sorted=False).values)",
    "top_k_bool": "tf.math.top_k([True, False])",
    "top_k_float64": "tf.math.top_k(tf.constant([1., 2.], tf.float64)).values",
    "top_k_empty_rows": "tf.math.top_k(tf.zeros([0, 3]), k=2)",
    "in_top_k": "tf.math.in_top_k([1, 0, 2], [[.1, .8, .1], [.2, .3, .5], [.3, .3, .4]], 1)",
    "in_top_k_2": "tf.nn.in_top_k([1, 0, 2], [[.1, .8, .1], [.2, .3, .5], [.3, .3, .4]], k=2)",
    "in_top_k_ties": "tf.math.in_top_k([0, 1, 2], [[.5, .5, .5], [.5, .5, .5], [.5, .5, .5]], k=1)",
    "in_top_k_int64": "tf.math.in_top_k(tf.constant([1], tf.int64), [[.1, .8]], 1)",
    "in_top_k_out_of_range": "tf.math.in_top_k([5, -1], [[.1, .8], [.8, .1]], 1)",
    "in_top_k_nan": "tf.math.in_top_k([0, 1], [[.1, float('nan')], [.8, float('inf')]], 1)",
    "in_top_k_inf": "tf.math.in_top_k([0], [[float('inf'), 1.]], 1)",
    "in_top_k_mismatch": "tf.math.in_top_k([0, 1], [[.1, .8]], 1)",
    "in_top_k_float_targets": "tf.math.in_top_k([0.], [[.1, .8]], 1)",
    "in_top_k_float64": "tf.math.in_top_k([0], tf.constant([[.1, .8]], tf.float64), 1)",
    # searchsorted.
    "searchsorted": "tf.searchsorted([1., 3., 3., 5.], [0., 3., 4., 9.])",
    "searchsorted_right": "tf.searchsorted([1., 3., 3., 5.], [0., 3., 4., 9.], side='right')",
    "searchsorted_int": "tf.searchsorted([1, 3, 5], [3])",
    "searchsorted_int64_out": "tf.searchsorted([1, 3, 5], [3], out_type=tf.int64)",
    "searchsorted_rows": "tf.searchsorted([[1, 3, 5], [2, 4, 6]], [[3, 6], [2, 7]])",
    "searchsorted_rows_right": "tf.searchsorted([[1, 3, 5], [2, 4, 6]], [[3, 6], [2, 7]], side='right')",
    "searchsorted_cube": "tf.searchsorted([[[1, 3], [2, 4]]], [[[3], [5]]])",
    "searchsorted_scalar_value": "tf.searchsorted([1, 3, 5], 3)",
    "searchsorted_rank_mismatch": "tf.searchsorted([[1, 3, 5]], [3])",
    "searchsorted_batch_mismatch": "tf.searchsorted([[1, 3, 5], [1, 2, 3]], [[3]])",
    "searchsorted_side_unknown": "tf.searchsorted([1, 2], [1], side='middle')",
    "searchsorted_dtypes": "tf.searchsorted(tf.constant([1, 2]), tf.constant([1.]))",
    "searchsorted_empty": "tf.searchsorted(tf.zeros([0]), [1., 2.])",
    "searchsorted_no_values": "tf.searchsorted([1., 2.], tf.zeros([0]))",
    # unique.
    "unique": "tf.unique([1, 1, 2, 4, 4, 4, 7, 8, 8])",
    "unique_order": "tf.unique([3, 1, 3, 2, 1])",
    "unique_fields": "u = tf.unique([3, 1, 3])\n[u.y, u.idx]",
    "unique_unpack": "y, idx = tf.unique([3, 1, 3])\ntf.gather(y, idx)",
    "unique_out_idx": "tf.unique([3, 1, 3], out_idx=tf.int64).idx",
    "unique_float": "tf.unique([2.5, 1., 2.5]).y",
    "unique_string": "tf.unique(['b', 'a', 'b']).y",
    "unique_bool": "tf.unique([True, False, True]).y",
    "unique_nan": "tf.unique([1., float('nan'), float('nan')])",
    "unique_zeros": "tf.unique([0., -0.])",
    "unique_empty": "tf.unique(tf.constant([], tf.int32))",
    "unique_matrix": "tf.unique([[1, 2]])",
    "unique_scalar": "tf.unique(1)",
    "unique_with_counts": "tf.unique_with_counts([1, 1, 2, 4, 4, 4, 7])",
    "unique_with_counts_fields": "u = tf.unique_with_counts([5, 3, 5])\n[u.y, u.idx, u.count]",
    "unique_with_counts_int64": "tf.unique_with_counts([5, 3, 5], out_idx=tf.int64)",
    "unique_with_counts_matrix": "tf.unique_with_counts([[1, 2]])",
    "invert_permutation": "tf.math.invert_permutation([3, 4, 0, 2, 1])",
    "invert_permutation_int64": "tf.math.invert_permutation(tf.constant([1, 0], tf.int64))",
    "invert_permutation_repeated": "tf.math.invert_permutation([0, 0])",
    "invert_permutation_out_of_range": "tf.math.invert_permutation([0, 2])",
    "invert_permutation_matrix": "tf.math.invert_permutation([[0, 1]])",
    "invert_permutation_float": "tf.math.invert_permutation([0., 1.])",
    "invert_permutation_empty": "tf.math.invert_permutation(tf.constant([], tf.int32))",
    "histogram": "tf.histogram_fixed_width([-1., 0., 1.5, 2., 5., 15.], [0., 5.], nbins=5)",
    "histogram_default_bins": "tf.histogram_fixed_width([0.5], [0., 1.]).shape",
    "histogram_int": "tf.histogram_fixed_width([1, 2, 2, 9], [0, 10], nbins=2)",
    "histogram_int64": "tf.histogram_fixed_width([1., 2.], [0., 3.], nbins=3, dtype=tf.int64)",
    "histogram_matrix": "tf.histogram_fixed_width([[1., 2.], [2.5, 0.]], [0., 3.], nbins=3)",
    "histogram_empty_range": "tf.histogram_fixed_width([1.], [1., 1.], nbins=3)",
    "histogram_nbins_zero": "tf.histogram_fixed_width([1.], [0., 1.], nbins=0)",
    "histogram_bins": "tf.histogram_fixed_width_bins([-1., 0., 1.5, 2., 5., 15.], [0., 5.], nbins=5)",
    "histogram_bins_matrix": "tf.histogram_fixed_width_bins([[-1., 0.], [1.5, 2.]], [0., 5.], nbins=5)",
    "histogram_bins_int64": "tf.histogram_fixed_width_bins([1.], [0., 5.], nbins=5, dtype=tf.int64)",
    "histogram_bins_edge": "tf.histogram_fixed_width_bins([1., 1.9999999, 4.], [0., 4.], nbins=4)",
    # Gradients.
    "sort_gradient": gradient("tf.sort(x) * [1., 10., 100.]", x="[3., 1., 2.]"),
    "sort_gradient_descending": gradient("tf.sort(x, direction='DESCENDING') * [1., 10., 100.]", x="[3., 1., 2.]"),
    "sort_gradient_ties": gradient("tf.sort(x) * [1., 10., 100.]", x="[2., 2., 1.]"),
    "sort_gradient_ties_descending": gradient("tf.sort(x, direction='DESCENDING') * [1., 10., 100.]", x="[2., 1., 2.]"),
    "sort_gradient_axis_0": gradient("tf.sort(x, axis=0) * [[1.], [10.]]", x="[[3., 1.], [2., 5.]]"),
    "sort_second_order": """
        x = tf.constant([3., 1., 2.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.sort(x) ** 3 * [1., 2., 3.]
            dx = inner.gradient(y, x)
        outer.gradient(dx, x)
        """,
    "argsort_gradient": gradient("tf.cast(tf.argsort(x), tf.float32)", x="[3., 1., 2.]"),
    "top_k_gradient": gradient("tf.math.top_k(x, 2).values * [1., 10.]", x="[1., 3., 2., 5.]"),
    "top_k_gradient_rows": gradient("tf.nn.top_k(x, 1).values", x="[[1., 3.], [5., 2.]]"),
    "top_k_gradient_ties": gradient("tf.math.top_k(x, 2).values * [1., 10.]", x="[2., 3., 3., 3.]"),
    "top_k_second_order": """
        x = tf.constant([3., 1., 2.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.math.top_k(x, 2).values ** 3
            dx = inner.gradient(y, x)
        outer.gradient(dx, x)
        """,
    "top_k_loss_of_the_worst": """
        w = tf.Variable([1., 2., 3.])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.top_k(w * w, k=2).values)
        tape.gradient(loss, w)
        """,
    "unique_gradient": gradient("tf.unique(x).y", x="[1., 2., 1.]"),
    "searchsorted_gradient": gradient("tf.cast(tf.searchsorted([1., 2.], x), tf.float32)", x="[1., 3.]"),
    # In a function.
    "sort_in_function": "tf.function(lambda x: tf.sort(x, axis=0, direction='DESCENDING'))(tf.constant([1., 3.]))",
    "top_k_in_function": "tf.function(lambda x: tf.math.top_k(x, 2).indices)(tf.constant([1., 3., 2.]))",
    "unique_in_function": "tf.function(lambda x: tf.unique(x).y * 2)(tf.constant([1, 3, 1]))",
    "unique_in_function_shape": """
        shapes = []

        @tf.function
        def f(x):
            u = tf.unique_with_counts(x)
            shapes.extend([u.y.shape, u.idx.shape, u.count.shape])
            return u.y

        f(tf.constant([1, 3, 1]))
        shapes
        """,
    "sort_gradient_in_function": """
        @tf.function
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = tf.sort(x) * [1., 10., 100.]
            return tape.gradient(y, x)

        f(tf.constant([3., 1., 2.]))
        """,
}
