"""Assertions, and checking for NaN."""

CASES = {
    "equal": "tf.debugging.assert_equal([1, 2], [1, 2])",
    "equal_fails": "tf.debugging.assert_equal([1, 2], [1, 3])",
    "equal_message": "tf.debugging.assert_equal([1, 2], [1, 3], message='hello')",
    "equal_broadcasts": "tf.debugging.assert_equal([1, 1], 1)",
    "equal_scalar_fails": "tf.debugging.assert_equal(tf.Variable(1.), 2.)",
    "equal_other_dtype": "tf.debugging.assert_equal(1., 1)",
    "equal_other_shape": "tf.debugging.assert_equal([1, 2], [1, 2, 3])",
    "equal_empty": "tf.debugging.assert_equal([], [])",
    "equal_strings": "tf.debugging.assert_equal(['a'], ['b'])",
    "equal_none": "tf.debugging.assert_equal(None, 1)",
    "equal_bools": "tf.debugging.assert_equal(True, False)",
    "equal_nan": "tf.debugging.assert_equal([float('nan')], [float('nan')])",
    "none_equal": "tf.debugging.assert_none_equal([1, 2], [2, 1])",
    "none_equal_fails": "tf.debugging.assert_none_equal([1, 2], [2, 2])",
    "less": "tf.debugging.assert_less([1, 2], [2, 3])",
    "less_fails": "tf.debugging.assert_less([1, 2], [2, 2])",
    "less_strings": "tf.debugging.assert_less(['a'], ['b'])",
    "less_bools": "tf.debugging.assert_less([False], [True])",
    "less_equal": "tf.debugging.assert_less_equal([2, 2], 2)",
    "less_equal_fails": "tf.debugging.assert_less_equal([1, 3], [2, 2])",
    "greater": "tf.debugging.assert_greater([3], [2])",
    "greater_fails": "tf.debugging.assert_greater([1, 3], [2, 2])",
    "greater_equal_fails": "tf.debugging.assert_greater_equal([1, 3], [2, 2])",
    "positive": "tf.debugging.assert_positive([1, 2])",
    "positive_fails": "tf.debugging.assert_positive([1, 0])",
    "positive_nan": "tf.debugging.assert_positive([1., float('nan')])",
    "positive_string": "tf.debugging.assert_positive(['a'])",
    "negative_fails": "tf.debugging.assert_negative([1, -2], message='m')",
    "non_negative": "tf.debugging.assert_non_negative([0, 2])",
    "non_negative_fails": "tf.debugging.assert_non_negative([1, -2])",
    "non_positive_fails": "tf.debugging.assert_non_positive([1, -2])",
    "near": "tf.debugging.assert_near([1., 2.], [1., 2.0000001])",
    "near_fails": "tf.debugging.assert_near([1., 2.], [1., 2.1])",
    "near_rtol": "tf.debugging.assert_near([1., 2.], [1., 2.1], rtol=0.1)",
    "near_atol": "tf.debugging.assert_near([1., 2.], [1., 2.1], atol=0.2)",
    "near_ints": "tf.debugging.assert_near(1, 1)",
    "near_half": "tf.debugging.assert_near(tf.constant([1.], tf.float16), tf.constant([1.005], tf.float16))",
    "near_other_dtype": "tf.debugging.assert_near(tf.constant([1.]), tf.constant([1.], tf.float64))",
    "near_nan": "tf.debugging.assert_near([float('nan')], [float('nan')])",
    "rank": "tf.debugging.assert_rank([1, 2], 1)",
    "rank_fails": "tf.debugging.assert_rank([1, 2], 2)",
    "rank_tensor": "tf.debugging.assert_rank([1, 2], tf.constant(1))",
    "rank_list": "tf.debugging.assert_rank([1, 2], [2])",
    "rank_float": "tf.debugging.assert_rank([1, 2], 1.5)",
    "rank_at_least": "tf.debugging.assert_rank_at_least([1, 2], 1)",
    "rank_at_least_fails": "tf.debugging.assert_rank_at_least([1, 2], 2)",
    "rank_in": "tf.debugging.assert_rank_in([1, 2], [1, 3])",
    "rank_in_fails": "tf.debugging.assert_rank_in([1, 2], [2, 3])",
    "scalar": "tf.debugging.assert_scalar(1)",
    "scalar_fails": "tf.debugging.assert_scalar([1, 2])",
    "integer": "tf.debugging.assert_integer([1, 2])",
    "integer_fails": "tf.debugging.assert_integer([1., 2.])",
    "type": "tf.debugging.assert_type(tf.Variable(1.), tf.float32)",
    "type_fails": "tf.debugging.assert_type([1.], tf.int32)",
    "shapes": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ('N', 'Q')), (tf.ones([2]), ('N',))])",
    "shapes_differ": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ('N', 'Q')), (tf.ones([4]), ('N',))])",
    "shapes_number": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (2, 4))])",
    "shapes_rank": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (2, 3, 1))])",
    "shapes_text": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ('N', 3)), (tf.ones([3]), 'D')])",
    "shapes_letters": "tf.debugging.assert_shapes([(tf.ones([2, 3]), 'ND'), (tf.ones([3]), 'D')])",
    "shapes_letters_differ": "tf.debugging.assert_shapes([(tf.ones([2, 3]), 'ND'), (tf.ones([4]), 'D')])",
    "shapes_end": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (..., 3))])",
    "shapes_end_differs": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (..., 4))])",
    "shapes_any": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (None, '.'))])",
    "shapes_any_number_last": "tf.debugging.assert_shapes([(tf.ones([2, 3]), (2, '*'))])",
    "shapes_any_number": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ('*', 3))])",
    "shapes_scalar": "tf.debugging.assert_shapes([(1., ())])",
    "shapes_no_scalar": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ())])",
    "shapes_one_for_scalar": "tf.debugging.assert_shapes([(tf.ones([1]), ())])",
    "shapes_scalar_number": "tf.debugging.assert_shapes([(1., 1)])",
    "shapes_square": "tf.debugging.assert_shapes([(tf.ones([2, 3]), ('N', 'N'))], message='hey')",
    "shapes_none": "tf.debugging.assert_shapes([])",
    "all_finite": "tf.debugging.assert_all_finite([1., 2.], 'msg')",
    "all_finite_fails": "tf.debugging.assert_all_finite([1., float('inf')], 'msg')",
    "all_finite_ints": "tf.debugging.assert_all_finite([1, 2], 'msg')",
    "check_numerics": "tf.debugging.check_numerics([1., 2.], 'msg')",
    "check_numerics_nan": "tf.debugging.check_numerics([1., float('nan')], 'msg')",
    "check_numerics_keyword": "tf.debugging.check_numerics(tensor=[1., 2.], message='msg')",
    "check_numerics_complex": "tf.debugging.check_numerics([1j], 'msg')",
    "check_numerics_gradient": """
        x = tf.constant([4.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.debugging.check_numerics(tf.sqrt(x), 'msg')
        tape.gradient(y, x)""",
    "check_numerics_gradient_fails": """
        x = tf.constant([1e-30])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.debugging.check_numerics(x, 'msg') / tf.constant([1e-30]) / tf.constant([1e-30])
        tape.gradient(y, x)""",
    "proper_iterable": "tf.debugging.assert_proper_iterable([1])",
    "proper_iterable_number": "tf.debugging.assert_proper_iterable(5)",
    "proper_iterable_text": "tf.debugging.assert_proper_iterable('abc')",
    "proper_iterable_tensor": "tf.debugging.assert_proper_iterable(tf.constant([1]))",
    "proper_iterable_iterator": "tf.debugging.assert_proper_iterable(iter([1]))",
    "same_float_dtype": "tf.debugging.assert_same_float_dtype([tf.constant(1.), tf.constant(2.)])",
    "same_float_dtype_fails": "tf.debugging.assert_same_float_dtype([tf.constant(1.), tf.constant(2., tf.float64)])",
    "same_float_dtype_ints": "tf.debugging.assert_same_float_dtype([tf.constant(1)])",
    "same_float_dtype_given": "tf.debugging.assert_same_float_dtype([tf.constant(1.)], tf.float64)",
    "same_float_dtype_none": "tf.debugging.assert_same_float_dtype()",
    "is_numeric_tensor": """
        values = tf.constant(1), tf.constant('a'), 1, tf.constant(True)
        [tf.debugging.is_numeric_tensor(x) for x in values]""",
    "Assert": "tf.debugging.Assert(True, ['x'])",
    "Assert_fails": "tf.debugging.Assert(tf.constant(False), ['x', tf.constant([1, 2])])",
    "Assert_python_bool": "tf.debugging.Assert(False, ['x'])",
    "Assert_no_data": "tf.debugging.Assert(False, [])",
    "Assert_number": "tf.debugging.Assert(1, ['x'])",
    "Assert_vector": "tf.debugging.Assert(tf.constant([True, False]), ['x'])",
    "Assert_alias": "tf.Assert is tf.debugging.Assert",
    "aliases": """
        names = 'assert_equal', 'assert_less', 'assert_greater', 'assert_rank'
        [getattr(tf, name) is getattr(tf.debugging, name) for name in names]""",
    "function_positive": """
        @tf.function
        def f(x):
            tf.debugging.assert_positive(x)
            return x
        f(tf.constant([1., 1.]))""",
    "function_positive_fails": """
        @tf.function
        def f(x):
            tf.debugging.assert_positive(x)
            return x
        f(tf.constant([1., -1.]))""",
    "function_rank": """
        @tf.function
        def f(x):
            tf.debugging.assert_rank(x, 2)
            return x
        f(tf.constant([1., -1.]))""",
    "function_constant_fails": """
        @tf.function
        def f(x):
            tf.debugging.assert_equal(1, 2)
            return x
        f(tf.constant([1., -1.]))""",
    "function_Assert_fails": """
        @tf.function
        def f(x):
            tf.debugging.Assert(tf.reduce_all(x > 0.), [x])
            return x
        f(tf.constant([1., -1.]))""",
    "function_Assert": """
        @tf.function
        def f(x):
            tf.Assert(tf.reduce_all(x > 0.), [x])
            return x * 2.
        f(tf.constant([1., 3.]))""",
    "function_check_numerics_unused": """
        @tf.function
        def f(x):
            tf.debugging.check_numerics(x, 'boo')
            return 1.
        f(tf.constant([1., float('nan')]))""",
    "function_shapes_unknown": """
        @tf.function(input_signature=[tf.TensorSpec([None, 3])])
        def f(x):
            tf.debugging.assert_shapes([(x, ('N', 3)), (x[:, 0], ('N',))])
            return x
        f(tf.ones([2, 3]))""",
    "function_shapes_unknown_fails": """
        @tf.function(input_signature=[tf.TensorSpec([None, None])])
        def f(x):
            tf.debugging.assert_shapes([(x, ('N', 'N'))])
            return x
        f(tf.ones([2, 3]))""",
    "assertion_passes_gradients": """
        x = tf.constant([4.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            tf.debugging.assert_positive(x)
            y = x * x
        tape.gradient(y, x)""",
    "enable_check_numerics": """
        tf.debugging.enable_check_numerics()
        try:
            result = tf.math.log(tf.constant([0., 1.]))
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "enable_check_numerics_nan": """
        tf.debugging.enable_check_numerics()
        try:
            result = tf.sqrt(tf.constant([-1.]))
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "enable_check_numerics_finite": """
        tf.debugging.enable_check_numerics()
        try:
            result = tf.sqrt(tf.constant([4.]))
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "enable_check_numerics_gradient": """
        tf.debugging.enable_check_numerics()
        try:
            x = tf.Variable(0.)
            with tf.GradientTape() as tape:
                y = tf.sqrt(x)
            result = tape.gradient(y, x)
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "enable_check_numerics_function": """
        tf.debugging.enable_check_numerics()
        try:
            @tf.function
            def f(x):
                y = x + 1.
                return tf.math.log(y - 1.)
            result = f(tf.constant(0.))
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "enable_check_numerics_moved": """
        tf.debugging.enable_check_numerics()
        try:
            result = tf.reshape(tf.constant([float('nan'), 1.]), [2, 1])
        finally:
            tf.debugging.disable_check_numerics()
        result""",
    "disable_check_numerics": """
        tf.debugging.enable_check_numerics()
        tf.debugging.enable_check_numerics()
        tf.debugging.disable_check_numerics()
        tf.math.log(0.)""",
    "disable_check_numerics_twice": "tf.debugging.disable_check_numerics()",
    "log_device_placement": "tf.debugging.get_log_device_placement()",
}
