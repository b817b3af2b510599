"""Slices with all kinds of bounds, the functions slice and strided_slice, gather_nd and masks in all forms."""

from ..expand import gradient

X = "tf.reshape(tf.range(12), [3, 4])"
CUBE = "tf.reshape(tf.range(24), [2, 3, 4])"


def dense(snippet):
    """The snippet with its value, an IndexedSlices, as a tensor."""
    *lines, last = snippet.splitlines()
    return "\n".join([*lines, f"tf.convert_to_tensor({last})"])


CASES = {
    "tensor_bounds_both": f"{X}[tf.constant(1):tf.constant(3), tf.constant(0)]",
    "tensor_bounds_negative": f"{X}[:tf.constant(-1)]",
    "tensor_step": f"{X}[::tf.constant(2)]",
    "tensor_index_negative": f"{X}[tf.constant(-1)]",
    "tensor_index_uint8": f"{X}[tf.constant(1, tf.uint8)]",
    "tensor_index_mixed_widths": f"{X}[tf.constant(1):tf.constant(3, tf.int64)]",
    "tensor_index_out_of_range": f"{X}[tf.constant(3)]",
    "tensor_index_of_two": f"{X}[tf.constant([1, 2])]",
    "variable_index": f"i = tf.Variable(1)\n{X}[i]",
    "numpy_array_index": f"{X}[np.array([1, 2])]",
    "numpy_bool_array_index": f"{X}[np.array([True, False, True])]",
    "python_bool_list_index": f"{X}[[True, False, True]]",
    "mask_of_matrix": f"x = {X}\nx[x > 5]",
    "mask_wrong_shape": f"{X}[tf.constant([True, False])]",
    "mask_and_slice": f"{X}[tf.constant([True, False, True]), 0]",
    "negative_step_to_the_start": f"{X}[2:0:-1]",
    "negative_step_all": f"{X}[::-1, ::-2]",
    "negative_step_far_bounds": f"{X}[10:-10:-1, 0]",
    "negative_step_empty": f"{X}[0:2:-1]",
    "newaxis_between": f"{X}[:, tf.newaxis, 1:3].shape",
    "newaxis_twice": f"{X}[tf.newaxis, ..., tf.newaxis].shape",
    "newaxis_and_index": f"{X}[tf.newaxis, 1].shape",
    "ellipsis_and_more": f"{CUBE}[0, ..., 1:3]",
    "ellipsis_covers_nothing": f"{CUBE}[0, 1, ..., 2]",
    "empty_tuple": f"{X}[()].shape",
    "nested_list": f"{X}[[1, 2]]",
    "out_of_range_second": f"{X}[0, 4]",
    "out_of_range_negative_second": f"{X}[0, -5]",
    "slice_of_scalar": "tf.constant(1)[:]",
    "float_bound": f"{X}[1.5:]",
    "string_bound": f"{X}['a':]",
    "iterate": "[row for row in tf.constant([[1, 2], [3, 4]])]",
    "iterate_vector": "[int(x) for x in tf.constant([1, 2])]",
    "iterate_scalar": "[x for x in tf.constant(1)]",
    "unpack": "a, b = tf.constant([1, 2])\na - b",
    "unpack_too_few": "a, b, c = tf.constant([1, 2])\na",
    "enumerate": "[i * x for i, x in enumerate(tf.constant([10, 20]))]",
    "zip": "[a * b for a, b in zip(tf.constant([1, 2]), tf.constant([3, 4]))]",
    "contains": "2 in [int(x) for x in tf.constant([1, 2])]",
    "reversed": "list(reversed(tf.constant([1, 2])))",
    "assign_element": "x = tf.constant([1, 2])\nx[0] = 1\nx",
    "assign_slice": "x = tf.zeros([3])\nx[1:] = 1.\nx",
    "delete_element": "x = tf.constant([1, 2])\ndel x[0]\nx",
    "augmented_element": "x = tf.constant([1, 2])\nx[0] += 1\nx",
    "augmented_name": "x = tf.constant([1, 2])\nx += 1\nx",
    "gradient_tensor_bounds": gradient("x[tf.constant(1):] ** 2", x="[1., 2., 3.]"),
    "gradient_negative_step": gradient("x[::-2] * [1., 10.]", x="[1., 2., 3.]"),
    "gradient_newaxis": gradient("x[:, None] * [[1., 10.]]", x="[1., 2.]"),
    "gradient_mask": gradient("x[x > 1.] ** 2", x="[1., 2., 3.]"),
    "gradient_index_twice": gradient("x[0] * x[0] + x[1]", x="[3., 2.]"),
    "gradient_iterate": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = 0.
            for i, part in enumerate(x):
                y += part ** i
        tape.gradient(y, x)
        """,
    # In functions, with symbols.
    "in_function_index": "tf.function(lambda x, i: x[i])(tf.constant([1, 2, 3]), tf.constant(1))",
    "in_function_index_negative": "tf.function(lambda x, i: x[i, 0])(tf.constant([[1], [2]]), tf.constant(-1))",
    "in_function_slice": "tf.function(lambda x, i: x[i:i + 2])(tf.range(5), tf.constant(1))",
    "in_function_slice_mixed": "f = tf.function(lambda x, i: x[:i, ::2, None])\n"
                               "f(tf.reshape(tf.range(6), [2, 3]), tf.constant(1))",
    "in_function_step": "tf.function(lambda x, i: x[::i])(tf.range(5), tf.constant(-2))",
    "in_function_shape": """
        shapes = []

        @tf.function
        def f(x, i):
            shapes.extend([x[i].shape, x[:i].shape, x[i:, 0].shape, x[0, :i].shape])
            return x

        f(tf.zeros([3, 4]), tf.constant(1))
        shapes
        """,
    "in_function_out_of_range": "tf.function(lambda x, i: x[i])(tf.constant([1, 2, 3]), tf.constant(3))",
    "in_function_mask": "tf.function(lambda x: x[x > 1])(tf.constant([1, 2, 3]))",
    "in_function_mask_shape": """
        shapes = []

        @tf.function
        def f(x):
            y = tf.boolean_mask(x, x[:, 0] > 1)
            shapes.append(y.shape)
            return y

        f(tf.constant([[1, 2], [3, 4]]))
        shapes
        """,
    "in_function_gradient": """
        @tf.function
        def f(x, i):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = x[i] ** 2 + tf.reduce_sum(x[i:])
            return tape.gradient(y, x)

        f(tf.constant([1., 2., 3.]), tf.constant(1))
        """,
    "in_function_mask_gradient": """
        @tf.function
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = tf.boolean_mask(x, x > 1.) ** 2
            return tape.gradient(y, x)

        f(tf.constant([1., 2., 3.]))
        """,
    "in_function_variable_slice_assign": """
        v = tf.Variable([1., 2., 3.])

        @tf.function
        def f(i):
            v[i].assign(v[i] * 10.)
            v[i + 1:].assign([7.])
            return v[i]

        [f(tf.constant(1)), v]
        """,
    # The functions.
    "slice": f"tf.slice({CUBE}, [0, 1, 2], [1, 2, -1])",
    "slice_tensors": f"tf.slice({X}, tf.constant([1, 0]), tf.constant([1, 2]))",
    "slice_int64": f"tf.slice({X}, tf.constant([1, 0], tf.int64), tf.constant([1, 2], tf.int64))",
    "slice_empty": f"tf.slice({X}, [1, 0], [0, 2])",
    "slice_negative_begin": f"tf.slice({X}, [-1, 0], [1, 2])",
    "slice_negative_size": f"tf.slice({X}, [0, 0], [-2, 2])",
    "slice_rank": f"tf.slice({X}, [0], [1])",
    "slice_gradient": gradient("tf.slice(x, [1], [2]) * [1., 10.]", x="[1., 2., 3., 4.]"),
    "slice_in_function": "tf.function(lambda x, i: tf.slice(x, [i], [2]))(tf.range(5), tf.constant(1))",
    "strided_slice": f"tf.strided_slice({X}, [0, 1], [2, 4], [1, 2])",
    "strided_slice_no_strides": f"tf.strided_slice({X}, [1, 0], [3, 2])",
    "strided_slice_negative": f"tf.strided_slice({X}, [2, 3], [0, 0], [-1, -2])",
    "strided_slice_fewer": f"tf.strided_slice({X}, [1], [2])",
    "strided_slice_begin_mask": f"tf.strided_slice({X}, [1, 1], [3, 3], [1, 1], begin_mask=1)",
    "strided_slice_end_mask": f"tf.strided_slice({X}, [1, 1], [2, 2], [1, 1], end_mask=2)",
    "strided_slice_ellipsis_mask": f"tf.strided_slice({CUBE}, [0, 1], [0, 2], [1, 1], ellipsis_mask=1)",
    "strided_slice_new_axis_mask": f"tf.strided_slice({X}, [0, 1], [1, 2], [1, 1], new_axis_mask=1)",
    "strided_slice_shrink_axis_mask": f"tf.strided_slice({X}, [1, 1], [2, 3], [1, 1], shrink_axis_mask=1)",
    "strided_slice_shrink_negative": f"tf.strided_slice({X}, [-1, 1], [0, 3], [1, 1], shrink_axis_mask=1)",
    "strided_slice_all_masks": f"tf.strided_slice({CUBE}, [1, 0, 0, 1], [2, 0, 1, 3], [1, 1, 1, 1],"
                               " ellipsis_mask=2, new_axis_mask=4, shrink_axis_mask=1)",
    "strided_slice_shrink_out_of_range": f"tf.strided_slice({X}, [5, 1], [6, 3], [1, 1], shrink_axis_mask=1)",
    "strided_slice_zero_stride": f"tf.strided_slice({X}, [0, 0], [1, 1], [1, 0])",
    "strided_slice_lengths": f"tf.strided_slice({X}, [0, 0], [1])",
    "strided_slice_two_ellipses": f"tf.strided_slice({X}, [0, 0], [1, 1], [1, 1], ellipsis_mask=3)",
    "strided_slice_gradient": gradient("tf.strided_slice(x, [0], [4], [2]) * [1., 10.]", x="[1., 2., 3., 4.]"),
    # gather and gather_nd.
    "gather_axis_middle": f"tf.gather({CUBE}, [2, 0], axis=1)",
    "gather_axis_matrix": f"tf.gather({CUBE}, [[2, 0], [1, 1]], axis=1).shape",
    "gather_batch_default_axis": "tf.gather([[1, 2, 3], [4, 5, 6]], [[2], [0]], batch_dims=1)",
    "gather_batch_axis_2": f"tf.gather({CUBE}, [[3, 0], [1, 1]], axis=2, batch_dims=1)",
    "gather_batch_2": f"tf.gather({CUBE}, [[[0], [1], [2]], [[3], [2], [1]]], batch_dims=2)",
    "gather_batch_negative": "tf.gather([[1, 2, 3], [4, 5, 6]], [[2], [0]], batch_dims=-1)",
    "gather_batch_axis_negative": f"tf.gather({CUBE}, [[3, 0], [1, 1]], axis=-1, batch_dims=1)",
    "gather_batch_mismatch": "tf.gather([[1, 2, 3], [4, 5, 6]], [[2], [0], [1]], batch_dims=1)",
    "gather_batch_above_axis": "tf.gather([[1, 2, 3], [4, 5, 6]], [[2], [0]], axis=0, batch_dims=1)",
    "gather_batch_too_many": "tf.gather([[1, 2, 3]], [0], batch_dims=2)",
    "gather_batch_out_of_range": "tf.gather([[1, 2], [4, 5]], [[2], [0]], batch_dims=1)",
    "gather_scalar_params": "tf.gather(1, 0)",
    "gather_uint8_indices": "tf.gather([1, 2], tf.constant([1], tf.uint8))",
    "gather_strings": "tf.gather(['a', 'b'], [1, 1])",
    "gather_tensor_axis": "tf.gather([[1, 2], [3, 4]], [1], axis=tf.constant(1))",
    "gather_validate": "tf.gather([1, 2], [0], validate_indices=True)",
    "gather_gradient_repeated": dense(gradient("tf.gather(x, [0, 2, 0]) * [1., 10., 100.]", x="[1., 2., 3.]")),
    "gather_gradient_axis_1": gradient("tf.gather(x, [1, 1], axis=1) * [1., 10.]", x="[[1., 2.], [3., 4.]]"),
    "gather_gradient_batch": gradient(
        "tf.gather(x, [[1, 0], [1, 1]], batch_dims=1) * [1., 10.]", x="[[1., 2.], [3., 4.]]"
    ),
    "gather_gradient_scalar_index": dense(gradient("tf.gather(x, 1) * [1., 10.]", x="[[1., 2.], [3., 4.]]")),
    "gather_nd_batch": "tf.gather_nd([[1, 2], [3, 4]], [[1], [0]], batch_dims=1)",
    "gather_nd_batch_rows": f"tf.gather_nd({CUBE}, [[[1], [0]], [[2], [2]]], batch_dims=1)",
    "gather_nd_batch_2": f"tf.gather_nd({CUBE}, [[[1], [0], [2]], [[2], [2], [0]]], batch_dims=2)",
    "gather_nd_batch_mismatch": "tf.gather_nd([[1, 2], [3, 4]], [[1], [0], [0]], batch_dims=1)",
    "gather_nd_batch_too_many": "tf.gather_nd([[1, 2], [3, 4]], [[1], [0]], batch_dims=2)",
    "gather_nd_batch_negative": "tf.gather_nd([[1, 2], [3, 4]], [[1], [0]], batch_dims=-1)",
    "gather_nd_negative": "tf.gather_nd([1, 2], [[-1]])",
    "gather_nd_too_deep": "tf.gather_nd([1, 2], [[0, 0]])",
    "gather_nd_scalar_indices": "tf.gather_nd([1, 2], 0)",
    "gather_nd_no_coordinates": "tf.gather_nd([1, 2], tf.zeros([2, 0], tf.int32))",
    "gather_nd_empty": "tf.gather_nd([1, 2], tf.zeros([0, 1], tf.int32))",
    "gather_nd_float": "tf.gather_nd([1, 2], [[0.]])",
    "gather_nd_gradient": gradient(
        "tf.gather_nd(x, [[0, 0], [1, 1], [0, 0]]) * [1., 10., 100.]", x="[[1., 2.], [3., 4.]]"
    ),
    "gather_nd_gradient_rows": dense(
        gradient("tf.gather_nd(x, [[1], [1]]) * [1., 10.]", x="[[1., 2.], [3., 4.]]")
    ),
    "gather_nd_gradient_batch": gradient(
        "tf.gather_nd(x, [[1], [0]], batch_dims=1) * [1., 10.]", x="[[1., 2.], [3., 4.]]"
    ),
    "gather_second_order": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.gather(x, [2, 0, 2]) ** 3
            dx = tf.convert_to_tensor(inner.gradient(y, x))
        tf.convert_to_tensor(outer.gradient(dx, x))
        """,
    # where and boolean_mask.
    "where_three_axes": "tf.where(tf.constant([[[True, False]], [[False, True]]]))",
    "where_scalar_true": "tf.where(tf.constant(True))",
    "where_scalar_false": "tf.where(tf.constant(False))",
    "where_floats": "tf.where(tf.constant([0., -0., float('nan'), 2.]))",
    "where_broadcast_condition": "tf.where([[True], [False]], [[1, 2]], [[3], [4]])",
    "where_numpy_condition": "tf.where(np.array([True, False]), 1., 2.)",
    "where_strings": "tf.where([True, False], ['a', 'b'], ['c', 'd'])",
    "where_python_mixed": "tf.where([True], 1, 2.5)",
    "where_gradient": gradient("tf.where(x > 2., x * 10., x ** 2)", x="[1., 2., 3.]"),
    "where_gradient_broadcast": gradient("tf.where([[True], [False]], x, 0.)", x="[1., 2.]"),
    "where_unknown_count_in_function": """
        shapes = []

        @tf.function
        def f(x):
            y = tf.where(x > 1)
            shapes.append(y.shape)
            return y

        f(tf.constant([[1, 2], [3, 0]]))
        shapes
        """,
    "where_positions_in_function": "tf.function(lambda x: tf.where(x > 1))(tf.constant([1, 2, 3]))",
    "boolean_mask_axis_1_of_3": f"tf.boolean_mask({CUBE}, [True, False, True], axis=1)",
    "boolean_mask_axis_two_axes": f"tf.boolean_mask({CUBE}, tf.constant([[True, False, True], [False] * 3]))",
    "boolean_mask_axis_negative": "tf.boolean_mask([[1, 2], [3, 4]], [True, False], axis=-1)",
    "boolean_mask_axis_wrong": f"tf.boolean_mask({CUBE}, [True, False, True], axis=0)",
    "boolean_mask_none_true": "tf.boolean_mask([1, 2], [False, False])",
    "boolean_mask_int_mask": "tf.boolean_mask([1, 2], [1, 0])",
    "boolean_mask_longer_rank": "tf.boolean_mask([1, 2], [[True, False]])",
    "boolean_mask_gradient": gradient("tf.boolean_mask(x, [True, False, True]) * [1., 10.]", x="[1., 2., 3.]"),
}  # fmt: skip
CASES |= {
    "strided_two_ellipses": "tf.strided_slice(tf.range(6), [0], [1], [1], ellipsis_mask=3)",
    "strided_index_backwards": "tf.strided_slice(tf.range(6), [2], [1], [-1], shrink_axis_mask=1)",
    "strided_index_with_step": "tf.strided_slice(tf.range(6), [2], [1], [2], shrink_axis_mask=1)",
    "strided_index_without_step": "tf.strided_slice(tf.range(6), [2], [1], [0], shrink_axis_mask=1)",
}
