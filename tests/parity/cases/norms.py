"""Norms of vectors and matrices."""

from ..expand import gradient

M = "tf.constant([[1., -2.], [3., 5.]], tf.float64)"
CUBE = "tf.constant([[[1., -2.], [3., 5.]], [[2., 0.], [-1., 4.]]], tf.float64)"
Z = "tf.constant([[1 + 2j, 1j], [2., 3 - 1j]])"
VECTOR_ORDERS = {"euclidean": "'euclidean'", "one": "1", "two": "2", "three": "3", "half": "0.5", "infinity": "np.inf"}
MATRIX_ORDERS = {"euclidean": "'euclidean'", "fro": "'fro'", "one": "1", "two": "2", "infinity": "np.inf"}

CASES = {
    **{f"all_{name}": f"tf.norm({M}, ord={order})" for name, order in VECTOR_ORDERS.items()},
    **{f"rows_{name}": f"tf.norm({M}, ord={order}, axis=-1)" for name, order in VECTOR_ORDERS.items()},
    **{f"matrix_{name}": f"tf.norm({M}, ord={order}, axis=[0, 1])" for name, order in MATRIX_ORDERS.items()},
    **{f"swapped_{name}": f"tf.norm({M}, ord={order}, axis=(1, 0))" for name, order in MATRIX_ORDERS.items()},
    **{f"stack_{name}": f"tf.norm({CUBE}, ord={order}, axis=[0, 2])" for name, order in MATRIX_ORDERS.items()},
    **{
        f"kept_{name}": f"tf.norm({CUBE}, ord={order}, axis=(-2, -1), keepdims=True)"
        for name, order in MATRIX_ORDERS.items()
    },
    "kept_all": f"tf.norm({CUBE}, keepdims=True)",
    "kept_axis": f"tf.norm({CUBE}, axis=1, keepdims=True)",
    "linalg_name": f"tf.linalg.norm({M})",
    "scalar": "tf.norm(tf.constant(-3.))",
    "float16": "tf.norm(tf.constant([3., 4.], tf.float16))",
    "list": "tf.norm([3., 4.])",
    "zero_vector": "tf.norm(tf.zeros([2]))",
    "empty": "tf.norm(tf.zeros([0]))",
    "empty_infinity": "tf.norm(tf.zeros([0]), ord=np.inf)",
    "nan_infinity": "tf.norm([np.nan, 1.], ord=np.inf)",
    "ints_one": "tf.norm(tf.constant([1, -2]), ord=1)",
    "complex": f"tf.norm({Z})",
    "complex_one": f"tf.norm({Z}, ord=1)",
    "complex_three": f"tf.norm({Z}, ord=3, axis=0)",
    "complex_two_of_matrix": f"tf.norm({Z}, ord=2, axis=[0, 1])",
    "order_true": f"tf.norm({M}, ord=True)",
    # Errors.
    "ints": "tf.norm(tf.constant([1, 2]))",
    "order_zero": f"tf.norm({M}, ord=0)",
    "order_negative": f"tf.norm({M}, ord=-np.inf)",
    "order_unknown": f"tf.norm({M}, ord='nuc')",
    "fro_of_vector": f"tf.norm({M}, ord='fro', axis=0)",
    "three_of_matrix": f"tf.norm({M}, ord=3, axis=[0, 1])",
    "unknown_of_matrix": f"tf.norm({M}, ord='nuc', axis=[0, 1])",
    "axis_twice": f"tf.norm({M}, axis=[0, 0])",
    "three_axes": f"tf.norm({CUBE}, axis=[0, 1, 2])",
    "list_of_one_axis": f"tf.norm({M}, axis=[0])",
    "axis_tensor": f"tf.norm({M}, axis=tf.constant(0))",
    "no_such_axis": f"tf.norm({M}, axis=2)",
    # normalize
    "normalize": f"tf.linalg.normalize({M})",
    "normalize_axis": f"tf.linalg.normalize({M}, axis=0)",
    "normalize_one": f"tf.linalg.normalize({M}, ord=1, axis=[0, 1])",
    "normalize_complex": f"tf.linalg.normalize({Z}, ord=1)",
    "normalize_zeros": "tf.linalg.normalize(tf.zeros([2]))[0]",
    # Gradients.
    "gradient": gradient("tf.norm(x)", x="[3., 4.]"),
    "gradient_at_zero": gradient("tf.norm(x)", x="[0., 0.]"),
    "gradient_rows": gradient("tf.norm(x, axis=1)", x="[[3., 4.], [1., 2.]]"),
    "gradient_one": gradient("tf.norm(x, ord=1)", x="[0., -2.]"),
    "gradient_three": gradient("tf.norm(x, ord=3)", x="[0., -2., 1.]"),
    "gradient_infinity_tie": gradient("tf.norm(x, ord=np.inf)", x="[2., -2.]"),
    "gradient_two_of_matrix": gradient("tf.norm(x, ord=2, axis=[0, 1])", x="[[1., -2.], [3., 5.]], tf.float64"),
    "gradient_complex": gradient("tf.norm(x)", x="[1 + 2j, 3 - 1j]"),
    "gradient_normalize": gradient("tf.linalg.normalize(x)[0] ** 2 * [1., 2.]", x="[1., 2.]"),
}
