"""tf.compat.v1.train.Saver, and GraphDef with constants for variables."""

_START = """import os, tempfile
v1 = tf.compat.v1
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'model')
with tf.Graph().as_default() as g:
    v = tf.Variable([1., 2.], name='v')
    w = v1.get_variable('layer/w', [2], tf.int32, v1.ones_initializer())
    {}
    with v1.Session() as s:
        s.run(v1.global_variables_initializer())
        {}
    with v1.Session() as s:
        out = {}
out"""


def saved(save: str, result: str, saver: str = "saver = v1.train.Saver()") -> str:
    """A session that saves, and what another one gives."""
    return _START.format(saver, save, result)


_CHANGED = "s.run(v.assign([5., 6.])); where = saver.save(s, path)"
_SEVERAL = "for step in range(4): s.run(v.assign([step, 0.])); saver.save(s, path, global_step=step)"

CASES = {
    "save_and_restore": saved(_CHANGED, "[saver.restore(s, where), s.run(v), s.run(w)]"),
    "path": saved("where = saver.save(s, path)", "os.path.relpath(where, folder)"),
    "path_of_step": saved("where = saver.save(s, path, global_step=7)", "os.path.relpath(where, folder)"),
    "path_of_tensor_step": saved("where = saver.save(s, path, tf.constant(8))", "os.path.relpath(where, folder)"),
    "into_no_folder": saved(
        "s.run(v.assign([5., 6.])); where = saver.save(s, path + 's/new')", "[saver.restore(s, where), s.run(v)]"
    ),
    "below_a_file": saved("open(path, 'w').close(); saver.save(s, path + '/model')", "None"),
    "latest": saved(_SEVERAL, "os.path.relpath(v1.train.latest_checkpoint(folder), folder)"),
    "latest_of_nothing": saved("pass", "v1.train.latest_checkpoint(folder)"),
    "restore_latest": saved(_SEVERAL, "[saver.restore(s, v1.train.latest_checkpoint(folder)), s.run(v)]"),
    "max_to_keep": saved(
        _SEVERAL, "[v1.train.checkpoint_exists(f'{path}-{i}') for i in range(4)]",
        "saver = v1.train.Saver(max_to_keep=2)",
    ),
    "last_checkpoints": saved(
        _SEVERAL, "[os.path.relpath(x, folder) for x in saver.last_checkpoints]",
        "saver = v1.train.Saver(max_to_keep=2)",
    ),
    "state": saved(_SEVERAL, "len(v1.train.get_checkpoint_state(folder).all_model_checkpoint_paths)"),
    "some": saved(
        "where = saver.save(s, path)", "[saver.restore(s, where), s.run(v)]", "saver = v1.train.Saver([v])"
    ),
    "some_leave_others": saved(
        "where = saver.save(s, path)", "[saver.restore(s, where), s.run(w)]", "saver = v1.train.Saver([v])"
    ),
    "by_name": saved(
        "where = saver.save(s, path)", "v1.train.load_variable(where, 'other')", "saver = v1.train.Saver({'other': v})"
    ),
    "list_variables": saved("where = saver.save(s, path)", "v1.train.list_variables(where)"),
    "load_variable": saved("where = saver.save(s, path)", "v1.train.load_variable(where, 'layer/w')"),
    "not_there": saved("pass", "saver.restore(s, path)"),
    "none": saved("pass", "saver.restore(s, None)"),
    "missing_key": saved(
        "where = saver.save(s, path)", "v1.train.Saver({'other': v}).restore(s, where)", "saver = v1.train.Saver([v])"
    ),
    "uninitialized": saved("pass", "saver.save(s, path)"),
    "nothing_to_save": "with tf.Graph().as_default():\n    out = tf.compat.v1.train.Saver()\nout",
    "exists": saved(
        "where = saver.save(s, path)", "[v1.train.checkpoint_exists(where), v1.train.checkpoint_exists('no')]"
    ),
    "variables_to_constants": """
        v1 = tf.compat.v1
        with tf.Graph().as_default() as g:
            x = v1.placeholder(tf.float32, [None], name='x')
            v = tf.Variable([1., 2.], name='v')
            y = tf.identity(x * v + v, name='y')
            with v1.Session() as s:
                s.run(v1.global_variables_initializer())
                s.run(v.assign([3., 4.]))
                frozen = v1.graph_util.convert_variables_to_constants(s, g.as_graph_def(), ['y'])
        with tf.Graph().as_default():
            v1.import_graph_def(frozen, name='')
            with v1.Session() as s:
                out = s.run('y:0', {'x:0': [1., 10.]})
        kinds = [n.op for n in frozen.node if n.op.startswith('Var')], [n.op for n in frozen.node if n.name == 'v']
        out, kinds""",
    "sub_graph": """
        v1 = tf.compat.v1
        with tf.Graph().as_default() as g:
            a = tf.constant(1., name='a')
            b = tf.add(a, a, name='b')
            c = tf.square(b, name='c')
            d = tf.negative(a, name='d')
        cut = [v1.graph_util.extract_sub_graph(g.as_graph_def(), dest) for dest in (['b'], ['c', 'd'])]
        [[n.name for n in part.node] for part in cut]""",
    "sub_graph_of_one_name": "tf.compat.v1.graph_util.extract_sub_graph(tf.compat.v1.GraphDef(), 'a')",
    "sub_graph_of_nothing": "tf.compat.v1.graph_util.extract_sub_graph(tf.compat.v1.GraphDef(), ['a'])",
    "training_nodes": """
        v1 = tf.compat.v1
        with tf.Graph().as_default() as g:
            a = tf.constant(1., name='a')
            b = tf.identity(a, name='b')
            c = tf.debugging.check_numerics(b, 'no', name='c')
            d = tf.square(tf.identity(c, name='e'), name='d')
        sub = v1.graph_util.remove_training_nodes(g.as_graph_def(), ['c'])
        [(n.name, list(n.input)) for n in sub.node]""",
    "tensor_proto": "p = tf.make_tensor_proto([[1, 2], [3, 4]], dtype=tf.int64)\n"
                    "(p.dtype, [d.size for d in p.tensor_shape.dim], tf.make_ndarray(p))",
    "tensor_proto_shape": "tf.make_ndarray(tf.make_tensor_proto([1., 2., 3., 4.], shape=[2, 2]))",
    "tensor_proto_filled_up": "tf.make_ndarray(tf.make_tensor_proto([1, 2], shape=[2, 2]))",
    "tensor_proto_text": "tf.make_ndarray(tf.make_tensor_proto(['a', 'bc']))",
    "tensor_proto_bool": "tf.make_ndarray(tf.make_tensor_proto(True))",
    "tensor_proto_half": "tf.make_ndarray(tf.make_tensor_proto([1.5], tf.float16))",
    "tensor_proto_other_size": "tf.make_tensor_proto([1., 2., 3.], shape=[2])",
    "tensor_proto_verify": "tf.make_tensor_proto([1., 2.], shape=[2, 1], verify_shape=True)",
    "tensor_proto_broadcast": "tf.make_ndarray(tf.make_tensor_proto(7, shape=[2, 2], allow_broadcast=True))",
}  # fmt: skip
