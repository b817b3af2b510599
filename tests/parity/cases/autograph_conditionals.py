"""tf.function's AutoGraph: if, else, ternaries, and, or, not, chained comparisons, asserts.

`seen` holds what Python did while tracing: both branches of an `if` on a tensor are traced, once.
"""

CASES = {
    "if_true": """
        @tf.function
        def f(x):
            if x > 0:
                y = x * 2.
            else:
                y = -x
            return y
        f(tf.constant(3.)), f(tf.constant(-3.))""",
    "if_without_else": """
        @tf.function
        def f(x):
            y = x
            if x > 0:
                y = x * 10
            return y
        f(tf.constant(3)), f(tf.constant(-3))""",
    "elif": """
        @tf.function
        def f(x):
            if x > 10:
                y = 1
            elif x > 5:
                y = 2
            elif x > 0:
                y = 3
            else:
                y = 4
            return y
        [f(tf.constant(v)) for v in (11, 6, 1, -1)]""",
    "both_branches_are_traced": """
        seen = []
        @tf.function
        def f(x):
            if x > 0:
                seen.append('main')
                y = x
            else:
                seen.append('else')
                y = -x
            return y
        f(tf.constant(1)), f(tf.constant(-1)), f(tf.constant(2))
        sorted(seen)""",
    "python_condition_takes_one_branch": """
        seen = []
        @tf.function
        def f(x, flag):
            if flag:
                seen.append('main')
                return x
            else:
                seen.append('else')
                return -x
        f(tf.constant(1), True), f(tf.constant(1), False), f(tf.constant(2), True), seen""",
    "concrete_closure_tensor_is_staged": """
        seen = []
        flag = tf.constant(True)
        @tf.function
        def f():
            if flag:
                seen.append('main')
                y = 1
            else:
                seen.append('else')
                y = 2
            return y
        f(), sorted(seen)""",
    "variable_as_condition": """
        v = tf.Variable(True)
        @tf.function
        def f():
            if v:
                return 1
            return 2
        a = f()
        v.assign(False)
        a, f()""",
    "return_in_both_branches": """
        @tf.function
        def f(x):
            if x > 0:
                return x
            else:
                return -x
        f(tf.constant(-4))""",
    "early_return": """
        @tf.function
        def f(x):
            if x > 0:
                return x
            x = x - 1
            return x * 2
        f(tf.constant(4)), f(tf.constant(-4))""",
    "return_in_one_branch_only": """
        @tf.function
        def f(x):
            if x > 0:
                return x
        f(tf.constant(4))""",
    "early_return_nested": """
        @tf.function
        def f(x):
            if x > 0:
                if x > 10:
                    return x * 100
                x = x + 1
            else:
                return x
            return x
        [f(tf.constant(v)) for v in (20, 3, -3)]""",
    "undefined_in_else": """
        @tf.function
        def f(x):
            if x > 0:
                y = x
            return y
        f(tf.constant(1))""",
    "undefined_in_main": """
        @tf.function
        def f(x):
            if x > 0:
                pass
            else:
                y = x
            return y
        f(tf.constant(1))""",
    "local_to_a_branch": """
        @tf.function
        def f(x):
            r = x
            if x > 0:
                t = x * 2
                r = t + 1
            return r
        f(tf.constant(1))""",
    "none_in_one_branch": """
        @tf.function
        def f(x):
            y = None
            if x > 0:
                y = x
            return y
        f(tf.constant(1))""",
    "other_dtypes": """
        @tf.function
        def f(x):
            if x > 0:
                y = 1
            else:
                y = 2.
            return y
        f(tf.constant(1))""",
    "other_dtypes_of_tensors": """
        @tf.function
        def f(x):
            if x > 0:
                y = x
            else:
                y = tf.cast(x, tf.float32)
            return y
        f(tf.constant(1))""",
    "other_shapes": """
        @tf.function
        def f(x):
            if x > 0:
                y = tf.zeros([2])
            else:
                y = tf.zeros([3])
            return y
        f(tf.constant(1)), f(tf.constant(-1))""",
    "other_structures": """
        @tf.function
        def f(x):
            if x > 0:
                y = (x, x)
            else:
                y = x
            return y
        f(tf.constant(1))""",
    "structures": """
        @tf.function
        def f(x):
            if x > 0:
                y = {'a': x, 'b': [x + 1, 2]}
            else:
                y = {'a': -x, 'b': [x - 1, 3]}
            return y
        f(tf.constant(1)), f(tf.constant(-1))""",
    "python_values_become_tensors": """
        @tf.function
        def f(x):
            if x > 0:
                y = 1
            else:
                y = 2
            return tf.is_tensor(y), y
        f(tf.constant(1))""",
    "strings": """
        @tf.function
        def f(x):
            if x > 0:
                y = 'plus'
            else:
                y = 'minus'
            return y
        f(tf.constant(1))""",
    "condition_is_no_bool": """
        @tf.function
        def f(x):
            if x:
                return 1
            return 2
        f(tf.constant(1))""",
    "condition_is_a_vector": """
        @tf.function
        def f(x):
            if x > 0:
                return 1
            return 2
        f(tf.constant([1, 2]))""",
    "condition_of_one_element": """
        @tf.function
        def f(x):
            if x > 0:
                return 1
            return 2
        f(tf.constant([1]))""",
    "is_none": """
        @tf.function
        def f(x, y=None):
            if y is None:
                return x
            return x + y
        f(tf.constant(1)), f(tf.constant(1), tf.constant(2))""",
    "only_the_taken_branch_runs": """
        v = tf.Variable(0)
        @tf.function
        def f(x):
            if x > 0:
                v.assign_add(1)
            else:
                v.assign_add(100)
        f(tf.constant(1)), f(tf.constant(1))
        v""",
    "assignment_to_attribute": """
        class Box: pass
        box = Box()
        box.value = tf.constant(0)
        @tf.function
        def f(x):
            if x > 0:
                box.value = x
            else:
                box.value = -x
            result = box.value
            box.value = None
            return result
        f(tf.constant(-3))""",
    "assignment_to_item": """
        @tf.function
        def f(x):
            d = {'a': x}
            if x > 0:
                d['a'] = x * 2
            return d['a']
        f(tf.constant(3)), f(tf.constant(-3))""",
    "global": """
        total = 1
        @tf.function
        def f(x):
            global total
            if x > 0:
                total = x
            else:
                total = -x
            result, total = total, 1
            return result
        f(tf.constant(-3))""",
    "nonlocal": """
        def make():
            count = tf.constant(1)
            @tf.function
            def f(x):
                nonlocal count
                if x > 0:
                    count = x * 2
                else:
                    count = x
                result = count
                count = 1
                return result
            return f
        make()(tf.constant(3))""",
    "gradient_through_if": """
        @tf.function
        def f(x):
            if x > 0:
                y = x * x
            else:
                y = 3. * x
            return y
        x = tf.Variable(2.)
        grads = []
        for value in (2., -2.):
            x.assign(value)
            with tf.GradientTape() as tape:
                y = f(x)
            grads.append(tape.gradient(y, x))
        grads""",
    "tape_inside": """
        @tf.function
        def f(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                if x > 0:
                    y = x * x
                else:
                    y = 3. * x
            return tape.gradient(y, x)
        f(tf.constant(2.)), f(tf.constant(-2.))""",
    "second_order": """
        @tf.function
        def f(x):
            return x ** 3 if x > 0 else x ** 2
        x = tf.constant(2.)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = f(x)
            g = inner.gradient(y, x)
        g, outer.gradient(g, x)""",
    "ternary": """
        f = tf.function(lambda x: x if x > 0 else -x)
        f(tf.constant(-3)), f(tf.constant(3))""",
    "ternary_other_dtypes": """
        f = tf.function(lambda x: 1 if x > 0 else 2.)
        f(tf.constant(-3))""",
    "ternary_none": """
        f = tf.function(lambda x: x if x > 0 else None)
        f(tf.constant(-3))""",
    "ternary_on_int": "tf.function(lambda x: 1 if x else 2)(tf.constant(3))",
    "ternary_on_one_element": "tf.function(lambda x: 1 if x > 0 else 2)(tf.constant([3]))",
    "objects": """
        class Thing: pass
        @tf.function
        def f(x):
            if x > 0:
                y = Thing()
            else:
                y = Thing()
            z = y
            return x
        f(tf.constant(3))""",
    "ternary_python": "tf.function(lambda x, flag: x if flag else -x)(tf.constant(1), False)",
    "and": """
        f = tf.function(lambda x, y: x > 0 and y > 0)
        f(tf.constant(1), tf.constant(2)), f(tf.constant(1), tf.constant(-2)), f(tf.constant(-1), tf.constant(2))""",
    "or": """
        f = tf.function(lambda x, y: x > 0 or y > 0)
        f(tf.constant(-1), tf.constant(-2)), f(tf.constant(1), tf.constant(-2))""",
    "not": "tf.function(lambda x: not x > 0)(tf.constant(1))",
    "not_of_int": "tf.function(lambda x: not x)(tf.constant(1))",
    "and_of_three": """
        f = tf.function(lambda x: x > 0 and x < 10 and x != 5)
        f(tf.constant(1)), f(tf.constant(5)), f(tf.constant(11))""",
    "and_or_not": """
        f = tf.function(lambda x: not (x > 0 and x < 10) or x == 5)
        f(tf.constant(1)), f(tf.constant(5)), f(tf.constant(11))""",
    "and_is_lazy": """
        v = tf.Variable(0)
        @tf.function
        def f(x):
            return x > 0 and v.assign_add(1) > 0
        f(tf.constant(-1)), f(tf.constant(1)), v""",
    "and_of_python": "tf.function(lambda x: [] and x)(tf.constant(1))",
    "or_of_python": "tf.function(lambda x: 0 or x)(tf.constant(1))",
    "python_and_tensor": "tf.function(lambda x: True and x > 0)(tf.constant(1))",
    "tensor_and_python": "tf.function(lambda x: x > 0 and True)(tf.constant(1))",
    "tensor_and_int": "tf.function(lambda x: x > 0 and 3)(tf.constant(1))",
    "chained_comparison": """
        f = tf.function(lambda x: 0 < x < 10)
        f(tf.constant(5)), f(tf.constant(10)), f(tf.constant(0))""",
    "chained_comparison_of_three": """
        f = tf.function(lambda x, y: 0 < x < y <= 10)
        f(tf.constant(5), tf.constant(10)), f(tf.constant(5), tf.constant(5)), f(tf.constant(0), tf.constant(3))""",
    "chained_python_comparison": "tf.function(lambda n: tf.constant(0 < n < 10))(5)",
    "chained_comparison_in_if": """
        @tf.function
        def f(x):
            if -1 <= x <= 1:
                x = x * 100
            return x
        f(tf.constant(1)), f(tf.constant(2))""",
    "equality_is_elementwise": "tf.function(lambda x: x == 1)(tf.constant([1, 2]))",
    "in_list": """
        @tf.function
        def f(x, name):
            if name in ('a', 'b'):
                return x
            return -x
        f(tf.constant(1), 'a'), f(tf.constant(1), 'c')""",
    "assert_holds": """
        @tf.function(experimental_autograph_options=tf.autograph.experimental.Feature.ASSERT_STATEMENTS)
        def f(x):
            assert x > 0, 'must be positive'
            return x
        f(tf.constant(1))""",
    "assert_fails": """
        @tf.function(experimental_autograph_options=tf.autograph.experimental.Feature.ASSERT_STATEMENTS)
        def f(x):
            assert x > 0, 'must be positive'
            return x
        f(tf.constant(-1))""",
    "assert_fails_without_message": """
        @tf.function(experimental_autograph_options=tf.autograph.experimental.Feature.ASSERT_STATEMENTS)
        def f(x):
            assert x > 0
            return x
        f(tf.constant(-1))""",
    "assert_python_fails": """
        @tf.function
        def f(x, n):
            assert n > 0, 'n must be positive'
            return x
        f(tf.constant(-1), 0)""",
    "autograph_off": """
        @tf.function(autograph=False)
        def f(x):
            if x > 0:
                return x
            return -x
        f(tf.constant(1))""",
    "autograph_off_python": """
        @tf.function(autograph=False)
        def f(x, n):
            if n > 0:
                return x
            return -x
        f(tf.constant(1), 0)""",
    "try_finally": """
        seen = []
        @tf.function
        def f(x):
            try:
                if x > 0:
                    y = x
                else:
                    y = -x
            finally:
                seen.append('finally')
            return y
        f(tf.constant(-2)), seen""",
    "with": """
        @tf.function
        def f(x):
            with tf.name_scope('scope'):
                if x > 0:
                    x = x + 1
            return x
        f(tf.constant(2))""",
    "trace_count": """
        traces = []
        @tf.function
        def f(x):
            traces.append(1)
            if x > 0:
                x = x * 2
            return x
        [f(tf.constant(v)) for v in (1, -1, 2)], len(traces)""",
    "deletes": """
        @tf.function
        def f(x):
            y = x
            if x > 0:
                z = y
                del y
                x = z + 1
            return x
        f(tf.constant(1))""",
}
