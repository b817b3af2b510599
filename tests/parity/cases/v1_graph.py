"""The static graph of TensorFlow 1: what is in it, and how it is called."""


def in_graph(code: str, result: str) -> str:
    """A snippet in a graph of its own, and what is asked of it in there."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return f"v1 = tf.compat.v1\nwith tf.Graph().as_default() as g:\n{lines}\n    out = {result}\nout"


def names(code: str, tensor: str) -> str:
    """The name of a tensor, the type of its operation, and its shape."""
    return in_graph(code, f"[{tensor}.name, {tensor}.op.type, str({tensor}.shape), {tensor}.dtype.name]")


X = "x = v1.placeholder(tf.float32, [None, 3], name='x')"
A = "a = tf.constant(2.); b = tf.constant(3.)"

CASES = {
    # Names
    "name_constant": names("a = tf.constant(2.)", "a"),
    "name_constant_given": names("a = tf.constant(2., name='two')", "a"),
    "name_second_constant": names(A, "b"),
    "name_placeholder": names("x = v1.placeholder(tf.float32, [None, 3])", "x"),
    "name_placeholder_given": names(X, "x"),
    "name_operator_add": names(f"{A}; c = a + b", "c"),
    "name_function_add": names(f"{A}; c = tf.add(a, b)", "c"),
    "name_add_after_operator": names(f"{A}; d = a + b; c = tf.add(a, b)", "c"),
    "name_given": names(f"{A}; c = tf.add(a, b, name='total')", "c"),
    "name_given_twice": names(f"{A}; d = tf.add(a, b, name='total'); c = tf.add(a, b, name='total')", "c"),
    "name_operator_sub": names(f"{A}; c = a - b", "c"),
    "name_operator_mul": names(f"{A}; c = a * b", "c"),
    "name_operator_truediv": names(f"{A}; c = a / b", "c"),
    "name_operator_floordiv": names(f"{A}; c = a // b", "c"),
    "name_operator_mod": names(f"{A}; c = a % b", "c"),
    "name_operator_pow": names(f"{A}; c = a ** b", "c"),
    "name_operator_neg": names(f"{A}; c = -a", "c"),
    "name_operator_less": names(f"{A}; c = a < b", "c"),
    "name_operator_right": names(f"{A}; c = 1. - a", "c"),
    "name_operator_matmul": names(f"{X}; c = x @ tf.ones([3, 2])", "c"),
    "name_matmul": names(f"{X}; c = tf.matmul(x, tf.ones([3, 2]))", "c"),
    "name_subtract": names(f"{A}; c = tf.subtract(a, b)", "c"),
    "name_multiply": names(f"{A}; c = tf.multiply(a, b)", "c"),
    "name_divide": names(f"{A}; c = tf.divide(a, b)", "c"),
    "name_square": names(f"{A}; c = tf.square(a)", "c"),
    "name_exp": names(f"{A}; c = tf.exp(a)", "c"),
    "name_reduce_sum": names(f"{X}; c = tf.reduce_sum(x)", "c"),
    "name_reduce_mean_axis": names(f"{X}; c = tf.reduce_mean(x, axis=1)", "c"),
    "name_reduce_mean_given": names(f"{X}; c = tf.reduce_mean(x, name='loss')", "c"),
    "name_relu": names(f"{X}; c = tf.nn.relu(x)", "c"),
    "name_softmax": names(f"{X}; c = tf.nn.softmax(x, name='probabilities')", "c"),
    "name_sigmoid": names(f"{X}; c = tf.nn.sigmoid(x)", "c"),
    "name_tanh": names(f"{X}; c = tf.tanh(x)", "c"),
    "name_reshape": names(f"{X}; c = tf.reshape(x, [-1])", "c"),
    "name_transpose": names(f"{X}; c = tf.transpose(x)", "c"),
    "name_concat": names(f"{X}; c = tf.concat([x, x], 1)", "c"),
    "name_stack": names(f"{A}; c = tf.stack([a, b])", "c"),
    "name_strided_slice": names(f"{X}; c = x[0]", "c"),
    "name_gather": names(f"{X}; c = tf.gather(x, [0, 2])", "c"),
    "name_cast": names(f"{X}; c = tf.cast(x, tf.int32)", "c"),
    "name_argmax": names(f"{X}; c = tf.argmax(x, 1)", "c"),
    "name_equal": names(f"{X}; c = tf.equal(x, x)", "c"),
    "name_identity": names(f"{X}; c = tf.identity(x, name='same')", "c"),
    "name_zeros": names("c = tf.zeros([2])", "c"),
    "name_ones": names("c = tf.ones([2], name='bias')", "c"),
    "name_range": in_graph("c = tf.range(1, 9, 2)", "[c.name, str(c.shape)]"),
    "name_range_given": in_graph("c = tf.range(3, name='r')", "[c.name, str(c.shape)]"),
    "name_shape": names(f"{X}; c = tf.shape(x)", "c"),
    "name_expand_dims": names(f"{X}; c = tf.expand_dims(x, 0)", "c"),
    "name_stop_gradient": names(f"{X}; c = tf.stop_gradient(x)", "c"),
    "name_one_hot": names("c = tf.one_hot([1], 3)", "c"),
    "name_clip": names(f"{A}; c = tf.clip_by_value(a, 0., 1.)", "c"),
    "name_random_normal": in_graph("c = tf.random.normal([2], mean=1., stddev=2.)", "c.name"),
    "name_operand": in_graph("a = tf.constant(2.); c = a + 1.", "[t.name for t in c.op.inputs]"),
    "name_operand_right": in_graph("a = tf.constant(2.); c = 1. * a", "[t.name for t in c.op.inputs]"),
    "name_group": in_graph("a = tf.constant(2.); c = tf.group(a)", "[c.name, c.type]"),
    "name_no_op": in_graph("c = tf.no_op()", "[c.name, c.type, len(c.outputs)]"),
    "name_upper_and_lower_case": names("a = tf.constant(1., name='A'); b = tf.constant(1., name='a')", "b"),
    # Scopes
    "scope_name": in_graph("with tf.name_scope('layer') as s: c = tf.constant(1.)", "[s, c.name]"),
    "scope_nested": in_graph("with tf.name_scope('a'), tf.name_scope('b') as s: c = tf.constant(1.)", "[s, c.name]"),
    "scope_twice": """
        with tf.Graph().as_default():
            with tf.name_scope('a') as first: x = tf.constant(1.)
            with tf.name_scope('a') as second: y = tf.constant(1.)
        [first, x.name, second, y.name]""",
    "scope_reopened": """
        with tf.Graph().as_default():
            with tf.name_scope('a') as first: x = tf.constant(1.)
            with tf.name_scope(first) as second: y = tf.constant(1.)
        [first, x.name, second, y.name]""",
    "scope_v1_default_name": in_graph("with v1.name_scope(None, 'fallback') as s: c = tf.constant(1.)", "[s, c.name]"),
    "scope_operators": in_graph(
        f"{A}; h = tf.name_scope('s'); h.__enter__(); c = a + b; h.__exit__(None, None, None)", "c.name"
    ),
    "scope_of_each_graph": """
        with tf.Graph().as_default(), tf.name_scope('outer'):
            with tf.Graph().as_default():
                c = tf.constant(1.)
            d = tf.constant(1.)
        [c.name, d.name]""",
    # Looking things up
    "operations": in_graph(f"{A}; c = a + b", "[(op.name, op.type) for op in g.get_operations()]"),
    "tensor_by_name": in_graph(f"{A}; c = a + b", "g.get_tensor_by_name('add:0') is c"),
    "operation_by_name": in_graph(f"{A}; c = a + b", "g.get_operation_by_name('add') is c.op"),
    "tensor_by_operation_name": in_graph(f"{A}; c = a + b", "g.get_tensor_by_name('add')"),
    "tensor_by_unknown_name": in_graph(A, "g.get_tensor_by_name('nothing:0')"),
    "tensor_by_name_without_index": in_graph(A, "g.get_tensor_by_name('nothing')"),
    "tensor_by_index_out_of_range": in_graph(A, "g.get_tensor_by_name('Const:1')"),
    "operation_by_unknown_name": in_graph(A, "g.get_operation_by_name('nothing')"),
    "operation_by_tensor_name": in_graph(A, "g.get_operation_by_name('Const:0')"),
    "element_of_no_kind": in_graph(A, "g.as_graph_element(3)"),
    "inputs_and_consumers": in_graph(
        f"{A}; c = a + b; d = a * a", "[[t.name for t in c.op.inputs], [op.name for op in a.consumers()]]"
    ),
    "outputs": in_graph(f"{A}; c = a + b", "[[t.name for t in c.op.outputs], c.value_index]"),
    "attribute_dtype": in_graph(f"{A}; c = a + b", "c.op.get_attr('T')"),
    "attribute_bool": in_graph(
        f"{X}; c = tf.matmul(x, x, transpose_b=True)", "[c.op.get_attr('transpose_a'), c.op.get_attr('transpose_b')]"
    ),
    "attribute_missing": in_graph(f"{A}; c = a + b", "c.op.get_attr('nothing')"),
    "node_def": in_graph(
        f"{X}; c = tf.nn.relu(x, name='r')", "[c.op.node_def.name, c.op.node_def.op, list(c.op.node_def.input)]"
    ),
    "control_inputs": in_graph(
        f"{A}; h = tf.control_dependencies([a]); h.__enter__(); c = tf.identity(b); h.__exit__(None, None, None)",
        "[op.name for op in c.op.control_inputs]",
    ),
    "control_dependencies_none": """
        with tf.Graph().as_default():
            a = tf.constant(1.)
            with tf.control_dependencies([a]), tf.control_dependencies(None):
                c = tf.constant(2.)
        c.op.control_inputs""",
    "control_dependencies_of_no_kind": in_graph("h = tf.control_dependencies([3])", "h"),
    "str_tensor": in_graph(X, "[str(x), repr(x)]"),
    "str_tensor_of_unknown_rank": in_graph("x = v1.placeholder(tf.float32)", "[str(x), repr(x)]"),
    "str_operation": in_graph(X, "repr(x.op)"),
    "str_node_def": in_graph(
        "c = tf.placeholder if False else v1.placeholder(tf.float32, [2], name='c')", "str(c.op.node_def).split()"
    ),
    "collections": in_graph(
        "v1.add_to_collection('mine', 1); v1.add_to_collection('mine', 2)",
        "[v1.get_collection('mine'), v1.get_collection('other'), g.get_collection('mine')]",
    ),
    "version_grows": in_graph(A, "g.version"),
    "default_graph": in_graph(A, "[v1.get_default_graph() is g, a.graph is g, tf.executing_eagerly()]"),
    "default_graph_again": """
        v1 = tf.compat.v1
        with tf.Graph().as_default() as g:
            with tf.Graph().as_default() as h:
                inner = v1.get_default_graph() is h
            outer = v1.get_default_graph() is g
        [inner, outer, tf.executing_eagerly()]""",
    "reset_nested": in_graph(A, "v1.reset_default_graph()"),
    "finalized": in_graph(f"{A}; g.finalize()", "a + b"),
    "finalized_constant": in_graph(f"{A}; g.finalize()", "tf.constant(1.)"),
    "finalized_is_known": in_graph(f"{A}; before = g.finalized; g.finalize()", "[before, g.finalized]"),
    "two_graphs": """
        with tf.Graph().as_default():
            a = tf.constant(1.)
        with tf.Graph().as_default():
            b = tf.constant(2.)
            c = a + b
        c""",
    # Tensors have no values
    "bool": in_graph(A, "bool(a)"),
    "if": in_graph(f"{A}; c = 1 if a < b else 2", "c"),
    "float": in_graph(A, "float(a)"),
    "int": in_graph(A, "int(a)"),
    "numpy": in_graph(A, "a.numpy()"),
    "iterate": in_graph("x = tf.constant([1., 2.])", "list(x)"),
    "length": in_graph("x = tf.constant([1., 2.])", "len(x)"),
    "equality_is_identity": in_graph(A, "[a == a, a == b, a != b]"),
    "keys_of_dicts": in_graph(A, "{a: 1, b: 2}[b]"),
    "set_shape": in_graph(f"{X}; x.set_shape([4, 3])", "str(x.shape)"),
    "set_shape_contradicts": in_graph(f"{X}; x.set_shape([4, 5])", "str(x.shape)"),
    "placeholder_when_eager": "tf.compat.v1.placeholder(tf.float32)",
    "default_graph_when_eager": "v1 = tf.compat.v1\nv1.get_default_graph() is v1.get_default_graph()",
    "graph_of_old_constant": """
        with tf.Graph().as_default():
            a = tf.constant(1.)
        a.numpy()""",
    "dtype_mismatch": in_graph("a = tf.constant(1.); b = tf.constant(1)", "a + b"),
    "shape_mismatch": in_graph("a = tf.ones([2, 3]); b = tf.ones([2, 3])", "tf.matmul(a, b)"),
}
