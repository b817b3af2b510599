"""tf.SparseTensor and tf.sparse: values, shapes, dtypes, printing, errors; in eager mode and traced with open sizes."""

from textwrap import dedent

_SETUP = """\
x = tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [1., -2., 3.], [2, 3])
y = tf.SparseTensor([[0, 0], [1, 0]], [5., 7.], [2, 3])
def parts(value):
    if isinstance(value, (list, tuple)):
        return [parts(item) for item in value]
    return [value.indices, value.values, value.dense_shape] if isinstance(value, tf.SparseTensor) else value
"""

# By name, what is done with x, of which a traced function does not know the sizes.
_EXPRESSIONS = {
    "to_dense": "tf.sparse.to_dense(x)",
    "to_dense_default": "tf.sparse.to_dense(x, -1.)",
    "reorder": "tf.sparse.reorder(tf.SparseTensor(x.indices[::-1], x.values[::-1], x.dense_shape))",
    "add": "tf.sparse.add(x, y)",
    "add_dense": "tf.sparse.add(x, tf.ones([2, 3]))",
    "add_to_dense": "tf.sparse.add(tf.ones([2, 3]), x)",
    "add_threshold": "tf.sparse.add(x, x, threshold=3.)",
    "add_cancels": "tf.sparse.add(x, x.with_values(-x.values))",
    "reduce_sum": "tf.sparse.reduce_sum(x)",
    "reduce_sum_axis": "tf.sparse.reduce_sum(x, 0)",
    "reduce_sum_keepdims": "tf.sparse.reduce_sum(x, [-1], keepdims=True)",
    "slice": "tf.sparse.slice(x, [0, 1], [2, 5])",
    "softmax": "tf.sparse.softmax(x * tf.constant([[.1, .1, .1]]))",
    "transpose": "tf.sparse.transpose(x)",
    "transpose_perm": "tf.sparse.transpose(x, [1, 0])",
    "reshape": "tf.sparse.reshape(x, [3, -1])",
    "reshape_rank": "tf.sparse.reshape(x, [-1, 1, 2])",
    "reset_shape": "tf.sparse.reset_shape(x)",
    "reset_shape_to": "tf.sparse.reset_shape(x, [4, 4])",
    "fill_empty_rows": "tf.sparse.fill_empty_rows(tf.sparse.reset_shape(x, [4, 3]), -1.)",
    "map_values": "tf.sparse.map_values(tf.square, x)",
    "map_values_two": "tf.sparse.map_values(tf.multiply, x, x)",
    "retain": "tf.sparse.retain(x, [True, False, True])",
    "expand_dims": "tf.sparse.expand_dims(x)",
    "expand_dims_at": "tf.sparse.expand_dims(x, 1)",
    "matmul": "tf.sparse.sparse_dense_matmul(x, tf.reshape(tf.range(6.), [3, 2]))",
    "matmul_adjoint_a": "tf.sparse.sparse_dense_matmul(x, tf.reshape(tf.range(4.), [2, 2]), adjoint_a=True)",
    "matmul_adjoint_b": "tf.sparse.sparse_dense_matmul(x, tf.reshape(tf.range(6.), [2, 3]), adjoint_b=True)",
    "matmul_dense_first": "tf.sparse.sparse_dense_matmul(tf.reshape(tf.range(8.), [4, 2]), x)",
    "matmul_dense_first_adjoint": "tf.sparse.sparse_dense_matmul(tf.reshape(tf.range(6.), [2, 3]), x, adjoint_b=True)",
    "times_dense": "x * tf.constant([1., 2., 3.])",
    "times_column": "x * tf.constant([[2.], [3.]])",
    "over_dense": "x / tf.constant([[1.], [2.]])",
    "abs": "tf.abs(x)",
    "square": "tf.square(x)",
    "from_dense": "tf.sparse.from_dense(tf.sparse.to_dense(x))",
}
# Those of which TensorFlow has no gradient.
_VALUES = {
    "maximum": "tf.sparse.maximum(x, y)",
    "minimum": "tf.sparse.minimum(x, y)",
    "reduce_sum_sparse": "tf.sparse.reduce_sum(x, 1, output_is_sparse=True)",
    "reduce_sum_sparse_keepdims": "tf.sparse.reduce_sum(x, 0, keepdims=True, output_is_sparse=True)",
    "reduce_sum_sparse_all": "tf.sparse.reduce_sum(x, output_is_sparse=True)",
    "reduce_max": "tf.sparse.reduce_max(tf.sparse.reset_shape(x, [3, 3]), 1)",
    "reduce_max_all": "tf.sparse.reduce_max(x)",
    "reduce_max_sparse": "tf.sparse.reduce_max(x, 0, output_is_sparse=True)",
    "split": "tf.sparse.split(sp_input=x, num_split=2, axis=1)",
    "split_rows": "tf.sparse.split(sp_input=x, num_split=2, axis=-2)",
    "concat": "tf.sparse.concat(0, [x, y])",
    "concat_columns": "tf.sparse.concat(-1, [x, y, x])",
    "concat_expanded":
        "tf.sparse.concat(1, [x, tf.SparseTensor([[2, 0]], [1.], [3, 3])], expand_nonconcat_dims=True)",
    "to_indicator": "tf.sparse.to_indicator(tf.cast(tf.abs(x), tf.int32), 5)",
    "cast": "tf.cast(x, tf.int64)",
    "sign": "tf.sign(x)",
    "shape": "[tf.shape(x), tf.size(x), tf.rank(x), tf.shape(x, tf.int64)]",
    "bincount": "tf.sparse.bincount(tf.cast(tf.abs(x), tf.int32))",
    "bincount_rows": "tf.sparse.bincount(tf.cast(tf.abs(x), tf.int32), axis=-1)",
    "bincount_weights": "tf.sparse.bincount(tf.cast(tf.abs(x), tf.int32), weights=x, axis=-1)",
    "static_shape": "str(x.with_values(x.values).shape)",
}  # fmt: skip


