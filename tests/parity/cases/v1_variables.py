"""Variables of static graphs: initialized by a session, found by their names."""


def run(code: str, result: str) -> str:
    """A graph built by the code, its variables initialized, and what a session in it gives."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return (
        f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n{lines}\n"
        f"    init = v1.global_variables_initializer()\n"
        f"    with v1.Session() as s:\n        s.run(init)\n        out = {result}\nout"
    )


def build(code: str, result: str) -> str:
    """A graph built by the code, and something about it."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n{lines}\n    out = {result}\nout"


V = "v = tf.Variable([1., 2.], name='v')"
REUSE = """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            with v1.variable_scope('s'):
                a = v1.get_variable('a', [2])
            {}
        out"""

CASES = {
    "value": run(V, "s.run(v)"),
    "arithmetic": run(V, "s.run(v * 2. + 1.)"),
    "names": build(V, "[v.name, v.op.name, v.op.type, v.initializer.name, v.initial_value.name]"),
    "default_name": build("v = tf.Variable(1.); w = tf.Variable(1.)", "[v.name, w.name]"),
    "name_in_scope": build("with tf.name_scope('s'): v = tf.Variable(1., name='v')", "v.name"),
    "repr": build(V, "repr(v)"),
    "initializer": build(V, "v1.global_variables_initializer().type"),
    "uninitialized": build(f"{V}; s = v1.Session()", "s.run(v)"),
    "uninitialized_in_arithmetic": build(f"{V}; s = v1.Session()", "s.run(v + 1.)"),
    "assign_initializes": build(f"{V}; s = v1.Session(); s.run(v.assign([5., 6.]))", "s.run(v)"),
    "each_session_has_its_own": run(
        f"{V}; t = v1.Session(); t.run(v.initializer); t.run(v.assign([7., 8.]))", "[s.run(v), t.run(v)]"
    ),
    "other_session_is_uninitialized": run(V, "v1.Session(graph=g).run(v)"),
    "assign": run(V, "[s.run(v.assign([3., 4.])), s.run(v)]"),
    "assign_function": run(V, "[s.run(v1.assign(v, [3., 4.])), s.run(v)]"),
    "assign_add": run(V, "[s.run(v.assign_add([1., 1.])), s.run(v)]"),
    "assign_sub_function": run(V, "[s.run(v1.assign_sub(v, [1., 1.])), s.run(v)]"),
    "assign_operation": run(V, "[s.run(v.assign([3., 4.]).op), s.run(v)]"),
    "assign_wrong_shape": build(V, "v.assign([1., 2., 3.])"),
    "assign_wrong_dtype": build(V, "v.assign(tf.constant([1, 2]))"),
    "assign_is_repeated": run(f"{V}; up = v.assign_add([1., 1.])", "[s.run(up), s.run(up), s.run(v)]"),
    "initializer_again": run(f"{V}; up = v.assign([9., 9.])", "[s.run(up), s.run(init), s.run(v)]"),
    "eval": run(V, "v.eval()"),
    "load": run(V, "[v.load([5., 6.], s), s.run(v)]"),
    "feed": run(V, "s.run(v * 2., {v: [5., 6.]})"),
    "fetch_by_read_name": run(V, "s.run('v/Read/ReadVariableOp:0')"),
    "fetch_twice": run(V, "s.run([v, v])"),
    "callable_value": run("v = tf.Variable(lambda: tf.ones([2]))", "s.run(v)"),
    "value_from_tensor": run("x = tf.constant(3.); v = tf.Variable(x * 2.)", "s.run(v)"),
    "no_initial_value": build("v = tf.Variable()", "v"),
    "numpy": build(V, "v.numpy()"),
    "is_variable_initialized": run(
        f"{V}; t = v1.Session()", "[s.run(v1.is_variable_initialized(v)), t.run(v1.is_variable_initialized(v))]"
    ),
    "report_uninitialized": build(
        f"{V}; w = tf.Variable(1.); s = v1.Session(); s.run(v.initializer)",
        "s.run(v1.report_uninitialized_variables())",
    ),
    "report_none_uninitialized": run(V, "s.run(v1.report_uninitialized_variables())"),
    "collections": build(
        f"{V}; w = tf.Variable(1., trainable=False)",
        "[[x.name for x in v1.global_variables()], [x.name for x in v1.trainable_variables()]]",
    ),
    "local_collection": build(
        "v = v1.get_local_variable('l', [], initializer=v1.zeros_initializer())",
        "[[x.name for x in v1.local_variables()], v1.global_variables(), v1.trainable_variables()]",
    ),
    "v1_variable_collections": build(
        "v = v1.Variable(1., collections=['mine'])",
        "[[x.name for x in v1.get_collection('mine')], v1.global_variables()]",
    ),
    "v1_variable_position": build("v = v1.Variable(1., False, name='v')", "[v.name, v.trainable]"),
    "is_instance": build(V, "isinstance(v, tf.Variable)"),
    "made_eagerly": "v = tf.Variable(1.)\nwith tf.Graph().as_default():\n    out = v + 1.\nout",
    "equality_is_identity": build(f"{V}; w = tf.Variable(1.)", "[v == v, v == w]"),
    "initializer_when_eager": "tf.compat.v1.global_variables_initializer()",
    # get_variable
    "get": run("v = v1.get_variable('v', [2], initializer=v1.constant_initializer(3.))", "[s.run(v), v.name]"),
    "get_ones": run("v = v1.get_variable('v', [2], initializer=v1.ones_initializer())", "s.run(v)"),
    "get_zeros_class": run("v = v1.get_variable('v', [2], initializer=v1.zeros_initializer)", "s.run(v)"),
    "get_dtype": run("v = v1.get_variable('v', [2], tf.int32)", "s.run(v)"),
    "get_value": run("v = v1.get_variable('v', initializer=[1., 2.])", "s.run(v)"),
    "get_tensor": run("v = v1.get_variable('v', initializer=tf.constant([1, 2]), dtype=tf.int32)", "s.run(v)"),
    "get_value_with_shape": build("v = v1.get_variable('v', [2], initializer=[1., 2.])", "v"),
    "get_without_shape": build("v = v1.get_variable('v')", "v"),
    "get_partial_shape": build("v = v1.get_variable('v', [None, 2])", "v"),
    "get_default_shape": build("v = v1.get_variable('v', [2, 3])", "[str(v.shape), v.dtype.name, v.trainable]"),
    "get_untrainable": build("v = v1.get_variable('v', [2], trainable=False)", "v1.trainable_variables()"),
    "get_twice": build("v = v1.get_variable('v', [2]); w = v1.get_variable('v', [2])", "w"),
    "get_beside_variable_of_the_same_name": build(
        "v = tf.Variable(1., name='v'); w = v1.get_variable('v', [])", "[v.name, w.name]"
    ),
    "get_in_name_scope": build("with tf.name_scope('n'): v = v1.get_variable('v', [2])", "v.name"),
    # variable_scope
    "scope": REUSE.format("out = a.name"),
    "scope_reuse": REUSE.format("with v1.variable_scope('s', reuse=True): out = v1.get_variable('a', [2]) is a"),
    "scope_reuse_without_shape": REUSE.format(
        "with v1.variable_scope('s', reuse=True): out = v1.get_variable('a') is a"
    ),
    "scope_no_reuse": REUSE.format("with v1.variable_scope('s'): out = v1.get_variable('a', [2])"),
    "scope_reuse_missing": REUSE.format("with v1.variable_scope('s', reuse=True): out = v1.get_variable('b', [2])"),
    "scope_reuse_other_shape": REUSE.format("with v1.variable_scope('s', reuse=True): out = v1.get_variable('a', [3])"),
    "scope_reuse_other_dtype": REUSE.format(
        "with v1.variable_scope('s', reuse=True): out = v1.get_variable('a', [2], tf.int32)"
    ),
    "scope_auto_reuse": REUSE.format(
        "with v1.variable_scope('s', reuse=v1.AUTO_REUSE): "
        "out = [v1.get_variable('a', [2]) is a, v1.get_variable('b', [2]).name]"
    ),
    "scope_reuse_variables": REUSE.format(
        "with v1.variable_scope('s') as sc: sc.reuse_variables(); out = v1.get_variable('a', [2]) is a"
    ),
    "scope_reuse_is_inherited": REUSE.format(
        "with v1.variable_scope('s', reuse=True), v1.variable_scope('t'): out = v1.get_variable('a', [2])"
    ),
    "scope_by_object": REUSE.format(
        "with v1.variable_scope('s', reuse=True) as sc: pass\n"
        "            with v1.variable_scope(sc): out = [v1.get_variable('a', [2]) is a, sc.name, sc.reuse]"
    ),
    "scope_nested": build(
        "with v1.variable_scope('a'), v1.variable_scope('b') as sc: v = v1.get_variable('v', [2])", "[v.name, sc.name]"
    ),
    "scope_initializer": run(
        "with v1.variable_scope('a', initializer=v1.constant_initializer(4.)): v = v1.get_variable('v', [2])",
        "s.run(v)",
    ),
    "scope_names_operations": build("with v1.variable_scope('a'): x = tf.constant(1.)", "x.name"),
    "scope_names_operations_again": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            with v1.variable_scope('a'): x = tf.constant(1.)
            with v1.variable_scope('a'): y = tf.constant(1.)
        [x.name, y.name]""",
    "scope_default_name": """
        v1 = tf.compat.v1
        with tf.Graph().as_default():
            with v1.variable_scope(None, 'layer'): a = v1.get_variable('w', [1])
            with v1.variable_scope(None, 'layer'): b = v1.get_variable('w', [1])
        [a.name, b.name]""",
    "scope_no_name": build("h = v1.variable_scope(None)", "h"),
    "scope_get": build("with v1.variable_scope('a'): name = v1.get_variable_scope().name", "name"),
    "scope_variable": build("with v1.variable_scope('a'): v = tf.Variable(1., name='v')", "v.name"),
    "regularizer": run(
        "v = v1.get_variable('v', [2], initializer=v1.ones_initializer(), "
        "regularizer=lambda w: tf.reduce_sum(w) * 0.5)",
        "s.run(v1.get_collection('regularization_losses'))",
    ),
}
