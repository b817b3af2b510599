"""tf.switch_case, eagerly and in traced functions."""

from ..expand import eagerly_and_traced

CASES = eagerly_and_traced({
    "first": ("tf.switch_case(i, [lambda: 10, lambda: 11, lambda: 12])", {"i": "0"}),
    "last": ("tf.switch_case(i, [lambda: 10, lambda: 11, lambda: 12])", {"i": "2"}),
    "too_large_takes_the_last": ("tf.switch_case(i, [lambda: 10, lambda: 11, lambda: 12])", {"i": "7"}),
    "negative_takes_the_last": ("tf.switch_case(i, [lambda: 10, lambda: 11, lambda: 12])", {"i": "-1"}),
    "default": ("tf.switch_case(i, [lambda: 10, lambda: 11], default=lambda: 99)", {"i": "5"}),
    "default_negative": ("tf.switch_case(i, [lambda: 10, lambda: 11], default=lambda: 99)", {"i": "-3"}),
    "default_not_needed": ("tf.switch_case(i, [lambda: 10, lambda: 11], default=lambda: 99)", {"i": "1"}),
    "dict": ("tf.switch_case(i, {0: lambda: 10, 1: lambda: 11})", {"i": "1"}),
    "dict_in_any_order": ("tf.switch_case(i, {1: lambda: 11, 0: lambda: 10})", {"i": "0"}),
    "dict_with_gaps": ("tf.switch_case(i, {0: lambda: 10, 2: lambda: 11})", {"i": "0"}),
    "dict_not_from_zero": ("tf.switch_case(i, {1: lambda: 10, 2: lambda: 11})", {"i": "1"}),
    "dict_other_keys": ("tf.switch_case(i, {'a': lambda: 10})", {"i": "0"}),
    "pairs": ("tf.switch_case(i, [(0, lambda: 10), (1, lambda: 11)])", {"i": "1"}),
    "pairs_in_any_order": ("tf.switch_case(i, [(1, lambda: 11), (0, lambda: 10)])", {"i": "1"}),
    "pairs_twice": ("tf.switch_case(i, [(0, lambda: 11), (0, lambda: 10)])", {"i": "0"}),
    "tuple_of_functions": ("tf.switch_case(i, (lambda: 10, lambda: 11))", {"i": "1"}),
    "one_branch": ("tf.switch_case(i, [lambda: 10])", {"i": "3"}),
    "no_branches": ("tf.switch_case(i, [])", {"i": "0"}),
    "not_a_list": ("tf.switch_case(i, lambda: 3)", {"i": "0"}),
    "not_callable": ("tf.switch_case(i, [3, lambda: 4])", {"i": "0"}),
    "default_not_callable": ("tf.switch_case(i, [lambda: 3], default=4)", {"i": "5"}),
    "index_python": ("tf.switch_case(1, [lambda: 10, lambda: 11]) + i", {"i": "0"}),
    "index_int64": ("tf.switch_case(i, [lambda: 10, lambda: 11])", {"i": "1, tf.int64"}),
    "index_float": ("tf.switch_case(i, [lambda: 10, lambda: 11])", {"i": "1."}),
    "index_bool": ("tf.switch_case(i, [lambda: 10, lambda: 11])", {"i": "True"}),
    "index_vector": ("tf.switch_case(i, [lambda: 10, lambda: 11])", {"i": "[0, 1]"}),
    "index_vector_of_one": ("tf.switch_case(i, [lambda: 10, lambda: 11])", {"i": "[1]"}),
    "structure": ("tf.switch_case(i, [lambda: (1, 2.), lambda: (3, 4.)])", {"i": "1"}),
    "other_dtype": ("tf.switch_case(i, [lambda: 1, lambda: 2.])", {"i": "1"}),
    "captures": ("tf.switch_case(i, [lambda: x + 1., lambda: x * x, lambda: -x])", {"i": "1", "x": "3."}),
    "other_sizes": ("tf.switch_case(i, [lambda: tf.ones([1]), lambda: tf.ones([2])])", {"i": "1"}),
    "nested_in_cond": ("tf.cond(x > 0., lambda: tf.switch_case(i, [lambda: x, lambda: -x]), lambda: 0.)",
                       {"i": "1", "x": "3."}),
    "cond_nested": ("tf.switch_case(i, [lambda: tf.cond(x > 0., lambda: 1., lambda: 2.), lambda: x])",
                    {"i": "0", "x": "-3."}),
    "none": ("tf.switch_case(i, [lambda: None, lambda: None])", {"i": "0"}),
    "name": ("tf.switch_case(branch_index=i, branch_fns=[lambda: 1], default=lambda: 2, name='s')", {"i": "0"}),
}) | {
    "python_side_effects": """
        seen = []
        f = tf.function(lambda i: tf.switch_case(i, [lambda: seen.append('a') or 1, lambda: seen.append('b') or 2],
                                                 default=lambda: seen.append('default') or 3), autograph=False)
        f(tf.constant(1)), f(tf.constant(0)), f(tf.constant(9))
        seen""",
    "variables_in_branches": """
        v = tf.Variable(1.)
        f = tf.function(lambda i: tf.switch_case(i, [lambda: v.assign_add(1.), lambda: v.assign(v * 10.),
                                                     lambda: v + 0.]), autograph=False)
        [f(tf.constant(i)) for i in (0, 1, 2, 0, 5)]""",
    "index_of_a_loop": """
        def body(i, x):
            return i + 1, tf.switch_case(i % 3, [lambda: x + 1., lambda: x * 3., lambda: x - 2.])
        tf.function(lambda x: tf.while_loop(lambda i, x: i < 7, body, (0, x)), autograph=False)(tf.constant(1.))""",
    "one_function_for_all_numbers": """
        fs = {i: (lambda i=i: tf.constant(i * i)) for i in range(5)}
        f = tf.function(lambda i: tf.switch_case(i, fs), autograph=False)
        [f(tf.constant(i)) for i in range(6)]""",
}  # fmt: skip
