"""tf.cond and tf.case, eagerly and in traced functions."""

from ..expand import eagerly_and_traced, traced

CASES = eagerly_and_traced({
    "cond_true": ("tf.cond(x > 0., lambda: x * 2., lambda: x - 1.)", {"x": "3."}),
    "cond_false": ("tf.cond(x > 0., lambda: x * 2., lambda: x - 1.)", {"x": "-3."}),
    "cond_python_results": ("tf.cond(x > 0., lambda: 1, lambda: 2)", {"x": "3."}),
    "cond_tuple": ("tf.cond(x > 0., lambda: (x, x + 1.), lambda: (x - 1., x))", {"x": "3."}),
    "cond_list": ("tf.cond(x > 0., lambda: [x, 1.], lambda: [2., x])", {"x": "3."}),
    "cond_dict": ("tf.cond(x > 0., lambda: {'a': x, 'b': 1}, lambda: {'a': -x, 'b': 2})", {"x": "-3."}),
    "cond_nested_structure": (
        "tf.cond(x > 0., lambda: {'a': (x, [x])}, lambda: {'a': (-x, [2. * x])})", {"x": "3."}),
    "cond_none": ("tf.cond(x > 0., lambda: None, lambda: None)", {"x": "3."}),
    "cond_none_inside": ("tf.cond(x > 0., lambda: (x, None), lambda: (x, None))", {"x": "3."}),
    "cond_empty_list": ("tf.cond(x > 0., lambda: [], lambda: [])", {"x": "3."}),
    "cond_list_of_one": ("tf.cond(x > 0., lambda: [x], lambda: [-x])", {"x": "3."}),
    "cond_tuple_of_one": ("tf.cond(x > 0., lambda: (x,), lambda: (-x,))", {"x": "3."}),
    "cond_different_shapes": ("tf.cond(x > 0., lambda: tf.ones([2]), lambda: tf.ones([3]))", {"x": "-3."}),
    "cond_broadcast_after": ("tf.cond(x > 0., lambda: tf.ones([2, 1]), lambda: tf.ones([2, 3])) + tf.ones([3])",
                             {"x": "3."}),
    "cond_string": ("tf.cond(x > 0., lambda: tf.constant('yes'), lambda: tf.constant('no'))", {"x": "3."}),
    "cond_bool": ("tf.cond(x > 0., lambda: x < 5., lambda: tf.constant(True))", {"x": "3."}),
    "cond_pred_of_one_element": ("tf.cond(x, lambda: 1, lambda: 2)", {"x": "[True]"}),
    "cond_pred_vector": ("tf.cond(x, lambda: 1, lambda: 2)", {"x": "[True, False]"}),
    "cond_pred_int": ("tf.cond(x, lambda: 1, lambda: 2)", {"x": "3"}),
    "cond_pred_float": ("tf.cond(x, lambda: 1, lambda: 2)", {"x": "0.5"}),
    "cond_pred_python": ("tf.cond(True, lambda: x, lambda: -x)", {"x": "3."}),
    "cond_pred_numpy": ("tf.cond(np.bool_(False), lambda: x, lambda: -x)", {"x": "3."}),
    "cond_pred_python_int": ("tf.cond(1, lambda: x, lambda: -x)", {"x": "3."}),
    "cond_constant_pred": ("tf.cond(tf.constant(True), lambda: x, lambda: -x)", {"x": "3."}),
    "cond_true_fn_not_callable": ("tf.cond(x > 0., x, lambda: x)", {"x": "3."}),
    "cond_false_fn_missing": ("tf.cond(x > 0., lambda: x)", {"x": "3."}),
    "cond_true_fn_missing": ("tf.cond(x > 0., false_fn=lambda: x)", {"x": "3."}),
    "cond_function_with_argument": ("tf.cond(x > 0., lambda y: x, lambda y: x)", {"x": "3."}),
    "cond_other_dtype": ("tf.cond(x > 0., lambda: 1, lambda: x)", {"x": "3."}),
    "cond_list_against_tuple": ("tf.cond(x > 0., lambda: [x, x], lambda: (x, x))", {"x": "3."}),
    "cond_other_keys": ("tf.cond(x > 0., lambda: {'a': x}, lambda: {'b': x})", {"x": "3."}),
    "cond_none_against_tensor": ("tf.cond(x > 0., lambda: None, lambda: x)", {"x": "3."}),
    "cond_name": ("tf.cond(x > 0., true_fn=lambda: x, false_fn=lambda: -x, name='choice')", {"x": "3."}),
    "cond_nested": ("tf.cond(x > 0., lambda: tf.cond(x > 5., lambda: 2., lambda: 1.), lambda: x)", {"x": "3."}),
    "cond_nested_captures": (
        "tf.cond(x > 0., lambda: tf.cond(y > 0., lambda: x * y, lambda: x - y), lambda: y)", {"x": "3.", "y": "-2."}),
    "cond_three_deep": (
        "tf.cond(x > 0., lambda: tf.cond(x > 1., lambda: tf.cond(x > 2., lambda: 'c', lambda: 'b'), lambda: 'a'),"
        " lambda: 'none')", {"x": "3."}),
    "cond_of_cond": (
        "tf.cond(tf.cond(x > 0., lambda: x > 5., lambda: x < -5.), lambda: 'far', lambda: 'near')", {"x": "-7."}),
    "cond_unused_input": ("tf.cond(x > 0., lambda: tf.constant(1.), lambda: tf.constant(2.))", {"x": "3."}),
    "cond_same_function": ("tf.cond(x > 0., *[lambda: x * 2.] * 2)", {"x": "3."}),
    "cond_error_in_branch_not_taken": (
        "tf.cond(x > 0., lambda: x, lambda: tf.reshape(tf.range(tf.cast(x, tf.int32)), [7]))", {"x": "3."}),
    "cond_int_division_in_branch_not_taken": ("tf.cond(x > 0, lambda: 6 // x, lambda: 0)", {"x": "0"}),
    "cond_assert_in_branch_not_taken": (
        "tf.cond(x > 0., lambda: x, lambda: (tf.debugging.assert_less(x, -5.), x)[1])", {"x": "3."}),
    "cond_integer_branch_values": ("tf.cond(x > 0, lambda: x // 2, lambda: x % 7)", {"x": "-9"}),
    "cond_tensor_array": (
        "tf.cond(x > 0., lambda: tf.TensorArray(tf.float32, 2).unstack([x, 1.]).stack(), lambda: tf.zeros([2]))",
        {"x": "3."}),
    "case_first": ("tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3)", {"x": "-1."}),
    "case_second": ("tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3)", {"x": "5."}),
    "case_default": ("tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3)", {"x": "1."}),
    "case_first_of_two_true": ("tf.case([(x > 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3)", {"x": "5."}),
    "case_exclusive_one_true": (
        "tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3, exclusive=True)", {"x": "5."}),
    "case_exclusive_two_true": (
        "tf.case([(x > 0., lambda: 1), (x > 2., lambda: 2)], default=lambda: 3, exclusive=True)", {"x": "5."}),
    "case_without_default": ("tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)])", {"x": "5."}),
    "case_without_default_none_true": ("tf.case([(x < 0., lambda: 1), (x > 2., lambda: 2)])", {"x": "1."}),
    "case_single": ("tf.case([(x < 0., lambda: 1)], default=lambda: 2)", {"x": "1."}),
    "case_structure": ("tf.case([(x < 0., lambda: (1, x))], default=lambda: (2, -x))", {"x": "1."}),
    "case_empty": ("tf.case([], default=lambda: x)", {"x": "1."}),
    "case_not_pairs": ("tf.case([lambda: x], default=lambda: x)", {"x": "1."}),
    "case_not_a_list": ("tf.case(3, default=lambda: x)", {"x": "1."}),
    "case_python_pred": ("tf.case([(True, lambda: x)], default=lambda: -x)", {"x": "1."}),
    "case_default_not_callable": ("tf.case([(x > 0., lambda: x)], default=x)", {"x": "1."}),
    "case_strict": ("tf.case([(x > 0., lambda: x)], default=lambda: -x, strict=True)", {"x": "1."}),
}) | {
    # Eagerly, TensorFlow fails to make the messages of these.
    "case_pred_int": traced("tf.case([(tf.constant(1), lambda: x)], default=lambda: -x)", x="1."),
    "case_fn_not_callable": traced("tf.case([(x > 0., x)], default=lambda: -x)", x="1."),
    "error_in_taken_branch": traced("tf.cond(x > 0, lambda: tf.gather([1, 2], x), lambda: 0)", x="3"),
    "python_side_effects_in_both_branches": """
        seen = []
        @tf.function(autograph=False)
        def f(x):
            return tf.cond(x > 0., lambda: seen.append('true') or x, lambda: seen.append('false') or -x)
        f(tf.constant(1.)), f(tf.constant(-1.))
        seen""",
    "python_side_effects_eagerly": """
        seen = []
        def f(x):
            return tf.cond(x > 0., lambda: seen.append('true') or x, lambda: seen.append('false') or -x)
        f(tf.constant(1.)), f(tf.constant(-1.))
        seen""",
    "python_side_effects_of_case": """
        seen = []
        @tf.function(autograph=False)
        def f(x):
            return tf.case([(x > i, lambda i=i: seen.append(i) or x) for i in (1., 2.)],
                           default=lambda: seen.append('default') or -x)
        f(tf.constant(1.)), f(tf.constant(-1.))
        seen""",
    "variable_read_in_branch": """
        v = tf.Variable(2.)
        f = tf.function(lambda x: tf.cond(x > 0., lambda: x * v, lambda: x + v), autograph=False)
        a = f(tf.constant(3.))
        v.assign(10.)
        [a, f(tf.constant(3.)), f(tf.constant(-3.))]""",
    "variable_assigned_in_taken_branch_only": """
        v = tf.Variable(0.)
        f = tf.function(lambda x: tf.cond(x > 0., lambda: v.assign_add(1.), lambda: v.assign_sub(10.)), autograph=False)
        [f(tf.constant(1.)), f(tf.constant(1.)), f(tf.constant(-1.)), v.read_value()]""",
    "assignment_without_a_result": """
        v = tf.Variable(0.)
        @tf.function(autograph=False)
        def f(x):
            tf.cond(x > 0., lambda: (v.assign(x), None)[1], lambda: None)
            return v.read_value()
        [f(tf.constant(5.)), f(tf.constant(-5.))]""",
    "assignment_before_and_after": """
        v = tf.Variable(1.)
        @tf.function(autograph=False)
        def f(x):
            v.assign_add(1.)
            y = tf.cond(x > 0., lambda: v.assign(v * 10.), lambda: v + 0.)
            v.assign_add(1.)
            return y, v.read_value()
        [f(tf.constant(1.)), f(tf.constant(-1.))]""",
    "variable_returned": """
        v = tf.Variable(3.)
        f = tf.function(lambda x: tf.cond(x > 0., lambda: v, lambda: v + 1.), autograph=False)
        [f(tf.constant(1.)), f(tf.constant(-1.))]""",
    "variable_as_predicate": """
        v = tf.Variable(True)
        f = tf.function(lambda x: tf.cond(v, lambda: x, lambda: -x), autograph=False)
        a = f(tf.constant(1.))
        v.assign(False)
        [a, f(tf.constant(1.))]""",
    "variable_created_in_branch": """
        kept = []
        def true():
            if not kept:
                kept.append(tf.Variable(2.))
            return kept[0] + 1.
        f = tf.function(lambda x: tf.cond(x > 0., true, lambda: x), autograph=False)
        f(tf.constant(1.))""",
    "nested_function_in_branch": """
        g = tf.function(lambda x: x * x, autograph=False)
        tf.function(lambda x: tf.cond(x > 0., lambda: g(x), lambda: g(-x) + 1.), autograph=False)(tf.constant(-3.))""",
    "branch_function_traced_once_a_signature": """
        traces = []
        g = tf.function(lambda x: traces.append(1) or x * x, autograph=False)
        f = tf.function(lambda x: tf.cond(x > 0., lambda: g(x), lambda: g(-x) + 1.), autograph=False)
        f(tf.constant(3.)), f(tf.constant(-3.))
        len(traces)""",
    "branch_that_is_a_traced_function": """
        g = tf.function(lambda: tf.constant(1.), autograph=False)
        h = tf.function(lambda: tf.constant(2.), autograph=False)
        tf.function(lambda x: tf.cond(x > 0., g, h), autograph=False)(tf.constant(3.))""",
    "named_tuple": """
        import collections
        Pair = collections.namedtuple('Pair', 'a b')
        f = tf.function(lambda x: tf.cond(x > 0., lambda: Pair(x, 1), lambda: Pair(-x, 2)), autograph=False)
        p = f(tf.constant(3.))
        [type(p).__name__, p.a, p.b]""",
    "static_shape_of_result": """
        shapes = []
        @tf.function(autograph=False)
        def f(x):
            y = tf.cond(x > 0., lambda: tf.ones([2, 3]), lambda: tf.ones([2, 4]))
            shapes.append(y.shape)
            return y
        f(tf.constant(1.))
        shapes[0]""",
    "leaks_from_a_branch": """
        kept = []
        @tf.function(autograph=False)
        def f(x):
            tf.cond(x > 0., lambda: kept.append(x * 2.), lambda: None)
            return kept[0] + 1.
        f(tf.constant(1.))""",
    "leaks_into_another_branch": """
        kept = []
        @tf.function(autograph=False)
        def f(x):
            return tf.cond(x > 0., lambda: kept.append(x * 2.) or x, lambda: kept[0] + 1.)
        f(tf.constant(1.))""",
    "leaks_to_eager_code": """
        kept = []
        f = tf.function(lambda x: tf.cond(x > 0., lambda: kept.append(x * 2.) or x, lambda: x), autograph=False)
        f(tf.constant(1.))
        kept[0] + 1.""",
    "python_error_in_branch": traced("tf.cond(x > 0, lambda: [][0], lambda: x)", x="3"),
    "assertion_in_taken_branch": traced(
        "tf.cond(x > 0., lambda: (tf.debugging.assert_less(x, -5.), x)[1], lambda: x)", x="3."),
    "operations_after_the_error_work": """
        f = tf.function(lambda x: tf.cond(x > 0, lambda: 1, lambda: 2.), autograph=False)
        try:
            f(tf.constant(1))
        except TypeError:
            pass
        tf.constant(1) + tf.constant(2)""",
    "retraced_for_another_dtype": """
        traces = []
        f = tf.function(lambda x: tf.cond(tf.equal(x, 0), lambda: traces.append('t') or x,
                                          lambda: traces.append('f') or x), autograph=False)
        f(tf.constant(1)), f(tf.constant(1.)), f(tf.constant(2))
        traces""",
    "random_in_taken_branch_only": """
        tf.random.set_seed(7)
        f = tf.function(lambda x: tf.shape(tf.cond(x > 0., lambda: tf.random.normal([2]), lambda: tf.zeros([3]))),
                        autograph=False)
        [f(tf.constant(1.)), f(tf.constant(-1.))]""",
    "unknown_shape_argument": """
        f = tf.function(lambda x: tf.cond(tf.size(x) > 2, lambda: x[:2], lambda: x), autograph=False,
                        input_signature=[tf.TensorSpec([None], tf.float32)])
        [f(tf.constant([1.])), f(tf.constant([1., 2., 3.]))]""",
    "pred_from_none_sized": """
        f = tf.function(lambda x: tf.cond(tf.reduce_all(x > 0.), lambda: tf.reduce_sum(x), lambda: tf.reduce_prod(x)),
                        autograph=False, input_signature=[tf.TensorSpec([None, None], tf.float32)])
        [f(tf.ones([2, 2])), f(-tf.ones([1, 3]))]""",
}  # fmt: skip
