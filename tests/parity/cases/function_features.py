"""tf.function: what it decorates, what arguments and results may be, what it tells of itself and around it."""

CASES = {
    "implements": """
        f = tf.function(lambda x: x + 1, experimental_implements='my.op')
        f(1)""",
    "attributes": """
        f = tf.function(lambda x: x + 1, experimental_attributes={'implements': 'a'})
        f(1)""",
    "attributes_bad": """
        f = tf.function(lambda x: x + 1, experimental_attributes={'nonsense_attr': 'a'})
        f(1)""",
    "autograph_options": """
        feature = tf.autograph.experimental.Feature.EQUALITY_OPERATORS
        f = tf.function(lambda x: x + 1, experimental_autograph_options=feature)
        f(1)""",
    "autograph_features": "[str(x) for x in tf.autograph.experimental.Feature]",
    "autograph_feature_all": "str(tf.autograph.experimental.Feature.ALL)",
    "python_function": """
        g = lambda x: x
        f = tf.function(g)
        [f.python_function is g, f.__wrapped__ is g, f.__name__]""",
    "partial": """
        import functools

        def g(a, b, c=1):
            return a * b + c
        f = tf.function(functools.partial(g, tf.constant(2), c=5))
        [f(3), f(b=4), f(4, c=1)]""",
    "partial_inner": """
        import functools
        f = tf.function(lambda a, b: a - b)
        g = functools.partial(f, b=tf.constant(1))
        g(5)""",
    "callable_object": """
        class C:

            def __call__(self, x):
                return x * 2
        f = tf.function(C())
        f(3)""",
    "callable_object_state": """
        class C:

            def __init__(self):
                self.v = tf.Variable(1)

            def __call__(self, x):
                return self.v.assign_add(x)
        f = tf.function(C())
        [f(3).numpy(), f(3).numpy()]""",
    "method_signature": """
        class C:

            @tf.function(input_signature=[tf.TensorSpec([None])])
            def g(self, x):
                return x * 2
        c = C()
        [c.g([1.0, 2.0]), c.g([1.0]), c.g.experimental_get_tracing_count()]""",
    "method_unbound": """
        class C:

            @tf.function
            def g(self, x):
                return x * 2
        C.g(C(), 3)""",
    "staticmethod_around": """
        class C:

            @staticmethod
            @tf.function
            def g(x):
                return x * 2
        [C.g(2), C().g(3)]""",
    "classmethod_around": """
        class C:
            k = 3

            @classmethod
            @tf.function
            def g(cls, x):
                return x * cls.k
        [C.g(2), C().g(3)]""",
    "property": """
        class C:

            @property
            @tf.function
            def g(self):
                return tf.constant(3)
        C().g""",
    "slots": """
        class A:
            __slots__ = ('w', '__weakref__')

            @tf.function
            def g(self, x):
                return x + self.w
        a = A()
        a.w = 2
        a.g(1)""",
    "object_argument": """
        class A:

            def __init__(self, k):
                self.k = k
        n = []
        f = tf.function(lambda a: n.append(1) or tf.constant(a.k))
        a = A(1)
        r = [f(a)]
        a.k = 5
        r += [f(a), f(A(7)), len(n)]
        r""",
    "dataclass_argument": """
        import dataclasses

        @dataclasses.dataclass
        class A:
            x: object
        f = tf.function(lambda a: a.x * 2)
        f(A(tf.constant(3)))""",
    "dataclass_flatten": """
        import dataclasses

        @dataclasses.dataclass
        class A:
            x: object
            k: int

            def __tf_flatten__(self):
                return ((self.k,), (self.x,))

            @classmethod
            def __tf_unflatten__(cls, m, l):
                return cls(l[0], m[0])
        n = []
        f = tf.function(lambda a: n.append(1) or A(a.x * a.k, a.k))
        [f(A(tf.constant(3), 2)).x, f(A(tf.constant(4), 2)).x, f(A(tf.constant(4), 3)).x, len(n)]""",
    "named_tuple_argument": """
        from collections import namedtuple
        P = namedtuple('P', 'a b')
        n = []
        f = tf.function(lambda p: n.append(1) or P(p.b, p.a))
        r = f(P(tf.constant(1), 2))
        [r.a, r.b, f(P(tf.constant(5), 2)).b, f(P(tf.constant(5), 3)).a, len(n), type(r).__name__]""",
    "named_tuple_vs_tuple": """
        from collections import namedtuple
        P = namedtuple('P', 'a b')
        n = []
        f = tf.function(lambda p: n.append(1) or tf.constant(1))
        f(P(1, 2))
        f((1, 2))
        len(n)""",
    "dict_order": """
        n = []
        f = tf.function(lambda d: n.append(1) or d['a'])
        f({'a': tf.constant(1), 'b': tf.constant(2)})
        f({'b': tf.constant(1), 'a': tf.constant(2)})
        len(n)""",
    "keyword_order": """
        n = []
        f = tf.function(lambda **k: n.append(1) or k['a'] - k['b'])
        [f(a=tf.constant(1), b=tf.constant(2)), f(b=tf.constant(1), a=tf.constant(5)), len(n)]""",
    "keyword_vs_position": """
        n = []
        f = tf.function(lambda a, b: n.append(1) or a - b)
        [f(tf.constant(1), tf.constant(2)), f(b=tf.constant(1), a=tf.constant(5)), len(n)]""",
    "default_vs_given": """
        n = []
        f = tf.function(lambda a, b=2: n.append(1) or a * b)
        [f(tf.constant(1)), f(tf.constant(1), 2), f(tf.constant(1), b=2), len(n)]""",
    "default_tensor": """
        n = []
        f = tf.function(lambda a, b=tf.constant(2): n.append(1) or a * b)
        [f(tf.constant(1)), f(tf.constant(1), tf.constant(3)), len(n)]""",
    "default_numpy": """
        n = []
        f = tf.function(lambda a, b=np.array([2]): n.append(1) or a * b)
        [f(tf.constant(1)), f(tf.constant(1), np.array([5], np.int32)) if 0 else 0, len(n)]""",
    "default_mutable": """
        n = []
        f = tf.function(lambda a, b=[1, 2]: n.append(1) or a * b[0])
        [f(tf.constant(1)), f(tf.constant(1), [3, 4]), len(n)]""",
    "int_bool_float": """
        n = []
        f = tf.function(lambda a: n.append(1) or tf.constant(1))
        f(1)
        f(1.0)
        f(True)
        len(n)""",
    "int_result": """
        f = tf.function(lambda a: tf.constant(a))
        [f(1), f(1.0), f(True)]""",
    "text_arguments": """
        n = []
        f = tf.function(lambda a: n.append(1) or tf.constant(a))
        [f('a'), f('b'), f('a'), len(n)]""",
    "bytes_arguments": """
        f = tf.function(lambda a: tf.constant(a))
        f(b'a')""",
    "none_arguments": """
        f = tf.function(lambda a: tf.constant(a is None))
        [f(None), f(1)]""",
    "enum_arguments": """
        import enum

        class E(enum.Enum):
            A = 1
            B = 2
        n = []
        f = tf.function(lambda a: n.append(1) or tf.constant(a.value))
        [f(E.A), f(E.B), f(E.A), len(n)]""",
    "type_arguments": """
        n = []
        f = tf.function(lambda a: n.append(1) or tf.constant(a.__name__))
        [f(int), f(str), f(int), len(n)]""",
    "function_arguments": """
        n = []
        f = tf.function(lambda g, x: n.append(1) or g(x))
        sq = lambda x: x * x
        [f(sq, tf.constant(2)), f(sq, tf.constant(3)), f(lambda x: x + 1, tf.constant(3)), len(n)]""",
    "tf_function_arguments": """
        n = []
        f = tf.function(lambda g, x: n.append(1) or g(x))
        [f(tf.nn.relu, tf.constant(-2)), f(tf.square, tf.constant(3)), len(n)]""",
    "dtype_arguments": """
        n = []
        f = tf.function(lambda d: n.append(1) or tf.zeros([1], d))
        [f(tf.int32), f(tf.float32), f(tf.int32), len(n)]""",
    "spec_argument": """
        f = tf.function(lambda d: tf.zeros([1]))
        f(tf.TensorSpec([1]))""",
    "range_argument": """
        f = tf.function(lambda r: tf.constant(list(r)))
        f(range(3))""",
    "tuple_nested": """
        f = tf.function(lambda t: t[0][1] + t[1]['a'])
        f(((1, tf.constant(2)), {'a': 3}))""",
    "empty": """
        f = tf.function(lambda t: tf.constant(len(t)))
        [f([]), f(()), f({})]""",
    "set_argument": "tf.function(lambda t: tf.constant(len(t)))({1})",
    "numpy_scalar": """
        n = []
        f = tf.function(lambda t: n.append(1) or t * 2)
        [f(np.float32(1)), f(np.float32(2)), f(np.int64(3)), len(n)]""",
    "numpy_bool": """
        f = tf.function(lambda t: t)
        f(np.bool_(True))""",
    "numpy_text": """
        f = tf.function(lambda t: t)
        f(np.array(['a', 'b']))""",
    "variable_argument": """
        n = []
        f = tf.function(lambda v: n.append(1) or v.assign_add(1))
        a, b = (tf.Variable(1), tf.Variable(5))
        f(a)
        f(b)
        [a, b, len(n)]""",
    "list_of_variables": """
        f = tf.function(lambda vs: [v.assign_add(1.0) for v in vs] and None)
        a, b = (tf.Variable(1.0), tf.Variable(5.0))
        f([a, b])
        [a, b]""",
    "return_none": "repr(tf.function(lambda: None)())",
    "return_variable": """
        v = tf.Variable(3.0)
        r = tf.function(lambda: v)()
        [type(r).__name__, r]""",
    "return_mixed": """
        f = tf.function(lambda x: {'a': x, 'b': None, 'c': [1, 2.5, 's', True]})
        r = f(tf.constant(1))
        [r['a'], r['b'], *r['c']]""",
    "return_numpy": "tf.function(lambda: np.array([1, 2]))()",
    "return_dict_keys": "tf.function(lambda: {'a': 1}.keys())()",
    "return_shape": """
        f = tf.function(lambda x: x.shape)
        f(tf.zeros([2, 3]))""",
    "return_indexed": """
        f = tf.function(lambda: tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]), tf.constant([3])))
        r = f()
        [type(r).__name__, r.values, r.indices]""",
    "return_named_tuple": """
        from collections import namedtuple
        P = namedtuple('P', 'a b')
        r = tf.function(lambda: P(1, 2))()
        [type(r).__name__, r.a]""",
    "run_eagerly_asked": "[tf.config.functions_run_eagerly(), tf.config.experimental_functions_run_eagerly()]",
    "run_eagerly_set": """
        tf.config.experimental_run_functions_eagerly(True)
        r = [tf.config.functions_run_eagerly(), tf.function(lambda: tf.constant(tf.executing_eagerly()))()]
        tf.config.run_functions_eagerly(False)
        r""",
    "executing_eagerly": """
        v1 = tf.compat.v1
        inside = [tf.executing_eagerly(), tf.inside_function()]
        [*inside, v1.executing_eagerly_outside_functions(), v1.executing_eagerly()]""",
    "executing_eagerly_inside": """
        r = []
        outside = tf.compat.v1.executing_eagerly_outside_functions
        tf.function(lambda: r.extend([tf.executing_eagerly(), tf.inside_function(), outside()]) or 1)()
        r""",
    "executing_inside_cond": """
        r = []
        tf.function(lambda x: tf.cond(x > 0, lambda: r.append(tf.inside_function()) or x, lambda: x))(1)
        r""",
    "init_scope_scope_value": """
        def g(x):
            with tf.init_scope():
                y = tf.constant(2) * 3
                z = y.numpy()
            return x + y + int(z)
        tf.function(g)(tf.constant(1))""",
    "init_scope_scope_name": """
        def g(x):
            with tf.init_scope():
                y = tf.constant(2)
            return x + y
        tf.function(g)(tf.constant(1))""",
    "hash": """
        f = tf.function(lambda: 1)
        [hash(f) == hash(f), f == f, f != tf.function(lambda: 1), bool(f)]""",
    "name_and_documentation": """
        def g():
            'doc here'
            return 1
        f = tf.function(g)
        [f.__doc__, f.__name__, f.__module__, f.__qualname__]""",
    "types_isinstance": """
        f = tf.function(lambda x: x)
        c = f.get_concrete_function(1)
        E = tf.types.experimental
        classes = [E.GenericFunction, E.PolymorphicFunction, E.Callable, E.ConcreteFunction]
        [[isinstance(x, kind) for kind in classes] for x in (f, c)] + [isinstance(c.function_type, E.FunctionType)]""",
    "tracing_protocol": """
        class T(tf.types.experimental.TraceType):

            def __init__(self, k):
                self.k = k

            def is_subtype_of(self, o):
                return isinstance(o, T) and self.k == o.k

            def most_specific_common_supertype(self, others):
                return self if all((self == o for o in others)) else None

            def placeholder_value(self, ctx=None):
                return C(self.k, 0)

            def __hash__(self):
                return hash(self.k)

            def __eq__(self, o):
                return isinstance(o, T) and self.k == o.k

        class C(tf.types.experimental.SupportsTracingProtocol):

            def __init__(self, k, extra):
                self.k = k
                self.extra = extra

            def __tf_tracing_type__(self, context):
                return T(self.k)
        n = []
        f = tf.function(lambda c: n.append(1) or tf.constant(c.k))
        [f(C(1, 10)), f(C(1, 20)), f(C(2, 10)), len(n)]""",
    "follow_hints": """
        f = tf.function(lambda x: x, experimental_follow_type_hints=True)
        f(1)""",
    "get_concrete_nested": """
        f = tf.function(lambda d: d['a'][0] + d['b'])
        c = f.get_concrete_function({'a': [tf.TensorSpec([None])], 'b': tf.TensorSpec([])})
        [c({'a': [tf.constant([1.0, 2.0])], 'b': tf.constant(2.0)}), repr(c.structured_input_signature)]""",
    "get_concrete_keyword": """
        f = tf.function(lambda x, y: x - y)
        c = f.get_concrete_function(y=tf.TensorSpec([]), x=tf.TensorSpec([]))
        c(tf.constant(3.0), tf.constant(1.0))""",
    "get_concrete_same": """
        f = tf.function(lambda x: x)
        c = f.get_concrete_function(tf.constant(1))
        spec = tf.TensorSpec([], tf.int32)
        [f.get_concrete_function(x) is c for x in (tf.constant(2), spec)]""",
    "get_concrete_missing": """
        f = tf.function(lambda x, y: x)
        f.get_concrete_function(tf.constant(1))""",
    "count_concrete": """
        f = tf.function(lambda x: x)
        f.get_concrete_function(tf.TensorSpec([None]))
        f(tf.constant([1.0]))
        f(tf.constant([1.0, 2.0]))
        f.experimental_get_tracing_count()""",
    "decorated_twice": """
        f = tf.function(tf.function(lambda x: x + 1))
        f(1)""",
    "on_builtin": """
        f = tf.function(abs)
        f(tf.constant(-1))""",
    "on_tf": """
        f = tf.function(tf.reduce_sum)
        [f(tf.constant([1, 2])), f.__name__]""",
    "on_a_number": "tf.function(3)",
    "on_none_call": "tf.function()(lambda x: x)(1)",
    "generator_list": """
        def g(x):
            yield x
            yield (x + 1)
        f = tf.function(lambda x: list(g(x)))
        f(tf.constant(1))""",
    "generator_tensor_loop": """
        def g(x):
            for i in range(3):
                yield (x + i)

        @tf.function
        def f(x):
            s = 0
            for v in g(x):
                s += v
            return s
        f(tf.constant(1))""",
    "generator_if": """
        def g(x):
            if x > 0:
                yield x
            yield (-x)

        @tf.function
        def f(x):
            s = 0
            for v in g(x):
                s += v
            return s
        f(tf.constant(1))""",
    "genexpr": """
        f = tf.function(lambda x: sum((x * i for i in range(3))))
        f(tf.constant(2))""",
    "listcomp": """
        f = tf.function(lambda x: [x * i for i in range(3)])
        f(tf.constant(2))""",
    "recursion_python": """
        @tf.function
        def fact(n):
            return 1 if n <= 1 else n * fact(n - 1)
        fact(5)""",
    "mutual": """
        @tf.function
        def even(n):
            return True if n == 0 else odd(n - 1)

        @tf.function
        def odd(n):
            return False if n == 0 else even(n - 1)
        even(4)""",
    "side_list": """
        l = []

        @tf.function
        def f(x):
            l.append(x)
            return x
        f(tf.constant(1))
        str(l[0].shape)""",
    "leak_symbol": """
        l = []

        @tf.function
        def f(x):
            l.append(x * 2)
            return x
        f(tf.constant(1))
        l[0] + 1""",
    "leak_between": """
        l = []

        @tf.function
        def f(x):
            l.append(x * 2)
            return x

        @tf.function
        def g(y):
            return l[0] + y
        f(tf.constant(1))
        g(tf.constant(1))""",
    "nonlocal_python": """
        def make():
            c = 0

            @tf.function
            def f(x):
                nonlocal c
                c += 1
                return x
            f(tf.constant(1))
            f(tf.constant(2))
            f(tf.constant(1.0))
            return c
        make()""",
    "global_change": """
        k = 2
        f = tf.function(lambda x: x * k)
        r = [f(tf.constant(3))]
        k = 5
        r += [f(tf.constant(3))]
        r""",
    "free_self": """
        import weakref, gc

        class A(tf.Module):

            def __init__(self):
                self.v = tf.Variable(1.0)

            @tf.function
            def g(self, x):
                return self.v + x
        a = A()
        a.g(tf.constant(1.0))
        r = weakref.ref(a)
        del a
        gc.collect()
        r() is None""",
    "free_argument": """
        import weakref, gc

        class A:
            pass
        f = tf.function(lambda a, x: x + 1)
        a = A()
        f(a, tf.constant(1.0))
        r = weakref.ref(a)
        del a
        gc.collect()
        r() is None""",
    "free_variable": """
        import weakref, gc

        def make():
            v = tf.Variable(1.0)
            f = tf.function(lambda: v + 1.0)
            f()
            return weakref.ref(v)
        r = make()
        gc.collect()
        r() is None""",
    "concrete_variable_gone": """
        def make():
            v = tf.Variable(1.0)
            return tf.function(lambda: v + 1.0).get_concrete_function()
        make()()""",
    "exceptions_user": """
        class E(Exception):
            pass

        @tf.function
        def f(x):
            raise E('boo')
        f(1)""",
    "exception_state": """
        n = []

        @tf.function
        def f(x):
            n.append(1)
            if len(n) == 1:
                raise ValueError('first')
            return x
        try:
            f(tf.constant(1))
        except ValueError:
            pass
        [f(tf.constant(1)), tf.executing_eagerly(), len(n)]""",
    "keyword_only": """
        f = tf.function(lambda *, a, b=2: a * b)
        [f(a=3), f(b=1, a=4)]""",
    "keyword_only_missing": """
        f = tf.function(lambda *, a, b=2: a * b)
        f()""",
    "star": """
        f = tf.function(lambda *a, **k: sum(a) + sum(k.values()))
        f(1, 2, x=3, y=tf.constant(4))""",
    "position_only": """
        def g(a, /, b):
            return a - b
        f = tf.function(g)
        [f(1, 2), f(1, b=5)]""",
    "position_only_keyword": """
        def g(a, /, b):
            return a - b
        f = tf.function(g)
        f(a=1, b=2)""",
    "annotations": """
        def g(a: tf.Tensor, b: int=2) -> tf.Tensor:
            return a * b
        f = tf.function(g)
        [f(1), f(1, 3)]""",
    "wraps": """
        import functools

        def deco(h):

            @functools.wraps(h)
            def w(*a, **k):
                return h(*a, **k) * 2
            return w

        @tf.function
        @deco
        def f(x):
            return x + 1
        f(3)""",
    "wraps_outer": """
        import functools

        def deco(h):

            @functools.wraps(h)
            def w(*a, **k):
                return h(*a, **k) * 2
            return w

        @deco
        @tf.function
        def f(x):
            return x + 1
        [f(3), f.__name__]""",
    "contextmgr": """
        import contextlib

        @contextlib.contextmanager
        def cm():
            yield 5

        @tf.function
        def f(x):
            with cm() as c:
                return x * c
        f(2)""",
    "print_once": """
        import io, contextlib
        s = io.StringIO()

        @tf.function
        def f(x):
            print('tr', x.shape)
            return x
        with contextlib.redirect_stdout(s):
            f(tf.zeros([1]))
            f(tf.zeros([1]))
            f(tf.zeros([2]))
        s.getvalue()""",
    "experimental_get_compiler_ir": "tf.function(lambda x: x).experimental_get_compiler_ir(1)",
    "reduce_retracing_nested": """
        n = []
        f = tf.function(lambda d: n.append(1) or d['a'] * 1.0, reduce_retracing=True)
        for i in (1, 2, 3):
            f({'a': tf.ones([i])})
        len(n)""",
    "copy": """
        import copy
        f = tf.function(lambda x: x + 1)
        copy.copy(f)(1)""",
    "deepcopy": """
        import copy
        f = tf.function(lambda x: x + 1)
        copy.deepcopy(f)(1)""",
    "deepcopy_module": """
        import copy

        class A(tf.Module):

            def __init__(self):
                self.v = tf.Variable(1.0)

            @tf.function
            def g(self):
                return self.v.assign_add(1.0)
        a = A()
        a.g()
        b = copy.deepcopy(a)
        b.g()
        b.g()
        [a.v, b.v]""",
    "thread": """
        import threading
        f = tf.function(lambda x: x + 1)
        r = []
        t = threading.Thread(target=lambda: r.append(f(tf.constant(1))))
        t.start()
        t.join()
        r""",
    "concrete_hash": """
        c = tf.function(lambda x: x).get_concrete_function(tf.constant(1.0))
        [hash(c) == hash(c), c == c]""",
    "gradient_function": """
        f = tf.function(tf.custom_gradient(lambda x: (x * x, lambda g: g * 100.0)))
        x = tf.constant(2.0)
        with tf.GradientTape() as t:
            t.watch(x)
            y = f(x)
        t.gradient(y, x)""",
    "assign_python": """
        @tf.function
        def f(x):
            y = [0]
            y[0] = x
            return y[0]
        f(2)""",
}
