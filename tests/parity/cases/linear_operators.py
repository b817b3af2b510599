"""tf.linalg.LinearOperator: each kind, each method, of real and complex numbers and in batches."""

# `v(2, 3)` are numbers of that shape, far from alike; `shown(x)` are numbers without their last digits, which depend on
# the order of summing (and zeros without a sign).
_REAL = """
def v(*shape):
    return np.cos(np.arange(1.0, 1 + np.prod(shape)) ** 2).reshape(shape)
"""
_COMPLEX = """
def v(*shape):
    k = np.arange(1.0, 1 + np.prod(shape))
    return (np.cos(k**2) + 0.5j * np.sin(3 * k)).reshape(shape)
"""
_SHOWN = """
def shown(x):
    if isinstance(x, (list, tuple)):
        return [shown(part) for part in x]
    if isinstance(x, tf.linalg.LinearOperator):
        return [type(x).__name__, shown(x.to_dense())]
    return np.round(np.asarray(x), 7) + 0
L = tf.linalg
dtype = tf.as_dtype(v(1).dtype)
"""

# In which b is the shape of the batch, followed by a comma: "" or "2, ".
_KINDS = {
    "identity": "L.LinearOperatorIdentity(3, [{b}], dtype=dtype)",
    "scaled_identity": "L.LinearOperatorScaledIdentity(3, v({b}))",
    "diag": "L.LinearOperatorDiag(v({b}3))",
    "full_matrix": "L.LinearOperatorFullMatrix(v({b}3, 3))",
    "definite": "L.LinearOperatorFullMatrix(v({b}3, 3) @ np.conj(np.swapaxes(v({b}3, 3), -1, -2)) + 3 * np.eye(3), "
    "is_self_adjoint=True, is_positive_definite=True)",
    "lower_triangular": "L.LinearOperatorLowerTriangular(v({b}3, 3))",
    "tridiag_compact": "L.LinearOperatorTridiag(v({b}3, 3))",
    "tridiag_sequence": "L.LinearOperatorTridiag([v({b}3), 2 + v({b}3), 1 - v({b}3)], 'sequence')",
    "tridiag_matrix": "L.LinearOperatorTridiag(np.tril(np.triu(v({b}3, 3), -1), 1), 'matrix')",
    "toeplitz": "L.LinearOperatorToeplitz(v({b}3), np.concatenate([v({b}3)[..., :1], 2 * v({b}2)], -1))",
    "householder": "L.LinearOperatorHouseholder(v({b}3))",
    "permutation": "L.LinearOperatorPermutation(np.argsort(np.real(v({b}3)), -1).astype(np.int32), dtype)",
    "kronecker": "L.LinearOperatorKronecker([L.LinearOperatorDiag(v({b}2)), "
    "L.LinearOperatorFullMatrix(v({b}2, 2))])",
    "low_rank": "L.LinearOperatorLowRankUpdate(L.LinearOperatorDiag(2 + v({b}3)), v({b}3, 2))",
    "low_rank_all": "L.LinearOperatorLowRankUpdate(L.LinearOperatorDiag(2 + v({b}3)), v({b}3, 2), v({b}2), "
    "1 - v({b}3, 2))",
    "low_rank_definite": "L.LinearOperatorLowRankUpdate(L.LinearOperatorDiag(2 + 0 * v({b}3), is_self_adjoint=True, "
    "is_positive_definite=True), v({b}3, 2), np.array([1.5, 0.5], v(1).dtype), is_diag_update_positive=True)",
    "block_diag": "L.LinearOperatorBlockDiag([L.LinearOperatorDiag(v({b}2)), "
    "L.LinearOperatorFullMatrix(v({b}2, 2))])",
    "block_lower_triangular": "L.LinearOperatorBlockLowerTriangular([[L.LinearOperatorDiag(v({b}2))], "
    "[L.LinearOperatorFullMatrix(v({b}1, 2)), L.LinearOperatorFullMatrix(v({b}1, 1))]])",
    "composition": "L.LinearOperatorComposition([L.LinearOperatorDiag(v({b}3)), "
    "L.LinearOperatorFullMatrix(v({b}3, 3))])",
    "inversion": "L.LinearOperatorInversion(L.LinearOperatorLowerTriangular(v({b}3, 3)))",
    "adjoint": "L.LinearOperatorAdjoint(L.LinearOperatorLowerTriangular(v({b}3, 3)))",
    "circulant": "L.LinearOperatorCirculant(np.fft.fft(v({b}3)), dtype)",
    "circulant_2d": "L.LinearOperatorCirculant2D(np.fft.fft2(v({b}2, 3)), dtype)",
    "circulant_3d": "L.LinearOperatorCirculant3D(np.fft.fftn(v({b}2, 1, 2), axes=(-3, -2, -1)), dtype)",
}  # fmt: skip

