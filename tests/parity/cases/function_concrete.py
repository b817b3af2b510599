"""Concrete functions: how arguments are bound to them, what does not fit, and what they say of themselves."""

NUMBERS = "import re\ndef without_ids(text): return re.sub(r'\\d{6,}|0x[0-9a-fA-F]+', 'ID', text)\n"


def concrete(call: str, function: str = "lambda x: x * 2.", arguments: str = "tf.constant(1.)") -> str:
    """A call of the function that was traced for these arguments."""
    return f"f = tf.function({function}, autograph=False)\nf.get_concrete_function({arguments})({call})"


def signed(call: str, function: str, signature: str = "[tf.TensorSpec([])]") -> str:
    """A call of a function with an input_signature."""
    return f"f = tf.function({function}, input_signature={signature}, autograph=False)\nf({call})"


def told(source: str) -> str:
    """What is said of the arguments that do not fit."""
    *lines, last = source.split("\n")
    return "\n".join(
        [
            *lines,
            "text = ''",
            "try:",
            f"    {last}",
            "except TypeError as error:",
            "    text = str(error).partition('. Received args')[0]",
            "text",
        ]
    )


X_N = "lambda x, n: x * n"
XY = "lambda x, y=2., *, z='a': x * y"
PAIR = "from collections import namedtuple\nP = namedtuple('P', 'a b')\n"

# Said of a call that fails; the class of the error is a case of its own.
MISFITS = {
    "another_python_value": concrete("tf.constant(3.), 3.", X_N, "tf.constant(1.), 2."),
    "another_python_value_for_none": concrete("tf.constant(3.), 5", X_N.replace("x * n", "x"), "tf.constant(1.), None"),
    "another_python_value_inside": concrete(
        "tf.constant(1.), [1, {'a': 3}]", "lambda x, n: x", "tf.constant(1.), [1, {'a': 2}]"
    ),
    "another_default": concrete("tf.constant(3.), 3., z='a'", XY),
    "a_keyword_alone": concrete("tf.constant(3.), z='a'", XY),
    "an_argument_twice": concrete("tf.constant(3.), x=tf.constant(2.)", XY),
    "another_shape_of_a_list": concrete("[1., 2., 3.]", arguments="tf.TensorSpec([2])"),
    "none_for_a_tensor": concrete("None"),
    "a_dict_for_a_tensor": concrete("{'a': 1.}"),
    "no_argument": concrete(""),
    "too_many_arguments": concrete("tf.constant(1.), 2., 'a'", XY),
    "an_unknown_argument": concrete("tf.constant(1.), q=2."),
    "other_keys": concrete("{'b': tf.constant(1.)}", "lambda x: x['a']", "{'a': tf.constant(1.)}"),
    "a_list_for_a_tuple": concrete("[tf.constant(1.)]", "lambda x: x[0]", "(tf.constant(1.),)"),
    "a_tuple_for_a_list": concrete("(tf.constant(1.),)", "lambda x: x[0]", "[tf.constant(1.)]"),
    "a_longer_tuple": concrete("(tf.constant(1.),) * 2", "lambda x: x[0]", "(tf.constant(1.),)"),
    "another_value_in_a_named_tuple": PAIR
    + concrete("P(tf.constant(1.), 3)", "lambda x: x.a", "P(tf.constant(1.), 2)"),
    "fewer_of_star_args": concrete("tf.constant(1.)", "lambda *xs: xs[0]", "tf.constant(1.), tf.constant(2.)"),
    "more_of_star_args": concrete("*[tf.constant(1.)] * 3", "lambda *xs: xs[0]", "*[tf.constant(1.)] * 2"),
    "another_keyword_of_two": concrete("a=tf.constant(1.), c=tf.constant(2.)", "lambda **k: k['a']",
                                       "a=tf.constant(1.), b=tf.constant(2.)"),
    "a_default_that_is_a_tensor": concrete("tf.constant(4.)", "lambda x, y=tf.constant(3.): x * y"),
    "signature_and_another_default": signed("3., 4.", "lambda x, y=2.: x * y"),
    "signature_and_another_default_by_name": signed("3., y=4.", "lambda x, y=2.: x * y"),
    "signature_and_another_keyword_only": signed("3., y=4.", "lambda x, *, y=2.: x * y"),
    "signature_and_a_tensor_for_a_default": signed("3., tf.constant(4.)", "lambda x, y=2.: x * y"),
    "signature_and_more_of_star_args": signed("3., 4., 5.", "lambda *xs: xs[0]", "[tf.TensorSpec([])] * 2"),
    "signature_and_fewer_of_star_args": signed("3.", "lambda *xs: xs[0]", "[tf.TensorSpec([])] * 2"),
    "signature_and_star_kwargs": signed("3., a=1", "lambda x, **k: x"),
    "signature_and_none": signed("None", "lambda x: x"),
    "signature_and_another_dtype": signed("tf.constant(1)", "lambda x: x"),
    "signature_and_another_shape": signed("tf.zeros([3])", "lambda x: x", "[tf.TensorSpec([2])]"),
    "signature_and_other_keys": signed("{'b': 1.}", "lambda x: x['a']", "[{'a': tf.TensorSpec([])}]"),
    "signature_and_no_dict": signed("1.", "lambda x: x['a']", "[{'a': tf.TensorSpec([])}]"),
    "signature_and_a_tuple_for_a_list": signed("(1.,)", "lambda x: x[0]", "[[tf.TensorSpec([])]]"),
    "signature_of_nothing_and_an_argument": signed("4.", "lambda x=3.: x * 2.", "()"),
    "signature_and_a_missing_argument": signed("1.", "lambda x, y: x", "[tf.TensorSpec([])] * 2"),
    "missing_argument": "tf.function(lambda x, y: x)(1)",
    "two_values_for_an_argument": "tf.function(lambda x, y: x)(1, 2, x=3)",
    "argument_that_is_not_there": "tf.function(lambda x, y=1: x)(1, 2, z=3)",
    "keyword_only_without_default": signed("1., y=2.", "lambda x, *, y: x * y"),
    "keyword_only_in_the_signature": signed("1., y=2.", "lambda x, *, y: x * y", "[tf.TensorSpec([])] * 2"),
}  # fmt: skip

