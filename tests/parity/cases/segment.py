"""Segment reductions: sorted and unsorted segments, partition and stitch."""

from ..expand import gradient

X = "tf.constant([[1., 2.], [3., 4.], [5., 6.], [7., 8.]])"
SORTED, UNSORTED = ("sum", "mean", "prod", "min", "max"), ("sum", "mean", "sqrt_n", "prod", "min", "max")


def _for_each(kinds, form, cases):
    return {f"{form}_{kind}{name}": source.replace("OP", f"tf.math.{form}_{kind}")
            for kind in kinds for name, source in cases.items()}  # fmt: skip


CASES = {
    **_for_each(SORTED, "segment", {
        "": f"OP({X}, [0, 0, 1, 1])",
        "_int": "OP(tf.constant([5, 8, -3, 4]), [0, 0, 1, 1])",
        "_gap": "OP([1., 2., 3.], [0, 2, 2])",
        "_late_start": "OP([1., 2.], [2, 2])",
        "_empty": "OP(tf.zeros([0, 2]), tf.constant([], tf.int32))",
        "_gradient": gradient("OP(x, [0, 0, 1]) * [1., 10.]", x="[2., 5., 3.]"),
        "_gradient_ties": gradient("OP(x, [0, 0, 0, 1]) * [1., 10.]", x="[2., 2., 1., 3.]"),
        "_gradient_gap": gradient("OP(x, [0, 2, 2]) * [1., 10., 100.]", x="[2., 5., 3.]"),
    }),
    **_for_each(UNSORTED, "unsorted_segment", {
        "": f"OP({X}, [1, 0, 1, 1], 2)",
        "_int": "OP(tf.constant([5, 8, -3, 4]), [1, 0, 1, 0], num_segments=2)",
        "_empty_segment": "OP([1., 2., 3.], [0, 2, 2], 4)",
        "_negative_id": "OP([1., 2., 3.], [0, -1, 0], 1)",
        "_matrix_ids": "OP([[1., 2.], [3., 4.]], [[0, 1], [1, 1]], 2)",
        "_gradient": gradient("OP(x, [1, 0, 1], 2) * [1., 10.]", x="[2., 5., 3.]"),
        "_gradient_ties": gradient("OP(x, [1, 0, 1, 1], 3) * [1., 10., 100.]", x="[2., 5., 2., 1.]"),
        "_gradient_negative_id": gradient("OP(x, [0, -1, 0], 1)", x="[2., 5., 3.]"),
    }),
    "segment_sum_unsorted": "tf.math.segment_sum([1., 2., 3.], [0, 1, 0])",
    "segment_sum_negative": "tf.math.segment_sum([1., 2.], [-1, 0])",
    "segment_sum_short_ids": "tf.math.segment_sum([1., 2., 3.], [0, 1])",
    "segment_sum_matrix_ids": "tf.math.segment_sum([[1., 2.]], [[0, 1]])",
    "segment_sum_float_ids": "tf.math.segment_sum([1., 2.], [0., 1.])",
    "segment_sum_int64_ids": "tf.math.segment_sum([1., 2.], tf.constant([0, 0], tf.int64))",
    "segment_sum_scalar": "tf.math.segment_sum(1., 0)",
    "segment_sum_float64": "tf.math.segment_sum(tf.constant([1., 2.], tf.float64), [0, 0])",
    "segment_sum_bool": "tf.math.segment_sum([True, False], [0, 0])",
    "segment_mean_nan": "tf.math.segment_mean([float('nan'), 1., 2.], [0, 0, 1])",
    "segment_sum_in_function": """
        shapes = []

        @tf.function
        def f(x, ids):
            y = tf.math.segment_sum(x, ids)
            shapes.append(y.shape.as_list())
            return y

        [f(tf.constant([[1.], [2.]]), tf.constant([0, 1])), shapes]
        """,
    "unsorted_segment_sum_too_large": "tf.math.unsorted_segment_sum([1., 2.], [0, 2], 2)",
    "unsorted_segment_sum_mismatch": "tf.math.unsorted_segment_sum([1., 2., 3.], [0, 1], 2)",
    "unsorted_segment_sum_rank": "tf.math.unsorted_segment_sum([1., 2.], [[0, 1]], 2)",
    "unsorted_segment_sum_num_tensor": "tf.math.unsorted_segment_sum([1., 2.], [0, 0], tf.constant(2))",
    "unsorted_segment_sum_num_negative": "tf.math.unsorted_segment_sum([1., 2.], [0, 0], -1)",
    "unsorted_segment_sum_num_zero": "tf.math.unsorted_segment_sum([1., 2.], [-1, -1], 0)",
    "unsorted_segment_sum_scalar": "tf.math.unsorted_segment_sum(5., 1, 3)",
    "unsorted_segment_max_int8": "tf.math.unsorted_segment_max(tf.constant([1], tf.int8), [1], 2)",
    "unsorted_segment_min_float64": "tf.math.unsorted_segment_min(tf.constant([1.], tf.float64), [1], 2)",
    "unsorted_segment_max_nan": "tf.math.unsorted_segment_max([1., float('nan')], [0, 0], 1)",
    "unsorted_segment_mean_int": "tf.math.unsorted_segment_mean([1, 2], [0, 0], 1)",
    "unsorted_segment_prod_gradient_zero": gradient(
        "tf.math.unsorted_segment_prod(x, [0, 0, 1, 1, 1], 2)", x="[0., 5., 0., 0., 2.]"
    ),
    "segment_prod_gradient_zero": gradient("tf.math.segment_prod(x, [0, 0, 1])", x="[0., 5., 3.]"),
    "unsorted_segment_sum_second_order": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.math.unsorted_segment_sum(x ** 3, [0, 1, 0], 2) ** 2
            dx = inner.gradient(y, x)
        outer.gradient(dx, x)
        """,
    "class_means": """
        x = tf.constant([[1., 1.], [2., 2.], [3., 5.]])
        labels = tf.constant([0, 1, 0])
        tf.math.unsorted_segment_mean(x, labels, num_segments=2)
        """,
    # partition and stitch.
    "partition": "tf.dynamic_partition([10, 20, 30, 40, 50], [0, 0, 1, 1, 0], 2)",
    "partition_rows": "tf.dynamic_partition([[1, 2], [3, 4], [5, 6]], [1, 0, 1], num_partitions=3)",
    "partition_matrix": "tf.dynamic_partition([[1, 2], [3, 4]], [[1, 0], [1, 1]], 2)",
    "partition_out_of_range": "tf.dynamic_partition([1, 2], [0, 2], 2)",
    "partition_negative": "tf.dynamic_partition([1, 2], [0, -1], 2)",
    "partition_mismatch": "tf.dynamic_partition([1, 2, 3], [0, 1], 2)",
    "partition_int64": "tf.dynamic_partition([1, 2], tf.constant([0, 1], tf.int64), 2)",
    "partition_scalar": "tf.dynamic_partition(7, 1, 2)",
    "partition_gradient": gradient(
        "(lambda parts: tf.reduce_sum(parts[0]) + 10 * tf.reduce_sum(parts[1]))"
        "(tf.dynamic_partition(x, [0, 1, 0], 2))", x="[1., 2., 3.]"
    ),
    "stitch": "tf.dynamic_stitch([[0, 2], [1, 3]], [[10, 30], [20, 40]])",
    "stitch_rows": "tf.dynamic_stitch([[2], [0, 1]], [[[5, 6]], [[1, 2], [3, 4]]])",
    "stitch_repeated_last_wins": "tf.dynamic_stitch([[0, 1], [1]], [[1, 2], [3]])",
    "stitch_repeated_within": "tf.dynamic_stitch([[0, 0]], [[1, 2]])",
    "stitch_gap_shape": "tf.dynamic_stitch([[0], [3]], [[1], [2]]).shape",
    "stitch_scalar": "tf.dynamic_stitch([0, [2, 1]], [[1, 2], [[5, 6], [3, 4]]])",
    "stitch_negative": "tf.dynamic_stitch([[-1]], [[1]])",
    "stitch_mismatch": "tf.dynamic_stitch([[0, 1]], [[1]])",
    "stitch_dtypes": "tf.dynamic_stitch([[0], [1]], [tf.constant([1]), tf.constant([1.])])",
    "stitch_partition_roundtrip": """
        x = tf.constant([1., -2., 3., -4.])
        partitions = tf.cast(x > 0, tf.int32)
        parts = tf.dynamic_partition(x, partitions, 2)
        places = tf.dynamic_partition(tf.range(4), partitions, 2)
        tf.dynamic_stitch(places, [parts[0] * 0.1, parts[1]])
        """,
    "stitch_gradient": gradient(
        "tf.dynamic_stitch([[0, 2], [1]], [x, y]) * [1., 10., 100.]", x="[1., 2.]", y="[5.]"
    ).replace("y = tf.dyn", "z = tf.dyn").replace("gradient(y, [", "gradient(z, ["),
    "stitch_gradient_repeated": gradient(
        "tf.dynamic_stitch([[0, 1], [1]], [x, x[:1]]) * [1., 10.]", x="[1., 2.]"
    ),
    "segment_mean_int64_large": "tf.math.segment_mean(tf.constant([2**62 + 1, 2**62 - 1, -7, 4], tf.int64), [0, 0, 1, "
    "1])",
    "segment_mean_complex_gradient": """
x = tf.constant([1 + 2j, 3 - 1j, 2 + 0j], tf.complex64)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.math.segment_mean(x, [0, 0, 1])
tape.gradient(y, x)""",
    "segment_prod_complex_gradient": """
x = tf.constant([1 + 2j, 3 - 1j, 0j, 2 + 0j, 5j], tf.complex128)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.math.segment_prod(x, [0, 0, 1, 1, 2])
tape.gradient(y, x)""",
    "unsorted_segment_prod_complex_gradient": """
x = tf.constant([1 + 2j, 3 - 1j, 0j, 2 + 0j, 5j], tf.complex128)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.math.unsorted_segment_prod(x, [0, 1, 1, 0, 2], 3)
tape.gradient(y, x)""",
}  # fmt: skip
