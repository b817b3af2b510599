"""tf.function's AutoGraph: while and for, over tensors and over Python's values; break, continue, return in loops."""

CASES = {
    "while": """
        @tf.function
        def f(x):
            while x < 100:
                x = x * 2
            return x
        f(tf.constant(3)), f(tf.constant(200))""",
    "while_traces_its_body_once": """
        seen = []
        @tf.function
        def f(x):
            while x < 100:
                seen.append(1)
                x = x * 2
            return x
        f(tf.constant(3)), len(seen)""",
    "while_of_several": """
        @tf.function
        def f(n):
            a, b, i = 0, 1, 0
            while i < n:
                a, b = b, a + b
                i += 1
            return a
        [f(tf.constant(v)) for v in (0, 1, 10)]""",
    "while_python": """
        seen = []
        @tf.function
        def f(x, n):
            while n > 0:
                seen.append(n)
                x = x * 2
                n -= 1
            return x
        f(tf.constant(3), 3), seen""",
    "while_break": """
        @tf.function
        def f(x):
            while x > 0:
                x = x * 2
                if x > 50:
                    break
                x = x + 1
            return x
        f(tf.constant(3)), f(tf.constant(-3))""",
    "while_true_break": """
        @tf.function
        def f(x):
            while True:
                x = x * 2
                if x > 50:
                    break
            return x
        f(tf.constant(3))""",
    "while_tensor_true_break": """
        @tf.function
        def f(x):
            while tf.constant(True):
                x = x * 2
                if x > 50:
                    break
            return x
        f(tf.constant(3))""",
    "while_continue": """
        @tf.function
        def f(n):
            i, total = 0, 0
            while i < n:
                i += 1
                if i % 2 == 0:
                    continue
                total += i
            return total
        f(tf.constant(10))""",
    "while_return": """
        @tf.function
        def f(x):
            while x < 1000:
                x = x * 3
                if x % 2 == 0:
                    return x
            return -x
        f(tf.constant(2)), f(tf.constant(3))""",
    "while_return_only_inside": """
        @tf.function
        def f(x):
            while x < 100:
                x = x * 3
                return x
        f(tf.constant(2))""",
    "while_with_and": """
        @tf.function
        def f(x, y):
            while x < 100 and y > 0:
                x, y = x * 2, y - 1
            return x, y
        f(tf.constant(3), tf.constant(3)), f(tf.constant(60), tf.constant(3))""",
    "while_nested": """
        @tf.function
        def f(n):
            total, i = 0, 0
            while i < n:
                j = 0
                while j < i:
                    total += j
                    j += 1
                i += 1
            return total
        f(tf.constant(6))""",
    "while_changes_dtype": """
        @tf.function
        def f(n):
            x = 0
            while x < n:
                x = tf.cast(x, tf.float32) + 1.
            return x
        f(tf.constant(6))""",
    "while_python_float_into_int": """
        @tf.function
        def f(n):
            x = 0
            while x < n:
                x = 1.5
            return x
        f(tf.constant(6))""",
    "while_changes_shape": """
        @tf.function
        def f(n):
            x = tf.constant([0])
            i = 0
            while i < n:
                x = tf.concat([x, x], 0)
                i += 1
            return x
        f(tf.constant(3))""",
    "while_shape_invariant": """
        @tf.function
        def f(n):
            x = tf.constant([0])
            i = 0
            while i < n:
                tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
                x = tf.concat([x, x + 1], 0)
                i += 1
            return x
        f(tf.constant(3))""",
    "while_wrong_shape_invariant": """
        @tf.function
        def f(n):
            x = tf.constant([0])
            i = 0
            while i < n:
                tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([2]))])
                x = tf.concat([x, x + 1], 0)
                i += 1
            return x
        f(tf.constant(3))""",
    "while_maximum_iterations": """
        @tf.function
        def f(x):
            while x < 1000000:
                tf.autograph.experimental.set_loop_options(
                    maximum_iterations=5, parallel_iterations=1, swap_memory=True)
                x = x * 2
            return x
        f(tf.constant(1))""",
    "while_none_before": """
        @tf.function
        def f(n):
            x, i = None, 0
            while i < n:
                x = i
                i += 1
            return x
        f(tf.constant(3))""",
    "while_none_after": """
        @tf.function
        def f(n):
            x, i = 1, 0
            while i < n:
                x = None
                i += 1
            return x
        f(tf.constant(3))""",
    "while_structure_changes": """
        @tf.function
        def f(n):
            x, i = 1, 0
            while i < n:
                x = (x, x)
                i += 1
            return x
        f(tf.constant(3))""",
    "while_undefined_before": """
        @tf.function
        def f(n):
            i = 0
            while i < n:
                x = i * 2
                i += 1
            return x
        f(tf.constant(3))""",
    "while_undefined_before_no_step": """
        @tf.function
        def f(n):
            i = 0
            while i < n:
                x = i * 2
                i += 1
            return x
        f(tf.constant(0))""",
    "while_reads_undefined": """
        @tf.function
        def f(n):
            i = 0
            while i < n:
                x = x + i
                i += 1
            return x
        f(tf.constant(3))""",
    "while_structures": """
        @tf.function
        def f(n):
            state = {'a': tf.constant(0), 'b': (tf.constant(1.), [tf.constant(2)])}
            i = 0
            while i < n:
                state = {'a': state['a'] + 1, 'b': (state['b'][0] * 2., [state['b'][1][0] + 3])}
                i += 1
            return state
        f(tf.constant(3))""",
    "while_item_assignment": """
        @tf.function
        def f(n):
            state = {'a': tf.constant(0)}
            i = 0
            while i < n:
                state['a'] = state['a'] + i
                i += 1
            return state
        f(tf.constant(3))""",
    "while_started_python": """
        @tf.function
        def f(n):
            x = True
            while x:
                x = n > 0
                n = n - 1
            return n
        f(tf.constant(3))""",
    "while_effects": """
        v = tf.Variable(0)
        @tf.function
        def f(n):
            while v < n:
                v.assign_add(2)
            return v.read_value()
        f(tf.constant(5)), v""",
    "while_gradient": """
        @tf.function
        def f(x, n):
            y, i = x, 0
            while i < n:
                y = y * x
                i += 1
            return y
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x, tf.constant(3))
        y, tape.gradient(y, x)""",
    "while_gradient_with_if": """
        @tf.function
        def f(x):
            y = x
            while y < 100.:
                if y < 10.:
                    y = y * x
                else:
                    y = y + 2. * x
            return y
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        y, tape.gradient(y, x)""",
    "while_second_order": """
        @tf.function
        def f(x):
            y, i = tf.constant(1.), 0
            while i < 3:
                y = y * x
                i += 1
            return y
        @tf.function
        def g(x, n):
            y, i = 1., 0
            while i < n:
                y = y * x
                i += 1
            return y
        x = tf.constant(2.)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = g(x, tf.constant(3))
            first = inner.gradient(y, x)
        f(x), first, outer.gradient(first, x)""",
    "for_range_tensor": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n):
                total += i
            return total
        f(tf.constant(5)), f(tf.constant(0))""",
    "for_range_of_python_number": """
        seen = []
        @tf.function
        def f(x):
            for i in tf.range(3):
                seen.append(1)
                x += i
            return x
        f(tf.constant(5)), len(seen)""",
    "for_python_range": """
        seen = []
        @tf.function
        def f(x):
            for i in range(3):
                seen.append(i)
                x += i
            return x
        f(tf.constant(5)), seen""",
    "for_range_with_tensor_argument": """
        seen = []
        @tf.function
        def f(x, n):
            for i in range(n):
                seen.append(1)
                x += i
            return x
        f(tf.constant(5), tf.constant(4)), f(tf.constant(5), tf.constant(-4)), len(seen)""",
    "for_range_start_stop": """
        @tf.function
        def f(a, b):
            total = 0
            for i in range(a, b):
                total += i
            return total
        f(tf.constant(2), tf.constant(6)), f(tf.constant(6), tf.constant(2))""",
    "for_range_step": """
        @tf.function
        def f(a, b, c):
            total = 0
            for i in tf.range(a, b, c):
                total = total * 10 + i
            return total
        f(tf.constant(0), tf.constant(9), tf.constant(4)), f(tf.constant(9), tf.constant(0), tf.constant(-4))""",
    "for_range_down": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n, 0, -2):
                total = total * 10 + i
            return total
        f(tf.constant(7))""",
    "for_float_range": """
        @tf.function
        def f(x):
            total = 0.
            for t in tf.range(0., x, 0.5):
                total += t
            return total
        f(tf.constant(2.))""",
    "for_tensor": """
        @tf.function
        def f(xs):
            total = 0
            for x in xs:
                total = total * 10 + x
            return total
        f(tf.constant([1, 2, 3]))""",
    "for_matrix": """
        @tf.function
        def f(xs):
            total = tf.zeros([2])
            for row in xs:
                total += row
            return total
        f(tf.constant([[1., 2.], [3., 4.], [5., 6.]]))""",
    "for_concrete_tensor": """
        seen = []
        xs = tf.constant([3, 1, 2])
        @tf.function
        def f():
            total = 0
            for x in xs:
                seen.append(1)
                total = total * 10 + x
            return total
        f(), len(seen)""",
    "for_unknown_length": """
        @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
        def f(xs):
            total = 0
            for x in xs:
                total = total * 10 + x
            return total
        f(tf.constant([1, 2, 3])), f(tf.constant([4, 5])), f(tf.constant([], tf.int32))""",
    "for_scalar": """
        @tf.function
        def f(x):
            for y in x:
                pass
            return x
        f(tf.constant(1))""",
    "for_list_of_tensors": """
        seen = []
        @tf.function
        def f(xs):
            total = 0
            for x in xs:
                seen.append(1)
                total += x
            return total
        f([tf.constant(1), tf.constant(2)]), len(seen)""",
    "for_break": """
        @tf.function
        def f(n, stop):
            total = 0
            for i in tf.range(n):
                if i == stop:
                    break
                total += i
            return total
        f(tf.constant(10), tf.constant(4)), f(tf.constant(3), tf.constant(4))""",
    "for_continue": """
        @tf.function
        def f(xs):
            total = 0
            for x in xs:
                if x < 0:
                    continue
                total += x
            return total
        f(tf.constant([1, -2, 3]))""",
    "for_break_and_continue": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n):
                if i % 2 == 0:
                    continue
                if i > 6:
                    break
                total += i
            return total
        f(tf.constant(20))""",
    "for_return": """
        @tf.function
        def f(xs, wanted):
            for x in xs:
                if x == wanted:
                    return x * 100
            return -1
        f(tf.constant([1, 2, 3]), tf.constant(2)), f(tf.constant([1, 2, 3]), tf.constant(5))""",
    "for_python_break_on_tensor": """
        @tf.function
        def f(x):
            for i in range(3):
                if x > i:
                    break
                x += i
            return x
        f(tf.constant(1))""",
    "for_python_break_on_python": """
        @tf.function
        def f(x, n):
            for i in range(10):
                if i == n:
                    break
                x += i
            return x
        f(tf.constant(1), 3)""",
    "for_python_if_on_tensor": """
        @tf.function
        def f(x):
            for i in range(3):
                if x > i:
                    x -= 1
                else:
                    x += 10
            return x
        f(tf.constant(1))""",
    "for_nested": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n):
                for j in tf.range(i):
                    total += i * j
            return total
        f(tf.constant(5))""",
    "for_nested_break": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n):
                for j in tf.range(n):
                    if j > i:
                        break
                    total += 1
            return total
        f(tf.constant(5))""",
    "for_python_around_tensor": """
        @tf.function
        def f(n):
            total = 0
            for k in [1, 10]:
                for i in tf.range(n):
                    total += k * i
            return total
        f(tf.constant(4))""",
    "for_variable_after_loop": """
        @tf.function
        def f(n):
            for i in tf.range(n):
                pass
            return i
        f(tf.constant(4))""",
    "for_element_after_loop": """
        @tf.function
        def f(xs):
            for x in xs:
                pass
            return x
        f(tf.constant([3, 1, 2]))""",
    "for_variable_after_empty_loop": """
        @tf.function
        def f(n):
            for i in tf.range(n):
                pass
            return i
        f(tf.constant(0))""",
    "for_tensor_array": """
        @tf.function
        def f(n):
            array = tf.TensorArray(tf.int32, size=n)
            for i in tf.range(n):
                array = array.write(i, i * i)
            return array.stack()
        f(tf.constant(4))""",
    "for_dynamic_tensor_array": """
        @tf.function
        def f(n):
            array = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
            for i in tf.range(n):
                array = array.write(i, tf.cast(i, tf.float32) / 2.)
            return array.stack()
        f(tf.constant(4))""",
    "for_list_append": """
        @tf.function
        def f(n):
            parts = []
            for i in range(n):
                parts.append(tf.constant(i))
            return tf.stack(parts)
        f(3)""",
    "list_in_tensor_loop_stays_python": """
        @tf.function
        def f(n):
            parts = []
            for i in tf.range(n):
                parts.append(0)
            return len(parts)
        f(tf.constant(3))""",
    "while_with_object": """
        class Thing: pass
        @tf.function
        def f(n):
            i = 0
            while i < n:
                thing = Thing()
                i += 1
            return i
        f(tf.constant(3))""",
    "while_object_as_loop_variable": """
        class Thing: pass
        @tf.function
        def f(n):
            i, thing = 0, Thing()
            while i < n:
                thing = Thing()
                i += 1
            return i, thing is None
        f(tf.constant(3))""",
    "while_object_changes": """
        class Thing: pass
        @tf.function
        def f(n):
            i, x = 0, 1
            while i < n:
                x = Thing()
                i += 1
            return x
        f(tf.constant(3))""",
    "while_undefined_object": """
        class Thing: pass
        @tf.function
        def f(n):
            i = 0
            while i < n:
                x = Thing()
                i += 1
            return x
        f(tf.constant(3))""",
    "while_ragged_rank": """
        @tf.function
        def f(n):
            i, x = 0, tf.constant(1)
            while i < n:
                x = tf.stack([x, x])
                i += 1
            return x
        f(tf.constant(3))""",
    "for_over_transposed": """
        @tf.function
        def f(x):
            total = tf.zeros([3])
            for column in tf.transpose(x):
                total = total * 2. + column
            return total
        f(tf.constant([[1., 2.], [3., 4.], [5., 6.]]))""",
    "for_over_split": """
        @tf.function
        def f(x):
            total = 0
            for part in tf.split(x, 3):
                total = total * 10 + tf.reduce_sum(part)
            return total
        f(tf.constant([1, 2, 3, 4, 5, 6]))""",
    "for_with_two_targets": """
        @tf.function
        def f(pairs):
            total = 0
            for pair in pairs:
                a, b = pair[0], pair[1]
                total += a * b
            return total
        f(tf.constant([[1, 2], [3, 4]]))""",
    "for_unpacks_rows": """
        @tf.function
        def f(pairs):
            total = 0
            for a, b in pairs:
                total += a * b
            return total
        f(tf.constant([[1, 2], [3, 4]]))""",
    "for_dict": """
        @tf.function
        def f(parts):
            total = 0
            for name, part in parts.items():
                total += len(name) * part
            return total
        f({'a': tf.constant(1), 'bcd': tf.constant(2)})""",
    "for_zip_of_lists": """
        @tf.function
        def f(xs, ys):
            total = 0
            for x, y in zip(xs, ys):
                total += x * y
            return total
        f([tf.constant(1), tf.constant(2)], [tf.constant(3), tf.constant(4)])""",
    "for_enumerate_of_list": """
        @tf.function
        def f(xs):
            total = 0
            for i, x in enumerate(xs):
                total += i * x
            return total
        f([tf.constant(1), tf.constant(2)])""",
    "for_enumerate_of_tensor": """
        @tf.function
        def f(xs):
            total = 0
            for i, x in enumerate(xs):
                total += i * x
            return total
        f(tf.constant([1, 2]))""",
    "for_shape_invariant": """
        @tf.function
        def f(n):
            x = tf.constant([0])
            for i in tf.range(n):
                tf.autograph.experimental.set_loop_options(shape_invariants=[(x, tf.TensorShape([None]))])
                x = tf.concat([x, [i]], 0)
            return x
        f(tf.constant(3))""",
    "for_maximum_iterations": """
        @tf.function
        def f(n):
            total = 0
            for i in tf.range(n):
                tf.autograph.experimental.set_loop_options(maximum_iterations=3)
                total += 1
            return total
        f(tf.constant(10))""",
    "for_gradient": """
        @tf.function
        def f(xs, w):
            total = 0.
            for x in xs:
                total += w * x * x
            return total
        xs, w = tf.constant([1., 2., 3.]), tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch([xs, w])
            y = f(xs, w)
        y, tape.gradient(y, [xs, w])""",
    "for_gradient_with_break": """
        @tf.function
        def f(xs):
            total = 0.
            for x in xs:
                if x < 0.:
                    break
                total += x * x
            return total
        xs = tf.constant([1., 2., -1., 3.])
        with tf.GradientTape() as tape:
            tape.watch(xs)
            y = f(xs)
        y, tape.gradient(y, xs)""",
    "for_gradient_of_tensor_array": """
        @tf.function
        def f(x, n):
            array = tf.TensorArray(tf.float32, size=n)
            for i in tf.range(n):
                array = array.write(i, x * tf.cast(i, tf.float32))
            return tf.reduce_sum(array.stack() ** 2)
        x = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x, tf.constant(3))
        y, tape.gradient(y, x)""",
    "rnn": """
        w = tf.constant([[0.5, -0.5], [0.25, 1.]])
        @tf.function
        def f(xs, w):
            state = tf.zeros([1, 2])
            for x in xs:
                state = tf.tanh(tf.matmul(state, w) + x)
            return tf.reduce_sum(state * [[1., 2.]])
        xs = tf.constant([[[1., 2.]], [[3., -1.]], [[0.5, 0.]]])
        with tf.GradientTape() as tape:
            tape.watch(w)
            y = f(xs, w)
        y, tape.gradient(y, w)""",
    "rnn_of_variable": """
        w = tf.Variable([[0.5, -0.5], [0.25, 1.]])
        @tf.function
        def f(xs):
            state = tf.zeros([1, 2])
            for x in xs:
                state = tf.tanh(tf.matmul(state, w) + x)
            return tf.reduce_sum(state * [[1., 2.]])
        xs = tf.constant([[[1., 2.]], [[3., -1.]], [[0.5, 0.]]])
        with tf.GradientTape() as tape:
            y = f(xs)
        y, tape.gradient(y, w)""",
    "training_loop": """
        w = tf.Variable(0.)
        @tf.function
        def train(steps):
            for _ in tf.range(steps):
                with tf.GradientTape() as tape:
                    loss = (w - 3.) ** 2
                w.assign_sub(0.1 * tape.gradient(loss, w))
            return loss
        train(tf.constant(20)), w""",
    "loop_effects_in_order": """
        v = tf.Variable(1)
        @tf.function
        def f(n):
            for i in tf.range(n):
                v.assign(v * 2)
                v.assign_add(i)
            return v.read_value()
        f(tf.constant(4))""",
    "loop_else_is_not_converted": """
        @tf.function
        def f(x):
            for i in range(3):
                x += i
            else:
                x += 100
            return x
        f(tf.constant(1))""",
    "numpy_array_is_python": """
        seen = []
        @tf.function
        def f(x):
            for i in np.array([1, 2]):
                seen.append(int(i))
                x += i
            return x
        f(tf.constant(1)), seen""",
    "trace_count": """
        traces = []
        @tf.function
        def f(n):
            traces.append(1)
            total = 0
            for i in tf.range(n):
                total += i
            return total
        [f(tf.constant(v)) for v in (1, 2, 3)], len(traces)""",
    "python_number_retraces": """
        traces = []
        @tf.function
        def f(n):
            traces.append(1)
            total = 0
            for i in range(n):
                total += i
            return tf.constant(total)
        [f(v) for v in (1, 2, 2)], len(traces)""",
    "comprehension": """
        @tf.function
        def f(x):
            return tf.stack([x * i for i in range(3) if i != 1])
        f(tf.constant(2))""",
    "comprehension_over_tensor": """
        @tf.function
        def f(x):
            return [y for y in x]
        f(tf.constant([1, 2]))""",
    "collatz": """
        @tf.function
        def steps(n):
            count = 0
            while n != 1:
                if n % 2 == 0:
                    n = n // 2
                else:
                    n = 3 * n + 1
                count += 1
            return count
        steps(tf.constant(27))""",
}
