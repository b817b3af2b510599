"""IndexedSlices: what it is, what can be done with it, and where it comes as a gradient."""

S = "s = tf.IndexedSlices(tf.constant([[1., 2.], [3., 4.], [5., 6.]]), tf.constant([2, 0, 2]), tf.constant([3, 2]))\n"
V = "v = tf.Variable([[1., 2.], [3., 4.], [5., 6.]])\n"


def of(expression, then):
    """The gradient `g` of an expression in the variable `v`, and what to do with it."""
    return V + f"with tf.GradientTape(persistent=True) as tape:\n    y = {expression}\ng = tape.gradient(y, v)\n{then}"


KIND = "type(g).__name__ == 'IndexedSlices'"
GATHERED = "tf.gather(v, [2, 0, 2]) * [[1.], [10.], [100.]]"
PARTS = "[g.values, g.indices, g.dense_shape]"

CASES = {
    "values": S + "s.values",
    "indices": S + "s.indices",
    "dense_shape": S + "s.dense_shape",
    "shape": S + "s.shape",
    "dtype": S + "s.dtype",
    "device": S + "s.device.endswith('CPU:0')",
    "no_dense_shape": "tf.IndexedSlices(tf.constant([1.]), tf.constant([0])).dense_shape",
    "no_dense_shape_shape": "tf.IndexedSlices(tf.constant([1.]), tf.constant([0])).shape",
    "no_dense_shape_convert": "tf.convert_to_tensor(tf.IndexedSlices(tf.constant([1.]), tf.constant([0])))",
    "keywords": "tf.IndexedSlices(values=tf.constant([1.]), indices=tf.constant([0]),"
                " dense_shape=tf.constant([3])).indices",
    "str": S + "str(s)",
    "str_no_dense_shape": "str(tf.IndexedSlices(tf.constant([1.]), tf.constant([0])))",
    "format": S + "f'{s}'",
    "convert": S + "tf.convert_to_tensor(s)",
    "convert_same_dtype": S + "tf.convert_to_tensor(s, tf.float32)",
    "convert_other_dtype": S + "tf.convert_to_tensor(s, tf.float64)",
    "is_tensor": S + "tf.is_tensor(s)",
    "isinstance": S + "isinstance(s, tf.Tensor)",
    "negative": S + "(-s).values",
    "negative_indices": S + "(-s).indices",
    "times_number": S + "s * 2.",
    "number_times": S + "2. * s",
    "plus": S + "s + s",
    "divided": S + "s / 2.",
    "minus": S + "s - 1.",
    "tensor_times": S + "tf.constant(2.) * s",
    "times_tensor": S + "s * tf.constant(2.)",
    "tensor_plus": S + "tf.ones([3, 2]) + s",
    "multiply_function": S + "tf.multiply(s, 2.)",
    "add_function": S + "tf.add(s, s)",
    "square": S + "tf.square(s)",
    "reduce_sum": S + "tf.reduce_sum(s)",
    "reshape": S + "tf.reshape(s, [-1])",
    "tf_shape": S + "tf.shape(s)",
    "zeros_like": S + "tf.zeros_like(s)",
    "add_n": S + "tf.add_n([s, s])",
    "stack": S + "tf.stack([s, s])",
    "scalar_mul": S + "tf.math.scalar_mul(2., s).values",
    "cast": S + "tf.cast(s, tf.float64).values",
    "identity": S + "tf.identity(s).values",
    "index": S + "s[0]",
    "len": S + "len(s)",
    "numpy_method": S + "s.numpy()",
    "float": S + "float(s)",
    "equal_itself": S + "s == s",
    "bool": S + "bool(s)",
    "nest_flatten": S + "len(tf.nest.flatten([s, s]))",
    "clip_by_norm": S + "tf.clip_by_norm(s, 1.).values",
    "clip_by_value": S + "tf.clip_by_value(s, 0., 3.).values",
    "global_norm": S + "tf.linalg.global_norm([s])",
    "clip_by_global_norm": S + "tf.clip_by_global_norm([s], 1.)[0][0].values",
    # As gradients.
    "gather": of(GATHERED, PARTS),
    "gather_kind": of("tf.gather(v, [2, 0, 2])", KIND),
    "gather_dense": of(GATHERED, "tf.convert_to_tensor(g)"),
    "gather_matrix_of_indices": of("tf.gather(v, [[2, 0], [1, 1]])", PARTS),
    "gather_scalar": of("tf.gather(v, 1)", PARTS),
    "gather_int64": of("tf.gather(v, tf.constant([1], tf.int64))", PARTS),
    "gather_axis_1": of("tf.gather(v, [1], axis=1)", KIND),
    "gather_batch": of("tf.gather(v, [[0], [1], [0]], batch_dims=1)", KIND),
    "gather_of_a_read": of("tf.gather(v.read_value(), [1])", KIND),
    "gather_of_an_identity": of("tf.gather(tf.identity(v), [1])", KIND),
    "gather_of_a_product": of("tf.gather(v * 2., [1, 1])", "g"),
    "gather_of_a_reshape": of("tf.gather(tf.reshape(v, [6]), [1, 1])", "g"),
    "gather_of_a_gather": of("tf.gather(tf.gather(v, [0, 1]), [1])", PARTS),
    "gather_twice": of("tf.reduce_sum(tf.gather(v, [2, 0])) + tf.reduce_sum(tf.gather(v, [1]))", KIND),
    "gather_twice_dense": of(
        "tf.reduce_sum(tf.gather(v, [2, 0])) + 3. * tf.reduce_sum(tf.gather(v, [2]))", "tf.convert_to_tensor(g)"
    ),
    "gather_and_dense": of("tf.reduce_sum(tf.gather(v, [2, 0])) + tf.reduce_sum(v)", "g"),
    "gather_nd_rows": of("tf.gather_nd(v, [[1], [0]])", PARTS),
    "gather_nd_elements": of("tf.gather_nd(v, [[1, 0]])", "g"),
    "embedding_lookup": of("tf.nn.embedding_lookup(v, [[0, 1], [1, 1]])", PARTS),
    "indexing_is_dense": of("v[1]", "g"),
    "boolean_mask_is_dense": of("tf.boolean_mask(v, [True, False, True])", "g"),
    "sparse_read": of("v.sparse_read([0, 0])", KIND),
    "variable_gather_nd": of("v.gather_nd([[0]])", KIND),
    "two_targets": V + "with tf.GradientTape() as tape:\n    y = tf.gather(v, [1])\n"
                       "tf.convert_to_tensor(tape.gradient([y, y], v))",
    "same_source_twice": of("tf.gather(v, [1])", "[type(x).__name__ for x in tape.gradient(y, [v, v])]"),
    "unconnected_zero": of("tf.gather(v, [1])", "tf.convert_to_tensor(tape.gradient(y, v, None, 'zero'))"),
    "output_gradients": of("tf.gather(v, [1, 1])",
                           "tape.gradient(y, v, output_gradients=tf.constant([[1., 2.], [3., 4.]])).values"),
    "jacobian": of("tf.gather(v, [1])", "tape.jacobian(y, v)"),
    "tensor_source": """
        x = tf.constant([[1., 2.], [3., 4.]])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.gather(x, [0, 0])
        g = tape.gradient(y, x)
        [g.values, g.indices, g.dense_shape]
        """,
    "second_order": """
        v = tf.Variable([1., 2., 3.])
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = tf.gather(v, [2, 0, 2]) ** 3
            s = tf.reduce_sum(inner.gradient(y, v).values)
        tf.convert_to_tensor(outer.gradient(s, v))
        """,
    "in_function": """
        v = tf.Variable([[1., 2.], [3., 4.]])

        @tf.function
        def f():
            with tf.GradientTape() as tape:
                y = tf.gather(v, [1, 1])
            return tf.convert_to_tensor(tape.gradient(y, v)) * 2.

        f()
        """,
    "in_function_assign": """
        v = tf.Variable([[1., 2.], [3., 4.]])

        @tf.function
        def f(i):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(tf.gather(v, i) ** 2)
            v.assign_sub(tf.constant(0.1) * tape.gradient(loss, v))

        f(tf.constant([1, 1]))
        v
        """,
    # Using it.
    "assign_sub": of(GATHERED, "v.assign_sub(g)\nv"),
    "assign_add": of(GATHERED, "v.assign_add(g)\nv"),
    "assign": of(GATHERED, "v.assign(g)\nv"),
    "assign_sub_scaled_by_a_number": of(GATHERED, "v.assign_sub(0.1 * g)"),
    "assign_sub_scaled_by_a_tensor": of(GATHERED, "v.assign_sub(tf.constant(0.5) * g)\nv"),
    "assign_sub_converted": of(GATHERED, "v.assign_sub(0.5 * tf.convert_to_tensor(g))\nv"),
    "scatter_sub": of(GATHERED, "v.scatter_sub(g)\nv"),
    "scatter_sub_scaled": of(GATHERED, "v.scatter_sub(tf.IndexedSlices(0.5 * g.values, g.indices))\nv"),
    "training_loop": """
        table = tf.Variable(tf.ones([4, 2]))
        for _ in range(3):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.nn.embedding_lookup(table, [1, 3, 1]) ** 2)
            gradient = tape.gradient(loss, table)
            table.assign_sub(tf.convert_to_tensor(gradient) * 0.5)
        table
        """,
}  # fmt: skip
_ROWS = "s = tf.IndexedSlices(tf.constant([[1., 2.]]), tf.constant([0]), tf.constant([2, 2]))\n"
CASES |= {
    "spec": "repr(tf.IndexedSlicesSpec([2, None], tf.int32, tf.int32, tf.int64, [3]))",
    "spec_of_nothing": "repr(tf.IndexedSlicesSpec())",
    "spec_value_type": "tf.IndexedSlicesSpec([2]).value_type is tf.IndexedSlices",
    "spec_equal": "[tf.IndexedSlicesSpec([2]) == tf.IndexedSlicesSpec([2]), tf.IndexedSlicesSpec([2]) == 2]",
    "spec_hash": "hash(tf.IndexedSlicesSpec([2])) == hash(tf.IndexedSlicesSpec([2]))",
    "spec_of_value": _ROWS + "repr(tf.type_spec_from_value(s))",
    "spec_of_value_without_shape": _ROWS + "repr(tf.type_spec_from_value(tf.IndexedSlices(s.values, s.indices)))",
    "spec_fits": _ROWS
    + "spec = tf.IndexedSlicesSpec([None, 2], indices_dtype=tf.int32, dense_shape_dtype=tf.int32)\n"
    + "[spec.is_compatible_with(s), tf.IndexedSlicesSpec([2, 2]).is_compatible_with(s)]",
    "spec_unknown_dtype": "tf.IndexedSlicesSpec([2], 'foo')",
    "watched": """
x = tf.IndexedSlices(tf.constant([1., 2.]), tf.constant([0, 1]))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x.values ** 3
tape.gradient(y, x.values)""",
}
