"""tf.while_loop, eagerly and in traced functions."""

from ..expand import eagerly_and_traced, traced

CASES = eagerly_and_traced({
    "count_tuple": ("tf.while_loop(lambda i: i < 10, lambda i: (i + 3,), (i,))", {"i": "0"}),
    "body_returns_list": ("tf.while_loop(lambda i: i < 10, lambda i: [i + 3], (i,))", {"i": "0"}),
    "python_variables": ("tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * x), (0, 1.))", {"x": "2."}),
    "two_variables": ("tf.while_loop(lambda k, y: k < 3, lambda k, y: [k + 1, y + x], [tf.constant(0), x])",
                      {"x": "2."}),
    "no_turns": ("tf.while_loop(lambda k: k < 0., lambda k: [k * 2.], [x])", {"x": "2."}),
    "condition_on_one_of_two": ("tf.while_loop(lambda a, b: a < 9., lambda a, b: (a * 2., b), (x, 7))", {"x": "2."}),
    "condition_of_one_element": ("tf.while_loop(lambda a: a < 9., lambda a: (a * 2.,), (x,))", {"x": "[2.]"}),
    "condition_vector": ("tf.while_loop(lambda a: a < 9., lambda a: (a * 2.,), (x,))", {"x": "[2., 3.]"}),
    "condition_int": ("tf.while_loop(lambda a: a, lambda a: (a - 1,), (x,))", {"x": "3"}),
    "condition_python_false": ("tf.while_loop(lambda a: False, lambda a: (a - 1,), (x,))", {"x": "3"}),
    "collatz": ("tf.while_loop(lambda n, k: n > 1, lambda n, k: (tf.where(n % 2 == 0, n // 2, 3 * n + 1), k + 1),"
                " (n, 0))", {"n": "27"}),
    "gcd": ("tf.while_loop(lambda a, b: b > 0, lambda a, b: (b, a % b), (a, b))", {"a": "84", "b": "36"}),
    "swap": ("tf.while_loop(lambda k, a, b: k < 3, lambda k, a, b: (k + 1, b, a), (0, x, y))", {"x": "1.", "y": "2."}),
    "fibonacci": ("tf.while_loop(lambda k, a, b: k < 10, lambda k, a, b: (k + 1, b, a + b), (0, a, 1))", {"a": "0"}),
    "int64": ("tf.while_loop(lambda k: k < 2**40, lambda k: (k * 3,), (k,))", {"k": "1, tf.int64"}),
    "bool_variable": ("tf.while_loop(lambda go, k: go, lambda go, k: (k < 4, k + 1), (True, k))", {"k": "0"}),
    "string_variable": ("tf.while_loop(lambda k, s: k < 3, lambda k, s: (k + 1, s + 'a'), (0, s))", {"s": "'b'"}),
    "matrix": ("tf.while_loop(lambda k, m: k < 3, lambda k, m: (k + 1, m @ m), (0, m))", {"m": "[[1., 1.], [0., 1.]]"}),
    "broadcast_inside": ("tf.while_loop(lambda k, m: k < 2, lambda k, m: (k + 1, m + [1., 2.]), (0, m))",
                         {"m": "[[1., 1.], [0., 1.]]"}),
    "broadcast_that_grows": ("tf.while_loop(lambda k, m: k < 2, lambda k, m: (k + 1, m + tf.ones([2, 2])), (0, m))",
                             {"m": "[1., 2.]"}),
    "maximum_iterations": ("tf.while_loop(lambda k: True, lambda k: (k + 1,), (k,), maximum_iterations=5)", {"k": "0"}),
    "maximum_iterations_tensor": (
        "tf.while_loop(lambda k: k < 100, lambda k: (k + 1,), (k,), maximum_iterations=n)", {"k": "0", "n": "4"}),
    "maximum_iterations_zero": ("tf.while_loop(lambda k: k < 9, lambda k: (k + 1,), (k,), maximum_iterations=0)",
                                {"k": "0"}),
    "maximum_iterations_not_reached": (
        "tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), maximum_iterations=100)", {"k": "0"}),
    "maximum_iterations_negative": (
        "tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), maximum_iterations=-1)", {"k": "0"}),
    "maximum_iterations_vector": (
        "tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), maximum_iterations=[1, 2])", {"k": "0"}),
    "maximum_iterations_computed": (
        "tf.while_loop(lambda k: k < 100, lambda k: (k + 1,), (k,), maximum_iterations=n * 2 + 1)",
        {"k": "0", "n": "4"}),
    "early_exit": (
        "tf.while_loop(lambda k, found: (k < 9) & ~found, lambda k, found: (k + 1, x[k] < 0.),"
        " (0, tf.constant(False)))",
        {"x": "[1., 2., -1., 3., 4., 5., 6., 7., 8.]"}),
    "dict_inside": ("tf.while_loop(lambda d: d['k'] < 3, lambda d: ({'k': d['k'] + 1, 'y': d['y'] * 2.},),"
                    " ({'k': 0, 'y': x},))", {"x": "1.5"}),
    "dict_of_lists": ("tf.while_loop(lambda k, d: k < 3, lambda k, d: (k + 1, {'b': [d['b'][1], d['b'][0]]}),"
                      " (0, {'b': [x, 2. * x]}))", {"x": "1.5"}),
    "nested_tuples": ("tf.while_loop(lambda k, t: k < 3, lambda k, t: (k + 1, (t[1],) + (t[0] + t[1],)),"
                      " (0, (x, x + 5.)))", {"x": "1.5"}),
    "list_inside": ("tf.while_loop(lambda k, t: k < 3, lambda k, t: (k + 1, [t[1], t[0]]), (0, [x, x + 5.]))",
                    {"x": "1.5"}),
    "list_becomes_tuple_inside": (
        "tf.while_loop(lambda k, t: k < 3, lambda k, t: (k + 1, (t[1], t[0])), (0, [x, x + 5.]))", {"x": "1.5"}),
    "loop_vars_a_dict": ("tf.while_loop(lambda k: k < 3, lambda k: {'k': k + 1}, {'k': k})", {"k": "0"}),
    "loop_var_none": ("tf.while_loop(lambda k, n: k < 3, lambda k, n: (k + 1, n), (k, None))", {"k": "0"}),
    "body_gives_fewer": ("tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1,), (k, x))", {"k": "0", "x": "1."}),
    "body_gives_more": ("tf.while_loop(lambda k: k < 3, lambda k: (k + 1, k), (k,))", {"k": "0"}),
    "cond_not_callable": ("tf.while_loop(True, lambda k: (k + 1,), (k,))", {"k": "0"}),
    "body_not_callable": ("tf.while_loop(lambda k: k < 3, k, (k,))", {"k": "0"}),
    "parallel_iterations": ("tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), parallel_iterations=1)",
                            {"k": "0"}),
    "parallel_iterations_zero": ("tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), parallel_iterations=0)",
                                 {"k": "0"}),
    "parallel_iterations_float": ("tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), parallel_iterations=1.5)",
                                  {"k": "0"}),
    "keywords": ("tf.while_loop(cond=lambda k: k < 3, body=lambda k: (k + 1,), loop_vars=(k,), shape_invariants=None,"
                 " parallel_iterations=4, back_prop=True, swap_memory=False, maximum_iterations=None, name='w')",
                 {"k": "0"}),
    "shape_invariants": (
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.concat([y, [9.]], 0)), (0, x),"
        " shape_invariants=(tf.TensorShape([]), tf.TensorShape([None])))", {"x": "[1.]"}),
    "shape_invariants_spec": (
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.concat([y, [9.]], 0)), (0, x),"
        " shape_invariants=(tf.TensorSpec([], tf.int32), tf.TensorSpec([None], tf.float32)))", {"x": "[1.]"}),
    "shape_invariants_matrix": (
        "tf.while_loop(lambda k, y: k < 2, lambda k, y: (k + 1, tf.concat([y, y], 0)), [0, x],"
        " shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 2])])", {"x": "[[1., 2.]]"}),
    "shape_invariants_dict": (
        "tf.while_loop(lambda k, d: k < 2, lambda k, d: (k + 1, {'a': tf.concat([d['a']] * 2, 0)}), (0, {'a': x}),"
        " shape_invariants=(tf.TensorShape([]), {'a': tf.TensorShape([None])}))", {"x": "[1., 2.]"}),
    "growing_without_invariant": (
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, tf.concat([y, [9.]], 0)), (0, x))", {"x": "[1.]"}),
    "dtype_change": ("tf.while_loop(lambda k: k < 3, lambda k: (tf.cast(k + 1, tf.int64),), (k,))", {"k": "0"}),
    "dtype_of_python_result": ("tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, 2), (k, x))",
                               {"k": "0", "x": "1."}),
    "rank_change": ("tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, [y]), (k, x))", {"k": "0", "x": "1."}),
    "nested": ("tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, tf.while_loop(lambda j, s: j < i,"
               " lambda j, s: (j + 1, s + x * tf.cast(j + 1, tf.float32)), (0, s))[1]), (0, 0.))", {"x": "2."}),
    "nested_three": (
        "tf.while_loop(lambda i, s: i < 2, lambda i, s: (i + 1, tf.while_loop(lambda j, s: j < 2, lambda j, s: (j + 1,"
        " tf.while_loop(lambda k, s: k < 2, lambda k, s: (k + 1, s + i * 4 + j * 2 + k), (0, s))[1]), (0, s))[1]),"
        " (0, n))", {"n": "0"}),
    "cond_inside": (
        "tf.while_loop(lambda i, s: i < 6, lambda i, s: (i + 1, tf.cond(i % 2 == 0, lambda: s + x, lambda: s * 2.)),"
        " (0, 0.))", {"x": "2."}),
    "inside_cond": (
        "tf.cond(x > 0., lambda: tf.while_loop(lambda y: y < 100., lambda y: (y * 2.,), (x,))[0], lambda: x)",
        {"x": "3."}),
    "in_condition": (
        "tf.while_loop(lambda i: tf.while_loop(lambda j: j < i, lambda j: (j + 2,), (0,))[0] < 5, lambda i: (i + 1,),"
        " (i,))", {"i": "0"}),
    "cond_in_condition": (
        "tf.while_loop(lambda i: tf.cond(i > 3, lambda: i < 7, lambda: True), lambda i: (i + 1,), (i,))", {"i": "0"}),
    "two_loops": (
        "tf.while_loop(lambda a: a < 50., lambda a: (a * 3.,),"
        " tf.while_loop(lambda a: a < 10., lambda a: (a + 4.,), (x,)))", {"x": "1."}),
    "error_in_body": ("tf.while_loop(lambda k: k < 5, lambda k: (k + tf.gather([1, 2], k),), (k,))", {"k": "0"}),
    "division_by_zero_in_body": ("tf.while_loop(lambda k: k < 5, lambda k: (k + 6 // (k - 2) + 7,), (k,))",
                                 {"k": "2"}),
    "python_error_in_body": ("tf.while_loop(lambda k: k < 5, lambda k: ([][0],), (k,))", {"k": "0"}),
    "assertion_in_body": (
        "tf.while_loop(lambda k: k < 5, lambda k: (tf.debugging.assert_less(k, 3), (k + 1,))[1], (k,))", {"k": "0"}),
    "nan_ends_it": ("tf.while_loop(lambda y: y > 0., lambda y: (tf.sqrt(y - 1.),), (x,))", {"x": "2."}),
    "unused_variable": ("tf.while_loop(lambda k, u: k < 3, lambda k, u: (k + 1, u), (k, x))", {"k": "0", "x": "7."}),
    "body_ignores_variables": ("tf.while_loop(lambda k, u: k < 3, lambda k, u: (k + 1, tf.constant(5.)), (k, x))",
                               {"k": "0", "x": "7."}),
    "indexing_by_the_variable": ("tf.while_loop(lambda k, s: k < 3, lambda k, s: (k + 1, s + x[k]), (0, 0.))",
                                 {"x": "[1., 2., 3.]"}),
    "slicing_by_the_variable": (
        "tf.while_loop(lambda k, s: k < 3, lambda k, s: (k + 1, s + tf.reduce_sum(x[k:])), (0, 0.))",
        {"x": "[1., 2., 3.]"}),
    "range_by_the_variable": (
        "tf.while_loop(lambda k, s: k < 4, lambda k, s: (k + 1, s + tf.reduce_sum(tf.range(k))), (k, 0))", {"k": "0"}),
    "scatter_in_body": (
        "tf.while_loop(lambda k, t: k < 3, lambda k, t: (k + 1, tf.tensor_scatter_nd_update(t, [[k]], [10. + t[k]])),"
        " (0, x))", {"x": "[1., 2., 3.]"}),
    "newton": (
        "tf.while_loop(lambda y: tf.abs(y * y - x) > 1e-5, lambda y: ((y + x / y) / 2.,), (x,), maximum_iterations=50)",
        {"x": "2., tf.float64"}),
}) | {
    # Eagerly, TensorFlow wants a list or tuple even of a single variable.
    "count_traced": traced("tf.while_loop(lambda i: i < 10, lambda i: i + 3, [i])", i="0"),
    "body_returns_tensor_traced": traced("tf.while_loop(lambda i: i < 10, lambda i: i + 3, (i,))", i="0"),
    "maximum_iterations_float_traced": traced(
        "tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), (k,), maximum_iterations=2.5)", k="0"),
    "loop_vars_a_tensor_traced": traced("tf.while_loop(lambda k: k < 3, lambda k: (k + 1,), k)", k="0"),
    "body_gives_none": "tf.while_loop(lambda k: k < 3, lambda k: None, (tf.constant(0),))",
    "loop_vars_empty": "tf.while_loop(lambda: True, lambda: (), ())",
    "loop_vars_empty_traced": """
        v = tf.Variable(0)
        f = tf.function(lambda: (tf.while_loop(lambda: v < 3, lambda: (v.assign_add(1), ())[1], ()), v.read_value()),
                        autograph=False)
        f()""",
    "loop_vars_none": "tf.while_loop(lambda: True, lambda: (), None)",
    "condition_tuple": traced("tf.while_loop(lambda a: (a > 0,), lambda a: (a - 1,), (x,))", x="3"),
    "python_side_effects": """
        seen = []
        def body(i):
            seen.append('body')
            return i + 1
        f = tf.function(lambda i: tf.while_loop(lambda i: seen.append('cond') or i < 3, body, [i]), autograph=False)
        f(tf.constant(0)), f(tf.constant(0))
        seen""",
    "python_side_effects_eagerly": """
        seen = []
        def body(i):
            seen.append('body')
            return [i + 1]
        tf.while_loop(lambda i: seen.append('cond') or i < 2, body, [tf.constant(0)])
        seen""",
    "python_side_effects_with_maximum": """
        seen = []
        tf.while_loop(lambda i: seen.append('cond') or i < 5, lambda i: seen.append('body') or [i + 1],
                      [tf.constant(0)], maximum_iterations=2)
        seen""",
    "variable_read_in_body": """
        v = tf.Variable(2.)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * v), (0, x))[1],
                        autograph=False)
        a = f(tf.constant(1.))
        v.assign(3.)
        [a, f(tf.constant(1.))]""",
    "variable_read_in_condition": """
        v = tf.Variable(5)
        f = tf.function(lambda k: tf.while_loop(lambda k: k < v, lambda k: (k + 1,), (k,)), autograph=False)
        a = f(tf.constant(0))
        v.assign(2)
        [a, f(tf.constant(0))]""",
    "variable_assigned_in_body": """
        v = tf.Variable(0.)
        def body(k):
            v.assign_add(tf.cast(k, tf.float32))
            return k + 1
        f = tf.function(lambda: tf.while_loop(lambda k: k < 4, body, [tf.constant(0)]), autograph=False)
        [f(), v.read_value(), f(), v.read_value()]""",
    "variable_that_ends_the_loop": """
        v = tf.Variable(0)
        f = tf.function(lambda k: (tf.while_loop(lambda k: v < 3, lambda k: (k + v.assign_add(1),), (k,)),
                                   v.read_value()), autograph=False)
        f(tf.constant(10))""",
    "variable_assigned_in_cond_in_body": """
        v = tf.Variable(0)
        def body(k):
            tf.cond(k % 2 == 0, lambda: v.assign_add(k), lambda: v.assign(v * 10))
            return k + 1
        f = tf.function(lambda k: (tf.while_loop(lambda k: k < 5, body, [k]), v.read_value()), autograph=False)
        f(tf.constant(0))""",
    "variable_as_loop_variable": """
        v = tf.Variable(2.)
        f = tf.function(lambda: tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * 2.), (0, v)),
                        autograph=False)
        [f(), v.read_value()]""",
    "variable_as_loop_variable_eagerly": """
        v = tf.Variable(2.)
        [tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y * 2.), (0, v)), v.read_value()]""",
    "named_tuple": """
        import collections
        State = collections.namedtuple('State', 'k y')
        f = tf.function(lambda x: tf.while_loop(lambda s: s.k < 3, lambda s: (State(s.k + 1, s.y * 2.),),
                                                (State(tf.constant(0), x),)), autograph=False)
        s = f(tf.constant(1.))[0]
        [type(s).__name__, s.k, s.y]""",
    "named_tuple_as_loop_vars": """
        import collections
        State = collections.namedtuple('State', 'k y')
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 3, lambda k, y: State(k + 1, y * 2.),
                                                State(tf.constant(0), x)), autograph=False)
        s = f(tf.constant(1.))
        [type(s).__name__, s.k, s.y]""",
    "function_in_body": """
        traces = []
        g = tf.function(lambda y: traces.append(1) or y * 2., autograph=False)
        f = tf.function(lambda x: tf.while_loop(lambda k, y: k < 4, lambda k, y: (k + 1, g(y)), (0, x)),
                        autograph=False)
        [f(tf.constant(1.)), len(traces)]""",
    "static_shapes": """
        shapes = []
        def body(k, y):
            shapes.append(y.shape.as_list())
            return k + 1, tf.concat([y, y], 0)
        @tf.function(autograph=False)
        def f(x):
            k, y = tf.while_loop(lambda k, y: k < 2, body, (0, x),
                                 shape_invariants=(tf.TensorShape([]), tf.TensorShape([None, 3])))
            shapes.append(y.shape.as_list())
            return y
        f(tf.ones([1, 3]))
        shapes""",
    "static_shapes_kept": """
        shapes = []
        def body(k, y):
            shapes.append(y.shape.as_list())
            return k + 1, y * 2.
        @tf.function(autograph=False)
        def f(x):
            k, y = tf.while_loop(lambda k, y: k < 2, body, (0, x))
            shapes.append(y.shape.as_list())
            return y
        f(tf.ones([1, 3]))
        shapes""",
    "invariants_too_few": traced(
        "tf.while_loop(lambda k, y: k < 3, lambda k, y: (k + 1, y), (0, x), shape_invariants=(tf.TensorShape([]),))",
        x="[1.]"),
    "unknown_sizes": """
        f = tf.function(lambda x: tf.while_loop(lambda k, s: k < tf.size(x), lambda k, s: (k + 1, s + x[k]), (0, 0.)),
                        autograph=False, input_signature=[tf.TensorSpec([None], tf.float32)])
        [f(tf.constant([1., 2.])), f(tf.constant([1., 2., 3.])), f(tf.zeros([0]))]""",
    "leaks_from_the_body": """
        kept = []
        @tf.function(autograph=False)
        def f(x):
            tf.while_loop(lambda y: y < 9., lambda y: kept.append(y * 2.) or (y + 1.,), (x,))
            return kept[0] + 1.
        f(tf.constant(1.))""",
    "leaks_to_eager_code": """
        kept = []
        f = tf.function(lambda x: tf.while_loop(lambda y: y < 9., lambda y: kept.append(y * 2.) or (y + 1.,), (x,)),
                        autograph=False)
        f(tf.constant(1.))
        kept[0] + 1.""",
    "operations_after_the_error_work": """
        f = tf.function(lambda k: tf.while_loop(lambda k: k < 9, lambda k: (k + 1.5,), (k,)), autograph=False)
        try:
            f(tf.constant(1))
        except (TypeError, ValueError):
            pass
        tf.constant(1) + tf.constant(2)""",
    "random_numbers_differ_by_turn": """
        def body(k, a, b):
            return k + 1, b, tf.random.normal([3])
        f = tf.function(lambda: tf.while_loop(lambda k, a, b: k < 2, body, (0, tf.zeros([3]), tf.zeros([3]))),
                        autograph=False)
        _, a, b = f()
        bool(tf.reduce_any(a != b))""",
    "long_loop": traced("tf.while_loop(lambda k, s: k < n, lambda k, s: (k + 1, s + k % 7), (0, 0))", n="5000"),
}  # fmt: skip
