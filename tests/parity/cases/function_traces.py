"""tf.function: what retraces and what is relaxed, variables as arguments, methods, nesting, concrete functions."""

COUNT = """
traces = []
def traced(f, **options):
    def noted(*args, **kwargs):
        traces.append(1)
        return f(*args, **kwargs)
    return tf.function(noted, autograph=False, **options)
"""


def case(source: str) -> str:
    return COUNT + source


CASES = {
    "shapes_without_relaxing": case("""
f = traced(lambda x: x + 1)
for n in (1, 2, 3, 4): f(tf.ones([n, 2]))
len(traces)"""),
    "shapes_relaxed": case("""
f = traced(lambda x: x + 1, reduce_retracing=True)
for n in (1, 2, 3, 4): f(tf.ones([n, 2]))
len(traces)"""),
    "shapes_relaxed_in_two_axes": case("""
f = traced(lambda x: x + 1, reduce_retracing=True)
for shape in ([1, 2], [2, 2], [3, 2], [2, 3], [4, 5]): f(tf.ones(shape))
len(traces)"""),
    "relaxed_results": case("""
f = traced(lambda x: tf.reduce_sum(x, axis=0), reduce_retracing=True)
[f(tf.ones([n, 2])) for n in (1, 2, 3, 4)]"""),
    "relaxing_keeps_dtypes_apart": case("""
f = traced(lambda x: x + 1, reduce_retracing=True)
f(tf.ones([1])), f(tf.ones([2])), f(tf.ones([3], tf.int32)), f(tf.ones([4], tf.int32))
len(traces)"""),
    "relaxing_python_values": case("""
f = traced(lambda x: tf.constant(1), reduce_retracing=True)
for i in range(4): f(i)
len(traces)"""),
    "variables_that_look_alike_share_a_trace": case("""
f = traced(lambda v: v + 1.)
f(tf.Variable(1.)), f(tf.Variable(5.))
len(traces)"""),
    "variables_as_arguments_are_read_each_time": case("""
f = traced(lambda v: v + 1.)
[f(tf.Variable(1.)), f(tf.Variable(5.))]"""),
    "variable_and_tensor_do_not_share_a_trace": case("""
f = traced(lambda v: v + 1.)
f(tf.Variable(1.)), f(tf.constant(1.))
len(traces)"""),
    "the_same_variable_twice_is_another_trace": case("""
f = traced(lambda v, w: v + w)
a, b = tf.Variable(1.), tf.Variable(2.)
f(a, b), f(b, a), f(a, a), f(b, b)
len(traces)"""),
    "variable_as_argument_is_assigned_to": case("""
f = traced(lambda v: v.assign_add(1.))
a, b = tf.Variable(1.), tf.Variable(5.)
f(a), f(b), f(b)
[a, b]"""),
    "the_same_variable_twice_is_one": case("""
def g(v, w):
    v.assign_add(1.)
    return w.read_value()
f = traced(g)
a, b = tf.Variable(1.), tf.Variable(5.)
[f(a, b), f(a, a)]"""),
    "gradient_of_a_variable_that_is_an_argument": case("""
f = traced(lambda v: v * v)
v = tf.Variable(3.)
with tf.GradientTape() as tape:
    y = f(v)
tape.gradient(y, v)"""),
    "numpy_scalars_share_a_trace": case("""
f = traced(lambda x: 1)
f(np.float32(1)), f(np.float32(2))
len(traces)"""),
    "lists_and_tuples_do_not_share_a_trace": case("""
f = traced(lambda x: 1)
f([1, 2]), f((1, 2)), f([1, 3])
len(traces)"""),
    "none_as_an_argument": case("""
f = traced(lambda x: 1)
f(None), f(None)
len(traces)"""),
    "dict_arguments_by_key": case("""
f = traced(lambda d: d['a'] - d['b'])
[f({'a': tf.constant(3), 'b': tf.constant(1)}), f({'b': tf.constant(1), 'a': tf.constant(3)}), len(traces)]"""),
    "set_as_an_argument": case("traced(lambda x: 1)({1, 2})"),
    "creating_a_variable_at_the_first_call_traces_twice": case("""
made = []
def g(x):
    if not made:
        made.append(tf.Variable(2.))
    return made[0] * x
f = traced(g)
f(tf.constant(1.)), f(tf.constant(2.))
len(traces)"""),
    "creating_a_variable_for_each_shape": case("""
made = {}
def g(x):
    if x.shape[0] not in made:
        made[x.shape[0]] = tf.Variable(1.)
    return made[x.shape[0]] * x
f = traced(g)
f(tf.ones([1]))
f(tf.ones([2]))"""),
    "creating_a_variable_always": case("traced(lambda x: tf.Variable(1.) * x)(tf.constant(1.))"),
    "methods_of_two_objects": case("""
class Scale:
    def __init__(self, w):
        self.w = tf.Variable(w)
    @tf.function(autograph=False)
    def __call__(self, x):
        traces.append(1)
        return self.w * x
a, b = Scale(2.), Scale(3.)
[a(tf.constant(1.)), b(tf.constant(1.)), a(tf.constant(2.)), len(traces)]"""),
    "tracing_count": case("""
f = traced(lambda x: x)
f(tf.constant(1.)), f(tf.constant(2.)), f(tf.constant([1.])), f(3)
f.experimental_get_tracing_count()"""),
    "nested_functions": case("""
inner = traced(lambda x: x * x)
outer = tf.function(lambda x: inner(x) + inner(x + 1.), autograph=False)
[outer(tf.constant(3.)), len(traces)]"""),
    "nested_function_over_a_symbol_outside": """
def outer(x):
    inner = tf.function(lambda y: x * y, autograph=False)
    return inner(x) + inner(x + 1.)
tf.function(outer, autograph=False)(tf.constant(3.))""",
    "gradient_through_nested_functions": """
inner = tf.function(lambda x: x * x * x, autograph=False)
outer = tf.function(lambda x: tf.sin(inner(x)), autograph=False)
x = tf.constant(0.5)
with tf.GradientTape() as second:
    second.watch(x)
    with tf.GradientTape() as first:
        first.watch(x)
        y = outer(x)
    d = first.gradient(y, x)
[y, d, second.gradient(d, x)]""",
    "gradient_of_a_tensor_that_the_function_closes_over": """
x = tf.constant(3.)
f = tf.function(lambda y: x * x * y, autograph=False)
with tf.GradientTape() as tape:
    tape.watch(x)
    z = f(tf.constant(2.))
tape.gradient(z, x)""",
    "closed_over_tensor_watched_after_the_trace": """
x = tf.constant(3.)
f = tf.function(lambda: x * x, autograph=False)
f()
with tf.GradientTape() as tape:
    tape.watch(x)
    z = f()
tape.gradient(z, x)""",
    "persistent_tape_around_a_function": """
f = tf.function(lambda x: tf.exp(x) * x, autograph=False)
x = tf.constant(0.5)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = f(x)
    d = tape.gradient(y, x)
[d, tape.gradient(d, x), tape.gradient(y, x)]""",
    "jacobian_of_a_function": """
f = tf.function(lambda x: tf.stack([x[0] * x[1], x[1] * x[1]]), autograph=False)
x = tf.constant([2., 3.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.jacobian(y, x)""",
    "gradients_of_several_results": """
f = tf.function(lambda x: {'a': x * x, 'b': [x + 1., tf.sin(x)]}, autograph=False)
x = tf.constant(2.)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = f(x)
[tape.gradient(y['a'], x), tape.gradient(y['b'], x), tape.gradient(y['b'][1], x)]""",
    "unconnected_result_of_a_function": """
f = tf.function(lambda x, y: x * x, autograph=False)
x, y = tf.constant(2.), tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch([x, y])
    z = f(x, y)
tape.gradient(z, [x, y])""",
    "integer_results_beside": """
f = tf.function(lambda x: (x * x, tf.argmax(x)), autograph=False)
x = tf.constant([1., 2.])
with tf.GradientTape() as tape:
    tape.watch(x)
    y, i = f(x)
[tape.gradient(y, x), i]""",
    "stop_gradient_inside": """
f = tf.function(lambda x: tf.stop_gradient(x * x) * x, autograph=False)
x = tf.constant(3.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x)
tape.gradient(y, x)""",
    "variables_watched_by_a_tape_outside": """
v, w = tf.Variable(1.), tf.Variable(2., trainable=False)
f = tf.function(lambda x: v * w * x, autograph=False)
with tf.GradientTape() as tape:
    f(tf.constant(3.))
[x.shape for x in tape.watched_variables()]""",
    "assigning_and_reading_in_order": """
v = tf.Variable(1.)
def step(x):
    a = v.read_value()
    v.assign_add(x)
    b = v.read_value()
    v.assign(b * 2.)
    return a, b, v.read_value()
f = tf.function(step, autograph=False)
[f(tf.constant(1.)), f(tf.constant(1.)), v]""",
    "tape_and_update_inside": """
w = tf.Variable([1., 2.])
def step(x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((w * x) ** 2.)
    w.assign_sub(0.1 * tape.gradient(loss, w))
    return loss
f = tf.function(step, autograph=False)
[f(tf.constant([1., 1.])), f(tf.constant([1., 1.])), w]""",
    "run_eagerly": case("""
tf.config.run_functions_eagerly(True)
f = traced(lambda x: x + 1)
f(1), f(1)
tf.config.run_functions_eagerly(False)
f(1), f(1)
len(traces)"""),
    "eager_is_off_inside": case("traced(lambda: tf.constant(tf.executing_eagerly()))()"),
    "inside_function": case("traced(lambda: tf.constant(tf.inside_function()))()"),
    "missing_argument": case("tf.function(lambda x: 1)()"),
    "too_many_arguments": case("tf.function(lambda x: 1)(1, 2)"),
    "unknown_argument": case("tf.function(lambda x: 1)(1, q=2)"),
    "result_that_is_no_tensor": "tf.function(lambda x: object())(tf.constant(1.))",
    "text_as_a_result": "tf.function(lambda x: 'abc')(tf.constant(1.))",
    "signature_with_too_few_specs": "tf.function(lambda x, y: x, input_signature=[tf.TensorSpec([])])(1., 2.)",
    "signature_with_too_many_specs": "tf.function(lambda x: x, input_signature=[tf.TensorSpec([])] * 2)(1.)",
    "signature_of_something_else": "tf.function(lambda x: x, input_signature=[5])(1.)",
    "signature_and_default": "tf.function(lambda x, y=2.: x * y, input_signature=[tf.TensorSpec([])])(3.)",
    "concrete_call": """
f = tf.function(lambda x, y=2.: {'a': x * y, 'b': [x]}, autograph=False)
f.get_concrete_function(tf.constant(1.))(tf.constant(3.))""",
    "concrete_call_by_name": """
f = tf.function(lambda x, y=2.: x * y, autograph=False)
f.get_concrete_function(tf.constant(1.))(x=tf.constant(3.))""",
    "concrete_call_with_another_dtype": """
f = tf.function(lambda x: x * 2, autograph=False)
f.get_concrete_function(tf.TensorSpec([], tf.float32))(tf.constant(3))""",
    "concrete_call_with_too_many": """
f = tf.function(lambda x: x * 2., autograph=False)
f.get_concrete_function(tf.constant(1.))(tf.constant(3.), tf.constant(3.))""",
    "concrete_call_with_too_few": """
f = tf.function(lambda x: x * 2., autograph=False)
f.get_concrete_function(tf.constant(1.))()""",
    "concrete_of_a_spec": """
f = tf.function(lambda x: x * 2., autograph=False)
c = f.get_concrete_function(tf.TensorSpec([None], tf.float32))
[c(tf.constant([1.])), c(tf.constant([1., 2.]))]""",
    "concrete_signature": """
f = tf.function(lambda x, y=2., *, z='a': x, autograph=False)
f.get_concrete_function(tf.TensorSpec([None], tf.float32)).pretty_printed_signature()""",
    "concrete_signatures": """
f = tf.function(lambda x, y=2.: {'a': x, 'b': [x]}, autograph=False)
f(tf.constant(1.)), f(tf.constant([1, 2]), 3.)
f.pretty_printed_concrete_signatures()""",
}  # fmt: skip
