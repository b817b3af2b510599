"""Cross-entropies and the other losses of tf.nn."""

from ..expand import gradient
from .activations import second

LOGITS = "tf.constant([[1., 2.], [0., 3.]], tf.float64)"
DENSE = "tf.nn.softmax_cross_entropy_with_logits"
SPARSE = "tf.nn.sparse_softmax_cross_entropy_with_logits"
SIGMOID = "tf.nn.sigmoid_cross_entropy_with_logits"
WEIGHTED = "tf.nn.weighted_cross_entropy_with_logits"
POISSON = "tf.nn.log_poisson_loss"

CASES = {
    "dense_labels_of_one_item": f"{DENSE}([[0., 1.]], [[1., 2.], [3., 5.]])",
    "dense_labels_vector": f"{DENSE}([0., 1.], [[1., 2.], [3., 5.]])",
    "dense_logits_of_one_item": f"{DENSE}([[0., 1.], [1., 0.]], [[1., 2.]])",
    "dense_scalars": f"{DENSE}(1., 2.)",
    "dense_int_labels": f"{DENSE}(tf.constant([[0, 1]]), [[1., 2.]])",
    "dense_float64_labels": f"{DENSE}(tf.constant([[0., 1.]], tf.float64), tf.constant([[1., 2.]]))",
    "dense_int_logits": f"{DENSE}([[0, 1]], [[1, 2]])",
    "dense_axis": f"{DENSE}([[2., 1.], [.5, .25]], [[1., 2.], [0., 3.]], axis=0)",
    "dense_axis_out_of_range": f"{DENSE}(tf.zeros([2, 3]), tf.zeros([2, 3]), axis=2)",
    "dense_middle_axis": f"{DENSE}(tf.ones([2, 3, 2]), tf.reshape(tf.range(12.), [2, 3, 2]), axis=1)",
    "dense_no_items": f"{DENSE}(tf.zeros([0, 3]), tf.zeros([0, 3]))",
    "dense_no_classes": f"{DENSE}(tf.zeros([2, 0]), tf.zeros([2, 0]))",
    "dense_minus_infinity": f"{DENSE}([[0., 1.], [1., 1.]], [[-np.inf, 1.], [-np.inf, 1.]])",
    "dense_gradient": gradient(f"{DENSE}(p, x)", p="[[2., 1.], [.5, .25]]", x="[[1., 2.], [0., 3.]]"),
    "dense_gradient_weighted": gradient(
        f"{DENSE}(p, x) * [3., -1.]", p="[[0., 1.], [.5, .5]]", x="[[1., 2.], [0., 3.]]"
    ),
    "dense_gradient_axis": gradient(f"{DENSE}(p, x, axis=0)", p="[[2., 1.], [.5, .25]]", x="[[1., 2.], [0., 3.]]"),
    "dense_second": second(f"{DENSE}(tf.constant([[0., 1.], [.5, .5]], tf.float64), x)[0] ** 2", LOGITS),
    "dense_second_by_labels": second(f"{DENSE}(x, {LOGITS}) ** 2", "[[0., 1.], [.5, .5]], tf.float64"),
    "sparse_batches": f"{SPARSE}([[0, 1]], [[[1., 2.], [3., 4.]]])",
    "sparse_negative": f"{SPARSE}([-1], [[1., 2.]])",
    "sparse_uint8": f"{SPARSE}(tf.constant([1], tf.uint8), [[1., 2.]])",
    "sparse_rank": f"{SPARSE}([[0], [1]], [[1., 2.], [3., 4.]])",
    "sparse_scalar_logits": f"{SPARSE}(0, 1.)",
    "sparse_int_logits": f"{SPARSE}([0], [[1, 2]])",
    "sparse_no_items": f"{SPARSE}(tf.zeros([0], tf.int32), tf.zeros([0, 3]))",
    "sparse_no_classes": f"{SPARSE}([0, 0], tf.zeros([2, 0]))",
    "sparse_minus_infinity": f"{SPARSE}([0], [[-np.inf, 1.]])",
    "sparse_gradient": gradient(f"{SPARSE}([0, 1], x)", x="[[1., 2.], [0., 3.]]"),
    "sparse_gradient_batches": gradient(f"{SPARSE}([[0], [1]], x) * [[2.], [3.]]", x="[[[1., 2.]], [[0., 3.]]]"),
    "sparse_second": second(f"{SPARSE}([0, 1], x)[0] ** 2", LOGITS),
    "sigmoid_at_zero": f"{SIGMOID}([1., 0., .5], [0., 0., 0.])",
    "sigmoid_int_labels": f"{SIGMOID}([1, 0], [0.5, 0.])",
    "sigmoid_ints": f"{SIGMOID}([1, 0], [1, 0])",
    "sigmoid_special": f"{SIGMOID}([1., 1., 1.], [np.inf, -np.inf, np.nan])",
    "sigmoid_gradient": gradient(f"{SIGMOID}(z, x)", z="[0., 1., .5]", x="[0., 2., -1.]"),
    "sigmoid_second": second(f"{SIGMOID}([0., 1.], x)", "[1., 2.]"),
    "weighted": f"{WEIGHTED}([1., 0., .5], [0.5, 0., -200.], 2.)",
    "weighted_tensor": f"{WEIGHTED}([1., 0., .5], [0.5, 0., -2.], tf.constant([2., 3., 4.]))",
    "weighted_shapes": f"{WEIGHTED}([1., 0.], [0.5, 0., -2.], 2.)",
    "weighted_int_labels": f"{WEIGHTED}([1, 0], [0.5, 0.], 2.)",
    "weighted_gradient": gradient(f"{WEIGHTED}(z, x, w)", z="[0., 1., .5]", x="[0., 2., -1.]", w="2."),
    "poisson": f"{POISSON}([1., 2., 0.], [0.5, 1., 2.])",
    "poisson_full": f"{POISSON}([1., 2., 0., 3.], [0.5, 1., 2., 1.], compute_full_loss=True)",
    "poisson_shapes": f"{POISSON}([1., 2.], [0.5])",
    "poisson_int_targets": f"{POISSON}([1, 2], [0.5, 1.])",
    "poisson_gradient": gradient(f"{POISSON}(z, x, True)", z="[0., 1., .5, 3.]", x="[0., 2., -1., 1.]"),
    "l2_loss_int": "tf.nn.l2_loss([1, 2])",
    "l2_loss_empty": "tf.nn.l2_loss([])",
    "l2_loss_complex": "tf.nn.l2_loss([1j])",
    "l2_loss_scalar": "tf.nn.l2_loss(3.)",
    "l2_loss_gradient": gradient("tf.nn.l2_loss(x)", x="[-1., 0., 3.]"),
}