FITTING = {
    "python_number": concrete("3."),
    "python_int_for_a_float": concrete("3"),
    "python_bool_for_a_float": concrete("True"),
    "numpy_array_of_another_dtype": concrete("np.array(3.)"),
    "numpy_ints_for_floats": concrete("np.array(3)"),
    "list_for_a_tensor": concrete("[1., 2.]", arguments="tf.TensorSpec([2])"),
    "list_with_tensors_for_a_tensor": concrete("[tf.constant(1.), 2.]", arguments="tf.TensorSpec([2])"),
    "variable_for_a_tensor": concrete("tf.Variable(3.)"),
    "variable_for_a_variable": concrete("tf.Variable(3.)", arguments="tf.Variable(1.)"),
    "tensor_for_a_variable": concrete("tf.constant(3.)", arguments="tf.Variable(1.)"),
    "spec_for_a_tensor": concrete("tf.TensorSpec([])"),
    "the_same_python_value": concrete("tf.constant(3.), 2.", X_N, "tf.constant(1.), 2."),
    "an_equal_python_value": concrete("tf.constant(3.), 2", X_N, "tf.constant(1.), 2."),
    "an_equal_tensor_for_a_python_value": concrete("tf.constant(3.), tf.constant(2.)", X_N, "tf.constant(1.), 2."),
    "not_a_number": concrete("tf.constant(3.), float('nan')", "lambda x, n: x", "tf.constant(1.), float('nan')"),
    "python_value_left_out": concrete("tf.constant(3.)", X_N, "tf.constant(1.), 5."),
    "python_value_before_left_out": concrete("tf.constant(3.)", "lambda n, x: x * n", "5., tf.constant(1.)"),
    "python_value_before_left_out_by_name": concrete("x=tf.constant(3.)", "lambda n, x: x * n", "5., tf.constant(1.)"),
    "default_that_is_a_tensor_given": concrete("tf.constant(4.), tf.constant(2.)",
                                               "lambda x, y=tf.constant(3.): x * y"),
    "by_the_name_of_the_spec": concrete("q=tf.constant(4.)", arguments="tf.TensorSpec([], name='q')"),
    "by_the_name_of_the_parameter": concrete("x=tf.constant(4.)", arguments="tf.TensorSpec([], name='q')"),
    "tensors_of_a_dict_alone": concrete("tf.constant(3.), tf.constant(2.)", "lambda d: d['a'] - d['b']",
                                        "{'a': tf.constant(1.), 'b': tf.constant(1.)}"),
    "tensors_of_a_dict_by_name": concrete("d_1=tf.constant(3.), d=tf.constant(2.)", "lambda d: d['a'] - d['b']",
                                          "{'a': tf.constant(1.), 'b': tf.constant(1.)}"),
    "star_args": concrete("tf.constant(1.), tf.constant(5.)", "lambda *xs: xs[0] - xs[1]",
                          "tf.constant(1.), tf.constant(2.)"),
    "star_kwargs": concrete("b=tf.constant(1.), a=tf.constant(5.)", "lambda **k: k['a'] - k['b']",
                            "a=tf.constant(1.), b=tf.constant(2.)"),
    "signature_and_numpy": signed("np.zeros(2)", "lambda x: x", "[tf.TensorSpec([2])]"),
    "signature_and_the_same_default": signed("3., 2.", "lambda x, y=2.: x * y"),
    "signature_with_a_default_inside": signed("3.", "lambda x, y=2: x * y", "[tf.TensorSpec([])] * 2"),
    "signature_and_star_args": signed("3., 4.", "lambda *xs: xs[0] - xs[1]", "[tf.TensorSpec([])] * 2"),
    "signature_by_name": signed("y=1., x=4.", "lambda x, y: x - y", "[tf.TensorSpec([])] * 2"),
    "signature_and_a_variable": signed("tf.Variable(4.)", "lambda x: x * 2."),
    "signature_of_nothing": signed("", "lambda x=3.: x * tf.constant(2.)", "()"),
    "signature_that_is_a_dict": signed("4.", "lambda x: x * 2.", "{'x': tf.TensorSpec([])}"),
}  # fmt: skip

