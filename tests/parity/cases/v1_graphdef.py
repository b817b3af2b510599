"""GraphDef: what is in it, and importing it."""

_GRAPH = """v1 = tf.compat.v1
with tf.Graph().as_default() as g:
    x = v1.placeholder(tf.float32, [None], name='x')
    y = tf.add(x, 1., name='y')
    z = tf.multiply(y, y, name='z')
gd = g.as_graph_def()
"""


def imported(code: str, result: str) -> str:
    """A small GraphDef imported by the code, and what is asked then."""
    lines = "\n".join(f"    {line}" for line in code.split("; "))
    return f"{_GRAPH}with tf.Graph().as_default() as h:\n{lines}\n    out = {result}\nout"


def parsed(text: str, result: str) -> str:
    """A GraphDef in the text format, imported, and what is asked then."""
    return (
        f"from google.protobuf import text_format\nv1 = tf.compat.v1\n"
        f"gd = text_format.Parse({text!r}, v1.GraphDef())\nwith tf.Graph().as_default() as h:\n"
        f"    v1.import_graph_def(gd, name='')\n    with v1.Session() as s:\n        out = {result}\nout"
    )


_X = (
    'node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } '
    'attr { key: "shape" value { shape { dim { size: -1 } } } } } '
)
_NEG = 'node { name: "n" op: "Neg" input: "x" attr { key: "T" value { type: DT_FLOAT } } } '
_FLOAT = 'attr { key: "T" value { type: DT_FLOAT } } '
_CONST = (
    'node {{ name: "{}" op: "Const" attr {{ key: "dtype" value {{ type: {} }} }} '
    'attr {{ key: "value" value {{ tensor {{ dtype: {} {} }} }} }} }} '
)


def constant(contents: str, dtype: str = "DT_FLOAT") -> str:
    return _CONST.format("c", dtype, dtype, contents)


# What TensorFlow 1 wrote, before its variables became resources.
_REFERENCES = (
    'node { name: "v" op: "VariableV2" attr { key: "shape" value { shape { } } } '
    'attr { key: "dtype" value { type: DT_FLOAT } } '
    'attr { key: "container" value { s: "" } } attr { key: "shared_name" value { s: "" } } } '
    + _CONST.format("start", "DT_FLOAT", "DT_FLOAT", "tensor_shape { } float_val: 3")
    + 'node { name: "v/Assign" op: "Assign" input: "v" input: "start" ' + _FLOAT + "} "
    + 'node { name: "v/read" op: "Identity" input: "v" ' + _FLOAT + "} "
    + 'node { name: "up" op: "AssignAdd" input: "v" input: "start" ' + _FLOAT + "} "
    + 'node { name: "double" op: "Mul" input: "v/read" input: "start" ' + _FLOAT + "} "
    + 'node { name: "init" op: "NoOp" input: "^v/Assign" } '
)  # fmt: skip

