"""tf.function's AutoGraph: what it converts (functions that are called, recursively) and what it leaves alone."""

_ABSOLUTE = """
        def absolute(x):
            if x > 0:
                return x
            return -x"""

CASES = {
    "called_function": f"""{_ABSOLUTE}
        f = tf.function(lambda x: absolute(x) + absolute(-x))
        f(tf.constant(-3))""",
    "two_levels": f"""{_ABSOLUTE}
        def between(x):
            return absolute(x)
        f = tf.function(lambda x: between(x))
        f(tf.constant(-3))""",
    "recursion_on_python": """
        def power(x, n):
            if n == 0:
                return tf.constant(1)
            return x * power(x, n - 1)
        tf.function(power)(tf.constant(3), 4)""",
    "nested_function": """
        @tf.function
        def f(x):
            def inner(y):
                if y > 0:
                    return y
                return x
            return inner(x - 1)
        f(tf.constant(-3))""",
    "inner_lambda": """
        @tf.function
        def f(x):
            g = lambda y: y if y > 0 else x
            return g(x - 1)
        f(tf.constant(-3))""",
    "closure": """
        def make(limit):
            def clip(x):
                if x > limit:
                    x = limit
                return x
            return clip
        f, g = tf.function(make(3)), tf.function(make(5))
        f(tf.constant(10)), g(tf.constant(10))""",
    "method": """
        class Model:
            def __init__(self):
                self.limit = 5
            @tf.function
            def __call__(self, x):
                if x > self.limit:
                    return self.limit * x
                return x
        Model()(tf.constant(10))""",
    "called_method": """
        class Helper:
            limit = 5
            def clip(self, x):
                return self.limit if x > self.limit else x
            @classmethod
            def least(cls, x):
                return cls.limit if x < cls.limit else x
            @staticmethod
            def sign(x):
                return 1 if x > 0 else -1
        h = Helper()
        f = tf.function(lambda x: (h.clip(x), h.least(x), h.sign(x)))
        f(tf.constant(7)), f(tf.constant(-7))""",
    "callable_object": """
        class Step:
            def __call__(self, x):
                if x > 0:
                    x = x - 1
                return x
        step = Step()
        f = tf.function(lambda x: step(x))
        f(tf.constant(7)), tf.function(step)(tf.constant(7))""",
    "super": """
        class Base:
            def run(self, x):
                if x > 0:
                    x = x * 2
                return x
        class Derived(Base):
            def run(self, x):
                return super().run(x) + 1
        d = Derived()
        tf.function(d.run)(tf.constant(3))""",
    "partial": f"""{_ABSOLUTE}
        import functools
        def scaled(x, y, *, factor=1):
            if x > y:
                return x * factor
            return y * factor
        g = functools.partial(scaled, factor=10)
        h = functools.partial(scaled, tf.constant(7))
        f = tf.function(lambda x: (g(x, absolute(x)), h(x)))
        f(tf.constant(-3))""",
    "function_of_partial": """
        import functools
        def scaled(x, factor):
            if x > 0:
                return x * factor
            return x
        tf.function(functools.partial(scaled, factor=10))(tf.constant(2))""",
    "decorated_function": """
        import functools
        def twice(f):
            @functools.wraps(f)
            def wrapper(x):
                return f(f(x))
            return wrapper
        @twice
        def down(x):
            if x > 0:
                x = x - 1
            return x
        tf.function(lambda x: down(x))(tf.constant(5)), tf.function(down)(tf.constant(1))""",
    "default_arguments": """
        def g(x, y=tf.constant(5), *, z=2):
            if x > 0:
                return x + y + z
            return x
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "star_arguments": """
        def g(*args, **kwargs):
            if args[0] > 0:
                return args[0] + args[1] + kwargs['z']
            return args[0]
        @tf.function
        def f(x):
            rest, more = (x, 2), {'z': 3}
            return g(*rest, **more)
        f(tf.constant(1)), f(tf.constant(-1))""",
    "do_not_convert": """
        @tf.autograph.experimental.do_not_convert
        def g(x):
            if x > 0:
                return x
            return -x
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "do_not_convert_runs_python": """
        seen = []
        @tf.autograph.experimental.do_not_convert
        def g(x, n):
            for i in range(n):
                seen.append(i)
                x = x + i
            return x
        tf.function(lambda x: g(x, 3))(tf.constant(1)), seen""",
    "do_not_convert_with_parentheses": """
        @tf.autograph.experimental.do_not_convert()
        def g(x):
            return 1 if x > 0 else 2
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "do_not_convert_is_recursive": """
        def h(x):
            return 1 if x > 0 else 2
        @tf.autograph.experimental.do_not_convert
        def g(x):
            return h(x)
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "function_within_function": """
        @tf.function
        def g(x):
            if x > 0:
                return x
            return -x
        @tf.function
        def f(x):
            return g(x) + 1
        f(tf.constant(-5))""",
    "function_called_in_branch": """
        @tf.function
        def g(x):
            return x * 2
        @tf.function
        def f(x):
            if x > 0:
                return g(x)
            return g(-x)
        f(tf.constant(-5))""",
    "generator": """
        def numbers(n):
            for i in range(n):
                yield i
        @tf.function
        def f(x):
            for i in numbers(3):
                x = x + i
            return x
        f(tf.constant(1))""",
    "constructor": """
        class Pair:
            def __init__(self, x, n):
                if n > 0:
                    self.value = x + n
        tf.function(lambda x: Pair(x, 1).value)(tf.constant(1))""",
    "constructor_with_tensor_if": """
        class Pair:
            def __init__(self, x):
                if x > 0:
                    self.value = x
                else:
                    self.value = -x
        tf.function(lambda x: Pair(x).value)(tf.constant(1))""",
    "namedtuple": """
        import collections
        Point = collections.namedtuple('Point', 'x y')
        @tf.function
        def f(p):
            if p.x > 0:
                p = Point(p.x + 1, p.y)
            else:
                p = Point(p.x, p.y + 1)
            return p
        r = f(Point(tf.constant(1), tf.constant(2)))
        type(r).__name__, r.x, r.y""",
    "eval": """
        @tf.function
        def f(x):
            y = x + 1
            return eval('x * y')
        f(tf.constant(3))""",
    "locals": """
        @tf.function
        def f(x):
            y = x + 1
            return locals()['y']
        f(tf.constant(3))""",
    "lambda_on_several_lines": """
        f = tf.function(
            lambda x:
                x if x > 0
                else -x)
        f(tf.constant(-3))""",
    "two_lambdas_on_a_line": """
        f, g = tf.function(lambda x: x if x > 0 else -x), tf.function(lambda y: -y if y > 0 else y)
        f(tf.constant(-3)), g(tf.constant(3))""",
    "map_fn_with_if": """
        @tf.function
        def f(xs):
            return tf.map_fn(lambda x: x if x > 0 else -x, xs)
        f(tf.constant([1, -2, 3]))""",
    "map_fn_of_named_function": f"""{_ABSOLUTE}
        @tf.function
        def f(xs):
            return tf.map_fn(absolute, xs)
        f(tf.constant([1, -2, 3]))""",
    "scan_of_named_function": """
        def add(a, x):
            if x > 0:
                return a + x
            return a - x
        tf.function(lambda xs: tf.scan(add, xs))(tf.constant([1, -2]))""",
    "module": """
        class Model(tf.Module):
            def __call__(self, x):
                if x > 0:
                    return x
                return -x
        m = Model()
        tf.function(lambda x: m(x))(tf.constant(-2.)), tf.function(m)(tf.constant(-2.))""",
    "class_in_function": """
        @tf.function
        def f(x):
            class Inner:
                def run(self, y):
                    if y > 0:
                        return y
                    return -y
            return Inner().run(x)
        f(tf.constant(-3))""",
    "numpy_function_is_left_alone": f"""{_ABSOLUTE}
        tf.function(lambda x: tf.numpy_function(absolute, [x], tf.float32))(tf.constant(-2.))""",
    "custom_gradient_with_if": """
        @tf.custom_gradient
        def g(x):
            if x > 0:
                y = x
            else:
                y = -x
            return y, lambda dy: dy
        tf.function(lambda x: g(x))(tf.constant(-2.))""",
    "cond_with_if_inside": """
        @tf.function
        def f(x):
            def negative():
                return 1 if x > -10 else 2
            return tf.cond(x > 0, lambda: 0, negative)
        f(tf.constant(-5)), f(tf.constant(-50)), f(tf.constant(5))""",
    "custom_gradient": """
        @tf.custom_gradient
        def g(x):
            def grad(dy):
                return dy * 100.
            return x * 2., grad
        @tf.function
        def f(x):
            if x > 0:
                return g(x)
            return x
        x = tf.constant(3.)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        y, tape.gradient(y, x)""",
    "to_graph": f"""{_ABSOLUTE}
        g = tf.autograph.to_graph(absolute)
        g(tf.constant(-3)), g(-4), tf.function(g, autograph=False)(tf.constant(-5))""",
    "to_code_names_the_function": f"""{_ABSOLUTE}
        code = tf.autograph.to_code(absolute)
        'absolute(x)' in code, 'if_stmt' in code""",
    "to_graph_of_a_builtin": "tf.autograph.to_graph(len)(3)",
    "run_functions_eagerly": """
        seen = []
        @tf.function
        def f(x):
            if x > 0:
                seen.append('main')
                return x
            seen.append('else')
            return -x
        tf.config.run_functions_eagerly(True)
        r = f(tf.constant(1)), f(tf.constant(-1))
        tf.config.run_functions_eagerly(False)
        r, seen""",
    "python_function": """
        @tf.function
        def f(x):
            if x > 0:
                return x
            return -x
        f.python_function(tf.constant(-1))""",
    "value_error_passes": """
        def g(x):
            raise ValueError('no')
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "key_error_passes": """
        def g(x):
            return {}['missing']
        tf.function(lambda x: g(x))(tf.constant(1))""",
    "user_exception_passes": """
        class MyError(Exception):
            pass
        @tf.function
        def f(x, n):
            if n > 0:
                raise MyError('no')
            return x
        try:
            f(tf.constant(1), 1)
        except MyError as error:
            result = 'caught'
        result""",
    "exception_caught_inside": """
        @tf.function
        def f(x):
            try:
                y = {}['missing']
            except KeyError:
                y = x
            return y
        f(tf.constant(1))""",
    "undefined_is_read": """
        @tf.function
        def f(x, flag):
            if flag:
                y = x
            return y
        try:
            f(tf.constant(1), False)
        except UnboundLocalError:
            result = 'unbound'
        result""",
    "python_side_effects_in_loops": """
        seen = []
        @tf.function
        def f(n):
            for i in tf.range(n):
                seen.append('traced')
            return n
        f(tf.constant(4)), seen""",
}
