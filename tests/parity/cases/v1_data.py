"""tf.compat.v1.data: iterators over datasets, read in sessions."""

HEAD = """
v1 = tf.compat.v1
def run(session, fetches, feed=None):
    try:
        return session.run(fetches, feed)
    except tf.errors.OpError as error:
        return type(error).__name__
with v1.Graph().as_default():
    pairs = tf.data.Dataset.from_tensor_slices(([1., 2., 3.], [4, 5, 6])).map(lambda a, b: (a * 2, b)).batch(2)
"""


def graph(lines: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in lines.splitlines()) + "out"


PLACEHOLDER = """n = v1.placeholder(tf.int64, [])
it = v1.data.make_initializable_iterator(tf.data.Dataset.range(n))
e = it.get_next()
"""

CASES = {
    "one_shot": graph("""x, y = v1.data.make_one_shot_iterator(pairs).get_next()
with v1.Session() as s:
    out = [run(s, [x, y]) for _ in range(4)]"""),
    "one_shot_begins_in_each_session": graph("""x, y = v1.data.make_one_shot_iterator(pairs).get_next()
out = []
for _ in range(2):
    with v1.Session() as s:
        out.append(run(s, x * 10.))"""),
    "one_shot_initializer": graph("out = v1.data.make_one_shot_iterator(pairs).initializer"),
    "a_run_reads_once": graph("""x, y = v1.data.make_one_shot_iterator(pairs).get_next()
with v1.Session() as s:
    out = [run(s, [x, x + 1., y]), run(s, y)]"""),
    "two_iterators": graph("""a = v1.data.make_one_shot_iterator(pairs).get_next()[1]
b = v1.data.make_one_shot_iterator(pairs).get_next()[1]
with v1.Session() as s:
    out = [run(s, a), run(s, [a, b])]"""),
    "two_get_next": graph("""it = v1.data.make_one_shot_iterator(pairs.unbatch())
a = it.get_next()[1]
b = it.get_next()[1]
with v1.Session() as s:
    out = [run(s, a), run(s, b), run(s, a)]"""),
    "until_the_end": graph("""x, _ = v1.data.make_one_shot_iterator(pairs).get_next()
w = v1.Variable(0.)
step = v1.assign_add(w, tf.reduce_sum(x))
with v1.Session() as s:
    s.run(v1.global_variables_initializer())
    steps = [run(s, step) for _ in range(3)]
    out = [steps, s.run(w)]"""),
    "dict": graph("""d = tf.data.Dataset.from_tensor_slices({"a": [1, 2], "b": [[1.], [2.]]}).repeat(2)
e = v1.data.make_one_shot_iterator(d).get_next()
with v1.Session() as s:
    out = [run(s, e) for _ in range(3)]"""),
    "initializable": graph(
        PLACEHOLDER
        + """with v1.Session() as s:
    out = [run(s, e), run(s, [it.initializer], {n: 2}), *[run(s, e) for _ in range(3)]]"""
    ),
    "initialized_anew": graph(
        PLACEHOLDER
        + """begin = it.initializer
with v1.Session() as s:
    out = []
    for size in (3, 1):
        run(s, begin, {n: size})
        out += [run(s, e), run(s, e)]"""
    ),
    "initializer_not_fed": graph(
        PLACEHOLDER
        + """with v1.Session() as s:
    out = run(s, it.initializer)"""
    ),
    "initializable_in_another_session": graph(
        PLACEHOLDER
        + """with v1.Session() as s:
    run(s, it.initializer, {n: 2})
with v1.Session() as s:
    out = run(s, e)"""
    ),
    "types_and_shapes": graph(
        "out = [v1.data.get_output_types(pairs), [s.as_list() for s in v1.data.get_output_shapes(pairs)]]"
    ),
    "one_shot_eager": "next(tf.compat.v1.data.make_one_shot_iterator(tf.data.Dataset.range(3)))",
    "initializable_eager": "tf.compat.v1.data.make_initializable_iterator(tf.data.Dataset.range(3))",
    "dataset": "list(tf.compat.v1.data.Dataset.range(2).as_numpy_iterator())",
}
