"""Names that are seldom used: text of numbers, distances of sequences, patches of volumes, windows with gaps."""

_SEQUENCES = """\
said = tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 0]], [1, 2, 3, 9], [4, 2])
meant = tf.SparseTensor([[0, 0], [0, 1], [0, 2], [1, 0], [2, 0]], [1, 3, 2, 3, 4], [4, 3])
"""
_IMAGE = "x = tf.reshape(tf.range(16.), [1, 4, 4, 1])\npool = lambda x, n, p: tf.nn.max_pool(x, 2, 1, p)\n"
_VOLUME = "x = tf.reshape(tf.range(2 * 3 * 4 * 3.), [2, 3, 4, 3, 1])\n"
_VALUES = {
    "ints": "[3, -2]", "floats": "[3.14159, -2., 1e10, np.nan, np.inf, -np.inf]", "bools": "[True, False]",
    "complex": "[1 + 2j]", "texts": "['a', 'bcd']",
}  # fmt: skip
_FORMS = {
    "": "", "_precision": ", precision=2", "_scientific": ", scientific=True", "_shortest": ", shortest=True",
    "_width": ", width=6", "_zeros": ", width=6, fill='0'", "_left": ", width=6, fill='-'", "_signs": ", fill='+'",
    "_both": ", scientific=True, shortest=True", "_long_fill": ", fill='ab', width=3",
}  # fmt: skip

