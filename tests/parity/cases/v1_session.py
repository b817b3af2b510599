"""Sessions: what they run, what they give, and what they refuse."""


def session(code: str, result: str) -> str:
    """A graph built by the code, and what a session in it gives."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return (
        f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n{lines}\n"
        f"    with v1.Session() as s:\n        out = {result}\nout"
    )


A = "a = tf.constant(2.); b = tf.constant(3.)"
X = "x = v1.placeholder(tf.float32, [None, 3], name='x'); y = x * 2."
N = "n = v1.placeholder(tf.int32, [])"
ROWS = "[[1., 2., 3.], [4., 5., 6.]]"

CASES = {
    "tensor": session(A, "s.run(a + b)"),
    "operation": session(A, "s.run(a.op)"),
    "name": session(f"{A}; c = tf.add(a, b, name='c')", "s.run('c:0')"),
    "operation_name": session(f"{A}; c = tf.add(a, b, name='c')", "s.run('c')"),
    "list": session(A, "s.run([a, b])"),
    "tuple": session(A, "s.run((a, b))"),
    "dict": session(A, "s.run({'sum': a + b, 'a': a})"),
    "nested": session(A, "s.run({'x': [a, (b, a)], 'y': {'z': b}})"),
    "named_tuple": "import collections\nP = collections.namedtuple('P', 'left right')\n"
    + session(A, "tuple(s.run(P(a, b)))"),
    "duplicates": session(A, "s.run([a, a, b, a])"),
    "with_operations": session(A, "s.run([a, a.op, tf.no_op()])"),
    "empty_list": session(A, "s.run([])"),
    "empty_dict": session(A, "s.run({})"),
    "vector": session("x = tf.constant([1., 2.])", "s.run(x)"),
    "string": session("x = tf.constant('text')", "s.run(x)"),
    "strings": session("x = tf.constant(['a', 'b'])", "s.run(x)"),
    "bool": session("x = tf.constant([True, False])", "s.run(x)"),
    "several_outputs": session("x = tf.unstack(tf.constant([1, 2]))", "s.run(x)"),
    "eval": session(A, "(a + b).eval()"),
    "eval_feed": session(X, f"y.eval({{x: {ROWS}}})"),
    "eval_other_session": "v1 = tf.compat.v1\nwith tf.Graph().as_default():\n    a = tf.constant(1.)\n"
    "    s = v1.Session()\na.eval(session=s)",
    "operation_run": session("v = tf.Variable(1.)", "[v.initializer.run(), s.run(v)]"),
    # Feeds
    "feed": session(X, f"s.run(y, feed_dict={{x: {ROWS}}})"),
    "feed_by_name": session(X, f"s.run(y, {{'x:0': {ROWS}}})"),
    "feed_array": session(X, f"s.run(y, {{x: np.array({ROWS}, np.float64)}})"),
    "feed_integers": session(X, "s.run(y, {x: [[1, 2, 3]]})"),
    "feed_placeholder_itself": session(X, f"s.run(x, {{x: {ROWS}}})"),
    "feed_intermediate": session(f"{A}; c = a + b; d = c * 10.", "s.run(d, {c: 1.})"),
    "feed_constant": session(A, "s.run(a + b, {a: 5.})"),
    "feed_without_use": session(f"{A}; {X}", f"s.run(a, {{x: {ROWS}}})"),
    "feed_scalar": session(N, "s.run(n + 1, {n: 4})"),
    "feed_number_of_other_kind": session(N, "s.run(n + 1, {n: 4.5})"),
    "feed_float_array_to_int": session("n = v1.placeholder(tf.int32, [None])", "s.run(n, {n: np.array([1.5, 2.])})"),
    "feed_text_to_float": session(X, "s.run(y, {x: 'text'})"),
    "feed_wrong_shape": session(X, "s.run(y, {x: [1., 2.]})"),
    "feed_wrong_size": session(X, "s.run(y, {x: [[1., 2.]]})"),
    "feed_tensor": session(f"{A}; {X}", "s.run(y, {x: a})"),
    "feed_for_a_number": session(X, "s.run(y, {3: 1.})"),
    "feed_for_unknown_name": session(X, "s.run(y, {'nothing:0': 1.})"),
    "feed_for_operation": session(X, "s.run(y, {x.op: 1.})"),
    "feed_no_dict": session(X, "s.run(y, feed_dict=[x])"),
    "feed_missing": session(X, "s.run(y)"),
    "feed_missing_of_unknown_rank": session("x = v1.placeholder(tf.float32)", "s.run(x + 1.)"),
    "feed_unknown_rank": session(
        "x = v1.placeholder(tf.float32)", "[s.run(x + 1., {x: 1.}), s.run(x + 1., {x: [1., 2.]})]"
    ),
    "feed_two_of_unknown_rank": session(
        "x = v1.placeholder(tf.float32); y = v1.placeholder(tf.float32)",
        "s.run(tf.reduce_sum(x * y + x), {x: [1., 2.], y: 3.})",
    ),
    "feed_default": session("x = v1.placeholder_with_default(5., [])", "[s.run(x + 1.), s.run(x + 1., {x: 1.})]"),
    "feed_default_of_other_shape": session("x = v1.placeholder_with_default([1., 2.], [3])", "s.run(x)"),
    "feed_ragged": session(X, "s.run(y, {x: [[1., 2., 3.], [1.]]})"),
    "feed_string": session("t = v1.placeholder(tf.string, [])", "s.run(t, {t: 'text'})"),
    "feed_changes_nothing_later": session(
        f"{A}; x = v1.placeholder(tf.float32, [2]); values = np.array([1., 2.], np.float32)",
        "[s.run(x, {x: values}), values.tolist()]",
    ),
    "only_what_is_needed_runs": session(f"{A}; {X}", "s.run(a * b)"),
    # Refusals
    "fetch_number": session(A, "s.run(3)"),
    "fetch_none": session(A, "s.run(None)"),
    "fetch_list_with_none": session(A, "s.run([a, None])"),
    "fetch_unknown_name": session(A, "s.run('nothing:0')"),
    "fetch_unknown_operation": session(A, "s.run('nothing')"),
    "fetch_array": session(A, "s.run(np.float32(1))"),
    "fetch_other_graph": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            a = tf.constant(1.)
        with tf.Graph().as_default():
            b = tf.constant(1.)
            out = v1.Session().run(a)
        out""",
    "feed_other_graph": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            a = tf.constant(1.)
        with tf.Graph().as_default():
            b = tf.constant(1.)
            out = v1.Session().run(b, {a: 1.})
        out""",
    "empty_graph": "with tf.Graph().as_default():\n    out = tf.compat.v1.Session().run([])\nout",
    "closed": session(f"{A}; t = v1.Session(); t.close()", "t.run(a)"),
    "closed_after_with": """
        with tf.Graph().as_default():
            a = tf.constant(1.)
            with tf.compat.v1.Session() as s:
                pass
            out = s.run(a)
        out""",
    "no_default_session_eval": "with tf.Graph().as_default():\n    out = tf.constant(1.).eval()\nout",
    "no_default_session_run": "with tf.Graph().as_default():\n    out = tf.constant(1.).op.run()\nout",
    "session_of_no_graph": "tf.compat.v1.Session(graph=3)",
    "session_target_of_no_kind": "tf.compat.v1.Session(target=3)",
    # Sessions as contexts
    "default_session": session(A, "v1.get_default_session() is s"),
    "default_session_after": session(A, "1") + "\ntf.compat.v1.get_default_session()",
    "as_default_leaves_it_open": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            a = tf.constant(1.)
            s = v1.Session()
            with s.as_default():
                first = a.eval()
            second = s.run(a)
        [first, second]""",
    "graph": session(A, "s.graph is g"),
    "interactive": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            s = v1.InteractiveSession()
            a = tf.constant(1.)
            out = (a + 1.).eval()
            s.close()
        [out, v1.get_default_session()]""",
    "make_callable": session(X, f"s.make_callable(y, [x])({ROWS})"),
    "config": session(A, "v1.Session(config=v1.ConfigProto(allow_soft_placement=True)).run(a)"),
    "options": session(A, "s.run(a, options=v1.RunOptions(), run_metadata=v1.RunMetadata())"),
    # Errors while running
    "kernel_error": session(
        "x = v1.placeholder(tf.float32, [None, None]); y = tf.matmul(x, x)", "s.run(y, {x: [[1., 2., 3.]]})"
    ),
    "division_by_zero": session("x = v1.placeholder(tf.int32, []); y = 1 // x", "s.run(y, {x: 0})"),
    # Order
    "control_dependency_runs": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            v = tf.Variable(1.)
            with tf.control_dependencies([v.assign(5.)]):
                y = v.read_value()
            with v1.Session() as s:
                s.run(v.initializer)
                out = [s.run(y), s.run(v)]
        out""",
    "group_runs_all": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            v, w = tf.Variable(1.), tf.Variable(2.)
            both = tf.group(v.assign_add(1.), w.assign_add(1.))
            with v1.Session() as s:
                s.run(v1.global_variables_initializer())
                out = [s.run(both), s.run([v, w])]
        out""",
    "cond": session(
        "x = v1.placeholder(tf.float32, []); y = tf.cond(x > 0., lambda: x * 2., lambda: x - 1.)",
        "[s.run(y, {x: 3.}), s.run(y, {x: -3.})]",
    ),
    "cond_assigns": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            v, x = tf.Variable(1.), v1.placeholder(tf.float32, [])
            y = tf.cond(x > 0., lambda: v.assign_add(5.), lambda: v.read_value())
            with v1.Session() as s:
                s.run(v.initializer)
                out = [s.run(y, {x: -1.}), s.run(y, {x: 1.}), s.run(v)]
        out""",
    "while_loop": session(
        "n = v1.placeholder(tf.int32, []); "
        "r = tf.while_loop(lambda i, s: i < n, lambda i, s: (i + 1, s * 2.), [0, 1.])",
        "s.run(r, {n: 5})",
    ),
    "indexed_slices": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            v = tf.Variable([[1.], [2.], [3.]])
            (g,) = v1.gradients(tf.gather(v, [2, 0]), [v])
            with v1.Session() as s:
                out = s.run(g)
        [type(out).__name__, out.values, out.indices]""",
}
