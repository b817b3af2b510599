"""Einstein summation."""

from ..expand import gradient

A, B = "tf.constant([[1., 2.], [3., 4.]])", "tf.constant([[5., 6., 7.], [8., 9., 10.]])"
CUBE = "tf.reshape(tf.range(24.), [2, 3, 4])"
Z = "tf.constant([[1 + 2j, -1j], [2. + 0j, 3 - 1j]])"

CASES = {
    "product": f"tf.einsum('ij,jk->ik', {A}, {B})",
    "implicit_product": f"tf.einsum('ij,jk', {A}, {B})",
    "implicit_sorts_labels": f"tf.einsum('ba', {B})",
    "implicit_trace": f"tf.einsum('ii', {A})",
    "implicit_capitals_first": f"tf.einsum('aB', {B})",
    "transpose": f"tf.einsum('ij->ji', {B})",
    "diagonal": f"tf.einsum('ii->i', {A})",
    "trace": f"tf.einsum('ii->', {A})",
    "sum": f"tf.einsum('ij->', {B})",
    "row_sums": f"tf.einsum('ij->i', {B})",
    "identity": f"tf.einsum('ij->ij', {A})",
    "elementwise": f"tf.einsum('ij,ij->ij', {A}, {A})",
    "inner": f"tf.einsum('ij,ij->', {A}, {A})",
    "trace_of_product": f"tf.einsum('ij,ji->', {A}, {A})",
    "outer": "tf.einsum('i,j->ij', tf.constant([1., 2.]), tf.constant([3., 4., 5.]))",
    "outer_implicit": f"tf.einsum('ab,cd', {A}, {A})",
    "vector": f"tf.einsum('ij,j', {A}, tf.constant([1., 10.]))",
    "batch": "tf.einsum('bij,bjk->bik', tf.reshape(tf.range(8.), [2, 2, 2]), tf.ones([2, 2, 1]))",
    "attention": "tf.einsum('bqhd,bkhd->bhqk', tf.ones([2, 3, 2, 4]), tf.ones([2, 5, 2, 4])).shape",
    "bilinear": f"tf.einsum('ij,jk,kl->il', {A}, {A}, {A})",
    "three_outer": "tf.einsum('i,j,k->ijk', *[tf.constant([1., 2.])] * 3)",
    "three_elementwise": "tf.einsum('i,i,i->i', *[tf.constant([1., 2., 3.])] * 3)",
    "optimize_optimal": f"tf.einsum('ij,jk,kl->il', {A}, {A}, {A}, optimize='optimal')",
    "optimize_auto": f"tf.einsum('ij,jk,kl->il', {A}, {A}, {A}, optimize='auto')",
    "optimize_unknown": f"tf.einsum('ij,jk,kl->il', {A}, {A}, {A}, optimize='bad')",
    "ellipsis_batch": "tf.einsum('...ij,...jk->...ik', tf.ones([2, 1, 2, 2]), tf.ones([3, 2, 2]))",
    "ellipsis_one_side": f"tf.einsum('...ij,jk', tf.reshape(tf.range(8.), [2, 2, 2]), {A})",
    "ellipsis_alone": f"tf.einsum('...', {A})",
    "ellipsis_last_axis_summed": f"tf.einsum('...i->...', {CUBE})",
    "ellipsis_first_axis_summed": f"tf.einsum('i...->...', {CUBE})",
    "ellipsis_moved": f"tf.einsum('...ij->ij...', {CUBE})",
    "ellipsis_in_the_middle": f"tf.einsum('i...j->...', {CUBE})",
    "ellipsis_trace": "tf.einsum('...ii', tf.reshape(tf.range(12.), [3, 2, 2]))",
    "ellipsis_diagonal": "tf.einsum('...ii->...i', tf.reshape(tf.range(12.), [3, 2, 2]))",
    "ellipsis_three": f"tf.einsum('...i,...i,...i->...', {CUBE}, {CUBE}, tf.ones([1, 1, 4]))",
    "ellipsis_summed": "tf.einsum('...ij,...jk->ik', tf.ones([2, 2, 2]), tf.ones([2, 2, 2]))",
    "ellipsis_implicit_twice": f"tf.einsum('...,...', {A}, {A})",
    "repeated_label_of_pair": "tf.einsum('iij,jk->ik', tf.reshape(tf.range(12.), [2, 2, 3]), tf.ones([3, 4]))",
    "two_diagonals": f"tf.einsum('ii,jj->ij', {A}, {A})",
    "scalar": "tf.einsum('', tf.constant(2.))",
    "scalar_times_matrix": f"tf.einsum(',ij->ij', tf.constant(2.), {A})",
    "spaces": f"tf.einsum(' i j , j k -> i k ', {A}, {A})",
    "ints": "tf.einsum('ij,jk->ik', tf.constant([[1, 2]]), tf.constant([[1], [2]]))",
    "int64": "tf.einsum('i,i->', tf.constant([1, 2], tf.int64), tf.constant([3, 4], tf.int64))",
    "float16": "tf.einsum('i,i->', tf.constant([1, 2], tf.float16), tf.constant([3, 4], tf.float16))",
    "complex": f"tf.einsum('ij,jk->ki', {Z}, {Z})",
    "numpy_adopts_dtype": f"tf.einsum('ij,jk->ik', {A}, np.ones([2, 2]))",
    "numpy_adopts_dtype_of_three": f"tf.einsum('ij,jk,k->i', {A}, np.ones([2, 2]), np.ones(2))",
    "no_rows": "tf.einsum('ij,jk->ik', tf.ones([0, 2]), tf.ones([2, 3]))",
    "nothing_summed_is_zero": "tf.einsum('ij,jk->ik', tf.ones([2, 0]), tf.ones([0, 3]))",
    "linalg_name": f"tf.linalg.einsum('ii', {A})",
    # Errors.
    "one_operand_for_two": f"tf.einsum('ij,jk', {A})",
    "three_operands_for_two": f"tf.einsum('ij,jk', {A}, {A}, {A})",
    "no_operands": "tf.einsum('ij')",
    "output_label_twice": f"tf.einsum('i->ii', {A}[0])",
    "output_label_unknown": f"tf.einsum('ij,jk->iz', {A}, {A})",
    "digit": f"tf.einsum('i1', {A})",
    "one_dot": f"tf.einsum('i.j', {A})",
    "bad_arrow": f"tf.einsum('ij->i-j', {A})",
    "rank_too_high": f"tf.einsum('i,jk', {A}, {A})",
    "rank_too_low": f"tf.einsum('ijk', {A})",
    "rank_too_low_for_ellipsis": "tf.einsum('...ij', tf.ones([2]))",
    "sizes_differ": f"tf.einsum('ij,jk->ik', {A}, tf.ones([3, 2]))",
    "size_one_does_not_broadcast": f"tf.einsum('ij,j', {A}, tf.ones([1]))",
    "diagonal_of_no_square": f"tf.einsum('ii->i', {B})",
    "ellipsis_does_not_broadcast": f"tf.einsum('i...,i...->i...', {A}, {B})",
    "dtypes_differ": f"tf.einsum('ij,jk->ik', {A}, tf.ones([2, 2], tf.float64))",
    "unknown_argument": f"tf.einsum('ij', {A}, axis=0)",
    # Gradients.
    "gradient": gradient("tf.einsum('ij,jk->ik', x, z)", x="[[1., 2.], [3., 4.]]", z="[[5., 6.], [7., 9.]]"),
    "gradient_trace": gradient("tf.einsum('ii', x) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_diagonal": gradient("tf.einsum('ii->i', x) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_sum": gradient("tf.einsum('ij->j', x) ** 2", x="[[1., 2.], [3., 4.]]"),
    "gradient_sum_and_transpose": gradient("tf.einsum('ijk->ki', x) ** 2", x="[[[1., 2.], [3., 4.]]]"),
    "gradient_lonely_label": gradient("tf.einsum('ij,k->ik', x, z)", x="[[1., 2.], [3., 4.]]", z="[5., 6.]"),
    "gradient_repeated": gradient("tf.einsum('iij,j->i', x, z)", x="[[[1., 2.]]]", z="[5., 6.]"),
    "gradient_broadcast": gradient("tf.einsum('...i,...i->...', x, z)", x="[[1., 2.], [3., 4.]]", z="[[5., 6.]]"),
    "gradient_ellipsis_one_side": gradient(
        "tf.einsum('...ij,jk->...ik', x, z)", x="[[[1., 2.]], [[3., 4.]]]", z="[[5.], [6.]]"
    ),
    "gradient_three": gradient("tf.einsum('i,ij,j->', x, w, z)", x="[1., 2.]", w="[[1., 3.], [5., 7.]]", z="[4., -1.]"),
    "gradient_complex": gradient(
        "tf.einsum('ij,jk->ki', x, z)", x="[[1 + 2j, -1j]]", z="[[2. + 0j, 1j], [3 - 1j, 4 + 1j]]"
    ),
    "second_order": """
        x = tf.constant([1., 2.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.einsum('i,ij,j->', x, tf.constant([[1., 3.], [5., 7.]]), x)
            g = inner.gradient(y, x)
        outer.jacobian(g, x)""",
}
