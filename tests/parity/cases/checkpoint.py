"""tf.train.Checkpoint and CheckpointManager: keys, restoring at once and later, what is said of a mismatch."""

_START = """import os, tempfile
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'model')
class Dense(tf.Module):
    def __init__(self, size):
        super().__init__()
        self.size, self.w = size, None
    def __call__(self, x):
        if self.w is None:
            self.w = tf.Variable(tf.ones([x.shape[-1], self.size]))
            self.b = tf.Variable(tf.zeros([self.size]))
        return x @ self.w + self.b
class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.first, self.rest = Dense(2), [Dense(3), Dense(1)]
    def __call__(self, x):
        for layer in [self.first, *self.rest]:
            x = layer(x)
        return x
x = tf.constant([[1., 2.]])
def trained():
    net = Net()
    net(x)
    for i, v in enumerate(net.variables):
        v.assign(v + i)
    return net
"""


def case(lines: str) -> str:
    return _START + lines


def files_of(thing: str) -> str:
    """The names and shapes in the checkpoint of an expression."""
    return case(f"tf.train.list_variables(tf.train.Checkpoint({thing}).write(path))")


_SAVED = "net = trained()\nckpt = tf.train.Checkpoint(net=net, step=tf.Variable(3, dtype=tf.int64))\n"

