"""TensorArrays in traced functions, alone and as variables of loops; map_fn, foldl, foldr and scan there."""

from ..expand import eagerly_and_traced, traced

LOOP = """
@tf.function(autograph=False)
def f(x):
    array = tf.TensorArray({arguments})
    def body(i, array):
        return i + 1, array.write(i, {value})
    _, array = tf.while_loop(lambda i, array: i < {count}, body, (0, array))
    return {result}
f(tf.constant({x}))"""


def loop(result: str, x: str = "[1., 2., 3.]", value: str = "x[i] * 2.", count: str = "3",
         arguments: str = "tf.float32, size=3") -> str:  # fmt: skip
    """A function in which a loop writes to a TensorArray."""
    return LOOP.format(result=result, x=x, value=value, count=count, arguments=arguments)


GROWS = "tf.float32, size=0, dynamic_size=True"

CASES = {
    "loop_stack": loop("array.stack()"),
    "loop_read": loop("[array.read(0), array.read(2)]"),
    "loop_size": loop("array.size()"),
    "loop_partly_written": loop("array.stack()", count="2"),
    "loop_nothing_written": loop("array.stack()", count="0"),
    "loop_rows": loop("array.stack()", x="[[1., 2.], [3., 4.], [5., 6.]]"),
    "loop_gather": loop("array.gather([2, 0])"),
    "loop_gather_tensor": loop("array.gather(tf.argsort(x)[:2])"),
    "loop_concat": loop("array.concat()", value="x[i] * [1., 1.]"),
    "loop_concat_other_lengths": loop("array.concat()", value="x[:i + 1]",
                                      arguments="tf.float32, size=3, infer_shape=False, element_shape=[None]"),
    "loop_grows": loop("array.stack()", arguments=GROWS),
    "loop_grows_size": loop("array.size()", arguments=GROWS),
    "loop_grows_element_shape": loop("array.stack()", arguments=GROWS + ", element_shape=[]"),
    "loop_too_long": loop("array.stack()", arguments="tf.float32, size=2"),
    "loop_unknown_count": loop("array.stack()", count="tf.size(x)", arguments="tf.float32, size=tf.size(x)"),
    "loop_python_values": loop("array.stack()", value="1."),
    "loop_other_dtype": loop("array.stack()", value="i"),
    "loop_cast": loop("array.stack()", value="tf.cast(i, tf.float32)"),
    "loop_int": loop("array.stack()", value="i * i", arguments="tf.int32, size=3"),
    "loop_string": loop("array.stack()", value="tf.constant('a')", arguments="tf.string, size=3"),
    "loop_backwards": loop("array.stack()", value="x[2 - i]"),
    "read_unwritten": loop("array.read(2)", count="2"),
    "read_out_of_range": loop("array.read(3)"),
    "gather_out_of_range": loop("array.gather([0, 3])"),
    "identity": loop("array.identity().stack()"),
    "element_shape_static": loop("tf.constant(array.element_shape.as_list())", x="[[1., 2.], [3., 4.], [5., 6.]]"),
    "stack_static_shape": loop("tf.constant(array.stack().shape.as_list())", x="[[1., 2.], [3., 4.], [5., 6.]]"),
    "dtype": loop("tf.zeros([], array.dtype)"),
    "write_then_read_in_body": """
        @tf.function(autograph=False)
        def f(n):
            array = tf.TensorArray(tf.int32, size=n, element_shape=[], clear_after_read=False).write(0, 1)
            def body(i, array):
                return i + 1, array.write(i, array.read(i - 1) * 2 + i)
            return tf.while_loop(lambda i, _: i < n, body, (1, array))[1].stack()
        f(tf.constant(6))""",
    "fibonacci_with_two_reads": """
        @tf.function(autograph=False)
        def f(n):
            array = tf.TensorArray(tf.int32, size=n, element_shape=[], clear_after_read=False)
            array = array.write(0, 1).write(1, 1)
            def body(i, array):
                return i + 1, array.write(i, array.read(i - 1) + array.read(i - 2))
            return tf.while_loop(lambda i, _: i < n, body, (2, array))[1].stack()
        f(tf.constant(8))""",
    "two_arrays": """
        @tf.function(autograph=False)
        def f(x):
            a, b = tf.TensorArray(tf.float32, 3), tf.TensorArray(tf.float32, 3)
            body = lambda i, a, b: (i + 1, a.write(i, x[i]), b.write(2 - i, -x[i]))
            _, a, b = tf.while_loop(lambda i, a, b: i < 3, body, (0, a, b))
            return a.stack(), b.stack()
        f(tf.constant([1., 2., 3.]))""",
    "array_in_a_dict": """
        @tf.function(autograph=False)
        def f(x):
            body = lambda i, d: (i + 1, {'a': d['a'].write(i, x[i]), 's': d['s'] + x[i]})
            _, d = tf.while_loop(lambda i, d: i < 3, body, (0, {'a': tf.TensorArray(tf.float32, 3), 's': 0.}))
            return d['a'].stack(), d['s']
        f(tf.constant([1., 2., 3.]))""",
    "captured_by_the_body": """
        @tf.function(autograph=False)
        def f(x):
            array = tf.TensorArray(tf.float32, 3, clear_after_read=False).unstack(x)
            return tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s * 2. + array.read(i)), (0, 0.))[1]
        f(tf.constant([1., 2., 3.]))""",
    "unstack_unknown_size": """
        @tf.function(autograph=False, input_signature=[tf.TensorSpec([None, 2], tf.float32)])
        def f(x):
            array = tf.TensorArray(tf.float32, size=tf.shape(x)[0]).unstack(x)
            return array.size(), array.stack()
        f(tf.ones([3, 2]))""",
    "scatter": traced("tf.TensorArray(tf.float32, 4).scatter([3, 1], x).stack()", x="[1., 2.]"),
    "scatter_tensor": traced("tf.TensorArray(tf.float32, 4).scatter(i, x).stack()", x="[1., 2.]", i="[3, 1]"),
    "scatter_out_of_range": traced("tf.TensorArray(tf.float32, 2).scatter(i, x).stack()", x="[1., 2.]", i="[3, 1]"),
    "scatter_in_loop": """
        @tf.function(autograph=False)
        def f(x):
            array = tf.TensorArray(tf.float32, 4)
            body = lambda i, array: (i + 2, array.scatter([i, i + 1], x * tf.cast(i, tf.float32)))
            return tf.while_loop(lambda i, _: i < 4, body, (0, array))[1].stack()
        f(tf.constant([1., 2.]))""",
    "split": traced("tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, [1, 2]).concat()", x="[1., 2., 3.]"),
    "split_tensor": traced("tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, n).concat()",
                           x="[1., 2., 3.]", n="[1, 2]"),
    "split_read": traced("tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, n).read(1)",
                         x="[1., 2., 3.]", n="[1, 2]"),
    "split_wrong_sum": traced("tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, n).concat()",
                              x="[1., 2., 3.]", n="[1, 1]"),
    "write_tensor_index": traced("tf.TensorArray(tf.float32, 3).write(i, x).stack()", x="[1., 2.]", i="1"),
    "write_negative_tensor_index": traced("tf.TensorArray(tf.float32, 3).write(i, x).stack()", x="[1., 2.]", i="-1"),
    "read_tensor_index": traced("tf.TensorArray(tf.float32, 3).unstack(x).read(i)", x="[1., 2., 3.]", i="2"),
    "read_tensor_index_too_large": traced("tf.TensorArray(tf.float32, 3).unstack(x).read(i)", x="[1., 2., 3.]", i="3"),
    "size_tensor": traced("tf.TensorArray(tf.float32, size=n).size()", n="4"),
    "size_tensor_stack": traced("tf.TensorArray(tf.float32, size=n, element_shape=[2]).stack()", n="3"),
    "size_negative": traced("tf.TensorArray(tf.float32, size=n, element_shape=[2]).stack()", n="-3"),
    "cond_writes": traced(
        "tf.cond(x > 0., lambda: tf.TensorArray(tf.float32, 2).write(0, x), lambda: tf.TensorArray(tf.float32, 2)"
        ".write(1, x)).stack()", x="-3."),
    "cond_in_loop_writes": """
        @tf.function(autograph=False)
        def f(x):
            array = tf.TensorArray(tf.float32, 4, element_shape=[])
            def body(i, array):
                return i + 1, tf.cond(x[i] > 0., lambda: array.write(i, x[i]), lambda: array)
            return tf.while_loop(lambda i, _: i < 4, body, (0, array))[1].stack()
        f(tf.constant([1., -2., 3., -4.]))""",
    "nested_loops_write": """
        @tf.function(autograph=False)
        def f(n):
            array = tf.TensorArray(tf.int32, n * n)
            def row(i, array):
                return i + 1, tf.while_loop(lambda j, _: j < n, lambda j, a: (j + 1, a.write(i * n + j, i * j)),
                                            (0, array))[1]
            return tf.reshape(tf.while_loop(lambda i, _: i < n, row, (0, array))[1].stack(), [n, n])
        f(tf.constant(3))""",
    "returned_from_a_function": """
        @tf.function(autograph=False)
        def g(x):
            return tf.TensorArray(tf.float32, 3).unstack(x).stack() * 2.
        tf.function(lambda x: g(x) + 1., autograph=False)(tf.constant([1., 2., 3.]))""",
    "map_captured_variable": """
        v = tf.Variable(2.)
        f = tf.function(lambda x: tf.map_fn(lambda e: e * v, x), autograph=False)
        a = f(tf.constant([1., 2.]))
        v.assign(10.)
        [a, f(tf.constant([1., 2.]))]""",
    "map_assigns_variable": """
        v = tf.Variable(0.)
        f = tf.function(lambda x: tf.map_fn(lambda e: v.assign_add(e), x), autograph=False)
        [f(tf.constant([1., 2., 3.])), v.read_value()]""",
    "map_traces_once": """
        traces = []
        f = tf.function(lambda x: tf.map_fn(lambda e: traces.append(1) or e * 2., x), autograph=False)
        f(tf.zeros([5]))
        len(traces)""",
    "scan_traces_once": """
        traces = []
        f = tf.function(lambda x: tf.scan(lambda a, e: traces.append(1) or a + e, x), autograph=False)
        f(tf.zeros([5]))
        len(traces)""",
    "foldl_traces_once": """
        traces = []
        f = tf.function(lambda x: tf.foldl(lambda a, e: traces.append(1) or a + e, x), autograph=False)
        f(tf.zeros([5]))
        len(traces)""",
    "map_unknown_length": """
        f = tf.function(lambda x: tf.map_fn(lambda e: e * 2., x), autograph=False,
                        input_signature=[tf.TensorSpec([None, 2], tf.float32)])
        [f(tf.ones([3, 2])), f(tf.ones([0, 2])), f(tf.ones([1, 2]))]""",
    "map_unknown_everything": """
        f = tf.function(lambda x: tf.map_fn(tf.reduce_sum, x), autograph=False,
                        input_signature=[tf.TensorSpec([None, None], tf.float32)])
        [f(tf.ones([3, 2])), f(tf.ones([1, 4]))]""",
    "scan_unknown_length": """
        f = tf.function(lambda x: tf.scan(lambda a, e: a * 0.5 + e, x, reverse=True), autograph=False,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        [f(tf.constant([1., 2., 3.])), f(tf.constant([7.]))]""",
    "foldr_unknown_length": """
        f = tf.function(lambda x: tf.foldr(lambda a, e: a - e, x, initializer=0.), autograph=False,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        [f(tf.constant([1., 2., 3.])), f(tf.zeros([0]))]""",
    "foldl_unknown_length_empty": """
        f = tf.function(lambda x: tf.foldl(lambda a, e: a - e, x), autograph=False,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        f(tf.zeros([0]))""",
    "scan_unknown_length_empty": """
        f = tf.function(lambda x: tf.scan(lambda a, e: a - e, x), autograph=False,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        f(tf.zeros([0]))""",
    "map_static_shape": """
        shapes = []
        f = tf.function(lambda x: shapes.append(tf.map_fn(lambda e: e * 2., x).shape.as_list()), autograph=False)
        f(tf.ones([3, 2]))
        shapes""",
    "scan_static_shape": """
        shapes = []
        f = tf.function(lambda x: shapes.append(tf.scan(lambda a, e: a + e, x).shape.as_list()), autograph=False)
        f(tf.ones([3, 2]))
        shapes""",
    "fold_static_shape": """
        shapes = []
        f = tf.function(lambda x: shapes.append(tf.foldl(lambda a, e: a + e, x).shape.as_list()), autograph=False)
        f(tf.ones([3, 2]))
        shapes""",
    "map_in_cond": traced("tf.cond(x[0] > 0., lambda: tf.map_fn(lambda e: e * 2., x), lambda: x)", x="[1., 2.]"),
    "cond_in_map": traced("tf.map_fn(lambda e: tf.cond(e > 0., lambda: e * 2., lambda: -e), x)", x="[1., -2.]"),
    "while_in_map": traced(
        "tf.map_fn(lambda e: tf.while_loop(lambda y: y < 10., lambda y: (y * 2.,), (e,))[0], x)", x="[1., 3., 20.]"),
    "map_in_while": traced(
        "tf.while_loop(lambda k, x: k < 3, lambda k, x: (k + 1, tf.map_fn(lambda e: e * 2., x)), (0, x))",
        x="[1., 2.]"),
} | {f"functional_{name}": source for name, source in eagerly_and_traced({
    "map": ("tf.map_fn(lambda e: e * e, x)", {"x": "[1, 2, 3]"}),
    "map_rows": ("tf.map_fn(tf.reduce_sum, x)", {"x": "[[1, 2], [3, 4]]"}),
    "map_tuple": ("tf.map_fn(lambda t: t[0] * t[1], (x, y), fn_output_signature=tf.int32)",
                  {"x": "[1, 2]", "y": "[3, 4]"}),
    "map_tuple_to_tuple": ("tf.map_fn(lambda t: (t[1], t[0]), (x, y))", {"x": "[1, 2]", "y": "[3., 4.]"}),
    "map_tuple_swapped_dtypes": ("tf.map_fn(lambda t: (t[0], t[1]), (x, y))", {"x": "[1, 2]", "y": "[3., 4.]"}),
    "map_dict": ("tf.map_fn(lambda d: {'s': d['a'] + d['b']}, {'a': x, 'b': y}, fn_output_signature={'s': tf.int32})",
                 {"x": "[1, 2]", "y": "[3, 4]"}),
    "map_to_tuple": ("tf.map_fn(lambda e: (e, -e), x, fn_output_signature=(tf.int32, tf.int32))", {"x": "[1, 2]"}),
    "map_to_tuple_unsaid": ("tf.map_fn(lambda e: (e, -e), x)", {"x": "[1, 2]"}),
    "map_python_result": ("tf.map_fn(lambda e: 7, x)", {"x": "[1, 2]"}),
    "map_other_dtype": ("tf.map_fn(lambda e: tf.cast(e, tf.float32) / 2., x, fn_output_signature=tf.float32)",
                        {"x": "[1, 2]"}),
    "map_other_dtype_unsaid": ("tf.map_fn(lambda e: tf.cast(e, tf.float32), x)", {"x": "[1, 2]"}),
    "map_spec": ("tf.map_fn(lambda e: tf.stack([e, e]), x, fn_output_signature=tf.TensorSpec([2], tf.int32))",
                 {"x": "[1, 2]"}),
    "map_spec_wrong_shape": ("tf.map_fn(lambda e: e, x, fn_output_signature=tf.TensorSpec([2], tf.int32))",
                             {"x": "[1, 2]"}),
    "map_wrong_structure": ("tf.map_fn(lambda e: (e, e), x, fn_output_signature=tf.int32)", {"x": "[1, 2]"}),
    "map_lengths_differ": ("tf.map_fn(lambda t: t[0], (x, y), fn_output_signature=tf.int32)",
                           {"x": "[1, 2]", "y": "[3]"}),
    "map_empty": ("tf.map_fn(lambda e: e * 2., x)", {"x": "np.zeros([0, 3], np.float32)"}),
    "map_scalar": ("tf.map_fn(lambda e: e, x)", {"x": "1"}),
    "map_nested": ("tf.map_fn(lambda row: tf.map_fn(lambda e: e * 2, row), x)", {"x": "[[1, 2], [3, 4]]"}),
    "map_captured": ("tf.map_fn(lambda e: e * y, x)", {"x": "[1, 2]", "y": "[1, 10]"}),
    "map_different_shapes": ("tf.map_fn(lambda n: tf.range(n), x)", {"x": "[1, 2]"}),
    "foldl": ("tf.foldl(lambda a, e: a - e, x)", {"x": "[1, 2, 3]"}),
    "foldl_initializer": ("tf.foldl(lambda a, e: a * 10 + e, x, initializer=5)", {"x": "[1, 2, 3]"}),
    "foldl_structure": ("tf.foldl(lambda a, e: (a[0] + e, a[1] * e), x, initializer=(0, 1))", {"x": "[1, 2, 3]"}),
    "foldl_structured_elems": ("tf.foldl(lambda a, t: a + t[0] * t[1], (x, y), initializer=0)",
                               {"x": "[1, 2]", "y": "[3, 4]"}),
    "foldl_other_dtype": ("tf.foldl(lambda a, e: a + tf.cast(e, tf.float32), x, initializer=0.5)", {"x": "[1, 2]"}),
    "foldl_one": ("tf.foldl(lambda a, e: a + e, x)", {"x": "[7]"}),
    "foldl_empty": ("tf.foldl(lambda a, e: a + e, x)", {"x": "np.zeros([0], np.float32)"}),
    "foldl_empty_initializer": ("tf.foldl(lambda a, e: a + e, x, initializer=3.)", {"x": "np.zeros([0], np.float32)"}),
    "foldl_scalar": ("tf.foldl(lambda a, e: a + e, x)", {"x": "7"}),
    "foldr": ("tf.foldr(lambda a, e: a - e, x)", {"x": "[1, 2, 3]"}),
    "foldr_initializer": ("tf.foldr(lambda a, e: a * 10 + e, x, initializer=5)", {"x": "[1, 2, 3]"}),
    "foldr_structure": ("tf.foldr(lambda a, e: (a[0] + e, a[1] - e), x, initializer=(0, 1))", {"x": "[1, 2, 3]"}),
    "foldr_empty": ("tf.foldr(lambda a, e: a + e, x)", {"x": "np.zeros([0], np.float32)"}),
    "scan": ("tf.scan(lambda a, e: a + e, x)", {"x": "[1, 2, 3, 4]"}),
    "scan_initializer": ("tf.scan(lambda a, e: a + e, x, initializer=10)", {"x": "[1, 2, 3]"}),
    "scan_reverse": ("tf.scan(lambda a, e: a - e, x, reverse=True)", {"x": "[1, 2, 3]"}),
    "scan_reverse_initializer": ("tf.scan(lambda a, e: a * 2 + e, x, initializer=1, reverse=True)",
                                 {"x": "[1, 2, 3]"}),
    "scan_rows": ("tf.scan(lambda a, e: a * e, x)", {"x": "[[1., 2.], [3., 4.]]"}),
    "scan_structure": ("tf.scan(lambda a, e: (a[1], a[0] + a[1]), x, initializer=(0, 1))", {"x": "[0, 0, 0, 0]"}),
    "scan_dict": ("tf.scan(lambda a, e: {'n': a['n'] + e}, x, initializer={'n': 0})", {"x": "[1, 2]"}),
    "scan_other_shape": ("tf.scan(lambda a, e: a + tf.reduce_sum(e), x, initializer=0.)",
                         {"x": "[[1., 2.], [3., 4.]]"}),
    "scan_structured_elems": ("tf.scan(lambda a, t: a + t[0] * t[1], (x, y), initializer=0)",
                              {"x": "[1, 2]", "y": "[3, 4]"}),
    "scan_structured_elems_alone": ("tf.scan(lambda a, t: (a[0] + t[0], a[1] * t[1]), (x, y))",
                                    {"x": "[1, 2]", "y": "[3, 4]"}),
    "scan_dtype_change": ("tf.scan(lambda a, e: tf.cast(a + e, tf.float32), x, initializer=0)", {"x": "[1, 2]"}),
    "scan_structure_change": ("tf.scan(lambda a, e: (a, e), x, initializer=0)", {"x": "[1, 2]"}),
    "scan_shape_change": ("tf.scan(lambda a, e: tf.concat([a, [e]], 0), x, initializer=[0])", {"x": "[1, 2]"}),
    "scan_empty": ("tf.scan(lambda a, e: a + e, x)", {"x": "np.zeros([0], np.float32)"}),
    "scan_empty_initializer": ("tf.scan(lambda a, e: a + e, x, initializer=1.)", {"x": "np.zeros([0], np.float32)"}),
    "scan_one": ("tf.scan(lambda a, e: a + e, x)", {"x": "[7]"}),
    "scan_scalar": ("tf.scan(lambda a, e: a + e, x)", {"x": "7"}),
}).items()}  # fmt: skip
