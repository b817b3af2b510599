"""What the first lessons of a course use: printing, structures, devices, functions run line by line."""


def printed(arguments: str) -> str:
    """What tf.print writes, read from the file that it wrote to."""
    return f"""
import os, pathlib, tempfile
handle, path = tempfile.mkstemp()
os.close(handle)
tf.print({arguments}, output_stream="file://" + path)
text = pathlib.Path(path).read_text()
os.remove(path)
text"""


def with_tape(lines: str) -> str:
    """The gradient of y with respect to x, the lines run under a tape."""
    return f"x = tf.Variable(3.)\nwith tf.GradientTape() as tape:\n    {lines}\ntape.gradient(y, x)"


CASES = {
    "print_floats": printed("tf.constant([1., 2.5]), tf.constant(1e-7), tf.constant(1e10), tf.constant(0.1), 1/3"),
    "print_digits": printed(
        "tf.constant(1/3), tf.constant(1/3, tf.float64), tf.constant(123456789.), tf.constant(1e6)"
    ),
    "print_doubles": printed("tf.constant([1000000., 1e-5, 1e21, 123456.7], tf.float64)"),
    "print_half": printed("tf.constant([1.5, 0.1], tf.float16), tf.constant([0.1], tf.bfloat16)"),
    "print_special": printed("tf.constant([np.nan, np.inf, -np.inf, -0.])"),
    "print_bools": printed("tf.constant(True), True, None, [True], tf.constant([True, False])"),
    "print_long": printed("tf.range(20), tf.range(6), tf.range(7)"),
    "print_summarize": printed("tf.range(20), summarize=2"),
    "print_summarize_all": printed("tf.range(20), summarize=-1"),
    "print_matrix": printed("tf.reshape(tf.range(100), [10, 10])"),
    "print_three_axes": printed("tf.ones([2, 2, 8])"),
    "print_four_axes": printed("tf.ones([2, 1, 2, 1])"),
    "print_empty": printed("tf.zeros([0]), tf.zeros([0, 3])"),
    "print_strings": printed("tf.constant('s'), tf.constant(['a', 'b']), 'x', [tf.constant('s')], b'x'"),
    "print_structures": printed(
        "{'b': tf.constant([1., 2.]), 'a': 'a'}, [tf.constant(1.), 2, 'a'], ('a', [1.5]), [], ()"
    ),
    "print_wide_structure": printed("{'weights': tf.ones([3]), 'names': ['a' * 30, 'b' * 30, tf.constant(1)]}"),
    "print_objects": printed("tf.Variable([1., 2.]), tf.ones([2]).shape, np.array([1., 2.]), tf.float32"),
    "print_sep_end": printed("'a', tf.constant(1), 'b', sep='|', end='!'"),
    "print_nothing": printed("end='x'"),
    "print_unknown_stream": "tf.print(1, output_stream='somewhere')",
    "top_k_repr": "repr(tf.math.top_k([1, 5, 3], 2))",
    "is_tensor_x": "tf.is_tensor(x=1)",
    "as_dtype_type_value": "tf.as_dtype(type_value='int32')",
    "nest_flatten_keywords": "tf.nest.flatten(structure=[1, [2]], expand_composites=True)",
    "nest_is_nested_seq": "tf.nest.is_nested(seq=[1])",
    "nest_pack_keywords": "tf.nest.pack_sequence_as(structure=[1, [2]], flat_sequence=[3, 4])",
    "nest_map_types_differ": "tf.nest.map_structure(lambda a, b: a + b, [1], (2,))",
    "nest_map_types_unchecked": "tf.nest.map_structure(lambda a, b: a + b, [1], (2,), check_types=False)",
    "nest_map_list_and_dict": "tf.nest.map_structure(lambda a, b: a + b, [1], {'k': 2}, check_types=False)",
    "nest_map_nothing": "tf.nest.map_structure(lambda a: a)",
    "nest_map_no_function": "tf.nest.map_structure(3, [1])",
    "nest_map_unknown_keyword_sizes": "tf.nest.map_structure(lambda a, b: a, [1], [1, 2], check_types=False)",
    "nest_same_unchecked": "tf.nest.assert_same_structure(nest1=[1], nest2=(2,), check_types=False)",
    "nest_same_leaf": "tf.nest.assert_same_structure([1], 1, check_types=False)",
    "gpus": "tf.config.list_physical_devices('GPU')",
    "cpus": "[(d.name, d.device_type) for d in tf.config.list_physical_devices('CPU')]",
    "devices_repr": "repr(tf.config.list_physical_devices()), repr(tf.config.list_logical_devices())",
    "devices_case": "tf.config.list_physical_devices('cpu')",
    "device": "with tf.device('CPU:0'):\n    x = tf.constant([1.]) + 1\nx.device",
    "device_absent": "with tf.device('/device:GPU:0'):\n    x = tf.constant([1.])\nx.device",
    "device_none": "with tf.device(None):\n    x = tf.constant([1.])\nx",
    "device_full": "with tf.device(tf.constant([1.]).device):\n    x = tf.constant([1.])\nx",
    "device_no_name": "with tf.device('foo'):\n    x = 1\nx",
    "device_number": "with tf.device(3):\n    x = 1\nx",
    "control_dependencies": "with tf.control_dependencies([tf.constant(1)]):\n    x = tf.constant(2)\nx",
    "init_scope": "with tf.init_scope():\n    x = tf.constant(2)\nx",
    "init_scope_pauses_tape": with_tape("y = x * x\n    with tf.init_scope():\n        y = y * x"),
    "functions_run_eagerly": """
seen = []
def square(x):
    seen.append(tf.executing_eagerly())
    return x * x
function = tf.function(square)
before = tf.config.functions_run_eagerly()
tf.config.run_functions_eagerly(True)
during = tf.config.functions_run_eagerly()
result = function(tf.constant(3.))
tf.config.run_functions_eagerly(False)
function(tf.constant(3.))
before, during, result, seen""",
}
