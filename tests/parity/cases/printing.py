"""repr and str of tensors and variables."""

VALUES = {
    "float": "1.5",
    "float_many_digits": "0.1",
    "float_large": "1e20",
    "float_small": "1e-20",
    "float_whole": "3.",
    "double": "0.1, tf.float64",
    "half": "0.1, tf.float16",
    "int": "-7",
    "int64": "2**40",
    "uint8": "200, tf.uint8",
    "bool": "True",
    "complex": "1 + 2j",
    "complex64": "[1 + 2j, -1.5j], tf.complex64",
    "text": "'aé'",
    "bytes": "b'\\x00\\xff'",
    "nan": "float('nan')",
    "inf": "[float('inf'), -float('inf'), float('nan'), 1.]",
    "negative_zero": "[-0., 0.]",
    "empty": "[]",
    "empty_matrix": "[[], []]",
    "empty_shape": "np.zeros([0, 3], np.float32)",
    "vector": "[1., 2.5, -3.25]",
    "vector_mixed": "[1e-8, 1., 1e8]",
    "vector_ints": "[1, 20, -300]",
    "vector_bools": "[True, False]",
    "vector_texts": "['a', 'bc']",
    "matrix": "[[1., 2.], [3., 4.]]",
    "matrix_ints": "[[1, 20], [300, 4]]",
    "cube": "np.arange(8).reshape(2, 2, 2)",
    "one_element": "[[[1.]]]",
    "long": "np.arange(1001)",
    "long_floats": "np.linspace(0, 1, 1200, dtype=np.float32)",
    "wide": "np.arange(60.).reshape(2, 30)",
    "large_matrix": "np.arange(1200.).reshape(30, 40)",
    "row": "np.ones([1, 12])",
    "objects": "np.array([b'a', b'b'], object)",
    "float32_digits": "[0.1, 0.12345678, 1/3]",
    "double_digits": "[0.1, 1/3], tf.float64",
    "unsigned": "[0, 2**63], tf.uint64",
}

CASES = (
    {f"repr_{name}": f"repr(tf.constant({value}))" for name, value in VALUES.items()}
    | {f"str_{name}": f"str(tf.constant({value}))" for name, value in VALUES.items()}
    | {
        "variable_matrix": "repr(tf.Variable([[1., 2.], [3., 4.]], name='w'))",
        "variable_empty": "repr(tf.Variable([]))",
        "variable_complex": "repr(tf.Variable(1j))",
        "variable_long": "repr(tf.Variable(np.arange(1001)))",
        "variable_str": "str(tf.Variable(1.5))",
        "printoptions": """
            with np.printoptions(precision=2):
                result = [repr(tf.constant([0.12345])), str(tf.constant([0.12345]))]
            result""",
        "list_of_tensors": "repr([tf.constant(1), tf.constant([1.])])",
        "dict_of_tensors": "str({'a': tf.constant(1)})",
        "dtype": "[repr(tf.float32), str(tf.float32)]",
    }
)
