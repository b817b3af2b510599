"""tf.print, to the letter: each case ends in what was printed."""


def printed(arguments: str, setup: str = "") -> str:
    return f"""{setup}
import pathlib, tempfile
path = pathlib.Path(tempfile.mkdtemp(), "printed")
tf.print({arguments}, output_stream=f"file://{{path}}")
path.read_text(encoding="utf-8")"""


VALUES = {
    "scalars": "1, 'a', tf.constant(1.5), [1, 2]",
    "vector": "tf.constant([1., 2., 3.])",
    "ints": "tf.range(6)",
    "long": "tf.range(10)",
    "seven": "tf.range(7)",
    "matrix": "tf.ones([2, 3])",
    "large_matrix": "tf.ones([8, 8])",
    "cube": "tf.ones([2, 2, 2])",
    "rank_4": "tf.reshape(tf.range(16), [2, 2, 2, 2])",
    "large_cube": "tf.reshape(tf.range(24), [2, 3, 4]), summarize=1",
    "large_rank_4": "tf.ones([3, 3, 3, 3]), summarize=1",
    "summarize_2": "tf.range(10), summarize=2",
    "summarize_all": "tf.range(10), summarize=-1",
    "floats": "tf.constant([0.1, 1/3, 1e20, 1e-7, 123456.789])",
    "doubles": "tf.constant([0.1, 1/3, 1e20, 1e-7, 123456.789], tf.float64)",
    "powers": "tf.constant([1.0, 10.0, 100.0, 1e5, 1e6, 1e7])",
    "digits": "tf.constant(16777216.), tf.constant(0.30000001), tf.constant(1e15), tf.constant(123456789.)",
    "whole": "tf.constant(1234567.), tf.constant(100000.)",
    "halves": "tf.constant([0.1, 1/3], tf.float16)",
    "bfloat16": "tf.constant([0.1, 1/3], tf.bfloat16)",
    "special": "tf.constant([float('nan'), float('inf'), -float('inf'), -0.])",
    "bools": "tf.constant(True), tf.constant([True, False])",
    "small_ints": "tf.constant([1], tf.uint8), tf.constant([-1], tf.int8), tf.constant(2**40)",
    "string": "tf.constant('abc')",
    "string_with_others": "'x', tf.constant('abc')",
    "strings": "tf.constant(['a', 'b'])",
    "string_matrix": "tf.constant([['a', 'b'], ['c', 'd']])",
    "string_escapes": "'a\\nb', tf.constant('quo\"te\\\\'), tf.constant('a\\nb')",
    "string_utf8": "'é', tf.constant('é')",
    "python_values": "None, True, 1.5, 3, 1e16, 1/3, 2**40",
    "python_lists": "[1.5, 2.5], [1, 2, 3, 4, 5, 6, 7, 8], (1, 'x')",
    "dict": "{'b': [tf.constant(2.), 'c'], 'a': tf.constant(1)}",
    "list_of_tensors": "[tf.constant([1, 2]), tf.constant(3)]",
    "string_tensor_in_list": "[tf.constant('s'), 's']",
    "empty_structures": "[], {}, [[], ()]",
    "empty_tensors": "tf.zeros([0]), tf.zeros([0, 3])",
    "variables": "tf.Variable(1.), tf.Variable([1, 2])",
    "numpy": "np.array([1., 2.]), np.float32(3)",
    "braces": "'{}', '%d', tf.constant(1)",
    "bytes": "b'x'",
    "range": "range(3)",
    "shape": "tf.TensorShape([1, 2]), tf.float32",
    "several_lines": "'tensor:', tf.constant([[1, 2], [3, 4]]), 'done'",
    "sep": "tf.ones([2]), tf.ones([2]), sep=' | '",
    "no_sep": "'x', 'y', sep=''",
    "end": "'x', end='!'",
    "wide_structure": "{'a long name': list(range(40))}",
}

CASES = {name: printed(arguments) for name, arguments in VALUES.items()} | {
    "named_tuple": printed("P(tf.constant(1), 2)", "import collections\nP = collections.namedtuple('P', 'x y')"),
    "appends": printed("1") + "\ntf.print(2, output_stream=f'file://{path}')\npath.read_text()",
    "in_function": """
        import pathlib, tempfile
        path = pathlib.Path(tempfile.mkdtemp(), "printed")
        @tf.function
        def f(x):
            tf.print("x is", x, {"half": x / 2.}, output_stream=f"file://{path}")
            return x
        f(tf.constant([1., 2.]))
        f(tf.constant([3., 4.]))
        path.read_text()""",
    "result": "tf.print(end='')",
    "unknown_argument": "tf.print(1, foo=3)",
    "unknown_stream": "tf.print(1, output_stream='bad')",
    "summarize_text": "tf.print(1, summarize='x')",
}
