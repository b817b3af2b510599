"""scatter_nd and the tensor_scatter_nd family."""

from ..expand import gradient

CASES = {
    "scatter_nd": "tf.scatter_nd([[4], [3], [1], [7]], [9, 10, 11, 12], [8])",
    "scatter_nd_repeated": "tf.scatter_nd([[1], [1], [0]], [1., 2., 3.], [3])",
    "scatter_nd_rows": "tf.scatter_nd([[2], [0]], [[1, 2], [3, 4]], [3, 2])",
    "scatter_nd_points": "tf.scatter_nd([[0, 1], [1, 0]], [5, 6], [2, 2])",
    "scatter_nd_batch_of_indices": "tf.scatter_nd([[[0], [1]], [[2], [0]]], [[1, 2], [3, 4]], [3])",
    "scatter_nd_tensor_shape": "tf.scatter_nd([[0]], [1.], tf.constant([2]))",
    "scatter_nd_shape_tensor_int64": "tf.scatter_nd(tf.constant([[0]], tf.int64), [1.], tf.constant([2], tf.int64))",
    "scatter_nd_bool": "tf.scatter_nd([[1]], [True], [3])",
    "scatter_nd_string": "tf.scatter_nd([[1]], ['a'], [2])",
    "scatter_nd_out_of_range": "tf.scatter_nd([[3]], [1.], [3])",
    "scatter_nd_negative": "tf.scatter_nd([[-1]], [1.], [3])",
    "scatter_nd_updates_shape": "tf.scatter_nd([[0], [1]], [1., 2., 3.], [3])",
    "scatter_nd_too_deep": "tf.scatter_nd([[0, 0]], [1.], [3])",
    "scatter_nd_float_indices": "tf.scatter_nd([[0.]], [1.], [3])",
    "scatter_nd_empty": "tf.scatter_nd(tf.zeros([0, 1], tf.int32), tf.zeros([0]), [2])",
    "scatter_nd_scalar_indices": "tf.scatter_nd(0, 1., [3])",
    "scatter_nd_vector_indices": "tf.scatter_nd([1], 5., [3])",
    "update": "tf.tensor_scatter_nd_update([1, 2, 3, 4], [[1], [3]], [20, 40])",
    "update_rows": "tf.tensor_scatter_nd_update([[1, 2], [3, 4]], [[1]], [[5, 6]])",
    "update_points": "tf.tensor_scatter_nd_update(tf.zeros([2, 2]), [[0, 1]], [5.])",
    "update_numpy_scalar": "tf.tensor_scatter_nd_update(tf.zeros([3]), [[0]], np.array([2.]))",
    "update_bool": "tf.tensor_scatter_nd_update([True, True], [[0]], [False])",
    "update_string": "tf.tensor_scatter_nd_update(['a', 'b'], [[0]], ['c'])",
    "update_keywords": "tf.tensor_scatter_nd_update(tensor=[1, 2], indices=[[0]], updates=[5])",
    "update_out_of_range": "tf.tensor_scatter_nd_update([1, 2], [[2]], [5])",
    "update_negative": "tf.tensor_scatter_nd_update([1, 2], [[-1]], [5])",
    "update_mismatch": "tf.tensor_scatter_nd_update([1, 2], [[0], [1]], [5])",
    "update_dtypes": "tf.tensor_scatter_nd_update(tf.constant([1, 2]), [[0]], tf.constant([5.]))",
    "update_leaves_the_source": "x = tf.constant([1, 2])\ny = tf.tensor_scatter_nd_update(x, [[0]], [5])\nx",
    "update_empty": "tf.tensor_scatter_nd_update([1, 2], tf.zeros([0, 1], tf.int32), tf.zeros([0], tf.int32))",
    "update_scalar_updates_broadcast": "tf.tensor_scatter_nd_update([1, 2, 3], [[0], [1]], 5)",
    "update_variable": "v = tf.Variable([1., 2.])\ntf.tensor_scatter_nd_update(v, [[0]], [5.])",
    "add": "tf.tensor_scatter_nd_add([1, 1, 1, 1], [[1], [3], [1]], [10, 20, 30])",
    "add_rows": "tf.tensor_scatter_nd_add(tf.ones([2, 2]), [[1], [1]], [[1., 2.], [3., 4.]])",
    "add_out_of_range": "tf.tensor_scatter_nd_add([1, 2], [[2]], [5])",
    "sub": "tf.tensor_scatter_nd_sub([1., 1., 1.], [[1], [1]], [10., 20.])",
    "max": "tf.tensor_scatter_nd_max([1, 5, 3], [[0], [1], [0]], [4, 4, 2])",
    "min": "tf.tensor_scatter_nd_min([1, 5, 3], [[0], [1], [1]], [4, 4, 2])",
    "min_mismatch": "tf.tensor_scatter_nd_min([1, 5, 3], [[0], [1]], [4])",
    # Gradients.
    "scatter_nd_gradient": gradient(
        "tf.scatter_nd([[2], [0], [2]], x, [4]) * [1., 10., 100., 1000.]", x="[1., 2., 3.]"
    ),
    "scatter_nd_gradient_rows": gradient("tf.scatter_nd([[1]], x, [2, 2]) ** 2", x="[[1., 2.]]"),
    **{
        f"{kind}_gradient": gradient(
            f"tf.tensor_scatter_nd_{kind}(x, [[1], [2]], u) * [1., 10., 100.]", x="[1., 2., 3.]", u="[5., 1.]"
        )
        for kind in ("update", "add", "sub", "max", "min")
    },
    **{
        f"{kind}_gradient_ties": gradient(
            f"tf.tensor_scatter_nd_{kind}(x, [[1], [2]], u) * [1., 10., 100.]", x="[1., 2., 3.]", u="[2., 3.]"
        )
        for kind in ("max", "min")
    },
    "update_gradient_repeated": gradient(
        "tf.tensor_scatter_nd_update(x, [[1], [1]], u) * [1., 10.]", x="[1., 2.]", u="[5., 1.]"
    ),
    "update_second_order": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.tensor_scatter_nd_update(x, [[0]], [x[2]]) ** 3
            dx = inner.gradient(y, x)
        outer.gradient(dx, x)
        """,
    "scatter_nd_second_order": """
        x = tf.constant([1., 2.])
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.scatter_nd([[1], [1]], x, [2]) ** 3
            dx = inner.gradient(y, x)
        outer.gradient(dx, x)
        """,
    "variable_loop": """
        board = tf.zeros([3, 3], tf.int32)
        for i in range(3):
            board = tf.tensor_scatter_nd_update(board, [[i, i]], [i + 1])
        board
        """,
    "update_in_function": """
        @tf.function
        def f(x, i):
            return tf.tensor_scatter_nd_update(x, [[i]], [9.])

        f(tf.constant([1., 2.]), tf.constant(1))
        """,
    "scatter_nd_in_function": """
        @tf.function
        def f(i, u):
            return tf.scatter_nd(i, u, [3])

        f(tf.constant([[1]]), tf.constant([2.]))
        """,
}
