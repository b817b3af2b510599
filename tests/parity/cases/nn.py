"""Activations and losses of tf.nn."""

CASES = {
    "relu": "tf.nn.relu([-1., 0., 2.])",
    "relu_int": "tf.nn.relu([-1, 0, 2])",
    "relu_nan": "tf.nn.relu([np.nan, -np.inf, np.inf])",
    "leaky_relu": "tf.nn.leaky_relu([-1., 0., 2.])",
    "leaky_relu_alpha": "tf.nn.leaky_relu([-1., 2.], alpha=0.5)",
    "elu": "tf.nn.elu([-1., 0., 2.])",
    "softplus": "tf.nn.softplus([-1., 0., 2., 100.])",
    "softplus_small": "tf.nn.softplus([-50.])",
    "sigmoid": "tf.nn.sigmoid([-1., 0., 1.])",
    "tanh": "tf.nn.tanh([-1., 0., 1.])",
    "softmax": "tf.nn.softmax([1., 2., 3.])",
    "softmax_rows": "tf.nn.softmax([[1., 2.], [3., 3.]])",
    "softmax_axis": "tf.nn.softmax([[1., 2.], [3., 3.]], axis=0)",
    "softmax_large": "tf.nn.softmax([1000., 1000., -1000.])",
    "softmax_float64": "tf.nn.softmax(tf.constant([0.1, 0.2], tf.float64))",
    "softmax_int": "tf.nn.softmax(tf.constant([1, 2]))",
    "log_softmax": "tf.nn.log_softmax([1., 2., 3.])",
    "log_softmax_axis": "tf.nn.log_softmax([[1., 2.], [3., 3.]], axis=0)",
    "log_softmax_large": "tf.nn.log_softmax([1000., 0.])",
    "cross_entropy": """
        labels = tf.constant([[0., 1.], [1., 0.]])
        logits = tf.constant([[1., 2.], [3., 1.]])
        tf.nn.softmax_cross_entropy_with_logits(labels, logits)""",
    "cross_entropy_keywords": """
        tf.nn.softmax_cross_entropy_with_logits(labels=[[0.5, 0.5]], logits=[[1., 2.]])""",
    "cross_entropy_large": "tf.nn.softmax_cross_entropy_with_logits([[1., 0.]], [[-1000., 1000.]])",
    "cross_entropy_vector": "tf.nn.softmax_cross_entropy_with_logits([0., 1.], [1., 2.])",
    "cross_entropy_shapes": "tf.nn.softmax_cross_entropy_with_logits([[0., 1., 0.]], [[1., 2.]])",
    "sparse_cross_entropy": """
        logits = tf.constant([[1., 2., 3.], [3., 1., 0.]])
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[2, 0], logits=logits)""",
    "sparse_cross_entropy_one": "tf.nn.sparse_softmax_cross_entropy_with_logits(1, [1., 2.])",
    "sparse_cross_entropy_int64_labels": """
        tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([1], tf.int64), [[1., 2.]])""",
    "sparse_cross_entropy_out_of_range": "tf.nn.sparse_softmax_cross_entropy_with_logits([2], [[1., 2.]])",
    "sparse_cross_entropy_float_labels": "tf.nn.sparse_softmax_cross_entropy_with_logits([1.], [[1., 2.]])",
    "sparse_cross_entropy_shapes": "tf.nn.sparse_softmax_cross_entropy_with_logits([0, 1], [[1., 2.]])",
    "sigmoid_cross_entropy": "tf.nn.sigmoid_cross_entropy_with_logits([1., 0.], [0.5, 2.])",
    "sigmoid_cross_entropy_keywords": "tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.], logits=[-1.])",
    "sigmoid_cross_entropy_large": "tf.nn.sigmoid_cross_entropy_with_logits([1., 0.], [-100., 100.])",
    "sigmoid_cross_entropy_shapes": "tf.nn.sigmoid_cross_entropy_with_logits([1.], [1., 2.])",
    "bias_add": "tf.nn.bias_add([[1., 2.], [3., 4.]], [10., 20.])",
    "bias_add_mismatched": "tf.nn.bias_add([[1., 2.], [3., 4.]], [10., 20., 30.])",
    "bias_add_vector_value": "tf.nn.bias_add([1., 2.], [10., 20.])",
    "l2_loss": "tf.nn.l2_loss([1., 2., 3.])",
    "l2_loss_matrix": "tf.nn.l2_loss([[1., 2.], [3., 4.]])",
}
