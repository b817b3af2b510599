"""TensorArray: writing, reading, stacking, errors, gradients."""

A = "a = tf.TensorArray(tf.float32, size=3)\n"
FULL = "a = tf.TensorArray(tf.float32, size=3, clear_after_read=False).unstack([1., 2., 3.])\n"

CASES = {
    "write_read": A + "a = a.write(0, 1.5)\na.read(0)",
    "write_stack": A + "for i in range(3):\n    a = a.write(i, float(i))\na.stack()",
    "write_without_assignment": A + "a.write(0, 1.)\na.read(0)",
    "write_int_index_tensor": A + "a = a.write(tf.constant(1), 5.)\na.read(tf.constant(1))",
    "write_vector": "a = tf.TensorArray(tf.int32, size=2)\na = a.write(0, [1, 2]).write(1, [3, 4])\na.stack()",
    "write_out_of_range": A + "a.write(3, 1.)",
    "write_negative": A + "a.write(-1, 1.)",
    "write_wrong_dtype": A + "a.write(0, tf.constant(1))",
    "write_python_int_to_float": A + "a.write(0, 1).read(0)",
    "write_float_to_int": "tf.TensorArray(tf.int32, size=1).write(0, 1.5)",
    "write_twice": A + "a.write(0, 1.).write(0, 2.).read(0)",
    "write_after_read": A + "a = a.write(0, 1.)\na.read(0)\na.write(0, 2.).read(0)",
    "write_other_shape": A + "a.write(0, 1.).write(1, [1., 2.])",
    "write_other_shape_not_inferred": "a = tf.TensorArray(tf.float32, size=2, infer_shape=False)\n"
                                      "a = a.write(0, 1.).write(1, [1., 2.])\n[a.read(0), a.read(1)]",
    "stack_other_shapes": "a = tf.TensorArray(tf.float32, size=2, infer_shape=False)\n"
                          "a.write(0, 1.).write(1, [1., 2.]).stack()",
    "element_shape": "tf.TensorArray(tf.float32, size=1, element_shape=[2]).element_shape",
    "element_shape_default": "tf.TensorArray(tf.float32, size=1).element_shape",
    "element_shape_after_write": "tf.TensorArray(tf.float32, size=1).write(0, [1., 2.]).element_shape",
    "element_shape_wrong": "tf.TensorArray(tf.float32, size=1, element_shape=[2]).write(0, [1., 2., 3.])",
    "element_shape_partial": "tf.TensorArray(tf.float32, size=1, element_shape=[None, 2]).write(0, [[1., 2.]]).stack()",
    "element_shape_unwritten": "tf.TensorArray(tf.float32, size=2, element_shape=[2]).write(0, [1., 2.]).stack()",
    "read_unwritten": A + "a.read(0)",
    "read_unwritten_shape_known": A + "a.write(0, [1., 2.]).read(1)",
    "read_out_of_range": FULL + "a.read(3)",
    "read_negative": FULL + "a.read(-1)",
    "read_twice": A + "a = a.write(0, 1.)\na.read(0)\na.read(0)",
    "read_twice_kept": FULL + "a.read(0)\na.read(0)",
    "clear_after_read_false": "a = tf.TensorArray(tf.float32, size=1, clear_after_read=False).write(0, 1.)\n"
                              "a.read(0)\na.read(0)",
    "stack_unwritten": A + "a.stack()",
    "stack_partly_written": A + "a.write(1, 5.).stack()",
    "stack_after_read": A + "a = a.unstack([1., 2., 3.])\na.read(0)\na.stack()",
    "stack_twice": FULL + "a.stack()\na.stack()",
    "stack_empty": "tf.TensorArray(tf.float32, size=0).stack()",
    "stack_empty_element_shape": "tf.TensorArray(tf.float32, size=0, element_shape=[2]).stack()",
    "unstack": A + "a = a.unstack([[1., 2.], [3., 4.], [5., 6.]])\na.read(2)",
    "unstack_too_long": A + "a.unstack([1., 2., 3., 4.])",
    "unstack_too_short": A + "a.unstack([1., 2.]).size()",
    "unstack_dynamic": "tf.TensorArray(tf.float32, size=0, dynamic_size=True).unstack([1., 2.]).size()",
    "unstack_dtype": A + "a.unstack(tf.constant([1, 2, 3])).read(0)",
    "unstack_scalar": A + "a.unstack(1.)",
    "size": A + "a.size()",
    "size_dynamic": "a = tf.TensorArray(tf.int32, size=0, dynamic_size=True)\na = a.write(4, 1)\na.size()",
    "size_missing": "tf.TensorArray(tf.int32)",
    "size_missing_dynamic": "tf.TensorArray(tf.int32, dynamic_size=True).size()",
    "dynamic_stack": "a = tf.TensorArray(tf.int32, size=0, dynamic_size=True)\n"
                     "for i in range(4):\n    a = a.write(i, i * i)\na.stack()",
    "dynamic_gap": "tf.TensorArray(tf.int32, size=0, dynamic_size=True).write(2, 7).stack()",
    "dynamic_size_property": "tf.TensorArray(tf.int32, size=0, dynamic_size=True).dynamic_size",
    "dynamic_size_property_default": A + "a.dynamic_size",
    "dtype": A + "a.dtype",
    "dtype_name": "tf.TensorArray('int32', size=1).dtype",
    "flow": A + "a.flow",
    "handle": A + "a.handle",
    "gather": FULL + "a.gather([2, 0])",
    "gather_clears": "a = tf.TensorArray(tf.float32, size=3).unstack([1., 2., 3.])\na.gather([2, 0])\na.read(2)",
    "gather_out_of_range": FULL + "a.gather([3])",
    "gather_empty": FULL + "a.gather(tf.constant([], tf.int32))",
    "scatter": A + "a.scatter([2, 0, 1], [1., 2., 3.]).stack()",
    "scatter_out_of_range": A + "a.scatter([3], [1.])",
    "scatter_mismatch": A + "a.scatter([0, 1], [1.]).size()",
    "concat": "a = tf.TensorArray(tf.float32, size=2, infer_shape=False)\n"
              "a.write(0, [1., 2.]).write(1, [3.]).concat()",
    "concat_rows": "a = tf.TensorArray(tf.float32, size=2)\na.write(0, [[1., 2.]]).write(1, [[3., 4.]]).concat()",
    "concat_scalars": FULL + "a.concat()",
    "split": "a = tf.TensorArray(tf.float32, size=2, infer_shape=False).split([1., 2., 3.], [1, 2])\n"
             "[a.read(0), a.read(1)]",
    "split_equal": "tf.TensorArray(tf.float32, size=2).split([1., 2., 3., 4.], [2, 2]).stack()",
    "split_wrong_sum": "tf.TensorArray(tf.float32, size=2).split([1., 2., 3.], [1, 1])",
    "split_wrong_count": "tf.TensorArray(tf.float32, size=3).split([1., 2.], [1, 1])",
    "identity": FULL + "a.identity().stack()",
    "identity_shares": A + "b = a.identity()\na.write(0, 1.)\nb.read(0)",
    "close": A + "a.close()\na.size()",
    "clear_after_read_keyword": "tf.TensorArray(tf.int32, 1, clear_after_read=True).write(0, 1).read(0)",
    "is_tensor": A + "tf.is_tensor(a)",
    "grad_method": A + "a.grad('x')",
    "indexing": A + "a[0]",
    "len": A + "len(a)",
    "loop": """
        def squares(n):
            result = tf.TensorArray(tf.int32, size=n)
            for i in range(n):
                result = result.write(i, i * i)
            return result.stack()

        squares(5)
        """,
    "gradient_write_stack": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            a = tf.TensorArray(tf.float32, size=3)
            for i in range(3):
                a = a.write(i, x[i] ** 2)
            y = a.stack() * [1., 10., 100.]
        tape.gradient(y, x)
        """,
    "gradient_unstack_read": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            a = tf.TensorArray(tf.float32, size=3).unstack(x)
            y = a.read(1) ** 3
        tape.gradient(y, x)
        """,
    "gradient_gather": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.TensorArray(tf.float32, size=3).unstack(x).gather([2, 0]) * [1., 10.]
        tape.gradient(y, x)
        """,
    "gradient_scatter": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.TensorArray(tf.float32, size=3).scatter([2, 0, 1], x).stack() * [1., 10., 100.]
        tape.gradient(y, x)
        """,
    "gradient_concat_split": """
        x = tf.constant([1., 2., 3.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            a = tf.TensorArray(tf.float32, size=2, infer_shape=False).split(x, [2, 1])
            y = a.concat() * [1., 10., 100.]
        tape.gradient(y, x)
        """,
    "gradient_unwritten": """
        x = tf.constant([1., 2.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.TensorArray(tf.float32, size=3).write(1, x).stack()
        tape.gradient(y, x)
        """,
    "recurrence": """
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            a = tf.TensorArray(tf.float32, size=4, clear_after_read=False).write(0, x)
            for i in range(1, 4):
                a = a.write(i, a.read(i - 1) * x)
            y = a.stack()
        [y, tape.gradient(y, x)]
        """,
    "in_function": """
        @tf.function
        def f(x):
            a = tf.TensorArray(tf.float32, size=3)
            for i in range(3):
                a = a.write(i, x * i)
            return a.stack()

        f(tf.constant(2.))
        """,
    "in_function_read": """
        @tf.function
        def f(x):
            a = tf.TensorArray(tf.float32, size=3).unstack(x)
            return a.read(0) + a.read(2), a.size()

        f(tf.constant([1., 2., 3.]))
        """,
}  # fmt: skip
_ARRAY = "a = tf.TensorArray(tf.float32, 2, element_shape=[2])\n"
CASES |= {
    "spec": "[repr(tf.TensorArraySpec()), repr(tf.TensorArraySpec([2], tf.int32, True, False))]",
    "spec_of_value": _ARRAY + "[repr(tf.TensorArraySpec.from_value(a)), repr(tf.type_spec_from_value(a))]",
    "spec_of_number": "tf.TensorArraySpec.from_value(3)",
    "spec_value_type": "tf.TensorArraySpec([2]).value_type is tf.TensorArray",
    "spec_equal": "s = tf.TensorArraySpec\n[s([2]) == s([2]), s([2]) == s()]",
    "spec_fits": _ARRAY + "[tf.TensorArraySpec(s).is_compatible_with(a) for s in ([2], [None], [3], None)]",
    "spec_that_grows": _ARRAY + "tf.TensorArraySpec([2], dynamic_size=True).is_compatible_with(a)",
}
