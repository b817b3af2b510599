"""Products of matrices: flags, dtypes, gradients. The plain cases are in linalg.py."""

from ..expand import gradient

A = "tf.constant([[1., 2.], [3., 4.]])"
Z = "tf.constant([[1 + 2j, -1j], [2. + 0j, 3 - 1j]])"
CUBE = "tf.reshape(tf.range(24.), [2, 3, 4])"

CASES = {
    "adjoint_a_complex": f"tf.matmul({Z}, {Z}, adjoint_a=True)",
    "adjoint_b_complex": f"tf.matmul({Z}, {Z}, adjoint_b=True)",
    "transpose_a_complex": f"tf.matmul({Z}, {Z}, transpose_a=True)",
    "adjoint_ints": "tf.matmul(tf.constant([[1, 2]]), tf.constant([[3, 4]]), adjoint_b=True)",
    "both_transposed": f"tf.matmul({A}, {A}, transpose_a=True, transpose_b=True)",
    "transpose_and_adjoint": f"tf.matmul({A}, {A}, transpose_a=True, adjoint_a=True)",
    "transpose_and_adjoint_b": f"tf.matmul({A}, {A}, transpose_b=True, adjoint_b=True)",
    "batches_transposed": f"tf.matmul({CUBE}, {CUBE}, transpose_b=True)",
    "sparse_hint": f"tf.matmul({A}, {A}, a_is_sparse=True)",
    "grad_hint": f"tf.matmul({A}, {A}, grad_a=True)",
    "output_type_same": f"tf.matmul({A}, {A}, output_type=tf.float32)",
    "output_type_int8": "tf.matmul(*[tf.constant([[100, 2], [3, 4]], tf.int8)] * 2, output_type=tf.int32)",
    "output_type_mixed_bytes": """
        tf.matmul(tf.constant([[200]], tf.uint8), tf.constant([[-3]], tf.int8), output_type=tf.int32)""",
    "float16": "tf.matmul(tf.constant([[1, 2]], tf.float16), tf.constant([[3], [4]], tf.float16))",
    "int64": "tf.matmul(tf.constant([[1, 2]], tf.int64), tf.constant([[3], [4]], tf.int64))",
    "string": "tf.matmul(tf.constant([['a']]), tf.constant([['b']]))",
    "no_columns": "tf.matmul(tf.zeros([3, 2]), tf.zeros([2, 0]))",
    "no_batch": "tf.matmul(tf.zeros([0, 3, 2]), tf.zeros([2, 2]))",
    "matvec": f"tf.linalg.matvec({A}, tf.constant([1., 10.]))",
    "matvec_transposed": f"tf.linalg.matvec({A}, tf.constant([1., 10.]), transpose_a=True)",
    "matvec_adjoint": f"tf.linalg.matvec({Z}, tf.constant([1. + 0j, 1j]), adjoint_a=True)",
    "matvec_batch": f"tf.linalg.matvec({CUBE}, tf.constant([1., 2., 3., 4.]))",
    "matvec_both_batches": f"tf.linalg.matvec({CUBE}, tf.ones([2, 4]))",
    "matvec_sizes": f"tf.linalg.matvec({A}, tf.ones([3]))",
    "matvec_scalar": f"tf.linalg.matvec({A}, tf.constant(1.))",
    "adjoint": f"tf.linalg.adjoint({Z})",
    "adjoint_real": f"tf.linalg.adjoint({CUBE})",
    "adjoint_of_vector": "tf.linalg.adjoint(tf.constant([1., 2.]))",
    "matrix_transpose": f"tf.linalg.matrix_transpose({CUBE})",
    "matrix_transpose_conjugate": f"tf.linalg.matrix_transpose({Z}, conjugate=True)",
    "transpose_conjugate": f"tf.transpose({Z}, conjugate=True)",
    # tensordot.
    "tensordot_pair_of_ints": f"tf.tensordot({A}, {A}, [1, 0])",
    "tensordot_negative": f"tf.tensordot({CUBE}, {CUBE}, [[-1], [-1]])",
    "tensordot_negative_int": f"tf.tensordot({A}, {A}, (1, -1))",
    "tensordot_two_axes": f"tf.tensordot({CUBE}, {CUBE}[0], [[1, 2], [0, 1]])",
    "tensordot_crossed": f"tf.tensordot({CUBE}, tf.transpose({CUBE}[0]), [[1, 2], [1, 0]])",
    "tensordot_last_two": f"tf.tensordot({CUBE}, {CUBE}[0], 2)",
    "tensordot_outer_cube": f"tf.tensordot({A}, tf.constant([1., 2.]), 0)",
    "tensordot_tensor_axes": f"tf.tensordot({A}, {A}, tf.constant([[1], [0]]))",
    "tensordot_array_axes": f"tf.tensordot({A}, {A}, np.array([[1], [0]]))",
    "tensordot_numpy_int": f"tf.tensordot({A}, {A}, np.int64(1))",
    "tensordot_scalars": "tf.tensordot(tf.constant(2.), tf.constant(3.), 0)",
    "tensordot_ints": "tf.tensordot([1, 2], [3, 4], 1)",
    "tensordot_empty": "tf.tensordot(tf.ones([2, 0]), tf.ones([0, 3]), 1)",
    "tensordot_too_many": f"tf.tensordot({A}, {A}, 3)",
    "tensordot_negative_count": f"tf.tensordot({A}, {A}, -1)",
    "tensordot_counts_differ": f"tf.tensordot({A}, {A}, [[0, 1], [0]])",
    "tensordot_three_lists": f"tf.tensordot({A}, {A}, [[0], [0], [1]])",
    "tensordot_no_such_axis": f"tf.tensordot({A}, {A}, [[5], [0]])",
    "tensordot_axis_twice": f"tf.tensordot({A}, {A}, [[0, 0], [0, 1]])",
    "tensordot_float_axes": f"tf.tensordot({A}, {A}, 1.0)",
    "tensordot_text_axes": f"tf.tensordot({A}, {A}, 'x')",
    "tensordot_dtypes": "tf.tensordot(tf.constant([1, 2]), tf.constant([1., 2.]), 1)",
    # Gradients.
    "gradient_transposed": gradient(
        "tf.matmul(x, z, transpose_a=True, transpose_b=True)", x="[[1., 2.], [3., 4.]]", z="[[5., 6.], [7., 9.]]"
    ),
    "gradient_complex": gradient("x @ z", x="[[1 + 2j, 3 - 1j]]", z="[[2. + 1j], [3 - 1j]]"),
    "gradient_adjoint": gradient("tf.matmul(x, z, adjoint_a=True)", x="[[1 + 2j, -1j]]", z="[[2. + 0j, 3 - 1j]]"),
    "gradient_complex_transposed": gradient(
        "tf.matmul(x, z, transpose_a=True)", x="[[1 + 2j, -1j]]", z="[[2. + 0j, 3 - 1j]]"
    ),
    "gradient_matvec": gradient("tf.linalg.matvec(x, z)", x="[[1., 2.], [3., 4.]]", z="[5., 6.]"),
    "gradient_tensordot": gradient("tf.tensordot(x, z, [[0], [1]])", x="[[1., 2.]]", z="[[5.], [6.]]"),
    "gradient_tensordot_outer": gradient("tf.tensordot(x, z, 0)", x="[1., 2.]", z="[5., 6.]"),
    "gradient_adjoint_alone": gradient("tf.linalg.adjoint(x) * 2.", x="[[1 + 2j, -1j]], tf.complex64"),
    **{
        f"tensordot_of_unknown_sizes_{name}": f"""
@tf.function(input_signature=[tf.TensorSpec({dims_a}), tf.TensorSpec({dims_b})])
def f(a, b):
    with tf.GradientTape() as tape:
        tape.watch([a, b])
        y = tf.tensordot(a, b, {axes})
        z = tf.reduce_sum(y ** 2)
    return y, tape.gradient(z, [a, b])
f(tf.reshape(tf.range(24.), [2, 3, 4]), tf.reshape(tf.range(12.), [4, 3]))"""
        for name, dims_a, dims_b, axes in (
            ("all", [None] * 3, [None] * 2, "1"),
            ("layer", [None, None, 4], [4, 3], "1"),
            ("pair", [None] * 3, [None] * 2, "[[1, 2], [1, 0]]"),
            ("outer", [None] * 3, [None] * 2, "0"),
        )
    },
}