CASES = {
    "nodes": f"{_GRAPH}[(n.name, n.op, list(n.input)) for n in gd.node]",
    "attributes": f"{_GRAPH}sorted(gd.node[0].attr)",
    "attribute_type": f"{_GRAPH}gd.node[0].attr['dtype'].type",
    "text_begins_with": f"{_GRAPH}str(gd).split()[:6]",
    "versions": f"{_GRAPH}gd.versions.producer > 0",
    "class": f"{_GRAPH}isinstance(gd, v1.GraphDef)",
    "text_and_back": "from google.protobuf import text_format\n"
    f"{_GRAPH}text_format.Parse(str(gd), v1.GraphDef()) == gd",
    "binary_and_back": f"{_GRAPH}v1.GraphDef.FromString(gd.SerializeToString()) == gd",
    "constant_scalar": """
        with tf.Graph().as_default() as g:
            tf.constant(2.5)
        t = g.as_graph_def().node[0].attr['value'].tensor
        [t.dtype, list(t.float_val), len(t.tensor_shape.dim), len(t.tensor_content)]""",
    "constant_vector": """
        with tf.Graph().as_default() as g:
            tf.constant([1, 2, 3])
        t = g.as_graph_def().node[0].attr['value'].tensor
        [t.dtype, [d.size for d in t.tensor_shape.dim], t.tensor_content]""",
    "constant_strings": """
        with tf.Graph().as_default() as g:
            tf.constant(['a', 'b'])
        t = g.as_graph_def().node[0].attr['value'].tensor
        [t.dtype, list(t.string_val)]""",
    "control_inputs": """
        with tf.Graph().as_default() as g:
            a = tf.constant(1., name='a')
            with tf.control_dependencies([a]):
                tf.no_op(name='n')
        list(g.as_graph_def().node[1].input)""",
    "second_output": """
        with tf.Graph().as_default() as g:
            x = tf.compat.v1.placeholder(tf.float32, [2], name='x')
            tf.identity(tf.unstack(x, name='u')[1], name='i')
        list(g.as_graph_def().node[-1].input)""",
    "placeholder_of_unknown_rank": """
        with tf.Graph().as_default() as g:
            tf.compat.v1.placeholder(tf.float32, name='x')
        g.as_graph_def().node[0].attr['shape'].shape.unknown_rank""",
    "import_names": imported("v1.import_graph_def(gd)", "[op.name for op in h.get_operations()]"),
    "import_under_name": imported("v1.import_graph_def(gd, name='m')", "[op.name for op in h.get_operations()]"),
    "import_under_no_name": imported("v1.import_graph_def(gd, name='')", "[op.name for op in h.get_operations()]"),
    "import_twice": imported(
        "v1.import_graph_def(gd); v1.import_graph_def(gd)", "[op.name for op in h.get_operations()]"
    ),
    "import_same_names": imported(
        "v1.import_graph_def(gd, name=''); v1.import_graph_def(gd, name='')", "[op.name for op in h.get_operations()]"
    ),
    "import_gives_nothing": imported("r = v1.import_graph_def(gd)", "r"),
    "import_elements": imported("r = v1.import_graph_def(gd, return_elements=['z:0', 'y'])", "[r[0].name, r[1].name]"),
    "import_element_missing": imported("r = v1.import_graph_def(gd, return_elements=['w:0'])", "r"),
    "import_runs": imported(
        "(z,) = v1.import_graph_def(gd, return_elements=['z:0'])", "v1.Session().run(z, {'import/x:0': [1., 2.]})"
    ),
    "import_map": imported(
        "a = tf.constant([5.]); (z,) = v1.import_graph_def(gd, {'x': a}, ['z:0'])", "v1.Session().run(z)"
    ),
    "import_map_of_intermediate": imported(
        "a = tf.constant([5.]); (z,) = v1.import_graph_def(gd, {'y:0': a}, ['z:0'])", "v1.Session().run(z)"
    ),
    "import_map_unknown": imported("a = tf.constant([5.]); v1.import_graph_def(gd, {'w:0': a})", "1"),
    "import_no_graph_def": imported("v1.import_graph_def('text')", "1"),
    "import_in_scope": imported(
        "with tf.name_scope('s'): v1.import_graph_def(gd)", "[op.name for op in h.get_operations()]"
    ),
    "tf_import_graph_def": imported(
        "tf.graph_util.import_graph_def(gd, name='m')", "[op.name for op in h.get_operations()]"
    ),
    "parsed": parsed(_X + _NEG, "s.run('n:0', {'x:0': [1., 2.]})"),
    "parsed_out_of_order": parsed(_NEG + _X, "s.run('n:0', {'x:0': [1., 2.]})"),
    "parsed_unknown_input": parsed(_NEG, "1"),
    "parsed_same_name_twice": parsed(_X + _X, "1"),
    "parsed_constant_repeats": parsed(constant("tensor_shape { dim { size: 3 } } float_val: 2"), "s.run('c:0')"),
    "parsed_constant_repeats_last": parsed(
        constant("tensor_shape { dim { size: 4 } } float_val: 2 float_val: 5"), "s.run('c:0')"
    ),
    "parsed_constant_empty": parsed(constant("tensor_shape { dim { size: 0 } }"), "s.run('c:0')"),
    "parsed_constant_half": parsed(constant("tensor_shape { } half_val: 15872", "DT_HALF"), "s.run('c:0')"),
    "parsed_constant_content": parsed(
        constant(r'tensor_shape { dim { size: 1 } } tensor_content: "\000\000\200?"'), "s.run('c:0')"
    ),
    "parsed_constant_complex": parsed(
        constant("tensor_shape { } scomplex_val: 1 scomplex_val: 2", "DT_COMPLEX64"), "s.run('c:0')"
    ),
    "parsed_constant_bool": parsed(
        constant("tensor_shape { dim { size: 2 } } bool_val: true bool_val: false", "DT_BOOL"), "s.run('c:0')"
    ),
    "references": parsed(_REFERENCES, "[s.run('init'), s.run('v/read:0'), s.run('up:0'), s.run('double:0')]"),
    "references_uninitialized": parsed(_REFERENCES, "s.run('v/read:0')"),
}
