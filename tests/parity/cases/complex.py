"""Complex numbers: parts, conjugates, gradients."""

CASES = {
    "complex": "tf.complex([1., 2.], [3., 4.])",
    "complex_float64": "tf.complex(tf.constant([1.], tf.float64), tf.constant([2.], tf.float64))",
    "complex_broadcasts": "tf.complex(tf.constant([1., 2.]), tf.constant(2.))",
    "complex_of_infinity": "tf.complex(tf.constant([1., np.inf]), tf.constant([np.inf, np.nan]))",
    "complex_of_ints": "tf.complex(tf.constant([1]), tf.constant([2]))",
    "complex_of_two_dtypes": "tf.complex(tf.constant(1.), tf.constant(1., tf.float64))",
    "complex_shapes": "tf.complex(tf.zeros([2]), tf.zeros([3]))",
    "real": "tf.math.real(tf.constant([1 + 2j, 3 - 4j]))",
    "imag_complex64": "tf.math.imag(tf.constant([1 + 2j, 3 - 4j], tf.complex64))",
    "real_of_real": "tf.math.real(tf.constant([1., 2.]))",
    "imag_of_real": "tf.math.imag(tf.constant([1., 2.]))",
    "imag_of_ints": "tf.math.imag(tf.constant([1, 2]))",
    "real_of_string": "tf.math.real(tf.constant(['a']))",
    "conj": "tf.math.conj(tf.constant([1 + 2j, 3 - 4j]))",
    "conj_of_real": "tf.math.conj(tf.constant([1., 2.]))",
    "conj_of_ints": "tf.math.conj(tf.constant([1, 2]))",
    "conj_of_bool": "tf.math.conj(tf.constant([True]))",
    "conj_gradient": """
        z = tf.constant([1 + 2j, 3 - 4j])
        with tf.GradientTape() as tape:
            tape.watch(z)
            y = tf.math.conj(z)
        tape.gradient(y, z, output_gradients=tf.constant([1 + 1j, 2j]))""",
    "real_gradient": """
        z = tf.constant([1 + 2j, 3 - 4j])
        with tf.GradientTape() as tape:
            tape.watch(z)
            y = tf.math.real(z)
        tape.gradient(y, z)""",
    "imag_gradient": """
        z = tf.constant([1 + 2j, 3 - 4j])
        with tf.GradientTape() as tape:
            tape.watch(z)
            y = tf.math.imag(z)
        tape.gradient(y, z)""",
    "complex_gradient": """
        a, b = tf.constant([1., 2.]), tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch([a, b])
            y = tf.complex(a, b)
        tape.gradient(y, [a, b], output_gradients=tf.constant([1 + 4j, 2 - 8j], tf.complex64))""",
}