def _eager(expression: str) -> str:
    return f"{_SETUP}parts({expression})"


def _traced(expression: str) -> str:
    return f"""{_SETUP}
@tf.function(input_signature=[tf.SparseTensorSpec([None, None])], autograph=False)
def f(x):
    return {expression}
parts(f(x))"""


_GRADIENT = """
def gradient(x):
    with tf.GradientTape() as tape:
        tape.watch(x.values)
        result = {expression}
        result = result[0] if isinstance(result, tuple) else result
        z = result.values if isinstance(result, tf.SparseTensor) else result
        z = tf.reduce_sum(tf.reshape(z, [-1]) * tf.cast(tf.range(tf.size(z)) + 1, tf.float32) ** 1.5)
    return tf.convert_to_tensor(tape.gradient(z, x.values))
"""


def _gradient(expression: str) -> str:
    return f"""{_SETUP}{_GRADIENT.format(expression=expression)}
open_sizes = tf.function(gradient, input_signature=[tf.SparseTensorSpec([None, None])], autograph=False)
[gradient(x), open_sizes(x)]"""


_RAISES = {
    "not_sparse": "tf.sparse.to_dense(tf.ones([2]))",
    "indices_of_floats": "tf.SparseTensor([[0., 1.]], [1.], [2, 3])",
    "too_few_values": "tf.SparseTensor([[0, 1]], [1., 2.], [2, 3])",
    "indices_vector": "tf.SparseTensor([0, 1], [1., 2.], [2, 3])",
    "shape_of_other_rank": "tf.SparseTensor([[0, 1]], [1.], [2])",
    "to_dense_out_of_bounds": "tf.sparse.to_dense(tf.SparseTensor([[0, 7]], [1.], [2, 3]))",
    "to_dense_negative": "tf.sparse.to_dense(tf.SparseTensor([[0, -1]], [1.], [2, 3]))",
    "to_dense_out_of_order": "tf.sparse.to_dense(tf.SparseTensor([[1, 0], [0, 0]], [1., 2.], [2, 3]))",
    "to_dense_repeated": "tf.sparse.to_dense(tf.SparseTensor([[1, 0], [1, 0]], [1., 2.], [2, 3]))",
    "to_dense_default_of_other_dtype": "tf.sparse.to_dense(x, tf.constant(1))",
    "add_of_two_tensors": "tf.sparse.add(tf.ones([2]), tf.ones([2]))",
    "add_shapes": "tf.sparse.add(x, tf.SparseTensor([[1, 0]], [1.], [3, 3]))",
    "add_dtypes": "tf.sparse.add(x, tf.cast(x, tf.float64))",
    "maximum_shapes": "tf.sparse.maximum(x, tf.SparseTensor([[1, 0]], [1.], [3, 3]))",
    "plus_operator": "x + x",
    "minus_operator": "-x",
    "times_itself": "x * x",
    "index": "x[0]",
    "iterate": "list(x)",
    "length": "len(x)",
    "convert": "tf.convert_to_tensor(x)",
    "matmul_of_dense": "tf.matmul(x, tf.ones([3, 2]))",
    "exp": "tf.exp(x)",
    "times_larger": "x * tf.ones([2, 2, 3])",
    "times_other_shape": "x * tf.ones([4])",
    "reduce_axis": "tf.sparse.reduce_sum(x, 5)",
    "slice_negative": "tf.sparse.slice(x, [0, 1], [2, -1])",
    "split_without_axis": "tf.sparse.split(sp_input=x, num_split=2)",
    "split_too_many": "tf.sparse.split(sp_input=x, num_split=4, axis=1)",
    "split_axis": "tf.sparse.split(sp_input=x, num_split=2, axis=4)",
    "concat_of_one": "tf.sparse.concat(0, x)",
    "concat_shapes": "tf.sparse.concat(1, [x, tf.SparseTensor([[1, 0]], [1.], [3, 3])])",
    "concat_ranks": "tf.sparse.concat(0, [x, tf.SparseTensor([[1]], [1.], [3])])",
    "softmax_of_ints": "tf.sparse.softmax(tf.cast(x, tf.int32))",
    "softmax_vector": "tf.sparse.softmax(tf.sparse.from_dense([1., 2.]))",
    "reshape_no_divisor": "tf.sparse.reshape(x, [4, -1])",
    "reshape_other_size": "tf.sparse.reshape(x, [4, 2])",
    "reshape_two_unknown": "tf.sparse.reshape(x, [-1, -1])",
    "reset_shape_smaller": "tf.sparse.reset_shape(x, [2, 2])",
    "reset_shape_rank": "tf.sparse.reset_shape(x, [4, 4, 4])",
    "to_indicator_out_of_range": "tf.sparse.to_indicator(tf.cast(tf.abs(x), tf.int32), 3)",
    "map_values_mismatch": "tf.sparse.map_values(tf.add, x, y)",
    "map_values_of_none": "tf.sparse.map_values(tf.add, 1, 2)",
    "map_values_of_other_length": "tf.sparse.map_values(lambda v: v[:1], x)",
    "retain_length": "tf.sparse.retain(x, [True, False])",
    "expand_dims_axis": "tf.sparse.expand_dims(x, 5)",
    "matmul_inner": "tf.sparse.sparse_dense_matmul(x, tf.ones([2, 2]))",
    "matmul_dtypes": "tf.sparse.sparse_dense_matmul(x, tf.ones([3, 2], tf.float64))",
    "matmul_out_of_bounds": "tf.sparse.sparse_dense_matmul(tf.SparseTensor([[0, 7]], [1.], [2, 3]), tf.ones([3, 2]))",
    "bincount_axis": "tf.sparse.bincount([1], axis=2)",
    "bincount_weights_and_binary": "tf.sparse.bincount([1], weights=[1.], binary_output=True)",
    "segment_sum_unsorted": "tf.sparse.segment_sum(tf.ones([3, 2]), [0, 2, 1], [1, 0, 2])",
    "segment_sum_out_of_range": "tf.sparse.segment_sum(tf.ones([3, 2]), [0, 2, 9], [0, 0, 2])",
    "segment_sum_too_few": "tf.sparse.segment_sum(tf.ones([3, 2]), [0, 2, 1], [0, 0, 2], num_segments=2)",
    "from_value": "tf.SparseTensor.from_value(3)",
    "set_shape": "x.set_shape([1, 4])",
}