TRACED = {
    "python_values": (XY, "tf.constant(1.)"),
    "names": ("lambda x, y: x * y", "tf.TensorSpec([None, 2], name='img'), tf.TensorSpec([], name='lab')"),
    "nested": ("lambda d: {'s': d['a'] + d['b'][0], 't': (d['a'], [d['b'][1]])}",
               "{'a': tf.constant(3.), 'b': [tf.constant(1.), tf.constant(2.)]}"),
    "constant_made_inside": ("lambda x: x * tf.constant(3.)", "tf.constant(1.)"),
    "tensor_from_outside": ("lambda x: x * outside", "tf.constant(1.)"),
    "variables_from_outside": ("lambda x: x * v * w", "tf.constant(1.)"),
    "variables": ("lambda a, b, c: a + b + c", "v, w, v"),
    "nothing_returned": ("lambda x, n=None: None", "tf.constant(2.)"),
    "no_arguments": ("lambda: tf.constant(2)", ""),
    "star_args_and_kwargs": ("lambda x, *xs, k=3, **kk: x + kk['z']", "tf.constant(2.), tf.constant(3.), z=1."),
    "named_tuple": ("lambda p: P(p.b, p.a)", "P(tf.constant(1.), tf.constant(2))"),
    "tuple_with_a_number": ("lambda p: (p[0], (p[1],))", "(tf.constant(1.), 2)"),
    "empty": ("lambda p, q: ([], {}, ())", "[], {}"),
    "text_and_numbers": ("lambda x, act='relu', n=3, l=[1, 2], t=(1.5, None): x", "tf.constant(['a'])"),
    "one_tensor_twice": ("lambda x: (x, x)", "tf.constant([1.])"),
    "numpy": ("lambda x: x", "np.zeros([2])"),
    "unknown_rank": ("lambda x: x", "tf.TensorSpec(None)"),
    "names_in_a_dict": ("lambda d: d['a']", "{'a': tf.TensorSpec([], name='q'), 'b': tf.TensorSpec([])}"),
}  # fmt: skip

SAID = {
    "in_short": "c.pretty_printed_signature(verbose=False)",
    "at_length": "without_ids(str(c))",
    "shown": "without_ids(repr(c))",
    "arguments": "repr(c.structured_input_signature)",
    "results": "repr(c.structured_outputs)",
    "shapes_and_dtypes": "repr((c.output_shapes, c.output_dtypes))",
    "type": "without_ids(repr(c.function_type))",
    "counts": "[len(c.variables), len(c.trainable_variables), len(c.captured_inputs)]",
}

