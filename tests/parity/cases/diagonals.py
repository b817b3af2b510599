"""Diagonals and bands of matrices, cross products, identity matrices."""

from ..expand import gradient

SQUARE = "[[1., 2., 3.], [4., 5., 6.], [7., 8., 9.]]"
M = "tf.reshape(tf.range(1., 13.), [3, 4])"
CUBE = "tf.reshape(tf.range(1., 25.), [2, 3, 4])"
BAND = "tf.constant([[0., 7., 8.], [5., 6., 4.]])"
ALIGNMENTS = ("RIGHT_LEFT", "LEFT_RIGHT", "LEFT_LEFT", "RIGHT_RIGHT")

CASES = {
    # diag_part
    "diag_part": f"tf.linalg.diag_part({M})",
    "diag_part_batch": f"tf.linalg.diag_part({CUBE})",
    "diag_part_above": f"tf.linalg.diag_part({M}, k=1)",
    "diag_part_below": f"tf.linalg.diag_part({M}, k=-2)",
    "diag_part_pair_of_one": f"tf.linalg.diag_part({M}, k=(1, 1))",
    "diag_part_list_of_one": f"tf.linalg.diag_part({M}, k=[1])",
    "diag_part_tensor_k": f"tf.linalg.diag_part({M}, k=tf.constant([0, 1]))",
    "diag_part_of_bools": f"tf.linalg.diag_part({M} > 3., k=(0, 1))",
    "diag_part_int_padding": f"tf.linalg.diag_part({M}, k=(-1, 1), padding_value=7)",
    "diag_part_tensor_padding": f"tf.linalg.diag_part({M}, k=(-1, 1), padding_value=tf.constant(3.))",
    "diag_part_padding_of_other_kind": "tf.linalg.diag_part(tf.constant([[1, 2]]), k=(0, 1), padding_value=1.5)",
    "diag_part_batch_band": f"tf.linalg.diag_part({CUBE}, k=(-1, 0))",
    "diag_part_empty": "tf.linalg.diag_part(tf.zeros([0, 3]))",
    "diag_part_too_high": f"tf.linalg.diag_part({M}, k=4)",
    "diag_part_too_low": f"tf.linalg.diag_part({M}, k=-3)",
    "diag_part_reversed": f"tf.linalg.diag_part({M}, k=(1, 0))",
    "diag_part_three_bounds": f"tf.linalg.diag_part({M}, k=(0, 1, 2))",
    "diag_part_unknown_align": f"tf.linalg.diag_part({M}, k=(0, 1), align='X')",
    "diag_part_float_k": f"tf.linalg.diag_part({M}, k=1.)",
    "diag_part_vector": "tf.linalg.diag_part(tf.constant([1., 2.]))",
    **{
        f"diag_part_{align.lower()}": f"tf.linalg.diag_part({M}, k=(-1, 2), align='{align}', padding_value=9.)"
        for align in ALIGNMENTS
    },
    # diag
    "diag": "tf.linalg.diag([1, 2])",
    "diag_batch": "tf.linalg.diag([[1., 2.], [3., 4.]])",
    "diag_above": "tf.linalg.diag([1., 2.], k=1)",
    "diag_below": "tf.linalg.diag([1., 2.], k=-1)",
    "diag_rows_and_columns": "tf.linalg.diag([1., 2.], num_rows=3, num_cols=2, padding_value=5.)",
    "diag_rows": "tf.linalg.diag([1., 2.], num_rows=3)",
    "diag_columns": "tf.linalg.diag([1., 2.], k=1, num_cols=4)",
    "diag_bools": "tf.linalg.diag(tf.constant([True, False]))",
    "diag_too_few_rows": "tf.linalg.diag([1., 2.], num_rows=1)",
    "diag_too_large": "tf.linalg.diag([1., 2.], num_rows=3, num_cols=3)",
    "diag_number_of_diagonals": "tf.linalg.diag([[1., 2.], [3., 4.]], k=(-1, 1))",
    "diag_empty": "tf.linalg.diag(tf.zeros([0]))",
    **{f"diag_{align.lower()}": f"tf.linalg.diag({SQUARE}, k=(-1, 1), align='{align}')" for align in ALIGNMENTS},
    # set_diag
    "set_diag": f"tf.linalg.set_diag({M}, [7., 8., 9.])",
    "set_diag_list_of_ints": f"tf.linalg.set_diag({M}, [7, 8, 9])",
    "set_diag_above": f"tf.linalg.set_diag({M}, [7., 8., 9.], k=1)",
    "set_diag_band": f"tf.linalg.set_diag({M}, {BAND}, k=(0, 1))",
    "set_diag_band_aligned": f"tf.linalg.set_diag({M}, {BAND}, k=(-1, 0), align='LEFT_RIGHT')",
    "set_diag_batch": f"tf.linalg.set_diag({CUBE}, tf.zeros([2, 3]))",
    "set_diag_length": f"tf.linalg.set_diag({M}, [7., 8.])",
    "set_diag_does_not_broadcast": f"tf.linalg.set_diag({CUBE}, [1., 2., 3.])",
    "set_diag_dtypes": f"tf.linalg.set_diag({M}, tf.constant([1, 2, 3]))",
    # band_part
    "band_part_lower": f"tf.linalg.band_part({M}, -1, 0)",
    "band_part_upper": f"tf.linalg.band_part({CUBE}, 0, -1)",
    "band_part_tridiagonal": f"tf.linalg.band_part({M}, 1, 1)",
    "band_part_all": f"tf.linalg.band_part({M}, -1, -1)",
    "band_part_any_negative": f"tf.linalg.band_part({M}, -5, 0)",
    "band_part_whole": f"tf.linalg.band_part({M}, 3, 4)",
    "band_part_nan_outside": "tf.linalg.band_part([[1., np.nan], [np.inf, 2.]], 0, 0)",
    "band_part_bools": f"tf.linalg.band_part({M} > 3., 0, 0)",
    "band_part_tensors": f"tf.linalg.band_part({M}, tf.constant(1, tf.int64), tf.constant(0, tf.int64))",
    "band_part_too_many_rows": f"tf.linalg.band_part({M}, 4, 0)",
    "band_part_too_many_columns": f"tf.linalg.band_part({M}, 0, 5)",
    "band_part_float": f"tf.linalg.band_part({M}, 1., 0)",
    "band_part_vector": "tf.linalg.band_part([1., 2.], 0, 0)",
    # trace, tensor_diag
    "trace": f"tf.linalg.trace({M})",
    "trace_batch": f"tf.linalg.trace({CUBE})",
    "trace_ints": "tf.linalg.trace([[1, 2], [3, 4]])",
    "trace_empty": "tf.linalg.trace(tf.zeros([0, 0]))",
    "trace_vector": "tf.linalg.trace(tf.constant([1., 2.]))",
    "tensor_diag": "tf.linalg.tensor_diag([1, 2])",
    "tensor_diag_matrix": "tf.linalg.tensor_diag([[1., 2.]])",
    "tensor_diag_scalar": "tf.linalg.tensor_diag(tf.constant(1.))",
    "tensor_diag_part": "tf.linalg.tensor_diag_part(tf.reshape(tf.range(16.), [2, 2, 2, 2]))",
    "tensor_diag_part_matrix": "tf.linalg.tensor_diag_part([[1, 2], [3, 4]])",
    "tensor_diag_part_odd_rank": "tf.linalg.tensor_diag_part(tf.zeros([2, 2, 2]))",
    "tensor_diag_part_no_square": "tf.linalg.tensor_diag_part(tf.zeros([2, 3]))",
    # cross
    "cross": "tf.linalg.cross([1., 2., 3.], [4., 5., 7.])",
    "cross_ints": "tf.linalg.cross([1, 2, 3], [4, 5, 7])",
    "cross_uint8_wraps": "tf.linalg.cross(tf.constant([1, 2, 3], tf.uint8), tf.constant([3, 2, 1], tf.uint8))",
    "cross_batch": "tf.linalg.cross(tf.ones([2, 3]), tf.reshape(tf.range(6.), [2, 3]))",
    "cross_of_pairs": "tf.linalg.cross([1., 2.], [3., 4.])",
    "cross_does_not_broadcast": "tf.linalg.cross(tf.ones([2, 3]), tf.ones([3]))",
    "cross_scalars": "tf.linalg.cross(1., 2.)",
    # eye
    "eye_batch": "tf.eye(2, batch_shape=[2])",
    "eye_columns": "tf.eye(2, 3, dtype=tf.int32)",
    "eye_bool": "tf.eye(2, dtype=tf.bool)",
    "eye_complex": "tf.linalg.eye(2, dtype=tf.complex64)",
    "eye_tensors": "tf.eye(tf.constant(2), batch_shape=tf.constant([1]))",
    "eye_empty": "tf.eye(0)",
    "eye_negative": "tf.eye(-1)",
    "eye_float": "tf.eye(2.)",
    # Gradients.
    "gradient_diag_part": gradient("tf.linalg.diag_part(x) ** 2", x="[[1., 2., 3.], [4., 5., 6.]]"),
    "gradient_diag_part_band": gradient("tf.linalg.diag_part(x, k=(0, 1)) ** 2", x="[[1., 2., 3.], [4., 5., 6.]]"),
    "gradient_diag": gradient("tf.linalg.diag(x, k=1) ** 2", x="[1., 2.]"),
    "gradient_diag_band": gradient("tf.linalg.diag(x, k=(0, 1)) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_set_diag": gradient("tf.linalg.set_diag(x, z) ** 2", x="[[1., 2.], [3., 4.]]", z="[5., 6.]"),
    "gradient_band_part": gradient("tf.linalg.band_part(x, -1, 0) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_trace": gradient("tf.linalg.trace(x @ x)", x="[[1., 2.], [3., 4.]]"),
    "gradient_tensor_diag": gradient("tf.linalg.tensor_diag(x) ** 2", x="[1., 2.]"),
    "gradient_tensor_diag_part": gradient("tf.linalg.tensor_diag_part(x) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_cross": gradient("tf.linalg.cross(x, z) ** 2", x="[1., 2., 3.]", z="[4., 5., 7.]"),
    "tensor_diag_of_unknown_sizes": "tf.function(tf.linalg.tensor_diag, input_signature=[tf.TensorSpec([None, None])])("
    "tf.constant([[1., 2.], [3., 4.]]))",
    "tensor_diag_part_of_unknown_sizes": "tf.function(tf.linalg.tensor_diag_part, "
    "input_signature=[tf.TensorSpec([None, None])])(tf.constant([[1., 2.], [3., 4.]]))",
    "tensor_diag_gradient_of_unknown_sizes": """@tf.function(input_signature=[tf.TensorSpec([None])])
def f(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.linalg.tensor_diag_part(tf.linalg.tensor_diag(x ** 2) * 3.)
    return tape.gradient(y, x)
f(tf.constant([1., 2.]))""",
}
