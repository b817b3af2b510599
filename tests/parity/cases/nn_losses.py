"""Sampled losses, connectionist temporal classification, averages, and other rarer names of tf.nn."""

from ..expand import gradient

NCE = """
w = tf.reshape(tf.range(24.), [8, 3]) / 10. - 1.
b = tf.range(8.) / 10.
x = tf.constant([[1., -0.5, 2.], [0.3, 0.1, -1.]])
sampled = (tf.constant([3, 7, 1], tf.int64), tf.constant([[0.5], [0.3]]), tf.constant([0.4, 0.2, 0.6]))
"""
CTC = """
logits = tf.sin(tf.reshape(tf.range(60.), [5, 3, 4]) * 0.9)
labels, lengths, frames = [[1, 1, 0], [2, 1, 3], [3, 0, 0]], [2, 3, 1], [5, 5, 3]
"""
DEPTHWISE = """
x = tf.reshape(tf.range(50.), [1, 5, 5, 2]) / 10.
k = tf.reshape(tf.range(24.), [2, 3, 2, 2]) / 7.
"""

CASES = {
    "sampled_softmax": NCE
    + "tf.nn.sampled_softmax_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, sampled_values=sampled)",
    "sampled_softmax_keep_hits": NCE
    + """
hits = {"sampled_values": sampled, "remove_accidental_hits": False}
tf.nn.sampled_softmax_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, **hits)""",
    "sampled_softmax_drawn": NCE
    + "tf.random.set_seed(1)\ntf.nn.sampled_softmax_loss(w, b, tf.constant([[3], [2]]), x, 3, 8)",
    "sampled_softmax_seed": NCE
    + "tf.random.set_seed(1)\ntf.nn.sampled_softmax_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, seed=2)",
    "sampled_softmax_two_true": NCE
    + """
values = (sampled[0], tf.constant([[0.5, 0.2], [0.3, 0.1]]), sampled[2])
tf.nn.sampled_softmax_loss(w, b, tf.constant([[3, 5], [2, 0]]), x, 3, 8, num_true=2, sampled_values=values)""",
    "sampled_softmax_gradient": NCE
    + """
with tf.GradientTape() as tape:
    tape.watch([w, b, x])
    loss = tf.nn.sampled_softmax_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, sampled_values=sampled)
[tf.convert_to_tensor(g) for g in tape.gradient(loss, [w, b, x])]""",
    "nce": NCE + "tf.nn.nce_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, sampled_values=sampled)",
    "nce_remove_hits": NCE
    + """
tf.nn.nce_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, sampled_values=sampled, remove_accidental_hits=True)""",
    "nce_gradient": NCE
    + """
with tf.GradientTape() as tape:
    tape.watch([w, b, x])
    loss = tf.nn.nce_loss(w, b, tf.constant([[3], [2]]), x, 3, 8, sampled_values=sampled)
[tf.convert_to_tensor(g) for g in tape.gradient(loss, [w, b, x])]""",
    "accidental_hits": "[*tf.nn.compute_accidental_hits([[3, 1], [5, 9]], [5, 1, 3], 2)]",
    "all_sampler": "[*tf.nn.all_candidate_sampler([[1], [2]], 1, 5, True)]",
    "ctc": CTC + "tf.nn.ctc_loss(labels, logits, lengths, frames)",
    "ctc_batch_major": CTC
    + """
tf.nn.ctc_loss(labels, tf.transpose(logits, [1, 0, 2]), lengths, frames, logits_time_major=False)""",
    "ctc_last_blank": CTC
    + "tf.nn.ctc_loss([[1, 1, 0], [2, 1, 0], [0, 0, 0]], logits, lengths, frames, blank_index=-1)",
    "ctc_blank_1": CTC + "tf.nn.ctc_loss([[2, 2, 0], [2, 3, 0], [0, 0, 0]], logits, lengths, frames, blank_index=1)",
    "ctc_unique": CTC
    + """
tf.nn.ctc_loss(labels, logits, lengths, frames, unique=tf.nn.ctc_unique_labels(labels), blank_index=0)""",
    "ctc_gradient": CTC
    + """
with tf.GradientTape() as tape:
    tape.watch(logits)
    loss = tf.nn.ctc_loss(labels, logits, lengths, frames)
tf.round(tape.gradient(loss, logits, output_gradients=tf.constant([1., 2., -1.])) * 1e4)""",
    "ctc_function": CTC + "tf.function(lambda x: tf.nn.ctc_loss(labels, x, lengths, frames))(logits)",
    "ctc_unique_labels": "[*tf.nn.ctc_unique_labels([[3, 4, 4, 3], [1, 2, 3, 0]])]",
    "ctc_unique_labels_without_batch": "tf.nn.ctc_unique_labels([3, 4, 4, 3])",
    "collapse_repeated": "[*tf.nn.collapse_repeated([[1, 1, 2, 2, 1], [1, 2, 3, 4, 5], [7, 7, 7, 7, 7]], [5, 3, 4])]",
    "average_loss": "tf.nn.compute_average_loss([1., 2., 3.], global_batch_size=6)",
    "average_loss_default": "tf.nn.compute_average_loss([1., 2., 3.])",
    "average_loss_weights": "tf.nn.compute_average_loss([1., 2., 3.], sample_weight=[0., 1., 2.])",
    "average_loss_matrix": "tf.nn.compute_average_loss([[1., 2.], [3., 4.]], sample_weight=[1., 2.])",
    "average_loss_scalar": "tf.nn.compute_average_loss(1.)",
    "average_loss_float64": "tf.nn.compute_average_loss(np.array([1., 2.]))",
    "average_loss_gradient": gradient("tf.nn.compute_average_loss(x * x, global_batch_size=4)", x="[1., 2.]"),
    "scale_regularization": "tf.nn.scale_regularization_loss([1., 2.])",
    "depthwise_input": DEPTHWISE
    + """
y = tf.nn.depthwise_conv2d(x, k, [1, 1, 1, 1], "SAME")
tf.nn.depthwise_conv2d_backprop_input([1, 5, 5, 2], k, y, [1, 1, 1, 1], "SAME")""",
    "depthwise_filter": DEPTHWISE
    + """
y = tf.nn.depthwise_conv2d(x, k, [1, 2, 2, 1], "VALID")
tf.nn.depthwise_conv2d_backprop_filter(x, [2, 3, 2, 2], y, [1, 2, 2, 1], "VALID")""",
    "approx_max_k": "[*tf.nn.approx_max_k(tf.constant([[3., 1., 2.], [0., 5., 4.]]), 2)]",
    "isotonic": "[*tf.nn.isotonic_regression([[3., 1., 2.], [1., 3., 4.], [5., 5., 1.]])]",
    "isotonic_increasing": "[*tf.nn.isotonic_regression([[3., 1., 2., 8.]], decreasing=False)]",
    "isotonic_axis": "[*tf.nn.isotonic_regression([[3., 1.], [1., 4.], [2., 5.]], axis=0)]",
    "isotonic_ints": "[y.dtype for y in tf.nn.isotonic_regression(tf.constant([[3, 1, 2]], tf.int16))]",
    "isotonic_int32": "[*tf.nn.isotonic_regression([[3, 1, 2]])]",
    "isotonic_gradient": """
x = tf.constant([[3., 1., 2., 0., 5.], [1., 3., 4., 2., 2.]])
with tf.GradientTape() as tape:
    tape.watch(x)
    y, _ = tf.nn.isotonic_regression(x)
    z = tf.reduce_sum(y * tf.reshape(tf.range(10.), [2, 5]))
tape.gradient(z, x)""",
    "sobol": "[tf.math.sobol_sample(3, 6), tf.math.sobol_sample(2, 3, skip=4)]",
    "sobol_float64": "tf.math.sobol_sample(1, 2, dtype=tf.float64)",
    "sobol_many": "tf.math.sobol_sample(20, 4)",
    "sobol_none": "tf.math.sobol_sample(0, 4)",
    "average_loss_float64_weighted": "tf.nn.compute_average_loss(tf.constant([1.1, 2.3], tf.float64), [.1, .3])",
    "average_loss_int_weighted": "tf.nn.compute_average_loss(tf.constant([1, 2]), sample_weight=[1., .5])",
    "scale_regularization_loss_int": "tf.nn.scale_regularization_loss([1, 2])",
    "scale_regularization_loss_uint8": "tf.nn.scale_regularization_loss(tf.constant([1, 2], tf.uint8))",
}
