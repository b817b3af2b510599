"""tf.linalg.LinearOperator: what constructors and methods take and refuse, hints, blocks, variables, slices."""

_HINTS = "[o.is_non_singular, o.is_self_adjoint, o.is_positive_definite, o.is_square]"

# Expressions that an operator of these is made by; what is asked of it is its hints, or it raises.
_MADE = {
    "definite": "L.LinearOperatorFullMatrix([[1.]], is_positive_definite=True)",
    "definite_singular": "L.LinearOperatorFullMatrix([[1.]], is_positive_definite=True, is_non_singular=False)",
    "non_singular_not_square": "L.LinearOperatorFullMatrix([[1.]], is_non_singular=True, is_square=False)",
    "self_adjoint_not_square": "L.LinearOperatorFullMatrix([[1.]], is_self_adjoint=True, is_square=False)",
    "not_square_but_square": "L.LinearOperatorFullMatrix([[1.]], is_square=False)",
    "not_square": "L.LinearOperatorFullMatrix([[1., 2.]])",
    "not_square_said_square": "L.LinearOperatorFullMatrix([[1., 2.]], is_square=True)",
    "full_matrix_int": "L.LinearOperatorFullMatrix([[1, 2]])",
    "full_matrix_vector": "L.LinearOperatorFullMatrix([1., 2.])",
    "full_matrix_bfloat16": "L.LinearOperatorFullMatrix(tf.ones([2, 2], tf.bfloat16))",
    "diag_scalar": "L.LinearOperatorDiag(1.)",
    "diag_int": "L.LinearOperatorDiag([1, 2])",
    "diag_real_not_self_adjoint": "L.LinearOperatorDiag([1.], is_self_adjoint=False)",
    "diag_complex": "L.LinearOperatorDiag([1j])",
    "diag_complex_not_self_adjoint": "L.LinearOperatorDiag([1j], is_self_adjoint=False)",
    "diag_not_square": "L.LinearOperatorDiag([1.], is_square=False)",
    "identity": "L.LinearOperatorIdentity(2)",
    "identity_negative": "L.LinearOperatorIdentity(-2)",
    "identity_float": "L.LinearOperatorIdentity(2.)",
    "identity_vector": "L.LinearOperatorIdentity([2])",
    "identity_tensor": "L.LinearOperatorIdentity(tf.constant(2))",
    "identity_variable": "L.LinearOperatorIdentity(tf.Variable(2))",
    "identity_batch_scalar": "L.LinearOperatorIdentity(2, batch_shape=3)",
    "identity_batch_negative": "L.LinearOperatorIdentity(2, batch_shape=[-3])",
    "identity_batch_float": "L.LinearOperatorIdentity(2, batch_shape=[3.])",
    "identity_batch_empty": "L.LinearOperatorIdentity(2, batch_shape=[])",
    "identity_not_self_adjoint": "L.LinearOperatorIdentity(2, is_self_adjoint=False)",
    "identity_not_definite": "L.LinearOperatorIdentity(2, is_positive_definite=False)",
    "identity_singular": "L.LinearOperatorIdentity(2, is_non_singular=False)",
    "identity_not_square": "L.LinearOperatorIdentity(2, is_square=False)",
    "scaled": "L.LinearOperatorScaledIdentity(2, 3.)",
    "scaled_complex": "L.LinearOperatorScaledIdentity(2, 3j)",
    "scaled_not_self_adjoint": "L.LinearOperatorScaledIdentity(2, 3., is_self_adjoint=False)",
    "scaled_not_square": "L.LinearOperatorScaledIdentity(2, 3., is_square=False)",
    "scaled_rows_float": "L.LinearOperatorScaledIdentity(2., 3.)",
    "zeros": "L.LinearOperatorZeros(2)",
    "zeros_rectangle": "L.LinearOperatorZeros(2, 3, is_square=False, is_self_adjoint=False)",
    "zeros_rectangle_said_square": "L.LinearOperatorZeros(2, 3)",
    "zeros_non_singular": "L.LinearOperatorZeros(2, is_non_singular=True)",
    "zeros_definite": "L.LinearOperatorZeros(2, is_positive_definite=True)",
    "zeros_not_self_adjoint": "L.LinearOperatorZeros(2, is_self_adjoint=False)",
    "zeros_negative": "L.LinearOperatorZeros(2, -2, is_square=False)",
    "lower": "L.LinearOperatorLowerTriangular([[1.]])",
    "lower_vector": "L.LinearOperatorLowerTriangular([1.])",
    "lower_not_square": "L.LinearOperatorLowerTriangular([[1.]], is_square=False)",
    "tridiag_format": "L.LinearOperatorTridiag([[1.]], 'dense')",
    "toeplitz_lengths": "L.LinearOperatorToeplitz([1.], [1., 2.])",
    "toeplitz_scalars": "L.LinearOperatorToeplitz(1., 1.)",
    "toeplitz": "L.LinearOperatorToeplitz([1., 2.], [1., 3.])",
    "circulant": "L.LinearOperatorCirculant([1., 2.])",
    "circulant_complex": "L.LinearOperatorCirculant([1j, 2.])",
    "circulant_scalar": "L.LinearOperatorCirculant(1.)",
    "circulant_2d_vector": "L.LinearOperatorCirculant2D([1.])",
    "circulant_not_self_adjoint": "L.LinearOperatorCirculant([1., 2.], is_self_adjoint=False)",
    "circulant_not_square": "L.LinearOperatorCirculant([1., 2.], is_square=False)",
    "householder": "L.LinearOperatorHouseholder([1.])",
    "householder_definite": "L.LinearOperatorHouseholder([1.], is_positive_definite=True)",
    "householder_not_self_adjoint": "L.LinearOperatorHouseholder([1.], is_self_adjoint=False)",
    "householder_scalar": "L.LinearOperatorHouseholder(1.)",
    "permutation": "L.LinearOperatorPermutation([1, 0])",
    "permutation_twice": "L.LinearOperatorPermutation([1, 1])",
    "permutation_float": "L.LinearOperatorPermutation([1., 0.])",
    "permutation_scalar": "L.LinearOperatorPermutation(0)",
    "permutation_singular": "L.LinearOperatorPermutation([1, 0], is_non_singular=False)",
    "kronecker": "L.LinearOperatorKronecker([d, d])",
    "kronecker_definite": "L.LinearOperatorKronecker([e, e])",
    "kronecker_singular": "L.LinearOperatorKronecker([e, e], is_non_singular=False)",
    "kronecker_none": "L.LinearOperatorKronecker([])",
    "kronecker_dtypes": "L.LinearOperatorKronecker([d, L.LinearOperatorDiag([1j])])",
    "block_diag": "L.LinearOperatorBlockDiag([d, f])",
    "block_diag_definite": "L.LinearOperatorBlockDiag([e, e])",
    "block_diag_not_definite": "L.LinearOperatorBlockDiag([e, e], is_positive_definite=False)",
    "block_diag_none": "L.LinearOperatorBlockDiag([])",
    "block_diag_dtypes": "L.LinearOperatorBlockDiag([d, L.LinearOperatorDiag([1j])])",
    "block_lower": "L.LinearOperatorBlockLowerTriangular([[f], [f, d]])",
    "block_lower_non_singular": "L.LinearOperatorBlockLowerTriangular([[e], [f, e]])",
    "block_lower_said_singular": "L.LinearOperatorBlockLowerTriangular([[e], [f, e]], is_non_singular=False)",
    "block_lower_not_square": "L.LinearOperatorBlockLowerTriangular([[e], [f, e]], is_square=False)",
    "block_lower_row_too_long": "L.LinearOperatorBlockLowerTriangular([[e], [f, e, e]])",
    "block_lower_wrong_size": "L.LinearOperatorBlockLowerTriangular([[e], [L.LinearOperatorIdentity(3), e]])",
    "block_lower_rectangle": "L.LinearOperatorBlockLowerTriangular([[L.LinearOperatorFullMatrix([[1., 2.]])]])",
    "composition": "L.LinearOperatorComposition([d, f])",
    "composition_aah": "L.LinearOperatorComposition([f, f.H])",
    "composition_aah_non_singular": "L.LinearOperatorComposition([f, f.H], is_non_singular=True)",
    "composition_of_two_self_adjoint": "L.LinearOperatorComposition([d, d])",
    "composition_of_one": "L.LinearOperatorComposition([e])",
    "composition_aah_not_self_adjoint": "L.LinearOperatorComposition([f, f.H], is_self_adjoint=False)",
    "composition_none": "L.LinearOperatorComposition([])",
    "composition_dtypes": "L.LinearOperatorComposition([d, L.LinearOperatorDiag([1j, 1j])])",
    "composition_said_singular": "L.LinearOperatorComposition([e, e], is_non_singular=False)",
    "inversion": "L.LinearOperatorInversion(e)",
    "inversion_singular": "L.LinearOperatorInversion(L.LinearOperatorZeros(2))",
    "inversion_said_singular": "L.LinearOperatorInversion(f, is_non_singular=False)",
    "inversion_rectangle": "L.LinearOperatorInversion(L.LinearOperatorFullMatrix([[1., 2.]]))",
    "inversion_contradiction": "L.LinearOperatorInversion(e, is_self_adjoint=False)",
    "adjoint": "L.LinearOperatorAdjoint(e)",
    "adjoint_contradiction": "L.LinearOperatorAdjoint(e, is_positive_definite=False)",
    "low_rank": "L.LinearOperatorLowRankUpdate(d, [[1.], [1.]])",
    "low_rank_definite": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]])",
    "low_rank_diag": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]], [1.])",
    "low_rank_v": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]], v=[[1.], [1.]])",
    "low_rank_complex": "L.LinearOperatorLowRankUpdate(L.LinearOperatorDiag([1j, 1j]), [[1j], [1j]])",
    "low_rank_not_positive": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]], is_diag_update_positive=False)",
    "low_rank_not_self_adjoint": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]], is_self_adjoint=False)",
    "low_rank_rows": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.], [1.]])",
    "low_rank_ranks": "L.LinearOperatorLowRankUpdate(e, [[1.], [1.]], [1., 2.])",
    "graph_parents": "L.LinearOperatorFullMatrix([[1.]])",
    "of_an_inverse": "e.inverse()",
    "of_an_adjoint": "f.H",
    "of_a_cholesky_factor": "e.cholesky()",
    "of_a_quotient": "f.solve(e)",
    "of_a_rectangular_product": "L.LinearOperatorFullMatrix([[1., 2.]]) @ d",
    "of_rectangles": "L.LinearOperatorFullMatrix([[1., 2.]]) @ L.LinearOperatorFullMatrix([[1.], [2.]])",
}  # fmt: skip

