"""Inverses, determinants, systems of equations, least squares."""

from ..expand import gradient

# Of good condition, so that rounding does not show; NEAR is the same in TensorFlow's float32.
A = "tf.constant([[4., 1., 2.], [1., 5., 3.], [0.5, 2., 6.]], tf.float64)"
B = "tf.constant([[1., 2.], [3., 4.], [5., 7.]], tf.float64)"
Z = "tf.constant([[4 + 1j, 1j], [2., 3 - 2j]])"
ZB = "tf.constant([[1 + 2j], [3 - 1j]])"
BATCH = "tf.constant([[[2., 1.], [1., 3.]], [[4., 1.], [3., 5.]]], tf.float64)"
SINGULAR = "tf.constant([[1., 2.], [2., 4.]])"
X = "[[4., 1.], [2., 5.]], tf.float64"
DIAGONALS = "tf.constant([[1., 2., 0.], [4., 5., 6.], [0., 1., 2.]], tf.float64)"
DENSE = "tf.constant([[4., 1., 9.], [1., 5., 2.], [9., 2., 6.]], tf.float64)"

CASES = {
    # inv
    "inv": f"tf.linalg.inv({A})",
    "inv_float32": "tf.linalg.inv([[2., 1.], [0., 4.]])",
    "inv_float16": "tf.linalg.inv(tf.constant([[2., 1.], [0.5, 4.]], tf.float16))",
    "inv_adjoint": f"tf.linalg.inv({A}, adjoint=True)",
    "inv_complex": f"tf.linalg.inv({Z})",
    "inv_complex_adjoint": f"tf.linalg.inv({Z}, adjoint=True)",
    "inv_batch": f"tf.linalg.inv({BATCH})",
    "inv_empty": "tf.linalg.inv(tf.zeros([2, 0, 0]))",
    "inv_no_matrices": "tf.linalg.inv(tf.zeros([0, 2, 2]))",
    "inv_singular": f"tf.linalg.inv({SINGULAR})",
    "inv_one_singular_of_batch": "tf.linalg.inv([[[1., 0.], [0., 1.]], [[0., 0.], [0., 0.]]])",
    "inv_nan": "tf.linalg.inv([[np.nan, np.nan], [np.nan, np.nan]])",
    "solve_nan": "tf.linalg.solve([[np.nan, np.nan], [np.nan, np.nan]], [[1.], [2.]])",
    "inv_not_square": "tf.linalg.inv(tf.ones([2, 3]))",
    "inv_vector": "tf.linalg.inv(tf.ones([2]))",
    "inv_ints": "tf.linalg.inv(tf.constant([[1, 0], [0, 1]]))",
    # det, slogdet, logdet
    "det": f"tf.linalg.det({A})",
    "det_complex": f"tf.linalg.det({Z})",
    "det_batch": f"tf.linalg.det({BATCH})",
    "det_of_one": "tf.linalg.det([[-3.]])",
    "det_empty": "tf.linalg.det(tf.zeros([2, 0, 0]))",
    "det_nan": "tf.linalg.det([[np.nan, 1.], [1., 1.]])",
    "det_not_square": "tf.linalg.det(tf.ones([2, 3]))",
    "det_ints": "tf.linalg.det(tf.constant([[1]]))",
    "slogdet": f"list(tf.linalg.slogdet(-{A}))",
    "slogdet_complex": f"list(tf.linalg.slogdet({Z}))",
    "slogdet_batch": f"tf.linalg.slogdet({BATCH}).log_abs_determinant",
    "slogdet_of_zeros": "tf.linalg.slogdet(tf.zeros([2, 2])).log_abs_determinant",
    "slogdet_empty": "list(tf.linalg.slogdet(tf.zeros([0, 0])))",
    "slogdet_does_not_overflow": "tf.linalg.slogdet(1e30 * tf.eye(8)).log_abs_determinant",
    "logdet": f"tf.linalg.logdet({A} @ tf.transpose({A}))",
    "logdet_complex": f"tf.linalg.logdet({Z} @ tf.linalg.adjoint({Z}))",
    "logdet_not_positive": "tf.linalg.logdet([[1., 2.], [2., 1.]])",
    # solve
    "solve": f"tf.linalg.solve({A}, {B})",
    "solve_adjoint": f"tf.linalg.solve({A}, {B}, adjoint=True)",
    "solve_complex": f"tf.linalg.solve({Z}, {ZB})",
    "solve_complex_adjoint": f"tf.linalg.solve({Z}, {ZB}, adjoint=True)",
    "solve_batch": f"tf.linalg.solve({BATCH}, tf.ones([2, 2, 1], tf.float64))",
    "solve_nothing": f"tf.linalg.solve({A}, tf.zeros([3, 0], tf.float64))",
    "solve_empty": "tf.linalg.solve(tf.zeros([0, 0]), tf.zeros([0, 2]))",
    "solve_singular": f"tf.linalg.solve({SINGULAR}, tf.ones([2, 1]))",
    "solve_vector": "tf.linalg.solve(tf.eye(2), tf.ones([2]))",
    "solve_rows": "tf.linalg.solve(tf.eye(2), tf.ones([3, 1]))",
    "solve_ranks": "tf.linalg.solve(tf.eye(2, batch_shape=[3]), tf.ones([2, 1]))",
    "solve_batches": "tf.linalg.solve(tf.eye(2, batch_shape=[3]), tf.ones([2, 2, 1]))",
    "solve_not_square": "tf.linalg.solve(tf.ones([2, 3]), tf.ones([2, 1]))",
    "solve_dtypes": f"tf.linalg.solve({A}, tf.ones([3, 1]))",
    # triangular_solve, cholesky_solve, banded_triangular_solve
    "triangular_solve": f"tf.linalg.triangular_solve({A}, {B})",
    "triangular_solve_upper": f"tf.linalg.triangular_solve({A}, {B}, lower=False)",
    "triangular_solve_adjoint": f"tf.linalg.triangular_solve({A}, {B}, adjoint=True)",
    "triangular_solve_upper_adjoint": f"tf.linalg.triangular_solve({A}, {B}, lower=False, adjoint=True)",
    "triangular_solve_complex_adjoint": f"tf.linalg.triangular_solve({Z}, {ZB}, adjoint=True)",
    "triangular_solve_broadcasts": "tf.linalg.triangular_solve(2. * tf.eye(2, batch_shape=[3, 1]), tf.ones([2, 2, 1]))",
    "triangular_solve_zero_on_diagonal": "tf.linalg.triangular_solve([[1., 0.], [1., 0.]], [[1.], [2.]])",
    "triangular_solve_zero_comes_first": "tf.linalg.triangular_solve([[0., 0.], [1., 1.]], [[1.], [2.]])",
    "triangular_solve_empty": "tf.linalg.triangular_solve(tf.zeros([2, 0, 0]), tf.zeros([2, 0, 3]))",
    "triangular_solve_rows": "tf.linalg.triangular_solve(tf.eye(2), tf.ones([3, 1]))",
    "triangular_solve_vector": "tf.linalg.triangular_solve(tf.eye(2), tf.ones([2]))",
    "triangular_solve_not_square": "tf.linalg.triangular_solve(tf.ones([2, 3]), tf.ones([2, 1]))",
    "cholesky_solve": f"tf.linalg.cholesky_solve(tf.linalg.cholesky({A} @ tf.transpose({A})), {B})",
    "banded_triangular_solve": "tf.linalg.banded_triangular_solve([[2., 3., 4.], [9., 2., 3.]], tf.ones([3, 1]))",
    "banded_triangular_solve_diagonal": "tf.linalg.banded_triangular_solve([[2., 4.]], [[1.], [2.]])",
    "banded_triangular_solve_upper": """
        tf.linalg.banded_triangular_solve([[2., 3., 4., 9.], [-1., -2., -3., -4.]], tf.ones([4, 1]), lower=False)""",
    "banded_triangular_solve_adjoint": """
        tf.linalg.banded_triangular_solve([[2., 3., 4.], [9., 2., 3.]], tf.ones([3, 1]), adjoint=True)""",
    # tridiagonal matrices
    "tridiagonal_solve": f"tf.linalg.tridiagonal_solve({DIAGONALS}, tf.constant([1., 2., 3.], tf.float64))",
    "tridiagonal_solve_matrix": f"tf.linalg.tridiagonal_solve({DIAGONALS}, {B})",
    "tridiagonal_solve_transpose_rhs": f"""
        tf.linalg.tridiagonal_solve({DIAGONALS}, tf.transpose({B}), transpose_rhs=True)""",
    "tridiagonal_solve_conjugate_rhs": """
        held = tf.constant([[1j, 0], [4, 5], [0, 2.]])
        tf.linalg.tridiagonal_solve(held, tf.constant([1 + 2j, 3.]), conjugate_rhs=True)""",
    "tridiagonal_solve_sequence": """
        tf.linalg.tridiagonal_solve([tf.constant([1., 2.]), tf.constant([4., 5., 6.]), tf.constant([1., 2.])],
                                    tf.constant([1., 2., 3.]), diagonals_format='sequence')""",
    "tridiagonal_solve_dense": f"tf.linalg.tridiagonal_solve({DENSE}, {B}, diagonals_format='matrix')",
    "tridiagonal_solve_without_pivoting": f"tf.linalg.tridiagonal_solve({DIAGONALS}, {B}, partial_pivoting=False)",
    "tridiagonal_solve_format": f"tf.linalg.tridiagonal_solve({DIAGONALS}, {B}, diagonals_format='x')",
    "tridiagonal_solve_perturb": f"""
        tf.linalg.tridiagonal_solve({DIAGONALS}, {B}, perturb_singular=True, partial_pivoting=False)""",
    "tridiagonal_solve_singular": "tf.linalg.tridiagonal_solve(tf.zeros([3, 2]), tf.constant([1., 2.]))",
    "tridiagonal_solve_two_diagonals": "tf.linalg.tridiagonal_solve(tf.ones([2, 2]), tf.ones([2]))",
    "tridiagonal_solve_rows": "tf.linalg.tridiagonal_solve(tf.ones([3, 3]), tf.ones([2, 1]))",
    "tridiagonal_solve_ranks": "tf.linalg.tridiagonal_solve(tf.ones([2]), tf.ones([2]))",
    "tridiagonal_solve_batches": "tf.linalg.tridiagonal_solve(tf.ones([2, 3, 3]), tf.ones([3, 1]))",
    "tridiagonal_matmul": f"tf.linalg.tridiagonal_matmul({DIAGONALS}, {B})",
    "tridiagonal_matmul_sequence": f"tf.linalg.tridiagonal_matmul(list({DIAGONALS}), {B}, diagonals_format='sequence')",
    "tridiagonal_matmul_dense": f"tf.linalg.tridiagonal_matmul({DENSE}, {B}, diagonals_format='matrix')",
    "tridiagonal_matmul_format": f"tf.linalg.tridiagonal_matmul({DIAGONALS}, {B}, diagonals_format='x')",
    "tridiagonal_matmul_rows": "tf.linalg.tridiagonal_matmul(tf.ones([3, 3]), tf.ones([2, 1]))",
    "tridiagonal_matmul_vector": "tf.linalg.tridiagonal_matmul(tf.ones([3, 3]), tf.ones([3]))",
    # lstsq, pinv, matrix_rank
    "lstsq": f"tf.linalg.lstsq({B}, {A}[:, :1])",
    "lstsq_wide": f"tf.linalg.lstsq(tf.transpose({B}), tf.constant([[1.], [2.]], tf.float64))",
    "lstsq_regularized": f"tf.linalg.lstsq({B}, {A}[:, :1], l2_regularizer=0.5)",
    "lstsq_slow": f"tf.linalg.lstsq({B}, {A}[:, :1], fast=False)",
    "lstsq_slow_low_rank": "tf.linalg.lstsq([[1., 2.], [2., 4.]], [[1.], [1.]], fast=False)",
    "lstsq_batch": f"tf.linalg.lstsq({BATCH}, tf.ones([2, 2, 1], tf.float64))",
    "lstsq_complex": f"tf.linalg.lstsq({Z}, {ZB})",
    "lstsq_no_rows": "tf.linalg.lstsq(tf.zeros([0, 3]), tf.zeros([0, 1]))",
    "lstsq_rows": "tf.linalg.lstsq(tf.ones([2, 2]), tf.ones([3, 1]))",
    "lstsq_vector": "tf.linalg.lstsq(tf.eye(2), tf.ones([2]))",
    "pinv": "tf.linalg.pinv(tf.constant([[1., 2.], [3., 5.], [4., -1.]], tf.float64))",
    "pinv_wide": "tf.linalg.pinv(tf.constant([[1., 2., 3.], [4., 5., -1.]], tf.float64))",
    "pinv_batch": f"tf.linalg.pinv({BATCH})",
    "pinv_rcond": "tf.linalg.pinv([[1., 0.], [0., 0.1]], rcond=0.2)",
    "pinv_rcond_of_each": "tf.linalg.pinv([[[1., 0.], [0., 0.1]]] * 2, rcond=[0.2, 0.01])[:, 1, 1]",
    "pinv_of_zeros": "tf.linalg.pinv(tf.zeros([2, 3]))",
    "pinv_empty": "tf.linalg.pinv(tf.zeros([0, 3]))",
    "pinv_ints": "tf.linalg.pinv([[1, 2], [3, 4]])",
    "pinv_vector": "tf.linalg.pinv([1., 2.])",
    "matrix_rank": "tf.linalg.matrix_rank([[1., 2.], [2., 4.]])",
    "matrix_rank_of_ints": "tf.linalg.matrix_rank([[1, 2], [3, 4]])",
    "matrix_rank_tol": "tf.linalg.matrix_rank([[1., 0.], [0., 0.1]], tol=0.2)",
    "matrix_rank_batch": "tf.linalg.matrix_rank([[[1., 0.], [0., 0.1]], [[1., 1.], [1., 1.]], [[0., 0.], [0., 0.]]])",
    "matrix_rank_empty": "tf.linalg.matrix_rank(tf.zeros([0, 3]))",
    "matrix_rank_complex": f"tf.linalg.matrix_rank({Z})",
    "matrix_rank_vector": "tf.linalg.matrix_rank([1., 2.])",
    # Gradients.
    "gradient_inv": gradient("tf.linalg.inv(x) ** 2", x=X),
    "gradient_inv_complex": gradient("tf.linalg.inv(x)", x="[[4 + 1j, 1j], [2., 3 - 2j]]"),
    "gradient_inv_adjoint": gradient("tf.linalg.inv(x, adjoint=True) ** 2", x=X),
    "gradient_det": gradient("tf.linalg.det(x)", x=X),
    "gradient_det_singular": gradient("tf.linalg.det(x)", x="[[1., 2.], [2., 4.]]"),
    "gradient_slogdet": gradient("tf.linalg.slogdet(x).log_abs_determinant", x=X),
    "gradient_logdet": gradient("tf.linalg.logdet(x @ tf.transpose(x))", x=X),
    "gradient_solve": gradient("tf.linalg.solve(x, z) ** 2", x=X, z="[[1.], [2.]], tf.float64"),
    "gradient_solve_adjoint": gradient("tf.linalg.solve(x, z, adjoint=True) ** 2", x=X, z="[[1.], [2.]], tf.float64"),
    "gradient_solve_complex": gradient(
        "tf.linalg.solve(x, z)", x="[[4 + 1j, 1j], [2., 3 - 2j]]", z="[[1 + 2j], [3 - 1j]]"
    ),
    "gradient_triangular_solve": gradient("tf.linalg.triangular_solve(x, z)", x=X, z="[[1.], [2.]], tf.float64"),
    "gradient_triangular_solve_upper": gradient(
        "tf.linalg.triangular_solve(x, z, lower=False, adjoint=True)", x=X, z="[[1.], [2.]], tf.float64"
    ),
    "gradient_triangular_solve_broadcast": gradient(
        "tf.linalg.triangular_solve(x, z)", x=X, z="[[[1.], [2.]], [[3.], [5.]]], tf.float64"
    ),
    "gradient_tridiagonal_solve": gradient(
        "tf.linalg.tridiagonal_solve(x, z)",
        x="[[1., 2., 3.], [4., 5., 6.], [7., 1., 2.]], tf.float64",
        z="[[1.], [2.], [3.]], tf.float64",
    ),
    "gradient_tridiagonal_matmul": gradient(
        "tf.linalg.tridiagonal_matmul(x, z) ** 2",
        x="[[1., 2., 3.], [4., 5., 6.], [7., 1., 2.]], tf.float64",
        z="[[1.], [2.], [3.]], tf.float64",
    ),
    "gradient_lstsq": gradient(
        "tf.linalg.lstsq(x, z)", x="[[1., 2.], [3., 4.], [5., 7.]], tf.float64", z="[[1.], [2.], [4.]], tf.float64"
    ),
    "gradient_lstsq_regularized": gradient(
        "tf.linalg.lstsq(x, z, l2_regularizer=0.5)", x="[[1., 2., 5.]], tf.float64", z="[[1.]], tf.float64"
    ),
    "gradient_pinv": gradient("tf.linalg.pinv(x) ** 2", x="[[1., 2.], [3., 4.], [5., 7.]], tf.float64"),
    "second_order_inv": """
        x = tf.constant([[4., 1.], [2., 5.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.inv(x)
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
    "second_order_logdet": """
        x = tf.constant([[4., 1.], [1., 5.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.logdet(x)
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
    "second_order_solve": """
        x, b = tf.constant([[4., 1.], [2., 5.]], tf.float64), tf.constant([[1.], [2.]], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.linalg.solve(x, b)
            g = inner.gradient(y, x)
        outer.gradient(g, x)""",
    "pinv_of_unknown_sizes": """@tf.function(input_signature=[tf.TensorSpec([None, None, None], tf.float64)])
def f(a):
    return tf.linalg.pinv(a)
f(tf.constant([[[1., 2.], [3., 5.], [0., 1.]]], tf.float64))""",
    "matrix_rank_of_unknown_sizes": "tf.function(tf.linalg.matrix_rank, input_signature=[tf.TensorSpec([None, None])])("
    "tf.constant([[1., 2.], [2., 4.], [0., 0.]]))",
}
