"""Factorizations, eigenvalues, singular values, functions of matrices. Signs of vectors are not compared."""

from ..expand import gradient

A = "tf.constant([[4., 1., 2.], [1., 5., 3.], [0.5, 2., 7.]], tf.float64)"
S = "tf.constant([[4., 1., 0.5], [1., 5., 2.], [0.5, 2., 7.]], tf.float64)"
Z = "tf.constant([[4 + 1j, 1 - 2j], [2 + 1j, 3 - 2j]])"
H = "tf.constant([[4. + 0j, 1 - 2j], [1 + 2j, 5.]])"
TALL = "tf.constant([[1., 2.], [3., 5.], [4., -1.]], tf.float64)"
SINGULAR = "tf.constant([[1., 2.], [2., 4.]])"
NAN = "tf.constant([[np.nan, 1.], [1., 1.]])"
X = "[[4., 1.], [2., 5.]], tf.float64"
SYMMETRIC = "[[4., 1.], [1., 5.]], tf.float64"
RECTANGLE = "[[1., 2.], [3., 5.], [4., -1.]], tf.float64"

CASES = {
    # cholesky
    "cholesky": f"tf.linalg.cholesky({S})",
    "cholesky_complex": f"tf.linalg.cholesky({H})",
    "cholesky_reads_lower": "tf.linalg.cholesky([[4., 99.], [2., 5.]])",
    "cholesky_batch": f"tf.linalg.cholesky([{S}, 2. * {S}])",
    "cholesky_not_positive": "tf.linalg.cholesky([[1., 2.], [2., 1.]])[1, 1]",
    "cholesky_one_not_positive": "tf.linalg.cholesky([[[4., 0.], [0., 9.]], [[-1., 0.], [0., 1.]]])[:, 1]",
    "cholesky_empty": "tf.linalg.cholesky(tf.zeros([2, 0, 0]))",
    "cholesky_not_square": "tf.linalg.cholesky(tf.ones([2, 3]))",
    "cholesky_vector": "tf.linalg.cholesky(tf.ones([2]))",
    "cholesky_ints": "tf.linalg.cholesky(tf.constant([[1]]))",
    # lu
    "lu": f"list(tf.linalg.lu({A}))",
    "lu_exchanges_rows": "list(tf.linalg.lu([[1., 2.], [4., 3.]]))",
    "lu_int64": "tf.linalg.lu([[1., 2.], [4., 3.]], output_idx_type=tf.int64).p",
    "lu_batch": f"list(tf.linalg.lu([{A}, {S}]))",
    "lu_empty": "list(tf.linalg.lu(tf.zeros([2, 0, 0])))",
    "lu_singular": f"tf.linalg.lu({SINGULAR})",
    "lu_nan": f"tf.linalg.lu({NAN})",
    "lu_not_square": "tf.linalg.lu(tf.ones([2, 3]))",
    "lu_reconstruct": "tf.linalg.lu_reconstruct(*tf.linalg.lu([[1., 2.], [4., 3.]]))",
    "lu_reconstruct_batch": "tf.linalg.lu_reconstruct(*tf.linalg.lu([[[1., 2.], [4., 3.]], [[2., 1.], [1., 4.]]]))",
    "lu_solve": f"tf.linalg.lu_solve(*tf.linalg.lu({A}), rhs={S})",
    "lu_solve_batch": "tf.linalg.lu_solve(*tf.linalg.lu([[[1., 2.], [4., 3.]], [[2., 1.], [1., 4.]]]), rhs=tf.eye(2))",
    "lu_solve_rows": "tf.linalg.lu_solve(*tf.linalg.lu([[1., 2.], [4., 3.]]), rhs=tf.eye(3))",
    "lu_solve_vector": "tf.linalg.lu_solve(*tf.linalg.lu([[1., 2.], [4., 3.]]), rhs=[1., 2.])",
    "lu_matrix_inverse": f"tf.linalg.lu_matrix_inverse(*tf.linalg.lu({A}))",
    "lu_perm_of_other_rank": "tf.linalg.lu_reconstruct(tf.eye(2), [[0, 1]])",
    # qr: TensorFlow and NumPy choose the same signs
    "qr": f"list(tf.linalg.qr({TALL}))",
    "qr_wide": f"list(tf.linalg.qr(tf.transpose({TALL})))",
    "qr_full_r_shape": f"[part.shape for part in tf.linalg.qr({TALL}, full_matrices=True)]",
    "qr_product": f"tf.matmul(*tf.linalg.qr({A}))",
    "qr_complex_product": f"tf.matmul(*tf.linalg.qr({Z}))",
    "qr_fields": f"tf.linalg.qr({A}).r.shape",
    "qr_batch_shapes": "[part.shape for part in tf.linalg.qr(tf.ones([2, 3, 4]))]",
    "qr_empty": "list(tf.linalg.qr(tf.zeros([0, 3])))",
    "qr_no_columns": "tf.linalg.qr(tf.zeros([2, 0]), full_matrices=True).q",
    "qr_float16": "tf.abs(tf.linalg.qr(tf.constant([[3., 1.], [4., 2.]], tf.float16)).r)",
    "qr_vector": "tf.linalg.qr(tf.ones([2]))",
    "qr_ints": "tf.linalg.qr(tf.constant([[1]]))",
    # svd
    "svd_values": f"tf.linalg.svd({A}, compute_uv=False)",
    "svd_values_complex": f"tf.linalg.svd({Z}, compute_uv=False)",
    "svd_squares": f"s, u, v = tf.linalg.svd({TALL})\n[s, u * u, v * v]",
    "svd_product": f"s, u, v = tf.linalg.svd({TALL})\ntf.matmul(u * s, v, adjoint_b=True)",
    "svd_complex_product": f"""
        s, u, v = tf.linalg.svd({Z})
        tf.matmul(u * tf.cast(s, u.dtype), v, adjoint_b=True)""",
    "svd_shapes": f"[part.shape for part in tf.linalg.svd({TALL})]",
    "svd_full_shapes": f"[part.shape for part in tf.linalg.svd({TALL}, full_matrices=True)]",
    "svd_type": f"isinstance(tf.linalg.svd({TALL}), tuple)",
    "svd_nan": f"list(tf.linalg.svd({NAN}))",
    "svd_empty": "[part.shape for part in tf.linalg.svd(tf.zeros([0, 3]))]",
    "svd_empty_full": "list(tf.linalg.svd(tf.zeros([0, 2]), full_matrices=True))",
    "svd_vector": "tf.linalg.svd(tf.ones([2]))",
    "svd_ints": "tf.linalg.svd(tf.constant([[1]]))",
    # eigh
    "eigh_values": f"tf.linalg.eigh({S})[0]",
    "eigh_squares": f"tf.linalg.eigh({S})[1] ** 2",
    "eigh_complex_values": f"tf.math.real(tf.linalg.eigh({H})[0])",
    "eigh_complex_dtype": f"tf.linalg.eigh({H})[0].dtype",
    "eigh_product": f"e, v = tf.linalg.eigh({S})\ntf.matmul(v * e, v, adjoint_b=True)",
    "eigh_reads_lower": "tf.linalg.eigh(tf.constant([[2., 99.], [1., 2.5]], tf.float64))[0]",
    "eigh_empty": "list(tf.linalg.eigh(tf.zeros([2, 0, 0])))",
    "eigh_nan": f"tf.linalg.eigh({NAN})",
    "eigh_not_square": "tf.linalg.eigh(tf.ones([2, 3]))",
    "eigvalsh": f"tf.linalg.eigvalsh({S})",
    "eigvalsh_batch": f"tf.linalg.eigvalsh([{S}, 2. * {S}])",
    "eigvalsh_vector": "tf.linalg.eigvalsh(tf.ones([2]))",
    # eig
    "eig_values_sorted": f"tf.sort(tf.math.real(tf.eig({A})[0]))",
    "eig_dtypes": "[part.dtype for part in tf.linalg.eig(tf.constant([[1., 2.], [3., 4.]]))]",
    "eig_rotation": "tf.sort(tf.math.imag(tf.eigvals(tf.constant([[0., -1.], [1., 0.]], tf.float64))))",
    "eig_product": f"e, v = tf.linalg.eig({A})\ntf.math.real(tf.matmul(v * e, tf.linalg.inv(v)))",
    "eig_lengths": f"tf.reduce_sum(tf.abs(tf.linalg.eig({A})[1]) ** 2, 0)",
    "eigvals_sum": f"tf.math.real(tf.reduce_sum(tf.linalg.eigvals({A})))",
    "eigvals_complex_sum": f"tf.reduce_sum(tf.linalg.eigvals({Z}) ** 2)",
    "eig_empty": "list(tf.linalg.eig(tf.zeros([0, 0])))",
    "eig_nan": f"tf.linalg.eig({NAN})",
    "eigvals_not_square": "tf.linalg.eigvals(tf.ones([2, 3]))",
    # eigh_tridiagonal
    "eigh_tridiagonal": "tf.linalg.eigh_tridiagonal([1., 2., 3.], [4., 5.])",
    "eigh_tridiagonal_complex": "tf.linalg.eigh_tridiagonal(tf.constant([1 + 3j, 2.]), tf.constant([1j]))",
    "eigh_tridiagonal_vectors": "tf.linalg.eigh_tridiagonal([1., 2., 3.], [4., 5.], eigvals_only=False)[1] ** 2",
    "eigh_tridiagonal_by_index": "tf.linalg.eigh_tridiagonal([1., 2., 3.], [4., 5.], select='i', select_range=(0, 1))",
    "eigh_tridiagonal_by_value": """
        tf.linalg.eigh_tridiagonal([1., 2., 3.], [4., 5.], select='v', select_range=(0., 4.))""",
    "eigh_tridiagonal_of_one": "tf.linalg.eigh_tridiagonal([7.], [])",
    "eigh_tridiagonal_select": "tf.linalg.eigh_tridiagonal([1., 2.], [4.], select='x')",
    "eigh_tridiagonal_empty_range": "tf.linalg.eigh_tridiagonal([1., 2.], [4.], select='i', select_range=(1, 0))",
    "eigh_tridiagonal_dtypes": "tf.linalg.eigh_tridiagonal(tf.constant([1., 2.]), tf.constant([4.], tf.float64))",
    # functions
    "expm": f"tf.linalg.expm({A} / 4.)",
    "expm_large": "tf.linalg.expm(tf.constant([[10., 1.], [2., -5.]], tf.float64))",
    "expm_complex": f"tf.linalg.expm({Z})",
    "expm_nilpotent": "tf.linalg.expm([[0., 1.], [0., 0.]])",
    "expm_batch": f"tf.linalg.expm([{S} / 4., {S} / 8.])",
    "expm_empty": "tf.linalg.expm(tf.zeros([2, 0, 0]))",
    "expm_infinite": "tf.linalg.expm([[np.inf, 1.], [0., 1.]])",
    "expm_ints": "tf.linalg.expm([[1, 2], [3, 4]])",
    "expm_not_square": "tf.linalg.expm(tf.ones([2, 3]))",
    "logm": f"tf.linalg.logm({Z})",
    "logm_real": "tf.linalg.logm(tf.eye(2))",
    "logm_empty": "tf.linalg.logm(tf.zeros([0, 0], tf.complex64))",
    "logm_not_square": "tf.linalg.logm(tf.ones([2, 3], tf.complex64))",
    "sqrtm": f"tf.linalg.sqrtm({A})",
    "sqrtm_complex": f"tf.linalg.sqrtm({Z})",
    "sqrtm_top_level_name": "tf.matrix_square_root([[4., 0.], [0., 9.]])",
    "sqrtm_negative": "tf.linalg.sqrtm([[1., 2.], [3., -4.]])",
    "sqrtm_empty": "tf.linalg.sqrtm(tf.zeros([0, 2, 2]))",
    "sqrtm_not_square": "tf.linalg.sqrtm(tf.ones([2, 3]))",
    # Gradients.
    "gradient_cholesky": gradient("tf.linalg.cholesky(x)", x=SYMMETRIC),
    "gradient_cholesky_weighted": gradient(
        "tf.linalg.cholesky(x) ** 3", x="[[4., 1., 0.5], [1., 5., 2.], [0.5, 2., 7.]], tf.float64"
    ),
    "gradient_cholesky_complex": gradient(
        "tf.abs(tf.linalg.cholesky(x)) ** 2 * tf.constant([[1., 0.], [2., 3.]], tf.float64)",
        x="[[4. + 0j, 1 - 2j], [1 + 2j, 5.]]",
    ),
    "gradient_cholesky_solve": gradient(
        "tf.linalg.cholesky_solve(tf.linalg.cholesky(x), z)", x=SYMMETRIC, z="[[1.], [2.]], tf.float64"
    ),
    "gradient_qr": gradient("tf.reduce_sum(tf.linalg.qr(x).q ** 3)", x=RECTANGLE),
    "gradient_qr_r": gradient("tf.reduce_sum(tf.linalg.qr(x).r ** 2 * [[1., 2.], [3., 4.]])", x=RECTANGLE),
    "gradient_qr_wide": gradient(
        "tf.reduce_sum(tf.linalg.qr(x).r ** 2 * [[1., 2., 3.], [3., 4., 5.]])",
        x="[[1., 2., 4.], [3., 5., -1.]], tf.float64",
    ),
    "gradient_qr_complex": gradient(
        "tf.reduce_sum(tf.abs(tf.linalg.qr(x).r) ** 2 * [[1., 2.], [3., 5.]])", x="[[4 + 1j, 1 - 2j], [2 + 1j, 3 - 2j]]"
    ),
    "gradient_qr_full": gradient("tf.linalg.qr(x, full_matrices=True).r", x=RECTANGLE),
    "gradient_svd_values": gradient("tf.linalg.svd(x, compute_uv=False) * [1., 3.]", x=RECTANGLE),
    "gradient_svd_u": gradient("tf.linalg.svd(x)[1] ** 2 * [[1., 2.], [3., 5.], [4., 7.]]", x=RECTANGLE),
    "gradient_svd_v": gradient("tf.linalg.svd(x)[2] ** 2 * [[1., 2.], [3., 5.]]", x=RECTANGLE),
    "gradient_svd_wide": gradient(
        "tf.linalg.svd(tf.transpose(x))[2] ** 2 * [[1., 2.], [3., 5.], [4., 7.]]", x=RECTANGLE
    ),
    "gradient_svd_full": gradient(
        "tf.linalg.svd(x, full_matrices=True)[1] ** 2 * [[1., 2., 4.], [3., 5., -1.], [4., 7., 9.]]", x=RECTANGLE
    ),
    "gradient_svd_full_too_wide": gradient("tf.linalg.svd(x, full_matrices=True)[1]", x="[[1., 2., 3.]]"),
    "gradient_svd_complex": gradient(
        "tf.abs(tf.linalg.svd(x)[1]) ** 2 * [[1., 2.], [3., 5.]]", x="[[4 + 1j, 1 - 2j], [2 + 1j, 3 - 2j]]"
    ),
    "gradient_svd_equal_values": gradient("tf.linalg.svd(x)[1]", x="[[1., 0.], [0., 1.]]"),
    "gradient_eigh_values": gradient("tf.linalg.eigh(x)[0] * [1., 3.]", x=SYMMETRIC),
    "gradient_eigvalsh": gradient("tf.linalg.eigvalsh(x) * [1., 3.]", x=SYMMETRIC),
    "gradient_eigh_vectors": gradient("tf.linalg.eigh(x)[1] ** 2 * [[1., 2.], [3., 5.]]", x=SYMMETRIC),
    "gradient_eigh_complex": gradient(
        "tf.abs(tf.linalg.eigh(x)[1]) ** 2 * [[1., 2.], [3., 5.]]", x="[[4. + 0j, 1 - 2j], [1 + 2j, 5.]]"
    ),
    "gradient_eigh_equal_values": gradient("tf.linalg.eigh(x)[1] ** 2", x="[[1., 0.], [0., 1.]]"),
    "gradient_eigvals": gradient("tf.math.real(tf.reduce_sum(tf.linalg.eigvals(x) ** 2))", x=X),
    "gradient_eig_vectors": gradient(
        "tf.reduce_sum(tf.abs(tf.linalg.eig(x)[1]) ** 2 * [[1.], [3.]])", x="[[4., 1.], [2., 6.]], tf.float64"
    ),
    "gradient_expm": gradient("tf.linalg.expm(x) ** 2", x="[[0.5, 1.], [0.25, -0.5]], tf.float64"),
    "gradient_expm_complex": gradient("tf.linalg.expm(x)", x="[[0.5 + 1j, 1j], [0.25, -0.5 - 1j]]"),
    "gradient_sqrtm": gradient("tf.linalg.sqrtm(x) ** 2", x=X),
    "gradient_lu_solve": gradient("tf.linalg.triangular_solve(x, z)", x=X, z="[[1.], [2.]], tf.float64"),
    "second_order_cholesky": """
        x = tf.constant([[4., 1.], [1., 5.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.cholesky(x) ** 2
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
    "second_order_eigvalsh": """
        x = tf.constant([[4., 1.], [1., 5.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.eigvalsh(x) ** 2 * [1., 3.]
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
    "second_order_svd_values": """
        x = tf.constant([[4., 1.], [2., 5.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.svd(x, compute_uv=False) ** 2 * [1., 3.]
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
}