_GIVEN = """L = tf.linalg
d = L.LinearOperatorDiag([1., 2.])
e = L.LinearOperatorDiag([3., 4.], is_positive_definite=True)
f = L.LinearOperatorFullMatrix([[1., 2.], [3., 4.]])
blocks = L.LinearOperatorBlockDiag([d, L.LinearOperatorFullMatrix([[5.]])])
row = [L.LinearOperatorFullMatrix([[1., 1.]]), L.LinearOperatorIdentity(1)]
lower = L.LinearOperatorBlockLowerTriangular([[d], row])
wide = L.LinearOperatorFullMatrix([[1., 2., 3.], [4., 5., 6.]])
"""

_ASKED = {
    "matmul_wrong_rows": "d.matmul(tf.ones([3, 1]))",
    "matmul_wrong_rows_adjoint": "wide.matmul(tf.ones([3, 1]), adjoint=True)",
    "matmul_wrong_dtype": "d.matmul(np.ones([2, 1]))",
    "matmul_int": "d.matmul([[1], [2]])",
    "matmul_vector": "d.matmul([1., 2.])",
    "matmul_operator_wrong_size": "d.matmul(L.LinearOperatorIdentity(3))",
    "matvec_wrong_size": "d.matvec([1., 2., 3.])",
    "matvec_wrong_dtype": "d.matvec(np.ones([2]))",
    "solve_wrong_rows": "d.solve(tf.ones([3, 1]))",
    "solve_rectangle": "wide.solve(tf.ones([2, 1]))",
    "solve_singular": "L.LinearOperatorZeros(2).solve(tf.ones([2, 1]))",
    "solvevec_wrong_size": "d.solvevec([1., 2., 3.])",
    "solvevec_singular": "L.LinearOperatorZeros(2).solvevec([1., 2.])",
    "determinant_rectangle": "wide.determinant()",
    "log_abs_determinant_rectangle": "wide.log_abs_determinant()",
    "inverse_rectangle": "wide.inverse()",
    "inverse_singular": "L.LinearOperatorZeros(2).inverse()",
    "cholesky_not_definite": "d.cholesky()",
    "eigvals_not_self_adjoint": "f.eigvals()",
    "logdet": "L.logdet(e)",
    "logdet_not_definite": "L.logdet(d)",
    "add_to_tensor_dtype": "d.add_to_tensor(np.ones([2, 2]))",
    "trace_rectangle": "wide.trace()",
    "diag_part_rectangle": "wide.diag_part()",
    "cond_rectangle": "L.LinearOperatorFullMatrix([[3., 0., 0.], [0., 4., 0.]]).cond()",
    "rectangle_times": "wide @ [[1.], [2.], [3.]]",
    "rectangle_adjoint_times": "wide.matmul([[1.], [2.]], adjoint=True)",
    "rectangle_on_the_right": "tf.ones([1, 2]) @ wide",
    "rectangle_shape": "[wide.H.shape, int(wide.domain_dimension), int(wide.range_dimension), wide.is_square]",
    "tensor_times_operator": "tf.constant([[1., 1.]]) @ f",
    "matmul_function_adjoint_a": "tf.linalg.matmul(f, [[1.], [2.]], adjoint_a=True)",
    "matmul_function_adjoint_b": "tf.linalg.matmul(f, [[1., 2.]], adjoint_b=True)",
    "matmul_function_transpose": "tf.linalg.matmul(f, [[1.], [2.]], transpose_a=True)",
    "matmul_function_right_adjoint_b": "tf.matmul([[1., 1.]], f, adjoint_b=True)",
    "matmul_function_right_adjoint_a": "tf.matmul([[1.], [1.]], f, adjoint_a=True)",
    "matmul_function_operators": "tf.matmul(f, d).to_dense()",
    "matvec_function_adjoint": "tf.linalg.matvec(f, [1., 2.], adjoint_a=True)",
    "solve_function_adjoint": "tf.linalg.solve(d, [[1.], [2.]], adjoint=True)",
    "solve_function_operator_right": "tf.linalg.solve(tf.ones([2, 2]), d)",
    "inv_function_adjoint": "tf.linalg.inv(f, adjoint=True).to_dense()",
    "adjoint_function": "tf.linalg.adjoint(f).to_dense()",
    "cholesky_function": "tf.linalg.cholesky(e).to_dense()",
    "slogdet_function": "tf.linalg.slogdet(d)",
    "is_tensor": "tf.is_tensor(d)",
    "convert": "tf.convert_to_tensor(d)",
    "flatten": "len(tf.nest.flatten([d, {'a': f}]))",
    "plus": "d + d",
    "times_number": "d * 2.",
    "iterating_adjoint_twice": "f.H.H is f",
    "inverse_twice": "f.inverse().inverse() is f",
    "self_adjoint_is_its_own_adjoint": "d.H is d",
    "names": "[o.name for o in [f.H, f.inverse(), f @ d, L.LinearOperatorKronecker([f, d]), blocks, lower]]",
    "name": "L.LinearOperatorDiag([1.], name='mine').name",
    "parameters": "L.LinearOperatorIdentity(2, name='mine').parameters",
    "parameters_diag": "d.parameters",
    "variables": "[v.name for v in L.LinearOperatorDiag(tf.Variable([1., 2.], name='v')).trainable_variables]",
    "variables_of_parts": "len(L.LinearOperatorComposition([L.LinearOperatorDiag(tf.Variable([1.])), e]).variables)",
    "variable_is_kept": "isinstance(L.LinearOperatorDiag(tf.Variable([1., 2.])).diag, tf.Variable)",
    "variable_changes": """
v = tf.Variable([1., 2.])
o = L.LinearOperatorDiag(v)
v.assign([3., 4.])
o.to_dense()
""",
    "variable_in_a_function": """
v = tf.Variable([1., 2.])
o = L.LinearOperatorDiag(v)
@tf.function
def f(operator, x):
    return operator.matvec(x)
first = f(o, tf.ones([2]))
v.assign([3., 4.])
[first, f(o, tf.ones([2]))]
""",
    "variable_gradient": """
v = tf.Variable([1., 2.])
o = L.LinearOperatorDiag(v)
with tf.GradientTape() as tape:
    y = tf.reduce_sum(o.solvevec([1., 1.])) + o.log_abs_determinant()
tape.gradient(y, o.trainable_variables)
""",
    "traced_once_for_operators_alike": """
traces = []
@tf.function
def f(operator):
    traces.append(1)
    return operator.to_dense()
f(L.LinearOperatorDiag([1., 2.])), f(L.LinearOperatorDiag([3., 4.])), f(L.LinearOperatorDiag([3., 4., 5.]))
len(traces)
""",
    "unknown_sizes": """
@tf.function(input_signature=[tf.TensorSpec([None, None]), tf.TensorSpec([None, None, 2])])
def f(diag, x):
    o = tf.linalg.LinearOperatorDiag(diag)
    return o.matmul(x), o.shape_tensor(), o.batch_shape_tensor(), o.domain_dimension_tensor(), o.to_dense()
f(tf.constant([[1., 2., 3.]]), tf.ones([4, 3, 2]))
""",
    "from_a_loop": """
o = L.LinearOperatorFullMatrix([[0.5, 0.25], [0.125, 0.5]])
@tf.function
def f(x):
    for _ in tf.range(3):
        x = o.matvec(x)
    return x
f(tf.constant([1., 2.]))
""",
    "blocks_matvec_list": "blocks.matvec([tf.constant([1., 1.]), tf.constant([2.])])",
    "blocks_matvec_tensor": "blocks.matvec([1., 1., 2.])",
    "blocks_matmul_list": "blocks.matmul([tf.ones([2, 2]), tf.ones([1, 2])])",
    "blocks_matmul_lists_of_numbers": "blocks.matmul([[[1.], [1.]], [[2.]]])",
    "blocks_matmul_adjoint_arg": "blocks.matmul([tf.ones([3, 2]), tf.ones([3, 1])], adjoint_arg=True)",
    "blocks_matmul_wrong": "blocks.matmul([tf.ones([3, 2]), tf.ones([1, 2])])",
    "blocks_solve_list": "blocks.solve([tf.ones([2, 1]), tf.ones([1, 1])])",
    "blocks_solvevec_list": "blocks.solvevec([tf.ones([2]), tf.ones([1])])",
    "blocks_times_blocks": "[type(o).__name__ for o in (blocks @ blocks).operators]",
    "blocks_solve_blocks": "[type(o).__name__ for o in blocks.solve(blocks).operators]",
    "blocks_inverse": "[type(o).__name__ for o in blocks.inverse().operators]",
    "blocks_differ": "blocks @ L.LinearOperatorBlockDiag([L.LinearOperatorIdentity(3)])",
    "blocks_rectangle_trace": "L.LinearOperatorBlockDiag([wide, d], is_square=False).trace()",
    "blocks_rectangle_matvec": "L.LinearOperatorBlockDiag([wide, d], is_square=False).matvec([1., 2., 3., 4., 5.])",
    "lower_matvec_list": "lower.matvec([tf.constant([1., 1.]), tf.constant([2.])])",
    "lower_matvec_list_adjoint": "lower.matvec([tf.constant([1., 1.]), tf.constant([2.])], adjoint=True)",
    "lower_solve_list": "lower.solve([tf.ones([2, 1]), tf.ones([1, 1])])",
    "lower_solve_list_adjoint": "lower.solve([tf.ones([2, 1]), tf.ones([1, 1])], adjoint=True)",
    "lower_solve_adjoint_arg": "lower.solve([tf.ones([1, 2]), tf.ones([1, 1])], adjoint_arg=True)",
    "lower_inverse": "lower.inverse().to_dense()",
    "part_of_a_batch": "L.LinearOperatorDiag([[1., 2.], [3., 4.]])[1].to_dense()",
    "part_of_a_batch_newaxis": "L.LinearOperatorDiag([[1., 2.], [3., 4.]])[tf.newaxis, ..., 1].shape",
    "part_of_a_batch_identity": "L.LinearOperatorIdentity(2, [3, 4])[1, 2:].shape",
    "part_of_a_batch_scaled": "L.LinearOperatorScaledIdentity(2, [3., 4.])[1].to_dense()",
    "part_of_a_batch_kronecker": "L.LinearOperatorKronecker([L.LinearOperatorDiag([[1., 2.]]), d])[0].shape",
    "identity_matmul_broadcasts": "L.LinearOperatorIdentity(2, [3]).matmul(tf.ones([2, 1])).shape",
    "identity_add_to_tensor": "L.LinearOperatorIdentity(2).add_to_tensor(tf.ones([2, 2]))",
    "zeros_matmul": "L.LinearOperatorZeros(2, 3, is_square=False, is_self_adjoint=False).matmul(tf.ones([3, 4]))",
    "zeros_matmul_adjoint": "L.LinearOperatorZeros(2, 3, is_square=False, is_self_adjoint=False)"
    ".matmul(tf.ones([2, 4]), adjoint=True)",
    "zeros_batch": "L.LinearOperatorZeros(2, batch_shape=[3]).matmul(tf.ones([2, 1])).shape",
    "zeros_numbers": "o = L.LinearOperatorZeros(2)\n[o.trace(), o.determinant(), o.diag_part()]",
    "zeros_product": "type(d @ L.LinearOperatorZeros(2)).__name__, type(L.LinearOperatorZeros(2) @ d).__name__",
    "zeros_rectangle_product": "wide @ L.LinearOperatorZeros(3)",
    "zeros_assert_non_singular": "L.LinearOperatorZeros(2).assert_non_singular()",
    "zeros_assert_positive_definite": "L.LinearOperatorZeros(2).assert_positive_definite()",
    "zeros_assert_self_adjoint": "L.LinearOperatorZeros(2).assert_self_adjoint()",
    "assert_singular_diag": "L.LinearOperatorDiag([1., 0.]).assert_non_singular()",
    "assert_singular_matrix": "L.LinearOperatorFullMatrix([[1., 2.], [2., 4.]]).assert_non_singular()",
    "assert_singular_lower": "L.LinearOperatorLowerTriangular([[1., 2.], [2., 0.]]).assert_non_singular()",
    "assert_singular_circulant": "L.LinearOperatorCirculant([1., 0.]).assert_non_singular()",
    "assert_singular_scaled": "L.LinearOperatorScaledIdentity(2, 0.).assert_non_singular()",
    "assert_singular_block": "L.LinearOperatorBlockDiag([d, L.LinearOperatorDiag([0.])]).assert_non_singular()",
    "assert_definite_diag": "L.LinearOperatorDiag([1., -1.]).assert_positive_definite()",
    "assert_definite_full": "f.assert_positive_definite()",
    "assert_definite_full_self_adjoint": "L.LinearOperatorFullMatrix([[2., 1.], [1., 2.]], is_self_adjoint=True)"
    ".assert_positive_definite()",
    "assert_definite_householder": "L.LinearOperatorHouseholder([1., 2.]).assert_positive_definite()",
    "assert_definite_circulant": "L.LinearOperatorCirculant([1., -1.]).assert_positive_definite()",
    "assert_self_adjoint_diag": "L.LinearOperatorDiag([1j]).assert_self_adjoint()",
    "assert_self_adjoint_full": "f.assert_self_adjoint()",
    "assert_self_adjoint_tridiag": "L.LinearOperatorTridiag([[1., 0.], [2., 2.], [0., 3.]]).assert_self_adjoint()",
    "assert_self_adjoint_tridiag_held": "L.LinearOperatorTridiag([[1., 0.], [2., 2.], [0., 1.]]).assert_self_adjoint()",
    "assert_self_adjoint_toeplitz": "L.LinearOperatorToeplitz([1., 2.], [1., 3.]).assert_self_adjoint()",
    "circulant_block_shape": "o = L.LinearOperatorCirculant2D(tf.ones([5, 2, 3]))\n"
    "[o.block_shape, o.block_shape_tensor(), o.block_depth, o.shape]",
    "circulant_kernel": "L.LinearOperatorCirculant([6., 2., 2.]).convolution_kernel()",
    "circulant_product": "(L.LinearOperatorCirculant([6., 2.]) @ L.LinearOperatorCirculant([1., 3.])).spectrum",
    "cholesky_of_a_gram_product": "l = L.LinearOperatorLowerTriangular([[-1., 0.], [2., 3.]], is_non_singular=True)\n"
    "(l @ l.H).cholesky().to_dense()",
    "base_class": "L.LinearOperator(tf.float32)",
    "own_operator": """
class Twice(tf.linalg.LinearOperator):
    def __init__(self):
        super().__init__(dtype=tf.float32, is_self_adjoint=True, is_positive_definite=True, parameters={})
    def _shape(self):
        return tf.TensorShape([2, 2])
    def _matmul(self, x, adjoint=False, adjoint_arg=False):
        return 2. * (tf.linalg.adjoint(x) if adjoint_arg else x)
o = Twice()
[o.to_dense(), o.determinant(), o.solvevec([2., 4.]), o.trace(), o.diag_part(), o.eigvals(), o.shape_tensor(), o.name,
 o.cholesky().to_dense(), (o @ d).to_dense(), o.inverse().matvec([2., 4.])]
""",
    "conjugate_gradient": """
matrix = np.array([[4., 1., 0.], [1., 3., 1.], [0., 1., 5.]])
o = L.LinearOperatorFullMatrix(matrix, is_self_adjoint=True, is_positive_definite=True)
state = L.experimental.conjugate_gradient(o, tf.constant(np.array([1., 2., 3.])))
[state.i, np.round(state.x, 8), type(state).__name__, state._fields]
""",
    "conjugate_gradient_steps": """
o = L.LinearOperatorDiag(np.array([1., 2., 3., 4.]), is_positive_definite=True)
state = L.experimental.conjugate_gradient(o, tf.ones([4], tf.float64), max_iter=2)
[state.i, np.round(state.x, 8), np.round(state.r, 8), np.round(state.p, 8), np.round(state.gamma, 8)]
""",
    "conjugate_gradient_preconditioned": """
o = L.LinearOperatorDiag(np.array([1., 20., 300., 4000.]), is_positive_definite=True)
state = L.experimental.conjugate_gradient(o, tf.ones([2, 4], tf.float64), preconditioner=o.inverse())
[state.i, np.round(state.x, 8)]
""",
    "conjugate_gradient_from": """
o = L.LinearOperatorDiag(np.array([1., 2.]), is_positive_definite=True)
state = L.experimental.conjugate_gradient(o, np.array([1., 2.]), x=np.array([1., 1.]))
[state.i, state.x]
""",
    "conjugate_gradient_in_a_function": """
@tf.function
def f(diag, b):
    o = tf.linalg.LinearOperatorDiag(diag, is_positive_definite=True)
    return tf.linalg.experimental.conjugate_gradient(o, b).x
np.round(f(tf.constant([1., 2., 4.], tf.float64), tf.ones([3], tf.float64)), 8)
""",
    "conjugate_gradient_not_definite": "L.experimental.conjugate_gradient(d, [1., 2.])",
    "gradient_of_an_operator": """
with tf.GradientTape() as tape:
    tape.watch(f)
    y = tf.reduce_sum(f.matvec([1., 2.]))
g = tape.gradient(y, f)
[type(g).__name__, g.to_dense()]
""",
    "gradient_of_parts_of_an_operator": """
o = L.LinearOperatorLowRankUpdate(L.LinearOperatorDiag([1., 2.]), [[1.], [3.]])
with tf.GradientTape() as tape:
    tape.watch([o, d])
    y = tf.reduce_sum(o.matvec([1., 2.]))
g, none = tape.gradient(y, [o, d])
[g.base_operator.diag, g.u, none]
""",
}  # fmt: skip

CASES = {f"made_{name}": f"{_GIVEN}o = {source}\n{_HINTS}" for name, source in _MADE.items()}
CASES |= {name: f"{_GIVEN}{source.strip()}" for name, source in _ASKED.items()}
