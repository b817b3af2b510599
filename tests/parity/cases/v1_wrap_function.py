"""tf.compat.v1.wrap_function: TensorFlow 1's code as a function, its variables, and what is cut out of it."""


def wrapped(body: str, call: str = "f(tf.constant(2.))") -> str:
    """A function of a scalar, wrapped, and what is asked of it."""
    return f"f = tf.compat.v1.wrap_function(lambda x: {body}, [tf.TensorSpec([], tf.float32)])\n{call}"


VARIABLE = "x * tf.compat.v1.get_variable('v', initializer=3.)"
STEPS = "tf.add(tf.multiply(x, 2., name='mid'), 1., name='out')"
WITH_PLACEHOLDER = """
def fn():
    x = tf.compat.v1.placeholder(tf.float32, [], name='x')
    return tf.add(tf.square(x, name='square'), 1., name='out')
f = tf.compat.v1.wrap_function(fn, [])
"""
IMPORTED = """
graph = tf.Graph()
with graph.as_default():
    x = tf.compat.v1.placeholder(tf.float32, [], name='x')
    y = tf.square(x, name='y')
definition = graph.as_graph_def()
"""

CASES = {
    "called": wrapped("x * 2."),
    "called_with_a_number": wrapped("x * 2.", "f(3.)"),
    "runs_python_once": """
        runs = []
        f = tf.compat.v1.wrap_function(lambda x: runs.append(tf.executing_eagerly()) or x, [tf.TensorSpec([])])
        f(1.), f(2.)
        runs""",
    "structure_of_results": wrapped("{'a': x, 'b': (x * 2.,)}"),
    "variable": wrapped(VARIABLE, "[f(tf.constant(2.)), f.variables[0], len(f.variables), f.variables[0].name]"),
    "variable_assigned_to_outside": wrapped(VARIABLE, "f.variables[0].assign(5.)\nf(tf.constant(2.))"),
    "variable_assigned_to_inside": """
        def fn(x):
            v = tf.compat.v1.get_variable('v', initializer=3.)
            return v.assign_add(x)
        f = tf.compat.v1.wrap_function(fn, [tf.TensorSpec([], tf.float32)])
        [f(tf.constant(2.)), f(tf.constant(2.)), f.variables[0]]""",
    "variable_in_a_scope": """
        def fn(x):
            with tf.compat.v1.variable_scope('s', reuse=tf.compat.v1.AUTO_REUSE):
                v = tf.compat.v1.get_variable('v', [2], initializer=tf.compat.v1.ones_initializer())
            return x * v
        f = tf.compat.v1.wrap_function(fn, [tf.TensorSpec([2])])
        [f(tf.constant([1., 2.])), f.variables[0].name]""",
    "gradient": wrapped("x * x", """x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)"""),
    "gradient_of_a_variable": wrapped(VARIABLE, """with tf.GradientTape() as tape:
    y = f(tf.constant(2.))
tape.gradient(y, f.variables)"""),
    "another_dtype": wrapped("x * 2.", "f(tf.constant(2))"),
    "no_argument": wrapped("x * 2.", "f()"),
    "argument_by_name": wrapped("x * 2.", "f(x=tf.constant(2.))"),
    "pruned_from_the_middle": wrapped(STEPS, "f.prune(feeds='mid:0', fetches='out:0')(tf.constant(3.))"),
    "pruned_by_tensors": wrapped(STEPS, "f.prune(feeds=f.inputs, fetches=f.outputs)(tf.constant(3.))"),
    "pruned_by_a_name_that_is_not_there": wrapped(STEPS, "f.prune('mid:0', 'nowhere:0')"),
    "pruned_from_a_placeholder": WITH_PLACEHOLDER + "f.prune('x:0', 'square:0')(tf.constant(3.))",
    "pruned_to_a_structure": WITH_PLACEHOLDER
    + "f.prune('x:0', {'s': 'square:0', 'o': ['out:0']})(tf.constant(3.))",
    "pruned_by_elements_of_the_graph": WITH_PLACEHOLDER
    + "f.prune(f.graph.get_tensor_by_name('x:0'), f.graph.get_tensor_by_name('out:0'))(tf.constant(3.))",
    "gradient_of_what_is_pruned": WITH_PLACEHOLDER + """g = f.prune('x:0', 'square:0')
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = g(x)
tape.gradient(y, x)""",
    "imported_graph": IMPORTED + """
f = tf.compat.v1.wrap_function(lambda: tf.compat.v1.import_graph_def(definition, name=''), [])
f.prune('x:0', 'y:0')(tf.constant(3.))""",
    "imported_graph_under_a_name": IMPORTED + """
f = tf.compat.v1.wrap_function(lambda: tf.compat.v1.import_graph_def(definition), [])
f.prune('import/x:0', 'import/y:0')(tf.constant(3.))""",
}  # fmt: skip
