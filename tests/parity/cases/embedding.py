"""Embeddings, blocks of pixels as channels or batch, dilation and erosion."""

from ..expand import gradient

TABLE = "tf.constant([[1., 2.], [3., 4.], [5., 6.]])"
SQUARE = "tf.reshape(tf.range(16), [1, 4, 4, 1])"
DEEP = "tf.reshape(tf.range(16), [1, 2, 2, 4])"
IMAGE = "tf.cast(tf.reshape(tf.range(32) * 7 % 11, [1, 4, 4, 2]), tf.float32)"
ELEMENT = "tf.cast(tf.reshape(tf.range(12) % 5, [2, 3, 2]), tf.float32)"
ONES = "[1, 1, 1, 1]"

CASES = {
    "lookup": f"tf.nn.embedding_lookup({TABLE}, [0, 2])",
    "lookup_matrix_of_ids": f"tf.nn.embedding_lookup({TABLE}, [[0, 2], [1, 1]])",
    "lookup_one": f"tf.nn.embedding_lookup({TABLE}, ids=1)",
    "lookup_int64": f"tf.nn.embedding_lookup({TABLE}, tf.constant([1], tf.int64))",
    "lookup_float_ids": f"tf.nn.embedding_lookup({TABLE}, [2.])",
    "lookup_out_of_range": f"tf.nn.embedding_lookup({TABLE}, [3])",
    "lookup_negative": f"tf.nn.embedding_lookup({TABLE}, [-1])",
    "lookup_variable": "tf.nn.embedding_lookup(tf.Variable([[1., 2.], [3., 4.]]), [1, 0])",
    "lookup_numbers": "tf.nn.embedding_lookup(tf.constant([1., 2., 3.]), [2, 0])",
    "lookup_parts": "tf.nn.embedding_lookup([tf.constant([[1., 2.], [5., 6.]]), tf.constant([[3., 4.]])], [0, 1, 2])",
    "lookup_rows_as_parts": "tf.nn.embedding_lookup([[1., 2.], [3., 4.], [5., 6.]], [0, 2])",
    "lookup_no_table": "tf.nn.embedding_lookup([], [0])",
    "lookup_max_norm": f"tf.nn.embedding_lookup({TABLE}, [0, 2], max_norm=5.)",
    "lookup_max_norm_matrix": f"tf.nn.embedding_lookup({TABLE}, [[0], [2]], max_norm=5.)",
    "lookup_gradient": f"""
        x = {TABLE}
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.embedding_lookup(x, [0, 0, 2]) ** 2
        tf.convert_to_tensor(tape.gradient(y, x))""",
    "lookup_gradient_max_norm": f"""
        x = tf.cast({TABLE}, tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.embedding_lookup(x, [0, 2], max_norm=5.)
        tf.convert_to_tensor(tape.gradient(y, x))""",
    "space_to_depth": f"tf.nn.space_to_depth({SQUARE}, 2)",
    "space_to_depth_channels": "tf.nn.space_to_depth(tf.reshape(tf.range(48), [1, 2, 6, 4]), block_size=2)",
    "space_to_depth_does_not_divide": f"tf.nn.space_to_depth({SQUARE}, 3)",
    "space_to_depth_one": f"tf.nn.space_to_depth({SQUARE}, 1)",
    "space_to_depth_rank": "tf.nn.space_to_depth(tf.ones([4, 4]), 2)",
    "space_to_depth_gradient": gradient("tf.nn.space_to_depth(x, 2) ** 2", x=f"tf.cast({SQUARE}, tf.float32)"),
    "depth_to_space": f"tf.nn.depth_to_space({DEEP}, 2)[0, :, :, 0]",
    "depth_to_space_channels": "tf.nn.depth_to_space(tf.reshape(tf.range(24), [1, 1, 2, 12]), 2)",
    "depth_to_space_does_not_divide": f"tf.nn.depth_to_space({DEEP}, 3)",
    "space_to_batch": f"tf.space_to_batch({SQUARE}, [2, 2], [[0, 0], [0, 0]])[..., 0]",
    "space_to_batch_padded": f"tf.space_to_batch({SQUARE}, [3, 2], [[1, 1], [0, 0]])[..., 0]",
    "space_to_batch_one_axis": "tf.nn.space_to_batch(tf.reshape(tf.range(8), [2, 4]), [2], [[0, 0]])",
    "space_to_batch_nd": "tf.space_to_batch_nd(tf.reshape(tf.range(24), [2, 4, 3]), [2], [[1, 1]])",
    "space_to_batch_does_not_divide": f"tf.space_to_batch({SQUARE}, [3, 2], [[0, 0], [0, 0]])",
    "batch_to_space": "tf.batch_to_space(tf.reshape(tf.range(16), [4, 2, 2, 1]), [2, 2], [[0, 0], [0, 0]])[..., 0]",
    "batch_to_space_crops": "tf.batch_to_space(tf.reshape(tf.range(16), [4, 2, 2, 1]), 2, [[1, 0], [0, 1]])[..., 0]",
    "batch_to_space_does_not_divide": "tf.batch_to_space(tf.ones([4, 2, 2, 1]), [3, 2], [[1, 0], [0, 1]])",
    "batch_to_space_gradient": gradient(
        "tf.batch_to_space(x, [2], [[1, 0]]) ** 2", x="tf.reshape(tf.range(8.), [4, 2])"
    ),
    "dilation2d": f"tf.nn.dilation2d({IMAGE}, {ELEMENT}, {ONES}, 'VALID', 'NHWC', {ONES})",
    "dilation2d_same": f"tf.nn.dilation2d({IMAGE}, {ELEMENT}, [1, 2, 1, 1], 'SAME', 'NHWC', {ONES})",
    "dilation2d_rates": f"tf.nn.dilation2d({IMAGE}, {ELEMENT}, {ONES}, 'SAME', 'NHWC', [1, 2, 1, 1])[..., 0]",
    "dilation2d_nchw": f"tf.nn.dilation2d({IMAGE}, {ELEMENT}, {ONES}, 'VALID', 'NCHW', {ONES})",
    "dilation2d_gradient": gradient(f"tf.nn.dilation2d(x, w, {ONES}, 'SAME', 'NHWC', {ONES}) ** 2", x=IMAGE, w=ELEMENT),
    "erosion2d": f"tf.nn.erosion2d({IMAGE} + 9., {ELEMENT}, {ONES}, 'VALID', 'NHWC', {ONES})",
    "erosion2d_same": f"tf.nn.erosion2d({IMAGE} + 9., {ELEMENT}, {ONES}, 'SAME', 'NHWC', {ONES})",
    "dilation2d_tiny": f"tf.nn.dilation2d(tf.ones([1, 1, 5, 1]), tf.ones([3, 3, 1]), {ONES}, 'VALID', 'NHWC', {ONES})",
}