OUTSIDE = NUMBERS + PAIR + "outside = tf.constant([1., 2.])\nv, w = tf.Variable(1.), tf.Variable(2., trainable=False)\n"


def traced(function: str, arguments: str, said: str) -> str:
    return f"{OUTSIDE}f = tf.function({function}, autograph=False)\nc = f.get_concrete_function({arguments})\n{said}"


CASES = {
    # Python versions have different words for a keyword-only argument that is missing.
    "misfit_a_default_left_out_after_a_tensor": concrete("tf.constant(3.), 2.", XY),
    **{f"misfit_{name}": source for name, source in MISFITS.items()},
    **{f"misfit_{name}_told": told(source) for name, source in MISFITS.items()},
    **{f"fits_{name}": source for name, source in FITTING.items()},
    **{
        f"{name}_{aspect}": traced(function, arguments, said)
        for name, (function, arguments) in TRACED.items()
        for aspect, said in SAID.items()
    },
    "type_of_the_function": """
        f = tf.function(lambda x, y=3, *xs, k=3, **kk: x)
        [repr(f.function_type), str(f.function_type)]""",
    "type_of_the_function_with_a_signature": """
        f = tf.function(lambda x, y=3: x, input_signature=[tf.TensorSpec([])])
        [repr(f.function_type), str(f.function_type)]""",
    "type_of_a_method": """
        class A:
            @tf.function
            def g(self, x): return x
        str(A().g.function_type)""",
    "types_of_operations": """
        f = tf.function(lambda x, y: tf.reduce_sum(tf.nn.relu(x @ y)) - 1., autograph=False)
        c = f.get_concrete_function(tf.zeros([2, 3]), tf.zeros([3, 2]))
        [op.type for op in c.graph.get_operations() if op.type != 'Const']""",
    "operations_by_name": """
        f = tf.function(lambda x, y: x + y, autograph=False)
        graph = f.get_concrete_function(tf.constant(1.), tf.constant(2.)).graph
        add = graph.get_operation_by_name('add')
        x = graph.get_tensor_by_name('x:0')
        [graph.name, add.name, add.type, [i.name for i in add.inputs], [o.name for o in add.outputs], x.name, x.op.type,
         x.shape, x.dtype, [op.name for op in x.consumers()], add.node_def.op, list(add.node_def.input),
         add.get_attr('T'), x.value_index, graph.get_tensor_by_name('Identity:0').op.inputs[0].name]""",
    "operation_that_is_not_there": """
        f = tf.function(lambda x: x, autograph=False)
        f.get_concrete_function(tf.constant(1.)).graph.get_operation_by_name('q')""",
    "tensor_that_is_not_there": """
        f = tf.function(lambda x: x, autograph=False)
        f.get_concrete_function(tf.constant(1.)).graph.get_tensor_by_name('q:0')""",
    "inputs_and_outputs": """
        f = tf.function(lambda x, y: (x + y, x), autograph=False)
        c = f.get_concrete_function(tf.constant(1.), tf.constant(2.))
        [repr(c.inputs), repr(c.outputs)]""",
    "graph_def": """
        f = tf.function(lambda x, y: x + y, autograph=False)
        d = f.get_concrete_function(tf.constant(1.), tf.constant(2.)).graph.as_graph_def()
        [(n.name, n.op, list(n.input)) for n in d.node]""",
    "symbols": """
        seen = []
        @tf.function(autograph=False)
        def f(x, y):
            z = x + y
            seen.append([z.op.name, z.op.type, [i.name for i in z.op.inputs], z.graph is x.graph, z.graph.name, x.name,
                         x.op.type, z.value_index, [op.name for op in z.graph.get_operations()]])
            w = z * x
            seen.append([w.op.inputs[0].op.name, [op.type for op in x.graph.get_operations()],
                         x.graph.get_tensor_by_name('add:0').shape, x.graph.building_function])
            return w
        f(tf.constant(1.), tf.constant(2.))
        seen""",
    "tensor_of_the_graph_used_in_the_trace": """
        @tf.function(autograph=False)
        def f(x):
            y = x * x
            return x.graph.get_tensor_by_name('x:0') + y
        f(tf.constant(3.))""",
    "attributes_of_eager_tensors": """
        [hasattr(tf.constant(1.), name) for name in ("op", "graph", "name", "value_index")]""",
}