CASES = {
    **{
        f"as_string_{kind}{form}": f"tf.as_string({value}{arguments})"
        for kind, value in _VALUES.items()
        for form, arguments in _FORMS.items()
    },
    "as_string_float64": "tf.as_string(tf.constant([1 / 3], tf.float64))",
    "as_string_float16": "tf.as_string(tf.constant([1 / 3], tf.float16))",
    "as_string_uint8": "tf.as_string(tf.constant([[200]], tf.uint8))",
    "as_string_scalar": "tf.as_string(1)",
    "as_string_function": "tf.function(lambda x: tf.as_string(x))([1, 2])",
    "edit_distance": _SEQUENCES + "tf.edit_distance(said, meant)",
    "edit_distance_not_normalized": _SEQUENCES + "tf.edit_distance(said, meant, normalize=False)",
    "edit_distance_of_texts": """
said = tf.SparseTensor([[0, 0, 0], [1, 0, 0]], ["a", "b"], [2, 1, 1])
meant = tf.SparseTensor([[0, 1, 0], [1, 0, 0], [1, 0, 1], [1, 1, 0]], ["a", "b", "c", "a"], [2, 2, 2])
tf.edit_distance(said, meant)""",
    "edit_distance_open": _SEQUENCES + """
specs = [tf.SparseTensorSpec([None, None], tf.int32)] * 2
tf.function(lambda a, b: tf.edit_distance(a, b), input_signature=specs)(said, meant)""",
    "edit_distance_decoded": """
logits = tf.one_hot([[0], [2], [1], [1]], 3)
(decoded,), _ = tf.nn.ctc_greedy_decoder(logits, [4])
tf.edit_distance(decoded, tf.SparseTensor([[0, 0], [0, 1]], tf.constant([0, 0], tf.int64), [1, 2]))""",
    "edit_distance_dense": "tf.edit_distance([1], [2])",
    "edit_distance_ranks": _SEQUENCES + "tf.edit_distance(said, tf.SparseTensor([[0, 0, 0]], [1], [1, 1, 1]))",
    "edit_distance_dtypes": _SEQUENCES + "tf.edit_distance(said, tf.cast(meant, tf.int64))",
    "volume_patches": _VOLUME + "tf.extract_volume_patches(x, [1, 2, 2, 2, 1], [1, 1, 2, 1, 1], 'VALID')",
    "volume_patches_same": _VOLUME + "tf.extract_volume_patches(x, [1, 2, 2, 2, 1], [1, 2, 2, 2, 1], 'SAME')",
    "volume_patches_gradient": _VOLUME + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.extract_volume_patches(x, [1, 2, 2, 2, 1], [1, 1, 2, 1, 1], 'SAME') ** 2
tape.gradient(y, x)""",
    "volume_patches_rank": "tf.extract_volume_patches(tf.ones([2, 2]), [1, 2, 2, 2, 1], [1, 1, 2, 1, 1], 'SAME')",
    "approx_top_k": "list(tf.approx_top_k([1., 3., 2.], 2))",
    "space_to_batch_window": _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], 'VALID', pool)",
    "space_to_batch_window_same":
        _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], 'SAME', pool, filter_shape=[2, 2])",
    "space_to_batch_window_uneven":
        _IMAGE + "tf.nn.with_space_to_batch(x[:, :, :3], [3, 2], 'SAME', pool, filter_shape=[2, 2])",
    "space_to_batch_window_of_one": _IMAGE + "tf.nn.with_space_to_batch(x, [1, 1], 'SAME', pool)",
    "space_to_batch_window_axis":
        _IMAGE + "tf.nn.with_space_to_batch(x, [2], 'VALID', lambda x, n, p: x * 2 + n, spatial_dims=[2])",
    "space_to_batch_window_explicit":
        _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], [[0, 0], [1, 1], [1, 2], [0, 0]], pool)",
    "space_to_batch_window_gradient": _IMAGE + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.nn.with_space_to_batch(x, [2, 2], 'SAME', pool, filter_shape=[2, 2]) ** 2
tape.gradient(y, x)""",
    "space_to_batch_window_no_filter": _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], 'SAME', pool)",
    "space_to_batch_window_rate": _IMAGE + "tf.nn.with_space_to_batch(x, [0, 2], 'VALID', pool)",
    "space_to_batch_window_rates": _IMAGE + "tf.nn.with_space_to_batch(x, [[2, 2]], 'VALID', pool)",
    "space_to_batch_window_axes": _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], 'VALID', pool, spatial_dims=[2, 1])",
    "space_to_batch_window_rank": _IMAGE + "tf.nn.with_space_to_batch(tf.range(3.), [2, 2], 'VALID', pool)",
    "space_to_batch_window_padding": _IMAGE + "tf.nn.with_space_to_batch(x, [2, 2], 'FOO', pool)",
    "compat_dimension_value": "tf.compat.dimension_value(tf.TensorShape([None, 3])[1])",
    "compat_dimension_at_index": "s = tf.TensorShape([16, None])\n[tf.compat.dimension_value(s[i]) for i in range(2)]",
    "compat_types": """
[isinstance(v, getattr(tf.compat, f"{kind}_types"))
 for kind in ("integral", "real", "complex", "bytes_or_text")
 for v in (1, 1.5, 1j, True, "a", b"a", np.int8(1), np.float32(1))]""",
    "compat_path": "import pathlib\n[tf.compat.path_to_str(pathlib.Path('a') / 'b'), tf.compat.path_to_str('./a')]",
    "compat_forward": "[tf.compat.forward_compatible(2019, 1, 1), tf.compat.forward_compatible(2100, 1, 1)]",
    "compat_v2": "tf.compat.v2.square(3)",
    "optional_spec": """
a, b = tf.OptionalSpec(tf.TensorSpec([2])), tf.OptionalSpec(tf.TensorSpec([2]))
[a == b, repr(tf.NoneTensorSpec()), tf.OptionalSpec(None) == a]""",
}  # fmt: skip
CASES |= {
    f"fingerprint_{name}": f"tf.fingerprint({value})"
    for name, value in {
        "ints": "[[1, 2], [3, 4]]",
        "floats": "[1., 2.]",
        "texts": "['abc', 'd', '', 'hello there, world', 'x' * 40, 'y' * 64, 'z' * 65, 'w' * 1000]",
        "text_rows": "[['abc', 'd'], ['d', 'abc']]",
        "nothing": "[[]]",
        "no_rows": "tf.zeros([0, 3])",
        "cubes": "tf.reshape(tf.range(24), [2, 3, 4])",
        "long": "tf.reshape(tf.range(600), [3, 200])",
        "bools": "[True, False]",
        "bytes": "tf.constant([3, 200], tf.uint8)",
        "halves": "tf.constant([[1.5, 2.], [0., 1.]], tf.float16)",
        "lengths": "[bytes(range(n)) for n in range(200)]",
        "scalar": "1",
        "other_method": "[1], method='md5'",
    }.items()
} | {"fingerprint_in_function": "tf.function(lambda x: tf.fingerprint(x))(tf.constant([[1, 2]]))"}