_SEGMENTS = """
data = tf.constant([[1., 2.], [3., 4.], [5., 6.], [7., 8.]])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(data)
    y = {call}
    z = y * y
[y, tf.convert_to_tensor(tape.gradient(z, data)), isinstance(tape.gradient(z, data), tf.IndexedSlices)]"""

_SOURCES = {
    **{name: _eager(source) for name, source in (_EXPRESSIONS | _VALUES).items()},
    **{f"{name}_traced": _traced(source) for name, source in (_EXPRESSIONS | _VALUES).items()},
    **{f"{name}_gradient": _gradient(source) for name, source in _EXPRESSIONS.items()},
    **{f"raises_{name}": f"{_SETUP}{source}" for name, source in _RAISES.items()},
    **{
        f"{name}{suffix}": _SEGMENTS.format(call=f"tf.sparse.{name}(data, [0, 2, 2, 1], [0, 0, 0, 2]{options})")
        for name in ("segment_sum", "segment_mean", "segment_sqrt_n")
        for suffix, options in (
            ("", ""), ("_count", ", num_segments=5"), ("_sparse_gradient", ", sparse_gradient=True"),
        )
    },
    "repr": f"{_SETUP}repr(x)",
    "str": f"{_SETUP}str(x)",
    "attributes": f"{_SETUP}[x.dtype, x.shape, x.get_shape(), x.dense_shape, x.indices, x.values]",
    "with_values": f"{_SETUP}parts(x.with_values([1, 2, 3]))",
    "from_value": f"{_SETUP}parts(tf.SparseTensor.from_value(x))",
    "set_shape": f"{_SETUP}x.set_shape([None, 3])\nx.shape",
    "bool_of_one": f"{_SETUP}[bool(x), x == x]",
    "times_from_the_left": f"{_SETUP}parts([tf.constant([1., 2., 3.]) * x, tf.constant(2.) * x, x * 2.])",
    "eye": f"{_SETUP}parts([tf.sparse.eye(2, 3), tf.sparse.eye(2, dtype=tf.int32), tf.sparse.eye(tf.constant(3), 1)])",
    "from_dense_of_bools": f"{_SETUP}parts(tf.sparse.from_dense([[True, False], [False, True]]))",
    "from_dense_of_cube": f"{_SETUP}parts(tf.sparse.from_dense([[[0, 1], [0, 0]], [[2, 0], [0, 3]]]))",
    "from_dense_of_texts": f"{_SETUP}parts(tf.sparse.from_dense(['a', '', 'b']))",
    "to_dense_of_texts": "tf.sparse.to_dense(tf.SparseTensor([[1]], ['a'], [3]))",
    "to_dense_unchecked":
        "tf.sparse.to_dense(tf.SparseTensor([[1, 0], [0, 0]], [1., 2.], [2, 3]), validate_indices=False)",
    "to_dense_empty": "tf.sparse.to_dense(tf.SparseTensor(np.zeros([0, 2]), tf.zeros([0]), [2, 3]))",
    "reduce_max_empty": "tf.sparse.reduce_max(tf.SparseTensor(np.zeros([0, 2]), tf.zeros([0]), [3, 3]))",
    "reduce_sum_of_ints": "tf.sparse.reduce_sum(tf.sparse.from_dense([[1, 0], [2, 3]]), 1)",
    "matmul_of_ints": "tf.sparse.sparse_dense_matmul(tf.sparse.from_dense([[1, 2]]), tf.ones([2, 2], tf.int32))",
    "matmul_of_complex":
        "tf.sparse.sparse_dense_matmul(tf.sparse.from_dense([[1j, 0], [2, 1 - 1j]]), [[1j], [2j]], adjoint_a=True)",
    "matmul_gradient_of_dense": f"""{_SETUP}
        b = tf.reshape(tf.range(6.), [3, 2])
        with tf.GradientTape() as tape:
            tape.watch(b)
            z = tf.sparse.sparse_dense_matmul(x, b) ** 2.
        tape.gradient(z, b)""",
    "matmul_gradient_of_adjoints": f"""{_SETUP}
        b = tf.reshape(tf.range(4.), [2, 2])
        with tf.GradientTape() as tape:
            tape.watch([b, x.values])
            z = tf.sparse.sparse_dense_matmul(x, b, adjoint_a=True, adjoint_b=True) ** 2.
        tape.gradient(z, [b, x.values])""",
    "matmul_second_order": f"""{_SETUP}
        b = tf.reshape(tf.range(6.), [3, 2])
        with tf.GradientTape() as outer:
            outer.watch(x.values)
            with tf.GradientTape() as tape:
                tape.watch(b)
                z = tf.sparse.sparse_dense_matmul(x, b) ** 3.
            g = tape.gradient(z, b)
        outer.gradient(g, x.values)""",
    "times_gradient_of_dense": f"""{_SETUP}
        b = tf.constant([[1., 2., 4.]])
        with tf.GradientTape() as tape:
            tape.watch(b)
            z = (x * b).values ** 2.
        tape.gradient(z, b)""",
    "over_gradient_of_dense": f"""{_SETUP}
        b = tf.constant([[1.], [2.]])
        with tf.GradientTape() as tape:
            tape.watch(b)
            z = (x / b).values ** 2.
        tape.gradient(z, b)""",
    "to_dense_gradient_of_default": """
        d = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(d)
            z = tf.sparse.to_dense(tf.SparseTensor([[1], [2]], [5., 6.], [4]), d) ** 2.
        tape.gradient(z, d)""",
    "fill_empty_rows_gradient_of_default": f"""{_SETUP}
        d = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(d)
            z = tf.sparse.fill_empty_rows(tf.sparse.reset_shape(x, [4, 3]), d)[0].values ** 2.
        tape.gradient(z, d)""",
    "retain_gradient_is_sparse": f"""{_SETUP}
        with tf.GradientTape() as tape:
            tape.watch(x.values)
            z = tf.sparse.retain(x, [True, False, True]).values
        isinstance(tape.gradient(z, x.values), tf.IndexedSlices)""",
    "watch": f"""{_SETUP}
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = tf.sparse.reduce_sum(tf.square(x))
        tape.gradient(z, x.values)""",
    "raises_gradient_of_sparse": f"""{_SETUP}
        with tf.GradientTape() as tape:
            tape.watch(x.values)
            z = tf.sparse.reorder(x)
        tape.gradient(z, x.values)""",
    "raises_gradient_by_sparse": f"""{_SETUP}
        with tf.GradientTape() as tape:
            tape.watch(x.values)
            z = tf.sparse.reduce_sum(x)
        tape.gradient(z, x)""",
    "slice_beyond": f"{_SETUP}parts(tf.sparse.slice(x, [0, 5], [2, 1]))",
    "concat_of_single": f"{_SETUP}parts(tf.sparse.concat(0, [x]))",
    "bincount_dense": f"{_SETUP}parts(tf.sparse.bincount([[1, 1, 2], [0, 5, 5]]))",
    "bincount_dense_rows": f"{_SETUP}parts(tf.sparse.bincount([[1, 1, 2], [0, 5, 5]], axis=-1))",
    "bincount_limits": f"{_SETUP}parts(tf.sparse.bincount([[1, 1, 2], [0, 5, 5]], axis=-1, minlength=10, maxlength=3))",
    "bincount_minlength": f"{_SETUP}parts(tf.sparse.bincount([1, 1, 2], minlength=10))",
    "bincount_binary": f"{_SETUP}parts(tf.sparse.bincount([[1, 1, 2], [0, 5, 5]], axis=-1, binary_output=True))",
    "bincount_dense_weights": f"{_SETUP}parts(tf.sparse.bincount([1, 1, 2], weights=[.5, 2., 3.]))",
    "bincount_int64": f"{_SETUP}parts(tf.sparse.bincount(tf.constant([1, 1, 2], tf.int64)))",
    "mask": """
        rows = tf.IndexedSlices(tf.constant([[1.], [2.], [3.]]), tf.constant([5, 2, 7]), tf.constant([10, 1]))
        kept = tf.sparse.mask(rows, [2, 9])
        [kept.indices, kept.values, kept.dense_shape]""",
    "sampled_addmm": """tf.sparse.sampled_addmm(
        [[0, 1], [1, 0]], tf.constant([1., 2.]), [2, 2], tf.ones([2, 3]), tf.ones([3, 2]), beta=2., alpha=3.)""",
    "spec": "[repr(tf.SparseTensorSpec([None, 3])), repr(tf.SparseTensorSpec(dtype=tf.int32))]",
    "spec_of_value": f"""{_SETUP}
        [repr(tf.type_spec_from_value(x)), repr(tf.SparseTensorSpec.from_value(x)),
         tf.SparseTensorSpec([None, 3]).is_compatible_with(x), tf.SparseTensorSpec([3, 3]).is_compatible_with(x),
         tf.SparseTensorSpec([2, 3], tf.int32).is_compatible_with(x), tf.SparseTensorSpec([2, 3]).value_type is
         tf.SparseTensor, tf.SparseTensorSpec([2]) == tf.SparseTensorSpec([2]), tf.SparseTensorSpec([2]).shape]""",
    "spec_supertype": """
        a, b = tf.SparseTensorSpec([2, 3]), tf.SparseTensorSpec([4, 3])
        [repr(a.most_specific_common_supertype([b])), a.is_subtype_of(tf.SparseTensorSpec([None, 3]))]""",
    "nest_flatten": f"{_SETUP}tf.nest.flatten([x, 1], expand_composites=True)",
    "nest_flatten_whole": f"{_SETUP}len(tf.nest.flatten([x, 1]))",
    "nest_flatten_spec": "[repr(s) for s in tf.nest.flatten(tf.SparseTensorSpec([None, 3]), expand_composites=True)]",
    "nest_pack":
        f"{_SETUP}parts(tf.nest.pack_sequence_as([x], tf.nest.flatten([y], expand_composites=True), True)[0])",
    "nest_map": f"""{_SETUP}
        parts(tf.nest.map_structure(tf.identity, x, expand_composites=True))""",
    "function_traces": f"""{_SETUP}
        f = tf.function(lambda x: tf.sparse.reduce_sum(x), autograph=False)
        f(x), f(y), f(tf.SparseTensor([[0, 1]], [1.], [4, 3]))
        f.experimental_get_tracing_count()""",
    "function_returns": f"{_SETUP}parts(tf.function(lambda x: (x, [x]), autograph=False)(x))",
    "function_spec_mismatch": f"""{_SETUP}
        f = tf.function(lambda x: x, input_signature=[tf.SparseTensorSpec([None, 3])])
        f(tf.sparse.from_dense([1.]))""",
    "function_dtype_mismatch": f"""{_SETUP}
        f = tf.function(lambda x: x, input_signature=[tf.SparseTensorSpec([None, 3])])
        f(tf.sparse.from_dense([[1, 2, 3]]))""",
    "function_static_shape": f"""{_SETUP}
        shapes = []
        @tf.function(input_signature=[tf.SparseTensorSpec([None, 3])], autograph=False)
        def f(x):
            shapes.append([str(x.shape), str(tf.sparse.transpose(x).indices.shape), str(x.values.shape)])
            return tf.sparse.to_dense(x)
        f(x)
        shapes""",
    "function_signature": f"""{_SETUP}
        f = tf.function(lambda x: tf.sparse.to_dense(x), autograph=False)
        str(f.get_concrete_function(x).structured_input_signature)""",
    "function_in_loop": f"""{_SETUP}
        @tf.function
        def f(x):
            for _ in tf.range(3):
                x = tf.sparse.add(x, x)
            return x
        parts(f(x))""",
    "cond": f"{_SETUP}parts(tf.function(lambda p: tf.cond(p, lambda: x, lambda: y))(tf.constant(False)))",
    "while_loop": f"""{_SETUP}
        parts(tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s * 2.), (tf.constant(0), x)))""",
    "while_loop_traced": f"""{_SETUP}
        @tf.function(autograph=False)
        def f(x):
            return tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s * 2.), (tf.constant(0), x))
        parts(f(x))""",
    "dataset_whole": f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensors((x, 1)).repeat(2)]",
    "dataset_slices": f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensor_slices((x, [1, 2]))]",
    "dataset_slices_spec": f"{_SETUP}str(tf.data.Dataset.from_tensor_slices((x, [1, 2])).element_spec)",
    "dataset_slices_lengths": f"{_SETUP}tf.data.Dataset.from_tensor_slices((x, [1, 2, 3]))",
    "dataset_batch": f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensor_slices((x, [1, 2])).batch(2)]",
    "dataset_batch_spec":
        f"{_SETUP}str(tf.data.Dataset.from_tensor_slices(x).batch(2, drop_remainder=True).element_spec)",
    "dataset_batch_matrices": f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensors(x).repeat(3).batch(2)]",
    "dataset_unbatch": f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensors((x, [1, 2])).unbatch()]",
    "dataset_map": f"""{_SETUP}
        made = tf.data.Dataset.range(3).map(lambda i: tf.sparse.from_dense(tf.one_hot(i, 3)))
        [str(made.element_spec), [parts(e) for e in made.batch(3)]]""",
    "dataset_map_to_dense": f"{_SETUP}[e for e in tf.data.Dataset.from_tensor_slices(x).map(tf.sparse.to_dense)]",
    "dataset_filter":
        f"{_SETUP}[parts(e) for e in tf.data.Dataset.from_tensor_slices(x).filter(lambda r: tf.size(r.values) > 1)]",
    "dataset_zip": f"""{_SETUP}
        pairs = tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices(x), tf.data.Dataset.range(2)))
        [parts(e) for e in pairs.cache().prefetch(1).skip(1)]""",
    "dataset_arrays": f"{_SETUP}[e for e in tf.data.Dataset.from_tensor_slices(x).as_numpy_iterator()]",
    "dataset_generator": f"""{_SETUP}
        made = tf.data.Dataset.from_generator(
            lambda: iter([x, y]), output_signature=tf.SparseTensorSpec([None, 3]))
        [parts(e) for e in made]""",
    "dataset_padded_batch": f"{_SETUP}tf.data.Dataset.from_tensors(x).padded_batch(2)",
}  # fmt: skip
CASES = {
    name: _SETUP + dedent(source.removeprefix(_SETUP)) if source.startswith(_SETUP) else source
    for name, source in _SOURCES.items()
}
