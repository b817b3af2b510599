"""tf.function's AutoGraph: Python's built-in functions on tensors."""

_CALL = {
    "len": ("len(x)", "[1, 2, 3]"),
    "len_scalar": ("len(x)", "1"),
    "len_matrix": ("len(x)", "[[1, 2], [3, 4], [5, 6]]"),
    "abs": ("abs(x)", "-3"),
    "int": ("int(x)", "3.7"),
    "int_negative": ("int(x)", "-3.7"),
    "int_of_vector": ("int(x)", "[1.5, 2.5]"),
    "int_base": ("int(x, 10)", "3.5"),
    "int_base_8": ("int(x, 8)", "3.5"),
    "float": ("float(x)", "3"),
    "float_of_double": ("float(x)", "3, tf.float64"),
    "bool": ("bool(x)", "True"),
    "complex": ("complex(x)", "3."),
    "str": ("len(str(x)) > 0", "3."),
    "max_of_vector": ("max(x)", "[1, 3, 2]"),
    "max_of_two": ("max(x, 3)", "2"),
    "min_of_two": ("min(x, 3)", "2"),
    "sum": ("sum(x)", "[1, 2, 3]"),
    "sum_of_list": ("sum([x, x + 1])", "3"),
    "any": ("any(x)", "[True, False]"),
    "all": ("all(x)", "[True, False]"),
    "sorted": ("sorted(x)", "[3, 1, 2]"),
    "sorted_reverse": ("sorted(x, reverse=True)", "[3, 1, 2]"),
    "sorted_key": ("sorted(x, key=lambda y: -y)", "[3, 1, 2]"),
    "sorted_matrix": ("sorted(x)", "[[3, 1], [2, 0]]"),
    "sorted_python": ("sorted([3, 1, 2], reverse=True)", "1"),
    "range": ("range(x)", "4"),
    "range_negative": ("range(x)", "-4"),
    "range_two": ("range(1, x)", "4"),
    "range_three": ("range(0, x, 2)", "5"),
    "range_float": ("range(x)", "3."),
    "divmod": ("divmod(x, 3)", "7"),
    "pow": ("pow(x, 2)", "3"),
    "isinstance": ("isinstance(x, tf.Tensor)", "3"),
    "list_of_tensor": ("list(x)", "[1, 2]"),
    "tuple_unpacking": ("(lambda a, b: a + b)(*x)", "[1, 2]"),
    "map_over_list": ("list(map(lambda y: y + 1, [x, x]))", "1"),
    "filter_over_python": ("[x * i for i in filter(lambda i: i > 1, [1, 2, 3])]", "2"),
    "zip_of_lists": ("[a * b for a, b in zip([x, x], [1, 2])]", "3"),
    "enumerate_of_list": ("[i * a for i, a in enumerate([x, x])]", "3"),
    "next": ("next(iter([x]))", "3"),
    "any_of_list": ("any([False, 0])", "3"),
    "hash": ("hash(x)", "3"),
    "reversed": ("list(reversed([x, x + 1]))", "3"),
    "format": ("len('{}'.format(x)) > 0", "3"),
    "f_string": ("len(f'{x}') > 0", "3"),
}

CASES = {name: f"tf.function(lambda x: {call})(tf.constant({value}))" for name, (call, value) in _CALL.items()} | {
    "len_of_unknown": """
        @tf.function(input_signature=[tf.TensorSpec([None, 2])])
        def f(x):
            return len(x)
        f(tf.zeros([3, 2])), f(tf.zeros([5, 2]))""",
    "len_is_a_python_number_where_known": """
        @tf.function
        def f(x):
            return type(len(x)) is int
        f(tf.zeros([3]))""",
    "len_of_tensor_array": """
        @tf.function
        def f():
            return len(tf.TensorArray(tf.int32, size=3))
        f()""",
    "print_happens_while_tracing": """
        import contextlib, io
        @tf.function
        def f(x):
            print('tracing', x.shape)
            if x > 0:
                print('main')
                x = x + 1
            return x
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            f(tf.constant(1)), f(tf.constant(2))
        out.getvalue()""",
    "print_in_a_loop_happens_once": """
        import contextlib, io
        @tf.function
        def f(n):
            for i in tf.range(n):
                print('step')
            return n
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            f(tf.constant(3))
        out.getvalue()""",
    "python_numbers_stay_python": """
        @tf.function
        def f(n):
            return [type(v).__name__ for v in (len([1]), abs(-1), int(2.5), float(1), max(1, 2), sum([1]))]
        types = []
        @tf.function
        def g(n):
            types.extend([type(v).__name__ for v in (len([1]), abs(-1), int(2.5), float(1), max(1, 2), sum([1]))])
            return n
        g(tf.constant(1))
        types""",
    "trace": """
        import contextlib, io
        @tf.function
        def f(x):
            tf.autograph.trace('here')
            return x
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            f(tf.constant(1)), f(tf.constant(2))
        out.getvalue()""",
    "features": """
        features = tf.autograph.experimental.Feature
        sorted(f.name for f in features.all()), sorted(f.name for f in features.all_but(features.LISTS))""",
    "equality_operators": """
        @tf.function(experimental_autograph_options=tf.autograph.experimental.Feature.EQUALITY_OPERATORS)
        def f(x):
            if x == 1:
                return 10
            return 20
        f(tf.constant(1))""",
}
