"""Variables that a traced function makes at its first call, with first values that it computes."""


def first_call(source: str) -> str:
    """A snippet with a function f that keeps what it makes in a dict."""
    return "kept = {}\n" + source


STEP = """
@tf.function(autograph=False)
def f(x):
    if not kept: kept['v'] = {made}
    {then}
"""


def made(
    value: str, then: str = "return kept['v'] + x", ask: str = "[f(tf.constant(3.)), f(tf.constant(1.)), kept['v']]"
) -> str:
    return first_call(STEP.format(made=value, then=then) + ask)


CASES = {
    "from_an_argument": made("tf.Variable(2. * x)"),
    "from_an_argument_traced_twice": made(
        "tf.Variable(2. * x)", ask="f(tf.constant(3.)), f(tf.constant(1.))\nf.experimental_get_tracing_count()"
    ),
    "from_an_argument_by_a_callable": made("tf.Variable(lambda: 2. * x)"),
    "from_a_list_with_arguments": made("tf.Variable([x, x * 2.])"),
    "from_a_callable": made("tf.Variable(lambda: tf.random.normal([3]) * 0. + 1.)"),
    "from_random_numbers": made(
        "tf.Variable(tf.random.normal([2]))",
        "return kept['v'] * x",
        "a, b = f(tf.constant(1.)), f(tf.constant(1.))\n[bool(tf.reduce_all(x == kept['v'])) for x in (a, b)]",
    ),
    "from_another_variable": "u = tf.Variable(5.)\n"
    + made("tf.Variable(u * 2.)", ask="[f(tf.constant(1.)), u.assign(1.), f(tf.constant(1.)), kept['v']]"),
    "assigned_to_in_the_same_call": made("tf.Variable(2. * x)", "return kept['v'].assign_add(x).read_value()"),
    "of_other_shapes_afterwards": made(
        "tf.Variable(2. * x)", ask="[f(tf.constant([3.])), f(tf.constant([[1.]])), kept['v']]"
    ),
    "looks_like_itself_while_traced": "seen = []\n"
    + made(
        "tf.Variable(2. * x, name='hey', trainable=False)",
        "v = kept['v']; seen.append([v.shape, v.dtype, v.name, v.trainable]); return v + x",
        "f(tf.ones([2]))\nseen",
    ),
    "of_unknown_size": first_call("""
@tf.function(autograph=False, input_signature=[tf.TensorSpec([None])])
def f(x):
    if not kept: kept['v'] = tf.Variable(2. * x)
    return kept['v'] + x
[f(tf.ones([2])), f(tf.zeros([2])), kept['v']]"""),
    "two_of_which_one_depends_on_the_other": first_call("""
@tf.function(autograph=False)
def f(x):
    if not kept:
        kept['v'] = tf.Variable(2. * x)
        kept['w'] = tf.Variable(kept['v'] * 3.)
    return kept['v'] + kept['w']
[f(tf.constant(3.)), f(tf.constant(1.)), kept['v'], kept['w']]"""),
    "in_a_module": """
class Centre(tf.Module):
    def __init__(self):
        self.mean = None
    @tf.function
    def __call__(self, x):
        if self.mean is None:
            self.mean = tf.Variable(tf.reduce_mean(x, 0), name='mean')
        return x - self.mean
c = Centre()
[c(tf.constant([[1., 2.], [3., 4.]])), c(tf.constant([[1., 2.], [3., 4.], [5., 6.]])), c.mean, len(c.variables)]""",
    "in_a_nested_function": first_call("""
@tf.function(autograph=False)
def inner(x):
    if not kept: kept['v'] = tf.Variable(2. * x)
    return kept['v'] + x
f = tf.function(lambda x: inner(x) * inner(2. * x), autograph=False)
[f(tf.constant(3.)), f(tf.constant(1.)), inner(tf.constant(1.)), kept['v']]"""),
    "effects_happen_once_a_call": "count = tf.Variable(0)\n"
    + first_call("""
@tf.function(autograph=False)
def f(x):
    count.assign_add(1)
    if not kept: kept['v'] = tf.Variable(2. * x)
    return kept['v'] + x
[f(tf.constant(3.)), count.numpy(), f(tf.constant(1.)), count.numpy()]"""),
    "gradient_of_the_first_call": made(
        "tf.Variable(2. * x)",
        "return kept['v'] * x",
        """
with tf.GradientTape() as tape:
    y = f(tf.constant(3.))
[y, tape.gradient(y, kept['v'])]""",
    ),
    "assertion_before_it_fails": first_call("""
@tf.function(autograph=False)
def f(x):
    if not kept:
        tf.debugging.assert_positive(x)
        kept['v'] = tf.Variable(x)
    return kept['v'] + x
f(tf.constant(-1.))"""),
    "concrete_of_a_value_without_arguments": made(
        "tf.Variable(tf.ones([2]) * 3.)",
        ask="c = f.get_concrete_function(tf.TensorSpec([]))\n[c(tf.constant(1.)), kept['v']]",
    ),
    "concrete_of_a_value_of_an_argument": made("tf.Variable(2. * x)", ask="f.get_concrete_function(tf.TensorSpec([]))"),
    "made_at_every_call": "tf.function(lambda x: tf.Variable(2. * x) + x)(tf.constant(3.))",
    "made_for_each_shape": first_call("""
@tf.function(autograph=False)
def f(x):
    if x.shape[0] not in kept: kept[x.shape[0]] = tf.Variable(2. * x)
    return kept[x.shape[0]] + x
f(tf.ones([1]))
f(tf.ones([2]))"""),
    "made_in_a_branch": first_call("""
@tf.function
def f(x):
    if x > 0.:
        if not kept: kept['v'] = tf.Variable(2. * x)
        return kept['v'] + x
    return x
f(tf.constant(3.))"""),
    "made_in_a_loop": """
class Kept: v = None
@tf.function
def f(x):
    for i in tf.range(3):
        if Kept.v is None: Kept.v = tf.Variable(2.)
        x = x + Kept.v
    return x
f(tf.constant(3.))""",
    "of_another_dtype": made("tf.Variable(x, dtype=tf.float64)"),
    "run_eagerly": "tf.config.run_functions_eagerly(True)\n"
    + made(
        "tf.Variable(2. * x)",
        ask="r = [f(tf.constant(3.)), f(tf.constant(1.)), kept['v']]\ntf.config.run_functions_eagerly(False)\nr",
    ),
}