CASES = {
    # Which names values have
    "keys": files_of("net=trained(), step=tf.Variable(1)"),
    "keys_of_list": files_of("many=[tf.Variable(1.), 3, tf.Variable([2.])]"),
    "keys_of_dict": files_of("named={'a/b': tf.Variable(1.), 'c.d': {'e': tf.Variable(2.)}, 'f': 3}"),
    "keys_of_tuple": files_of("pair=(tf.Variable(1.), tf.Variable(2.))"),
    "keys_of_named_tuple": "import collections\n"
    + case("P = collections.namedtuple('P', 'left right')\n")
    + "tf.train.list_variables(tf.train.Checkpoint(p=P(tf.Variable(1.), tf.Variable(2.))).write(path))",
    "keys_of_shared": case("v = tf.Variable(1.)\nout = tf.train.Checkpoint(a=[v], b=v).write(path)\n")
    + "tf.train.list_variables(out)",
    "keys_of_root": files_of("trained()"),
    "keys_of_root_and_more": files_of("trained(), step=tf.Variable(1)"),
    "keys_of_variable_as_root": files_of("tf.Variable(1.)"),
    "keys_of_generator": files_of("g=tf.random.Generator.from_seed(1)"),
    "keys_of_nested": files_of("inner=tf.train.Checkpoint(v=tf.Variable(1.))"),
    "keys_of_save": case("tf.train.list_variables(tf.train.Checkpoint(v=tf.Variable(1.)).save(path))"),
    "keys_of_empty": files_of(""),
    "key_that_is_no_text": files_of("d={1: tf.Variable(1.)}"),
    "attribute_set_later": case("c = tf.train.Checkpoint()\nc.v = tf.Variable(1.)\nc.n = 3\n")
    + "tf.train.list_variables(c.write(path))",
    "number": "tf.train.Checkpoint(x=3)",
    "object": "tf.train.Checkpoint(x=object())",
    "tensor": "tf.train.Checkpoint(x=tf.constant(1.))",
    "list_as_root": "tf.train.Checkpoint([tf.Variable(1.)])",
    # Files
    "write": case("os.path.relpath(tf.train.Checkpoint(v=tf.Variable(1.)).write(path), folder)"),
    "write_into_no_folder": case(
        "p = os.path.join(folder, 'new', 'm')\ntf.train.Checkpoint(v=tf.Variable(1.)).write(p)\n"
    )
    + "tf.train.list_variables(p)",
    "files": case("ckpt = tf.train.Checkpoint(v=tf.Variable(1.))\nckpt.write(path)\nckpt.save(path)\n")
    + "sorted(os.listdir(folder))",
    "save_counts": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\n")
    + "[os.path.relpath(c.save(path), folder), os.path.relpath(c.save(path), folder), c.save_counter]",
    "save_counter": "tf.train.Checkpoint().save_counter",
    "latest": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\nc.save(path)\nc.save(path)\n")
    + "os.path.relpath(tf.train.latest_checkpoint(folder), folder)",
    "latest_of_nothing": case("[tf.train.latest_checkpoint(folder), tf.train.latest_checkpoint(path)]"),
    "latest_of_written": case("tf.train.Checkpoint(v=tf.Variable(1.)).write(path)\ntf.train.latest_checkpoint(folder)"),
    "text": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\nc.save(path)\nc.save(path)\n")
    + "with open(os.path.join(folder, 'checkpoint')) as file: text = file.read()\ntext",
    "state": case(
        "c = tf.train.Checkpoint(v=tf.Variable(1.))\nc.save(path)\ns = tf.train.get_checkpoint_state(folder)\n"
    )
    + "[os.path.relpath(s.model_checkpoint_path, folder), len(s.all_model_checkpoint_paths)]",
    "state_of_nothing": case("tf.train.get_checkpoint_state(folder)"),
    "load_variable": case(_SAVED)
    + "tf.train.load_variable(ckpt.write(path), 'net/first/w/.ATTRIBUTES/VARIABLE_VALUE')",
    "load_scalar": case(_SAVED) + "tf.train.load_variable(ckpt.write(path), 'step/.ATTRIBUTES/VARIABLE_VALUE')",
    "write_below_a_file": case("open(path, 'w').close()\n")
    + "tf.train.Checkpoint(v=tf.Variable(1.)).write(path + '/c')",
    "save_below_a_file": case("open(path, 'w').close()\n") + "tf.train.Checkpoint(v=tf.Variable(1.)).save(path + '/c')",
    "load_missing": case(_SAVED) + "tf.train.load_variable(ckpt.write(path), 'no')",
    "load_of_folder": case(_SAVED)
    + "ckpt.save(path)\ntf.train.load_variable(folder, 'step/.ATTRIBUTES/VARIABLE_VALUE')",
    "load_of_nothing": "tf.train.load_checkpoint('no/such/file')",
    "reader": case(_SAVED) + "r = tf.train.load_checkpoint(ckpt.write(path))\n"
    "dtypes = r.get_variable_to_dtype_map()\n"
    "[r.has_tensor('no'), r.get_variable_to_shape_map(), dtypes['step/.ATTRIBUTES/VARIABLE_VALUE'], r.debug_string()]",
    "strings": case(
        "c = tf.train.Checkpoint(v=tf.Variable(['a', 'bcd', '']))\nc.write(path)\nc.v.assign(['', '', 'x'])\n"
    )
    + "c.read(path)\nc.v",
    "every_dtype": case(
        "dtypes = [tf.bool, tf.int8, tf.uint8, tf.int16, tf.uint16, tf.int32, tf.uint32, tf.int64, tf.uint64,"
        " tf.float16, tf.bfloat16, tf.float32, tf.float64, tf.complex64, tf.complex128]\n"
        "c = tf.train.Checkpoint(all=[tf.Variable(tf.cast([0, 1, 2], t)) for t in dtypes])\n"
        "c.write(path)\nbefore = [v.numpy().tolist() for v in c.all]\n"
        "for v in c.all: v.assign(tf.zeros_like(v))\nc.read(path)\n"
    )
    + "[v.numpy().tolist() for v in c.all] == before",
    # Restoring
    "restore": case(_SAVED) + "ckpt.save(path)\n"
    "for v in net.variables: v.assign(v * 0.)\nckpt.step.assign(9)\nckpt.restore(path + '-1').assert_consumed()\n"
    "[ckpt.step, ckpt.save_counter, *net.variables]",
    "restore_into_new": case(_SAVED) + "ckpt.write(path)\nnew = Net()\nnew(x)\n"
    "tf.train.Checkpoint(net=new).read(path).expect_partial()\n[new(x), *new.variables]",
    "restore_before_variables_are_there": case(_SAVED) + "ckpt.write(path)\nnew = Net()\n"
    "tf.train.Checkpoint(net=new).restore(path).expect_partial()\n[new(x), *new.variables]",
    "restore_before_variables_are_there_in_function": case(_SAVED) + "ckpt.write(path)\nnew = Net()\n"
    "tf.train.Checkpoint(net=new).restore(path).expect_partial()\nf = tf.function(new)\n[f(x), f(x), *new.variables]",
    "restore_attribute_set_later": case(
        "tf.train.Checkpoint(v=tf.Variable(5.)).write(path)\nc = tf.train.Checkpoint()\n"
    )
    + "c.restore(path)\nc.v = tf.Variable(1.)\nc.v",
    "restore_attribute_set_later_twice": case("tf.train.Checkpoint(v=tf.Variable(5.)).write(path)\n")
    + "c = tf.train.Checkpoint()\nc.restore(path)\nc.v = tf.Variable(1.)\nc.v = tf.Variable(2.)\nc.v",
    "restore_attribute_below_set_later": case(
        "tf.train.Checkpoint(a=tf.train.Checkpoint(v=tf.Variable(5.))).write(path)\n"
    )
    + "c = tf.train.Checkpoint()\nc.restore(path)\nc.a = tf.train.Checkpoint()\nc.a.v = tf.Variable(1.)\nc.a.v",
    "restore_one_way": case(_SAVED) + "ckpt.write(path)\nw = tf.Variable(tf.zeros([2, 2]))\n"
    "root = tf.train.Checkpoint(net=tf.train.Checkpoint(first=tf.train.Checkpoint(w=w)))\n"
    "root.read(path).assert_existing_objects_matched()\nw",
    "restore_twice_into_same": case("c = tf.train.Checkpoint(v=tf.Variable(5.))\nc.write(path)\n")
    + "c.v.assign(1.)\nc.read(path)\nc.v.assign(2.)\nc.read(path)\nc.v",
    "restore_generator": case("g = tf.random.Generator.from_seed(1)\nc = tf.train.Checkpoint(g=g)\nc.write(path)\n")
    + "a = g.normal([2])\nc.read(path)\n[a, g.normal([2])]",
    "restore_iterator": case("it = iter(tf.data.Dataset.range(9).map(lambda i: i * i))\nnext(it), next(it)\n")
    + "c = tf.train.Checkpoint(it=it)\nc.write(path)\nnext(it)\nc.read(path)\nnext(it)",
    "restore_iterator_into_new": case("it = iter(tf.data.Dataset.range(9).batch(2))\nnext(it)\n")
    + "tf.train.Checkpoint(it=it).write(path)\nnew = iter(tf.data.Dataset.range(9).batch(2))\n"
    "tf.train.Checkpoint(it=new).read(path)\nlist(new)",
    "restore_none": "tf.train.Checkpoint(v=tf.Variable(1.)).restore(None).assert_consumed()",
    "restore_nothing": "tf.train.Checkpoint(v=tf.Variable(1.)).restore('no/such/file')",
    "read_nothing": "tf.train.Checkpoint(v=tf.Variable(1.)).read('no/such/file')",
    "restore_other_shape": case(_SAVED)
    + "tf.train.Checkpoint(step=tf.Variable([1, 2], dtype=tf.int64)).read(ckpt.write(path))",
    "restore_other_dtype": case(_SAVED) + "tf.train.Checkpoint(step=tf.Variable(1.)).read(ckpt.write(path))",
    "restore_open_shape": case("tf.train.Checkpoint(v=tf.Variable([1., 2., 3.])).write(path)\n")
    + "v = tf.Variable([0.], shape=[None])\ntf.train.Checkpoint(v=v).read(path)\nv",
    "restore_shared": case("v = tf.Variable(5.)\ntf.train.Checkpoint(a=v, b=v).write(path)\n")
    + "w = tf.Variable(1.)\ntf.train.Checkpoint(b=w).read(path)\nw",
    "restore_seen_by_no_tape": case("c = tf.train.Checkpoint(v=tf.Variable(5.))\nc.write(path)\n")
    + "with tf.GradientTape() as tape:\n    y = c.v * c.v\n    c.read(path)\ntape.gradient(y, c.v)",
    # What the status says
    "consumed": case(_SAVED) + "ckpt.read(ckpt.write(path)).assert_consumed()\n'yes'",
    "not_consumed": case(_SAVED) + "tf.train.Checkpoint(net=net).read(ckpt.write(path)).assert_consumed()",
    "not_consumed_by_object": case(_SAVED)
    + "tf.train.Checkpoint(net=net, other=tf.Variable(1.)).read(ckpt.write(path)).assert_existing_objects_matched()",
    "partial": case(_SAVED)
    + "tf.train.Checkpoint(net=net).read(ckpt.write(path)).assert_existing_objects_matched().expect_partial()\n'yes'",
    "counter_not_in_written": case(_SAVED)
    + "tf.train.Checkpoint(net=net).restore(ckpt.write(path)).assert_existing_objects_matched()",
    "trivial": case(_SAVED)
    + "tf.train.Checkpoint(other=tf.Variable(1.)).read(ckpt.write(path)).assert_nontrivial_match()",
    "not_trivial": case(_SAVED)
    + "tf.train.Checkpoint(net=net).read(ckpt.write(path)).assert_nontrivial_match()\n'yes'",
    # CheckpointManager
    "manager": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\nm = tf.train.CheckpointManager(c, folder, 2)\n")
    + "before = m.latest_checkpoint\nsaved = [m.save() for _ in range(4)]\n"
    "names = [os.path.basename(p) for p in [*saved, *m.checkpoints, m.latest_checkpoint]]\n"
    "[before, names, sorted(os.listdir(folder))]",
    "manager_keeps_all": case(
        "c = tf.train.Checkpoint(v=tf.Variable(1.))\nm = tf.train.CheckpointManager(c, folder, None)\n"
    )
    + "[m.save() for _ in range(4)]\nlen(m.checkpoints)",
    "manager_keeps_none": "tf.train.CheckpointManager(tf.train.Checkpoint(), 'no', 0)",
    "manager_number": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\nm = tf.train.CheckpointManager(c, folder, 9)\n")
    + "[os.path.basename(m.save(checkpoint_number=n)) for n in (None, 77, tf.constant(5), None)]",
    "manager_name": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\n")
    + "os.path.basename(tf.train.CheckpointManager(c, folder, 9, checkpoint_name='best').save())",
    "manager_goes_on": case(
        "c = tf.train.Checkpoint(v=tf.Variable(1.))\ntf.train.CheckpointManager(c, folder, 2).save()\n"
    )
    + "n = tf.train.Checkpoint(v=tf.Variable(2.))\nm = tf.train.CheckpointManager(n, folder, 2)\n"
    "n.restore(m.latest_checkpoint)\n[n.v, os.path.basename(m.save()), [os.path.basename(p) for p in m.checkpoints]]",
    "manager_restores": case(
        "c = tf.train.Checkpoint(v=tf.Variable(1.))\nm = tf.train.CheckpointManager(c, folder, 2)\n"
    )
    + "first = m.restore_or_initialize()\nm.save()\nc.v.assign(9.)\n"
    "[first, os.path.basename(m.restore_or_initialize()), c.v]",
    "manager_initializes": case("c = tf.train.Checkpoint(v=tf.Variable(1.))\n")
    + "m = tf.train.CheckpointManager(c, folder, 2, init_fn=lambda: c.v.assign(4.))\nm.restore_or_initialize()\nc.v",
    "manager_interval": case("s = tf.Variable(0)\nc = tf.train.Checkpoint(s=s)\n")
    + "m = tf.train.CheckpointManager(c, folder, 9, step_counter=s, checkpoint_interval=2)\nout = []\n"
    "for _ in range(5):\n    s.assign_add(1)\n    out.append(m.save() is not None)\n"
    "out.append(m.save(check_interval=False) is not None)\ns.assign_add(1)\n"
    "[*out, m.save() is not None, m.save(check_interval=False) is not None]",
    "manager_interval_without_counter": (
        "tf.train.CheckpointManager(tf.train.Checkpoint(), 'no', 3, checkpoint_interval=2)"
    ),
    "manager_without_max": "tf.train.CheckpointManager(tf.train.Checkpoint(), 'no')",
}
