"""Dropout: what does not depend on the random numbers."""

from ..expand import gradient

X = "tf.constant([[1., 2., 4.], [3., 5., 9.]])"

# Whole steps from 0 to 0.9, and around again.
SAMPLER = "lambda shape, dtype: tf.cast(tf.reshape(tf.range(tf.reduce_prod(shape)), shape) * 3 % 10, dtype) / 10."

CASES = {
    "rate_zero": f"tf.nn.dropout({X}, 0.)",
    "rate_int_zero": f"tf.nn.dropout({X}, rate=0)",
    "rate_one": f"tf.nn.dropout({X}, 1.)",
    "rate_above_one": f"tf.nn.dropout({X}, 1.5)",
    "rate_negative": f"tf.nn.dropout({X}, -0.5)",
    "rate_nearly_one": f"tf.nn.dropout({X}, 0.99999999)",
    "rate_text": f"tf.nn.dropout({X}, 'a')",
    "rate_none": f"tf.nn.dropout({X}, None)",
    "rate_tensor_zero": f"tf.nn.dropout({X}, tf.constant(0.))",
    "rate_tensor_one": f"tf.nn.dropout({X}, tf.constant(1.))",
    "rate_tensor_float64": f"tf.nn.dropout({X}, tf.constant(0.5, tf.float64))",
    "rate_tensor_int": f"tf.nn.dropout({X}, tf.constant(0))",
    "rate_vector": f"tf.nn.dropout({X}, tf.constant([0.5]))",
    "ints": "tf.nn.dropout(tf.constant([1, 2]), 0.5)",
    "ints_rate_zero": "tf.nn.dropout(tf.constant([1, 2]), 0.)",
    "list": "tf.nn.dropout([1., 2.], 0.)",
    "float64": "tf.nn.dropout(tf.ones([50], tf.float64), 0.5).dtype",
    "kept_are_scaled": "y = tf.nn.dropout(tf.ones([200]), 0.75, seed=1)\ntf.sort(tf.unique(y).y)",
    "kept_are_scaled_by_a_tensor": "y = tf.nn.dropout(tf.ones([200]), tf.constant(0.5))\ntf.sort(tf.unique(y).y)",
    "dropped_are_zero": "y = tf.nn.dropout(tf.fill([99], np.inf), 0.5)\ntf.sort(tf.unique(y).y)",
    "noise_shape_rows": "y = tf.nn.dropout(tf.ones([9, 50]), 0.5, noise_shape=[9, 1])\ntf.reduce_all(y == y[:, :1])",
    "noise_shape_none": "y = tf.nn.dropout(tf.ones([9, 50]), 0.5, noise_shape=[None, 1])\ntf.reduce_all(y == y[:, :1])",
    "noise_shape_tensor": "tf.nn.dropout(tf.ones([2, 3]), 0.5, noise_shape=tf.constant([2, 1])).shape",
    "noise_shape_short": "tf.nn.dropout(tf.ones([2, 3]), 0.5, noise_shape=[1]).shape",
    "noise_shape_longer": "tf.nn.dropout(tf.ones([2, 3]), 0.5, noise_shape=[2, 2, 3]).shape",
    "noise_shape_does_not_broadcast": "tf.nn.dropout(tf.ones([2, 3]), 0.5, noise_shape=[3, 3])",
    "gradient_rate_zero": gradient("tf.nn.dropout(x, 0.)", x="[1., 2.]"),
    "gradient_is_the_same_mask": """
        x = tf.ones([100])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.dropout(x, 0.5)
        tf.reduce_all(tape.gradient(y, x) == y)""",
    "general": f"tf.nn.experimental.general_dropout({X}, 0.5, {SAMPLER})",
    "general_rate_tensor": f"tf.nn.experimental.general_dropout({X}, tf.constant(0.8), {SAMPLER})",
    "general_noise_shape": f"tf.nn.experimental.general_dropout({X}, 0.5, {SAMPLER}, noise_shape=[None, 1])",
    "general_rate_zero": f"tf.nn.experimental.general_dropout({X}, 0., None)",
    "general_gradient": gradient(f"tf.nn.experimental.general_dropout(x, 0.5, {SAMPLER}) ** 2", x="[[1., 2., 4.]]"),
    "stateless_rate_one": f"tf.nn.experimental.stateless_dropout({X}, 1., seed=[1, 2])",
    "stateless_one_seed": f"tf.nn.experimental.stateless_dropout({X}, 0.5, seed=1)",
    "stateless_is_stateless": """
        x = tf.ones([100])
        a, b, c = (tf.nn.experimental.stateless_dropout(x, 0.5, seed=[s, 2], rng_alg="philox") for s in (1, 1, 3))
        tf.reduce_all(a == b), tf.reduce_all(a == c)""",
    "set_seed": """
        tf.random.set_seed(3)
        a = tf.nn.dropout(tf.ones([100]), 0.5)
        b = tf.nn.dropout(tf.ones([100]), 0.5)
        tf.random.set_seed(3)
        c = tf.nn.dropout(tf.ones([100]), 0.5)
        tf.reduce_all(a == b), tf.reduce_all(a == c)""",
    "empty": "tf.nn.dropout(tf.zeros([0, 3]), 0.5)",
}
