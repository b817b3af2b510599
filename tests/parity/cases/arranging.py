"""Repeating, rolling, reversing, transposing, padding, splitting: what reshapes without computing."""

from ..expand import gradient

X = "tf.reshape(tf.range(6.), [2, 3])"
CUBE = "tf.reshape(tf.range(12), [2, 3, 2])"

CASES = {
    "repeat_scalar": "tf.repeat(3, repeats=4)",
    "repeat_flattens": "tf.repeat([[1, 2], [3, 4]], repeats=2)",
    "repeat_each": "tf.repeat([3, 4], repeats=[2, 3])",
    "repeat_axis_0": "tf.repeat([[1, 2], [3, 4]], repeats=[2, 1], axis=0)",
    "repeat_axis_1": "tf.repeat([[1, 2], [3, 4]], repeats=2, axis=1)",
    "repeat_axis_negative": "tf.repeat([[1, 2], [3, 4]], [0, 3], axis=-1)",
    "repeat_one_for_all": "tf.repeat([[1, 2], [3, 4]], repeats=[3], axis=0)",
    "repeat_tensor": "tf.repeat([1, 2], tf.constant([1, 2]))",
    "repeat_zero": "tf.repeat([1, 2], 0)",
    "repeat_mismatch": "tf.repeat([1, 2, 3], [1, 2])",
    "repeat_negative": "tf.repeat([1, 2], -1)",
    "repeat_float": "tf.repeat([1, 2], 1.5)",
    "repeat_axis_out_of_range": "tf.repeat([1, 2], 2, axis=1)",
    "repeat_strings": "tf.repeat(['a', 'b'], [1, 2])",
    "repeat_gradient": gradient("tf.repeat(x, [1, 2]) * [1., 10., 100.]", x="[1., 2.]"),
    "repeat_gradient_axis": gradient("tf.repeat(x, 2, axis=1) * [1., 10., 100., 1000.]", x="[[1., 2.]]"),
    "repeat_gradient_flat": gradient("tf.repeat(x, 2) ** 2", x="[[1., 2.], [3., 4.]]"),
    "roll": "tf.roll([0, 1, 2, 3, 4], shift=2, axis=0)",
    "roll_negative": "tf.roll([0, 1, 2, 3, 4], -1, 0)",
    "roll_more_than_the_size": "tf.roll([0, 1, 2], shift=7, axis=0)",
    "roll_axes": f"tf.roll({X}, shift=[1, -2], axis=[0, 1])",
    "roll_same_axis_twice": f"tf.roll({X}, shift=[2, -1], axis=[1, 1])",
    "roll_axis_negative": f"tf.roll({X}, 1, axis=-1)",
    "roll_tensor_shift": "tf.roll([0, 1, 2], shift=tf.constant(1), axis=tf.constant(0))",
    "roll_empty": "tf.roll(tf.zeros([0]), 1, 0)",
    "roll_scalar": "tf.roll(1, 1, 0)",
    "roll_axis_out_of_range": "tf.roll([1, 2], 1, 1)",
    "roll_mismatch": "tf.roll([1, 2], [1, 2], 0)",
    "roll_no_axis": "tf.roll([1, 2], 1)",
    "roll_gradient": gradient("tf.roll(x, 1, 0) * [1., 10., 100.]", x="[1., 2., 3.]"),
    "roll_gradient_axes": gradient(
        "tf.roll(x, [1, 1], [0, 1]) * [[1., 10.], [100., 1000.]]", x="[[1., 2.], [3., 4.]]"
    ),
    "reverse_sequence": "tf.reverse_sequence([[1, 2, 3], [4, 5, 6]], [2, 3], seq_axis=1)",
    "reverse_sequence_batch_axis": "tf.reverse_sequence([[1, 2, 3], [4, 5, 6]], [2, 1, 0], seq_axis=0, batch_axis=1)",
    "reverse_sequence_int64": "tf.reverse_sequence([[1, 2]], tf.constant([2], tf.int64), 1, 0)",
    "reverse_sequence_cube": f"tf.reverse_sequence({CUBE}, [1, 3], seq_axis=1)",
    "reverse_sequence_too_long": "tf.reverse_sequence([[1, 2]], [3], seq_axis=1)",
    "reverse_sequence_negative": "tf.reverse_sequence([[1, 2]], [-1], seq_axis=1)",
    "reverse_sequence_lengths": "tf.reverse_sequence([[1, 2]], [1, 1], seq_axis=1)",
    "reverse_sequence_same_axis": "tf.reverse_sequence([[1, 2]], [1], seq_axis=0, batch_axis=0)",
    "reverse_sequence_gradient": gradient(
        "tf.reverse_sequence(x, [2, 3], seq_axis=1) * [1., 10., 100.]", x="[[1., 2., 3.], [4., 5., 6.]]"
    ),
    "reverse_gradient": gradient("tf.reverse(x, [1]) * [1., 10., 100.]", x="[[1., 2., 3.]]"),
    "reverse_no_axis": "tf.reverse([1, 2], [])",
    "reverse_tensor_axis": "tf.reverse([1, 2], tf.constant([0]))",
    "reverse_axis_twice": "tf.reverse([[1, 2]], [0, -2])",
    # transpose, squeeze, expand_dims.
    "transpose_conjugate": "tf.transpose(tf.constant([[1 + 2j, 3j]]), conjugate=True)",
    "transpose_conjugate_real": "tf.transpose([[1., 2.]], conjugate=True)",
    "transpose_conjugate_perm": "tf.transpose(tf.constant([[1 + 2j, 3j]]), [0, 1], conjugate=True)",
    "transpose_tensor_perm": "tf.transpose([[1, 2]], tf.constant([1, 0]))",
    "transpose_scalar": "tf.transpose(1)",
    "transpose_gradient": gradient(
        "tf.transpose(x, [1, 0]) * [[1., 10.], [100., 1000.], [1., 2.]]", x="[[1., 2., 3.], [4., 5., 6.]]"
    ),
    "matrix_transpose": "tf.linalg.matrix_transpose(tf.reshape(tf.range(6), [1, 2, 3]))",
    "matrix_transpose_conjugate": "tf.linalg.matrix_transpose(tf.constant([[1 + 2j, 3j]]), conjugate=True)",
    "squeeze_int_axis": "tf.squeeze([[1, 2]], 0)",
    "squeeze_tensor_axis": "tf.squeeze([[1, 2]], tf.constant(0))",
    "squeeze_no_axes": "tf.squeeze([[[1, 2]]], [])",
    "squeeze_gradient": gradient("tf.squeeze(x) * [1., 10.]", x="[[1., 2.]]"),
    "expand_dims_tensor_axis": "tf.expand_dims([1, 2], tf.constant(1))",
    "expand_dims_list_axis": "tf.expand_dims([1, 2], [0])",
    "expand_dims_gradient": gradient("tf.expand_dims(x, 1) * [[1., 10.]]", x="[1., 2.]"),
    # broadcast, ensure_shape.
    "broadcast_to_gradient": gradient("tf.broadcast_to(x, [2, 3]) * [[1.], [10.]]", x="[[1., 2., 3.]]"),
    "broadcast_to_gradient_scalar": gradient("tf.broadcast_to(x, [2, 2]) ** 2", x="3."),
    "broadcast_to_tensor_shape": "tf.broadcast_to(1, tf.constant([2]))",
    "broadcast_to_int64_shape": "tf.broadcast_to(1, tf.constant([2], tf.int64))",
    "broadcast_to_zero": "tf.broadcast_to([[1]], [0, 1])",
    "broadcast_to_fewer_axes": "tf.broadcast_to([[1, 2]], [2])",
    "broadcast_static_shape": "tf.broadcast_static_shape(tf.TensorShape([1, 3]), tf.TensorShape([4, 1]))",
    "broadcast_static_shape_unknown": "tf.broadcast_static_shape(tf.TensorShape([None, 3]), tf.TensorShape([1]))",
    "broadcast_static_shape_impossible": "tf.broadcast_static_shape(tf.TensorShape([2]), tf.TensorShape([3]))",
    "broadcast_dynamic_shape": "tf.broadcast_dynamic_shape([1, 3], [4, 1])",
    "broadcast_dynamic_shape_impossible": "tf.broadcast_dynamic_shape([2], [3])",
    "ensure_shape": "tf.ensure_shape([[1, 2]], [1, 2])",
    "ensure_shape_unknown": "tf.ensure_shape([[1, 2]], [None, 2])",
    "ensure_shape_wrong": "tf.ensure_shape([[1, 2]], [2, 2])",
    "ensure_shape_wrong_rank": "tf.ensure_shape([[1, 2]], [2])",
    "ensure_shape_none": "tf.ensure_shape([[1, 2]], None)",
    "ensure_shape_gradient": gradient("tf.ensure_shape(x, [None]) ** 2", x="[1., 2.]"),
    "ensure_shape_in_function": """
        shapes = []

        @tf.function(input_signature=[tf.TensorSpec([None, None])])
        def f(x):
            y = tf.ensure_shape(x, [None, 2])
            shapes.append(y.shape)
            return y

        f(tf.zeros([1, 2]))
        shapes
        """,
    "ensure_shape_in_function_fails": """
        @tf.function(input_signature=[tf.TensorSpec([None])])
        def f(x):
            return tf.ensure_shape(x, [2])

        f(tf.zeros([3]))
        """,
    # tile, pad.
    "tile_gradient": gradient("tf.tile(x, [2, 1]) * [[1., 2.], [10., 20.]]", x="[[1., 2.]]"),
    "tile_gradient_uneven": gradient("tf.tile(x, [3]) * [1., 2., 3., 4., 5., 6.]", x="[1., 2.]"),
    "tile_tensor": "tf.tile([1, 2], tf.constant([2]))",
    "tile_negative": "tf.tile([1, 2], [-1])",
    "tile_scalar": "tf.tile(1, [2])",
    "tile_scalar_no_multiples": "tf.tile(5, tf.constant([], tf.int32))",
    "tile_empty": "tf.tile(tf.zeros([0, 2]), [2, 2])",
    "tile_strings": "tf.tile(['a'], [2])",
    "pad_tensor": "tf.pad([1, 2], tf.constant([[1, 1]]))",
    "pad_numpy": "tf.pad([1, 2], np.array([[1, 1]]))",
    "pad_value_int": "tf.pad([1, 2], [[1, 1]], constant_values=9)",
    "pad_value_tensor": "tf.pad([1., 2.], [[1, 1]], constant_values=tf.constant(9.))",
    "pad_value_wrong_dtype": "tf.pad([1, 2], [[1, 1]], constant_values=9.5)",
    "pad_negative": "tf.pad([1, 2], [[-1, 0]])",
    "pad_mode_lower": "tf.pad([1, 2, 3], [[1, 1]], 'reflect')",
    "pad_mode_unknown": "tf.pad([1, 2], [[1, 1]], 'EDGE')",
    "pad_scalar": "tf.pad(1, tf.zeros([0, 2], tf.int32))",
    "pad_bool": "tf.pad([True], [[1, 1]])",
    "pad_float_paddings": "tf.pad([1, 2], [[1., 1.]])",
    "pad_symmetric_too_far": "tf.pad([1, 2], [[3, 0]], 'SYMMETRIC')",
    "pad_symmetric_full": "tf.pad([1, 2], [[2, 2]], 'SYMMETRIC')",
    "pad_reflect_two": "tf.pad([[1, 2], [3, 4]], [[1, 1], [1, 1]], 'REFLECT')",
    "pad_gradient": gradient("tf.pad(x, [[1, 2]]) * [1., 10., 100., 1000., 5.]", x="[1., 2.]"),
    "pad_gradient_reflect": gradient("tf.pad(x, [[2, 1]], 'REFLECT') * [1., 2., 3., 4., 5., 6.]", x="[1., 2., 3.]"),
    "pad_gradient_symmetric": gradient("tf.pad(x, [[2, 0]], 'SYMMETRIC') * [1., 2., 3., 4.]", x="[1., 2.]"),
    # concat, stack, split, unstack.
    "concat_int64_axis": "tf.concat([[1], [2]], tf.constant(0, tf.int64))",
    "concat_nested_lists": "tf.concat([[[1, 2], [3, 4]], [[5, 6]]], 0)",
    "concat_tensor_alone": "tf.concat(tf.constant([[1, 2], [3, 4]]), 0)",
    "concat_tensor_axis": "tf.concat([[1], [2]], axis=tf.constant(0))",
    "concat_mixed_python": "tf.concat([tf.constant([1.]), [2]], 0)",
    "concat_variables": "v = tf.Variable([1., 2.])\ntf.concat([v, v], 0)",
    "concat_numpy": "tf.concat([np.array([1., 2.]), np.array([3.])], 0)",
    "concat_none": "tf.concat([], 0)",
    "concat_strings": "tf.concat([['a'], ['b']], 0)",
    "concat_gradient": gradient("tf.concat([x, y], 0) * [1., 10., 100.]", x="[1., 2.]", y="[3.]").replace(
        "    y = tf.", "    z = tf."
    ).replace("gradient(y,", "gradient(z,"),
    "stack_tensor": "tf.stack(tf.constant([[1, 2], [3, 4]]))",
    "stack_empty_list": "tf.stack([])",
    "stack_python_numbers": "tf.stack([1, 2.5])",
    "stack_numpy": "tf.stack([np.array([1., 2.]), np.array([3., 4.])])",
    "stack_axis_tensor": "tf.stack([[1, 2], [3, 4]], axis=tf.constant(1))",
    "stack_gradient": gradient("tf.stack([x, x * 2.], axis=1) * [1., 10.]", x="[1., 2.]"),
    "parallel_stack": "tf.parallel_stack([[1, 4], [2, 5]])",
    "split_tensor_sizes": "tf.split(tf.range(6), tf.constant([2, 4]))",
    "split_numpy_sizes": "tf.split(tf.range(6), np.array([2, 4]))",
    "split_scalar_tensor_num": "tf.split(tf.range(6), tf.constant(2))",
    "split_axis_negative": f"tf.split({X}, [1, 2], axis=-1)",
    "split_axis_tensor": f"tf.split({X}, 2, axis=tf.constant(0))",
    "split_axis_out_of_range": f"tf.split({X}, 2, axis=2)",
    "split_num": "tf.split(tf.range(6), [2, 4], num=2)",
    "split_two_unknown": "tf.split(tf.range(6), [-1, -1])",
    "split_unknown_too_small": "tf.split(tf.range(3), [4, -1])",
    "split_zero_size": "tf.split(tf.range(3), [0, 3])",
    "split_zero_pieces": "tf.split(tf.range(3), 0)",
    "split_one": "tf.split(tf.range(3), 1)",
    "split_scalar": "tf.split(1, 1)",
    "split_unpack": "a, b = tf.split([1., 2., 3., 4.], 2)\na * b",
    "split_gradient": gradient("tf.split(x, 2)[1] * [1., 10.]", x="[1., 2., 3., 4.]"),
    "split_gradient_sizes": gradient("tf.split(x, [1, -1])[0] * 5.", x="[1., 2., 3.]"),
    "unstack_negative_axis": f"tf.unstack({X}, axis=-1)",
    "unstack_empty": "tf.unstack(tf.zeros([0, 2]))",
    "stack_of_different_lengths": "tf.stack([[1, 2], [3]])",
    "stack_of_different_ranks": "tf.stack([1, [2]])",
    "stack_of_ints_and_floats": "tf.stack([[1, 2], [3., 4.]])",
    "stack_of_none": "tf.stack([None])",
    "stack_of_text_and_numbers": "tf.stack([[1, 2], [3, 'a']])",
    "unstack_strings": "tf.unstack(['a', 'b'])",
    "unstack_strings_axis": "tf.unstack([['a', 'b'], ['c', 'd']], axis=1)",
    "map_fn_strings": "tf.map_fn(lambda s: s + 'x', tf.constant(['a', 'b']))",
    "unstack_axis_out_of_range": "tf.unstack([1, 2], axis=1)",
    "unstack_gradient": gradient("tf.unstack(x)[1] * [1., 10.]", x="[[1., 2.], [3., 4.]]"),
    # shape, size, rank, identity.
    "shape_n": "tf.shape_n([[1, 2], [[3]]])",
    "shape_n_int64": "tf.shape_n([[1, 2], [[3]]], out_type=tf.int64)",
    "shape_int64": "tf.shape([[1]], tf.int64)",
    "shape_default_type": "tf.shape([[1]], out_type=None)",
    "size_default_type": "tf.size([[1]], out_type=None)",
    "shape_variable": "tf.shape(tf.Variable([[1., 2.]]))",
    "shape_numpy": "tf.shape(np.zeros([2, 3]))",
    "rank_list": "tf.rank([[[1]]])",
    "size_scalar": "tf.size(1)",
    "identity": "tf.identity([1, 2])",
    "identity_n": "tf.identity_n([1, [2., 3.]])",
    "identity_gradient": gradient("tf.identity(x) * 3.", x="[1., 2.]"),
    "identity_n_gradient": gradient("tf.identity_n([x, x * 2.])[1]", x="[1., 2.]"),
    "identity_variable_keeps_the_value": "v = tf.Variable(1.)\ny = tf.identity(v)\nv.assign(2.)\ny",
    "no_op": "tf.no_op()",
    "group": "v = tf.Variable(1.)\ntf.group(v.assign(2.), v.assign_add(1.))\nv",
    "group_value": "tf.group(tf.constant(1.))",
    "bitcast": "tf.bitcast(tf.constant([1., -2.]), tf.int32)",
    "bitcast_smaller": "tf.bitcast(tf.constant([1.]), tf.uint8)",
    "bitcast_larger": "tf.bitcast(tf.constant([[1, 0]], tf.int32), tf.int64)",
    "bitcast_larger_wrong": "tf.bitcast(tf.constant([1, 0, 2], tf.int32), tf.int64)",
    "bitcast_back": "tf.bitcast(tf.bitcast(tf.constant([1.5]), tf.int32), tf.float32)",
    "bitcast_signed": "tf.bitcast(tf.constant([255], tf.uint8), tf.int8)",
    "bitcast_bool": "tf.bitcast(tf.constant([1, 0], tf.uint8), tf.bool)",
    "bitcast_gradient": gradient("tf.bitcast(tf.bitcast(x, tf.int32), tf.float32)", x="[1.]"),
    "unravel_index": "tf.unravel_index([22, 41, 37], (7, 6))",
    "unravel_index_scalar": "tf.unravel_index(5, [2, 3])",
    "unravel_index_out_of_range": "tf.unravel_index([6], [2, 3])",
    "unravel_index_argmax": "x = tf.constant([[1., 9.], [3., 4.]])\n"
                            "tf.unravel_index(tf.argmax(tf.reshape(x, [-1]), output_type=tf.int32), tf.shape(x))",
    "extract_patches": "tf.image.extract_patches(tf.reshape(tf.range(16.), [1, 4, 4, 1]), [1, 2, 2, 1], [1, 2, 2, 1],"
                       " [1, 1, 1, 1], 'VALID')",
    "extract_patches_of_two": "tf.image.extract_patches(tf.ones([1, 4, 4, 1]), [2, 2], [1] * 4, [1] * 4, 'SAME')",
    "extract_patches_same": "tf.image.extract_patches(tf.reshape(tf.range(9.), [1, 3, 3, 1]), [1, 2, 2, 1],"
                            " [1, 2, 2, 1], [1, 1, 1, 1], 'SAME')",
    "extract_patches_rates": "tf.image.extract_patches(tf.reshape(tf.range(25.), [1, 5, 5, 1]), [1, 2, 2, 1],"
                             " [1, 1, 1, 1], [1, 2, 2, 1], 'VALID')",
    "extract_patches_channels": "tf.image.extract_patches(tf.reshape(tf.range(32), [1, 4, 4, 2]), [1, 3, 3, 1],"
                                " [1, 1, 1, 1], [1, 1, 1, 1], 'VALID')",
    "extract_patches_padding": "tf.image.extract_patches(tf.zeros([1, 3, 3, 1]), [1, 2, 2, 1], [1, 1, 1, 1],"
                               " [1, 1, 1, 1], 'FULL')",
    "extract_patches_gradient": gradient(
        "tf.image.extract_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'VALID')",
        x="[[[[1.], [2.], [3.]], [[4.], [5.], [6.]], [[7.], [8.], [9.]]]]",
    ),
}  # fmt: skip