_METHODS = {
    "products": """
n = int(o.shape[-1])
x = 2 - v({b}n, 2)
h = np.conj(np.swapaxes(x, -1, -2))
shown([o.matmul(x), o.matmul(x, adjoint=True), o.matmul(h, adjoint_arg=True), o.matvec(x[..., 0]),
       o.matvec(x[..., 0], adjoint=True), o @ tf.constant(x), tf.constant(h) @ o, tf.linalg.matvec(o, x[..., 1])])
""",
    "solutions": """
n = int(o.shape[-1])
x = 2 - v({b}n, 2)
h = np.conj(np.swapaxes(x, -1, -2))
shown([o.solve(x), o.solve(x, adjoint=True), o.solve(h, adjoint_arg=True), o.solvevec(x[..., 0]),
       o.solvevec(x[..., 0], adjoint=True), tf.linalg.solve(o, x)])
""",
    "elements": """
shown([o.to_dense(), o.diag_part(), tf.linalg.diag_part(o), o.add_to_tensor(v({b}int(o.shape[-2]), int(o.shape[-1])))])
""",
    "numbers": """
shown([o.trace(), tf.linalg.trace(o), o.determinant(), tf.linalg.det(o), o.log_abs_determinant()])
""",
    "cond": "shown(o.cond())",
    "eigvals": "shown(o.eigvals())",
    "cholesky": "shown(o.cholesky())",
    "inverse": "shown([o.inverse(), tf.linalg.inv(o)])",
    "shapes": """
[o.shape, o.batch_shape, o.tensor_rank, int(o.domain_dimension), int(o.range_dimension), o.shape_tensor(),
 o.batch_shape_tensor(), o.tensor_rank_tensor(), o.domain_dimension_tensor(), o.range_dimension_tensor()]
""",
    "hints": """
[o.dtype, o.name, o.is_non_singular, o.is_self_adjoint, o.is_positive_definite, o.is_square, sorted(o.parameters)]
""",
    "assert_non_singular": "o.assert_non_singular()",
    "assert_self_adjoint": "o.assert_self_adjoint()",
    "in_a_function": """
@tf.function
def f(operator, x):
    return operator.matmul(x), operator.determinant(), operator
shown(f(o, v({b}int(o.shape[-1]), 2)))
""",
    "gradient": """
x = tf.constant(v({b}int(o.shape[-1]), 2))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.abs(o.matmul(x)) ** 2)
shown(tape.gradient(y, x))
""",
}

# Kinds that assert that they are not singular without the dense matrix.
_ASSERTS_ITSELF = (
    "identity", "scaled_identity", "diag", "lower_triangular", "householder", "permutation", "inversion", "adjoint",
    "circulant", "circulant_2d", "circulant_3d",
)  # fmt: skip
_VARIANTS = {"real": (_REAL, ""), "complex": (_COMPLEX, ""), "batch": (_REAL, "2, ")}

CASES = {
    f"{kind}_{variant}_{method}": f"{numbers}{_SHOWN}o = {source.format(b=b)}\n{text.format(b=b).strip()}\n"
    for variant, (numbers, b) in _VARIANTS.items()
    for kind, source in _KINDS.items()
    for method, text in _METHODS.items()
    # TensorFlow fails at these: it compares complex numbers, and recurses without an end.
    if (variant, method) != ("complex", "assert_non_singular") or kind in _ASSERTS_ITSELF
    if not kind.startswith("low_rank_") or method != "assert_self_adjoint"
}

# What two operators give: the class, the hints, the matrix.
_PAIR = """
def pair(left, right):
    product = left @ right
    return [type(product).__name__, product.is_non_singular, product.is_self_adjoint, product.is_positive_definite,
            product.is_square, shown(product.to_dense())]
"""
_PLAIN = [
    "identity", "scaled_identity", "diag", "full_matrix", "definite", "lower_triangular", "tridiag_compact", "toeplitz",
    "householder", "permutation", "low_rank", "composition", "inversion", "adjoint",
]  # fmt: skip
CASES |= {
    f"{left}_times_{right}": f"{_REAL}{_SHOWN}{_PAIR}pair({_KINDS[left].format(b='')}, {_KINDS[right].format(b='')})"
    for left in _PLAIN
    for right in _PLAIN
}
CASES |= {
    f"{left}_solves_{right}": f"{_REAL}{_SHOWN}shown({_KINDS[left].format(b='')}.solve({_KINDS[right].format(b='')}))"
    for left in ("identity", "scaled_identity", "diag", "inversion", "full_matrix")
    for right in _PLAIN
}
