"""tf.data in traced functions: loops over datasets and iterators, built-in functions, arguments and results."""

HEAD = """
D = tf.data.Dataset
ds = D.from_tensor_slices([1., 2., 3.])
pairs = D.from_tensor_slices(([1, 2, 3, 4], [10., 20., 30., 40.]))
"""


def body(lines: str, call: str = "f(ds)", parameters: str = "ds") -> str:
    """A function of a dataset."""
    indented = "".join(f"    {line}\n" for line in lines.split("\n"))
    return f"{HEAD}@tf.function\ndef f({parameters}):\n{indented}{call}"


SUM = "total = tf.constant(0.)\nfor x in ds:\n    total += x\nreturn total"
NEXT = "return next(it)"

CASES = {
    "sum": body(SUM),
    "sum_of_python_number": body("total = 0.\nfor x in ds:\n    total += x\nreturn total"),
    "sum_of_outside": body(SUM, "f()", ""),
    "sum_of_empty": body(SUM, "f(ds.take(0))"),
    "sum_traces_once": body(SUM, "f(ds)\nf(ds.repeat(5))\nf.experimental_get_tracing_count()"),
    "sum_of_two_specs": body("total = tf.constant(0.)\nfor x in ds:\n    total += tf.reduce_sum(x)\nreturn total",
                             "f(ds)\nf(ds.batch(2))\nf.experimental_get_tracing_count()"),
    "count": body("n = 0\nfor _ in ds:\n    n += 1\nreturn n"),
    "effects_only": body("for x in ds:\n    v.assign_add(x)", "v = tf.Variable(0.)\nf(ds)\nv.numpy()"),
    "order": body("log = tf.zeros([0])\nfor x in ds:\n    tf.autograph.experimental.set_loop_options("
                  "shape_invariants=[(log, tf.TensorShape([None]))])\n    log = tf.concat([log, [x]], 0)\nreturn log"),
    "pair": body("a, b = 0, 0.\nfor x, y in ds:\n    a += x\n    b += y\nreturn a, b", "f(pairs)"),
    "dict": body("t = 0\nfor e in ds:\n    t += e['a'] * e['b']\nreturn t",
                 "f(D.from_tensor_slices({'a': [1, 2], 'b': [3, 4]}))"),
    "nested_structure": body("t = 0.\nfor i, (x, y) in ds.enumerate():\n    t += tf.cast(i, tf.float32) * y\nreturn t",
                             "f(pairs)"),
    "enumerate": body("t = tf.constant(0, tf.int64)\nfor i, x in enumerate(ds):\n    t += i\nreturn t"),
    "enumerate_start": body("t = tf.constant(0, tf.int64)\nfor i, x in enumerate(ds, 5):\n    t += i\nreturn t"),
    "enumerate_pairs": body("t = 0.\nfor i, (x, y) in enumerate(ds):\n    t += tf.cast(i, tf.float32) * y\nreturn t",
                            "f(pairs)"),
    "zip": body("t = 0.\nfor x, y in zip(ds, ds):\n    t += x * y\nreturn t"),
    "map": body("t = 0.\nfor x in map(lambda x: x * 10., ds):\n    t += x\nreturn t"),
    "filter": body("t = 0.\nfor x in filter(lambda x: x > 1., ds):\n    t += x\nreturn t"),
    "any": body("return any(ds)", "f(D.from_tensor_slices([True, False]))"),
    "all": body("return all(ds)", "f(D.from_tensor_slices([True, False]))"),
    "any_of_numbers": body("return any(ds)"),
    "len": body("return len(ds)"),
    "len_of_infinite": body("return len(ds)", "f(ds.repeat())"),
    "len_of_unknown": body("return len(ds)", "f(ds.filter(lambda x: x > 1.))"),
    "break": body("t = 0.\nfor x in ds:\n    if x > 1.5:\n        break\n    t += x\nreturn t"),
    "break_of_infinite": body("t = 0.\nfor x in ds:\n    t += x\n    if t > 20.:\n        break\nreturn t",
                              "f(ds.repeat())"),
    "continue": body("t = 0.\nfor x in ds:\n    if x == 2.:\n        continue\n    t += x\nreturn t"),
    "return_in_loop": body("for x in ds:\n    if x > 1.5:\n        return x\nreturn tf.constant(-1.)"),
    "branches": body("t = 0.\nfor x in ds:\n    if x > 1.5:\n        t += x\n    else:\n        t -= x\nreturn t"),
    "loop_in_loop": body("t = 0.\nfor x in ds:\n    for y in ds:\n        t += x * y\nreturn t"),
    "epochs": body("t = 0.\nfor _ in tf.range(3):\n    for x in ds:\n        t += x\nreturn t"),
    "python_epochs": body("t = 0.\nfor _ in range(3):\n    for x in ds:\n        t += x\nreturn t"),
    "range_in_loop": body("t = 0.\nfor x in ds:\n    for i in tf.range(2):\n        t += x\nreturn t"),
    "loop_in_branch": body("t = 0.\nif flag:\n    for x in ds:\n        t += x\nreturn t", "f(ds, "
                           "tf.constant(True))", "ds, flag"),
    "structures_of_state": body("s = {'n': 0, 'sum': (0., 1.)}\nfor x in ds:\n    s = {'n': s['n'] + 1, "
                                "'sum': (s['sum'][0] + x, s['sum'][1] * x)}\nreturn s"),
    "dtype_changes": body("s = 0\nfor x in ds:\n    s = 'a'\nreturn s"),
    "dtype_changes_to_float": body("s = 0\nfor x in ds:\n    s = x\nreturn s"),
    "shape_changes": body("s = tf.zeros([1])\nfor x in ds:\n    s = tf.concat([s, [x]], 0)\nreturn s"),
    "shape_changes_in_structure": body("s = (0, tf.zeros([1, 2]))\nfor x in ds:\n    s = (s[0] + 1, "
                                       "tf.concat([s[1], [[x, x]]], 0))\n"
                                       "return s"),
    "shape_changes_to_other_rank": body("s = tf.zeros([1])\nfor x in ds:\n    s = [s]\nreturn s"),
    "batches": body("t = 0.\nfor x in ds:\n    t += tf.reduce_sum(x)\nreturn t", "f(ds.batch(2))"),
    "batches_sizes": body("t = 0\nfor x in ds:\n    t += tf.shape(x)[0] * 10\nreturn t", "f(ds.batch(2))"),
    "made_inside": body("t = tf.constant(0, tf.int64)\nfor x in D.range(n).map(lambda x: x * n):\n    t += x\nreturn t",
                        "f(tf.constant(4, tf.int64))", "n"),
    "made_inside_with_constants": body("t = 0\nfor x in D.from_tensor_slices([1, 2, 3]):\n    t += x\nreturn "
                                       "t", "f()", ""),
    "mapped_inside": body("t = 0.\nfor x in ds.map(lambda x: x * w).batch(2):\n    t += tf.reduce_sum(x)\nreturn t",
                          "f(ds, tf.constant(3.))", "ds, w"),
    "mapped_inside_branches": body("t = 0.\nfor x in ds.map(lambda x: x if x > w else -x):\n    t += x\nreturn t",
                                   "f(ds, tf.constant(1.5))", "ds, w"),
    "reduce": body("return ds.reduce(0., lambda a, b: a + b)"),
    "reduce_captures": body("return ds.reduce(0., lambda a, b: a + b * w)", "f(ds, tf.constant(2.))", "ds, w"),
    "reduce_range": body("return D.range(n).reduce(tf.constant(0, tf.int64), lambda s, x: s + x)",
                         "f(tf.constant(4, tf.int64))", "n"),
    "single_element": body("return ds.batch(3).get_single_element()"),
    "cardinality": body("return ds.batch(2).cardinality()"),
    "take_of_tensor": body("t = 0.\nfor x in ds.take(n):\n    t += x\nreturn t", "f(ds, tf.constant(2, "
                           "tf.int64))", "ds, n"),
    "flat_map": body("t = 0.\nfor x in ds.flat_map(lambda x: ds.map(lambda y: x * y)):\n    t += x\nreturn t"),
    "window": body("t = 0.\nfor w in ds.window(2):\n    for x in w:\n        t += x\nreturn t"),
    "return_dataset": body("return ds.map(lambda x: x + 1.)", "[x for x in f(ds)]"),
    "return_pair_with_dataset": body("return ds.batch(2), 1", "[x for x in f(ds)[0]]"),
    "two_datasets": body("t = 0.\nfor x in a:\n    for y in b:\n        t += x * y\nreturn t", "f(ds, "
                         "ds.take(1))", "a, b"),
    "dataset_in_list": body("t = 0.\nfor d in dss:\n    for x in d:\n        t += x\nreturn t", "f([ds, ds])", "dss"),
    "input_signature": body("return ds.reduce(0., lambda a, b: a + b)").replace(
        "@tf.function", "@tf.function(input_signature=[tf.data.DatasetSpec(tf.TensorSpec([], tf.float32))])"),
    "concrete_signature": body(SUM, "str(f.get_concrete_function(ds)).split('\\n')[1]"),
    "iterator_signature": body(NEXT, "str(f.get_concrete_function(iter(ds))).split('\\n')[1]", "it"),
    "next": body(NEXT, "it = iter(ds)\n[f(it), f(it), next(it)]", "it"),
    "next_traces_once": body(NEXT, "f(iter(ds))\nf(iter(ds))\nf.experimental_get_tracing_count()", "it"),
    "next_at_the_end": body(NEXT, "f(iter(ds.take(0)))", "it"),
    "next_of_captured": body("return next(it)", "it = iter(ds)\n[f(), f(), next(it)]", ""),
    "next_twice": body("return next(it) * 10. + next(it)", "f(iter(ds))", "it"),
    "next_of_pairs": body("x, y = next(it)\nreturn tf.cast(x, tf.float32) * y", "f(iter(pairs))", "it"),
    "get_next": body("return it.get_next()", "f(iter(ds))", "it"),
    "next_in_loop": body("t = 0.\nfor _ in tf.range(3):\n    t += next(it)\nreturn t", "f(iter(ds))", "it"),
    "iter_inside": body("it = iter(ds)\nreturn next(it) + next(it)"),
    "iter_inside_each_call_anew": body("return next(iter(ds))", "[f(ds), f(ds)]"),
    "next_without_autograph": body("it = iter(ds)\nreturn next(it) + next(it)").replace("function",
                                   "function(autograph=False)", 1),
    "optional": body("o = iter(ds).get_next_as_optional()\nreturn o.has_value(), o.get_value()"),
    "optional_empty": body("return iter(ds.take(0)).get_next_as_optional().has_value()"),
    "optional_in_branch": body("o = it.get_next_as_optional()\nreturn o.get_value() if o.has_value() else -1.",
                               "it = iter(ds.take(1))\n[f(it), f(it)]", "it"),
    "for_iterator": body("t = 0.\nfor x in it:\n    t += x\nreturn t", "f(iter(ds))", "it"),
    "for_iterator_goes_on": body("t = 0.\nfor x in it:\n    t += x\n    if x > 1.5:\n        break\nreturn t",
                                 "it = iter(ds)\n[f(it), next(it)]", "it"),
    "for_iterator_twice": body("t = 0.\nfor x in it:\n    t += x\nreturn t", "it = iter(ds)\n[f(it), f(it)]", "it"),
    "gradient_in_body": body(
        "for x in ds:\n    with tf.GradientTape() as tape:\n        loss = (w * x - 1.) ** 2\n"
        "    w.assign_sub(.05 * tape.gradient(loss, w))", "w = tf.Variable(2.)\nf(ds)\nf(ds)\nw.numpy()"),
    "gradient_of_iterator_loop": body("t = 0.\nfor x in it:\n    t += w * x\nreturn t",
        "w = tf.Variable(2.)\nwith tf.GradientTape() as tape:\n    y = f(iter(ds), w)\ntape.gradient(y, w)", "it, w"),
    "gradient_of_iterator_product": body("t = 1.\nfor x in it:\n    t = t * w * x\nreturn t",
        "w = tf.Variable(2.)\nwith tf.GradientTape() as tape:\n    y = f(iter(ds), w)\ntape.gradient(y, w)", "it, w"),
    "gradient_of_reduce": body("return ds.reduce(0., lambda a, b: a + b * w)",
        "w = tf.Variable(2.)\nwith tf.GradientTape() as tape:\n    y = f(ds, w)\nNone", "ds, w"),
    "function_in_function": HEAD + "@tf.function\ndef g(d):\n    t = 0.\n    for x in d:\n        t += x\n    "
    "return t\n"
                                   "@tf.function\ndef f(d):\n    return g(d) + g(d.skip(1))\nf(ds)",
    "method": HEAD + "class M(tf.Module):\n    def __init__(self):\n        self.n = tf.Variable(0.)\n    "
    "@tf.function\n"
                     "    def run(self, d):\n        for x in d:\n            self.n.assign_add(x)\n        "
                     "return self.n + 0.\n"
                     "m = M()\nm.run(ds)",
    "py_function_in_map": body("t = 0.\nfor x in ds.map(lambda x: tf.ensure_shape(tf.py_function(lambda v: v * "
                               "2., [x], tf.float32), [])):\n"
                               "    t += x\nreturn t"),
    "dataset_from_branch": body("d = ds\nif flag:\n    d = ds.take(2)\nreturn d.cardinality()",
                                "f(tf.constant(True))", "flag"),
    "dataset_in_loop": body("d = ds\nfor _ in tf.range(n):\n    d = d.map(lambda x: x * 2.)\n"
                            "return d.reduce(0., lambda a, b: a + b)",
                            "f(tf.constant(2))", "n"),
    "iterator_in_loop": body("t = 0.\nfor _ in tf.range(2):\n    it = iter(ds)\n    t += next(it) * 10. + next(it)\n"
                             "return t"),
    "shuffle_in_loop": body("t = 0.\nfor _ in tf.range(2):\n    for x in ds.shuffle(3):\n        t += x\nreturn t"),
    "shape_unknown_after_a_step": HEAD
    + "d = tf.data.Dataset.from_generator(lambda: iter([(1, 3), (2, 7)]), (tf.int32, tf.int32))\n"
    "@tf.function\ndef f(d):\n    t = tf.constant(0)\n    for x, y in d:\n        t += tf.abs(y - x)\n    return t\n"
    "f(d)",
    "print_order": body("for x in ds:\n    tf.print(x)\nreturn 0"),
}  # fmt: skip
