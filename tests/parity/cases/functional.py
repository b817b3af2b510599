"""map_fn, foldl, foldr and scan."""

from ..expand import gradient

CASES = {
    "map": "tf.map_fn(lambda x: x * x, tf.constant([1, 2, 3]))",
    "map_list": "tf.map_fn(lambda x: x + 1, [1, 2, 3])",
    "map_numpy": "tf.map_fn(lambda x: x + 1., np.array([1., 2.]))",
    "map_rows": "tf.map_fn(tf.reduce_sum, tf.constant([[1, 2], [3, 4]]))",
    "map_to_python": "tf.map_fn(lambda x: 7, tf.constant([1, 2]))",
    "map_tuple": "tf.map_fn(lambda t: t[0] * t[1], (tf.constant([1, 2]), tf.constant([3, 4])),"
                 " fn_output_signature=tf.int32)",
    "map_tuple_without_signature": "tf.map_fn(lambda t: t[0] * t[1], (tf.constant([1, 2]), tf.constant([3, 4])))",
    "map_to_tuple": "tf.map_fn(lambda x: (x, -x), tf.constant([1, 2]), fn_output_signature=(tf.int32, tf.int32))",
    "map_to_tuple_without_signature": "tf.map_fn(lambda x: (x, -x), tf.constant([1, 2]))",
    "map_tuple_to_tuple": "tf.map_fn(lambda t: (t[1], t[0]), (tf.constant([1, 2]), tf.constant([3, 4])))",
    "map_dict": "tf.map_fn(lambda d: {'s': d['a'] + d['b']}, {'a': tf.constant([1, 2]), 'b': tf.constant([3, 4])},"
                " fn_output_signature={'s': tf.int32})",
    "map_dtype_change": "tf.map_fn(lambda x: tf.cast(x, tf.float32) / 2., tf.constant([1, 2]),"
                        " fn_output_signature=tf.float32)",
    "map_dtype_change_unsaid": "tf.map_fn(lambda x: tf.cast(x, tf.float32), tf.constant([1, 2]))",
    "map_dtype_deprecated": "tf.map_fn(lambda x: tf.cast(x, tf.float32), tf.constant([1, 2]), dtype=tf.float32)",
    "map_spec": "tf.map_fn(lambda x: tf.stack([x, x]), tf.constant([1, 2]),"
                " fn_output_signature=tf.TensorSpec([2], tf.int32))",
    "map_spec_wrong_shape": "tf.map_fn(lambda x: x, tf.constant([1, 2]),"
                            " fn_output_signature=tf.TensorSpec([2], tf.int32))",
    "map_wrong_dtype": "tf.map_fn(lambda x: x, tf.constant([1, 2]), fn_output_signature=tf.float32)",
    "map_wrong_structure": "tf.map_fn(lambda x: (x, x), tf.constant([1, 2]), fn_output_signature=tf.int32)",
    "map_different_shapes": "tf.map_fn(lambda n: tf.range(n), tf.constant([1, 2]))",
    "map_lengths_differ": "tf.map_fn(lambda t: t[0], (tf.constant([1, 2]), tf.constant([3])),"
                          " fn_output_signature=tf.int32)",
    "map_empty": "tf.map_fn(lambda x: x * 2., tf.zeros([0, 3]))",
    "map_scalar": "tf.map_fn(lambda x: x, tf.constant(1))",
    "map_no_elems": "tf.map_fn(lambda: 1, ())",
    "map_nested": "tf.map_fn(lambda row: tf.map_fn(lambda x: x * 2, row), tf.constant([[1, 2], [3, 4]]))",
    "map_order": "seen = []\ntf.map_fn(lambda x: seen.append(x.numpy()) or x, tf.constant([3, 1, 2]))\nseen",
    "map_keywords": "tf.map_fn(fn=lambda x: x, elems=tf.constant([1]), parallel_iterations=2, back_prop=True,"
                    " swap_memory=False, infer_shape=True, name='m')",
    "map_gradient": gradient("tf.map_fn(lambda e: e ** 3, x)", x="[1., 2.]"),
    "map_gradient_captured": gradient("tf.map_fn(lambda e: e * x, tf.constant([1., 2.]))", x="3."),
    "map_in_function": "tf.function(lambda x: tf.map_fn(lambda e: e * 2, x))(tf.constant([1, 2]))",
    "foldl": "tf.foldl(lambda a, x: a + x, tf.constant([1, 2, 3, 4]))",
    "foldl_order": "tf.foldl(lambda a, x: a - x, tf.constant([1, 2, 3]))",
    "foldl_initializer": "tf.foldl(lambda a, x: a * 10 + x, tf.constant([1, 2, 3]), initializer=5)",
    "foldl_initializer_shape": "tf.foldl(lambda a, x: a + x, tf.constant([[1., 2.], [3., 4.]]), tf.zeros([2]))",
    "foldl_other_dtype": "tf.foldl(lambda a, x: a + tf.cast(x, tf.float32), tf.constant([1, 2]), initializer=0.5)",
    "foldl_structure": "tf.foldl(lambda a, x: (a[0] + x, a[1] * x), tf.constant([1, 2, 3]), initializer=(0, 1))",
    "foldl_structured_elems": "tf.foldl(lambda a, t: a + t[0] * t[1], (tf.constant([1, 2]), tf.constant([3, 4])),"
                              " initializer=0)",
    "foldl_structure_without_initializer": "tf.foldl(lambda a, t: (a[0] + t[0], a[1] * t[1]),"
                                           " (tf.constant([1, 2]), tf.constant([3, 4])))",
    "foldl_one": "tf.foldl(lambda a, x: a + x, tf.constant([7]))",
    "foldl_empty": "tf.foldl(lambda a, x: a + x, tf.zeros([0]))",
    "foldl_empty_initializer": "tf.foldl(lambda a, x: a + x, tf.zeros([0]), initializer=3.)",
    "foldl_gradient": gradient("tf.foldl(lambda a, e: a * e, x)", x="[2., 3., 4.]"),
    "foldl_gradient_initializer": gradient("tf.foldl(lambda a, e: a * e, tf.constant([2., 3.]), x)", x="5."),
    "foldr": "tf.foldr(lambda a, x: a + x, tf.constant([1, 2, 3]))",
    "foldr_order": "tf.foldr(lambda a, x: a - x, tf.constant([1, 2, 3]))",
    "foldr_initializer": "tf.foldr(lambda a, x: a * 10 + x, tf.constant([1, 2, 3]), initializer=5)",
    "foldr_structure": "tf.foldr(lambda a, x: (a[0] + x, a[1] - x), tf.constant([1, 2, 3]), initializer=(0, 1))",
    "foldr_empty": "tf.foldr(lambda a, x: a + x, tf.zeros([0]))",
    "foldr_gradient": gradient("tf.foldr(lambda a, e: a / e, x)", x="[2., 4., 8.]"),
    "scan": "tf.scan(lambda a, x: a + x, tf.constant([1, 2, 3, 4]))",
    "scan_initializer": "tf.scan(lambda a, x: a + x, tf.constant([1, 2, 3]), initializer=10)",
    "scan_reverse": "tf.scan(lambda a, x: a + x, tf.constant([1, 2, 3]), reverse=True)",
    "scan_reverse_initializer": "tf.scan(lambda a, x: a * 2 + x, tf.constant([1, 2, 3]), initializer=1, reverse=True)",
    "scan_rows": "tf.scan(lambda a, x: a * x, tf.constant([[1., 2.], [3., 4.]]))",
    "scan_structure": "tf.scan(lambda a, x: (a[1], a[0] + a[1]), tf.range(5), initializer=(0, 1))",
    "scan_dict": "tf.scan(lambda a, x: {'n': a['n'] + x}, tf.constant([1, 2]), initializer={'n': 0})",
    "scan_other_shape": "tf.scan(lambda a, x: a + tf.reduce_sum(x), tf.constant([[1., 2.], [3., 4.]]), initializer=0.)",
    "scan_structured_elems": "tf.scan(lambda a, t: a + t[0] * t[1], (tf.constant([1, 2]), tf.constant([3, 4])),"
                             " initializer=0)",
    "scan_dtype_change": "tf.scan(lambda a, x: tf.cast(a + x, tf.float32), tf.constant([1, 2]), initializer=0)",
    "scan_structure_change": "tf.scan(lambda a, x: (a, x), tf.constant([1, 2]), initializer=0)",
    "scan_empty": "tf.scan(lambda a, x: a + x, tf.zeros([0]))",
    "scan_empty_initializer": "tf.scan(lambda a, x: a + x, tf.zeros([0]), initializer=1.)",
    "scan_one": "tf.scan(lambda a, x: a + x, tf.constant([7]))",
    "scan_scalar": "tf.scan(lambda a, x: a + x, tf.constant(1))",
    "scan_gradient": gradient("tf.scan(lambda a, e: a * e, x) * [1., 10., 100.]", x="[2., 3., 4.]"),
    "scan_gradient_initializer": gradient(
        "tf.scan(lambda a, e: a * 0.5 + e, tf.constant([1., 2., 3.]), initializer=x)", x="4."
    ),
    "scan_gradient_reverse": gradient("tf.scan(lambda a, e: a * e, x, reverse=True)", x="[2., 3., 4.]"),
    "scan_recurrent_cell": """
        w = tf.Variable([[0.5, 0.], [0., 0.5]])
        xs = tf.constant([[1., 0.], [0., 1.], [1., 1.]])
        with tf.GradientTape() as tape:
            states = tf.scan(lambda h, x: tf.linalg.matvec(w, h) + x, xs, initializer=tf.zeros([2]))
            loss = tf.reduce_sum(states)
        [states, tape.gradient(loss, w)]
        """,
    "scan_in_function": "tf.function(lambda x: tf.scan(lambda a, e: a + e, x))(tf.constant([1, 2, 3]))",
    "foldl_in_function": "tf.function(lambda x: tf.foldl(lambda a, e: a + e, x))(tf.constant([1, 2, 3]))",
}  # fmt: skip
