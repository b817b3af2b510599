"""Activation functions and softmax."""

from ..expand import gradient


def second(expression: str, x: str) -> str:
    """The gradient of the squared gradient."""
    return f"""
x = tf.constant({x})
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = {expression}
    squared = inner.gradient(y, x) ** 2
outer.gradient(squared, x)"""


AROUND = "[-1., 0., 3., 6., 7., np.nan]"

CASES = {
    "relu_bool": "tf.nn.relu([True])",
    "relu_gradient_nan": gradient("tf.nn.relu(x)", x=AROUND),
    "relu_gradient_infinite": gradient("tf.nn.relu(x) * tf.constant([np.inf, np.nan, np.inf])", x="[-1., 0., 3.]"),
    "relu_second": second("tf.nn.relu(x)", "[1., -1.]"),
    "relu_squared_second": second("tf.nn.relu(x) ** 2", "[1., -1.]"),
    "relu6": f"tf.nn.relu6({AROUND})",
    "relu6_int": "tf.nn.relu6([-1, 8])",
    "relu6_gradient": gradient("tf.nn.relu6(x)", x=AROUND),
    "relu6_second": second("tf.nn.relu6(x)", "[1., -1.]"),
    "elu_special": "tf.nn.elu([-1., -0., 0., 2., np.nan, -np.inf])",
    "elu_int": "tf.nn.elu([1])",
    "elu_gradient": gradient("tf.nn.elu(x)", x="[-1., 0., 3., np.nan]"),
    "elu_second": second("tf.nn.elu(x)", "[1., -1.]"),
    "selu": "tf.nn.selu([-1., 0., 2., np.nan, -np.inf])",
    "selu_float64": "tf.nn.selu(tf.constant([-1., -.5, 2.], tf.float64))",
    "selu_gradient": gradient("tf.nn.selu(x)", x="[-1., 0., 3., np.nan]"),
    "selu_second": second("tf.nn.selu(x)", "[1., -1.]"),
    "leaky_relu_special": "tf.nn.leaky_relu([-1., 0., 2., np.nan, -np.inf])",
    "leaky_relu_int": "tf.nn.leaky_relu(tf.constant([-1, 2], tf.int64))",
    "leaky_relu_steep": "tf.nn.leaky_relu([-1., 2.], alpha=2.)",
    "leaky_relu_negative": "tf.nn.leaky_relu([-1., 2.], alpha=-1.)",
    "leaky_relu_zero": "tf.nn.leaky_relu([-1., 2., np.inf], alpha=0.)",
    "leaky_relu_tensor_alpha": "tf.nn.leaky_relu([-1., 2.], alpha=tf.constant(0.1))",
    "leaky_relu_gradient": gradient("tf.nn.leaky_relu(x)", x="[-1., 0., 3., np.nan]"),
    "leaky_relu_second": second("tf.nn.leaky_relu(x)", "[1., -1.]"),
    "crelu": "tf.nn.crelu([[-1., 2.]])",
    "crelu_axis": "tf.nn.crelu([[-1., 2.]], axis=0)",
    "crelu_int": "tf.nn.crelu([-1, 2])",
    "crelu_gradient": gradient("tf.nn.crelu(x)", x="[-1., 0., 3.]"),
    "silu": "tf.nn.silu([-1., 0., 2.])",
    "silu_beta": "tf.nn.silu([-1., 0., 2.], beta=2)",
    "silu_int": "tf.nn.silu([1])",
    "silu_far": "tf.nn.silu([-np.inf, np.inf, -200.])",
    "silu_gradient": gradient("tf.nn.silu(x, b)", x="[-1., 0., 1.]", b="1.5"),
    "silu_second": second("tf.nn.silu(x)", "tf.constant([1., -1.], tf.float64)"),
    "swish": "tf.nn.swish([-1., 0., 2.])",
    # In float64, TensorFlow computes gelu with constants of float32: there is no case of it here.
    "gelu": "tf.nn.gelu([-1., 0., 2.])",
    "gelu_approximate": "tf.nn.gelu([-1., 0., 2.], approximate=True)",
    "gelu_int": "tf.nn.gelu([1])",
    "gelu_gradient": gradient("tf.nn.gelu(x)", x="[-1., 0., 2.]"),
    "gelu_gradient_approximate": gradient("tf.nn.gelu(x, True)", x="[-1., 0., 2.]"),
    "gelu_second": second("tf.nn.gelu(x)", "[1., -1.]"),
    "softsign": "tf.nn.softsign([-1., 0., 3., np.inf, -np.inf, np.nan])",
    "softsign_int": "tf.nn.softsign([1])",
    "softsign_gradient": gradient("tf.nn.softsign(x)", x="[-1., 0., 3., np.inf]"),
    "softplus_special": "tf.nn.softplus([-np.inf, -50., 0., 100., np.inf, np.nan])",
    "softplus_second": second("tf.nn.softplus(x)", "tf.constant([1., -1.], tf.float64)"),
    "softmax_empty": "tf.nn.softmax(tf.zeros([0]))",
    "softmax_no_rows": "tf.nn.softmax(tf.zeros([0, 2]))",
    "softmax_no_columns": "tf.nn.softmax(tf.zeros([2, 0]))",
    "softmax_axis_too_large": "tf.nn.softmax(tf.zeros([2, 3]), axis=2)",
    "softmax_axis_too_low": "tf.nn.softmax(tf.zeros([2, 3]), axis=-3)",
    "softmax_axis_list": "tf.nn.softmax(tf.zeros([2, 3]), axis=[0, 1])",
    "softmax_axis_tensor": "tf.nn.softmax(tf.constant([[1., 2.], [3., 5.]]), axis=tf.constant(0))",
    "softmax_middle_axis": "tf.nn.softmax(tf.reshape(tf.range(12.), [2, 3, 2]), axis=1)",
    "softmax_minus_infinity": "tf.nn.softmax([-np.inf, 1.])",
    "softmax_only_minus_infinity": "tf.nn.softmax([-np.inf, -np.inf])",
    "softmax_float16": "tf.nn.softmax(tf.constant([1., 2.], tf.float16))",
    "softmax_complex": "tf.nn.softmax(tf.constant([1. + 0j, 2.]))",
    "softmax_gradient": gradient("tf.nn.softmax(x)[0]", x="tf.constant([-1., 0., 3.], tf.float64)"),
    "softmax_second": second("tf.nn.softmax(x)[0]", "tf.constant([-1., 0., 3.], tf.float64)"),
    "log_softmax_scalar": "tf.nn.log_softmax(1.)",
    "log_softmax_empty": "tf.nn.log_softmax(tf.zeros([0]))",
    "log_softmax_infinity": "tf.nn.log_softmax([np.inf, 1.])",
    "log_softmax_minus_infinity": "tf.nn.log_softmax([-np.inf, 1.])",
    "log_softmax_gradient": gradient("tf.nn.log_softmax(x)[0]", x="tf.constant([-1., 0., 3.], tf.float64)"),
    "log_softmax_second": second("tf.nn.log_softmax(x)[0] ** 2", "tf.constant([-1., 0., 3.], tf.float64)"),
    "gelu_float64": "tf.nn.gelu(tf.constant([-1.5, 0.5], tf.float64))",
    "gelu_float64_approximate": "tf.nn.gelu(tf.constant([-1.5, 0.5], tf.float64), approximate=True)",
    "leaky_relu_float64": "tf.nn.leaky_relu(tf.constant([-1.5, 0.5], tf.float64))",
    "leaky_relu_float64_slope": "tf.nn.leaky_relu(tf.constant([-1.5, 0.5], tf.float64), 0.3)",
}
