"""What cannot be written or read says so, and why."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import eagernb as tf
from eagernb.compat.graphdef.files import parse_text, write_graph

v1 = tf.compat.v1


def write(build) -> str:
    with tf.Graph().as_default() as graph:
        build()
    return str(graph.as_graph_def())


def test_an_op_without_a_counterpart_is_named_with_its_line():
    with pytest.raises(tf.errors.UnimplementedError, match=r"'expm', %\w+ \(line \d+: .*tf.linalg.expm.*no op for"):
        write(lambda: tf.linalg.expm(v1.placeholder(tf.float32, [3, 3])))


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda x: tf.nn.softmax_cross_entropy_with_logits(x, x, axis=0), "last axis only"),
        (lambda x: tf.nn.max_pool1d(x[None], 1, 1, "SAME"), "one axis"),
        (lambda x: tf.numpy_function(np.abs, [x], tf.float32), "Python functions stay"),
        (lambda x: tf.gradients(tf.nn.conv2d(x[:, None, None], tf.ones([1, 1, 3, 1]), 1, "SAME"), x), "images"),
    ],
)
def test_what_tensorflows_op_cannot_do_is_said(build, reason):
    with pytest.raises(tf.errors.UnimplementedError, match=reason):
        write(lambda: build(v1.placeholder(tf.float32, [None, 3])))


def test_drawing_and_describing_a_graph_works_for_every_op():
    with tf.Graph().as_default():
        y = tf.linalg.expm(v1.placeholder(tf.float32, [3, 3], name="x"), name="y")
    assert y.op.type == "Expm"
    assert y.op.node_def.op == "expm"
    assert repr(y.op) == "<tf.Operation 'y' type=Expm>"


def imported(text: str):
    with tf.Graph().as_default() as graph:
        v1.import_graph_def(parse_text(text), name="")
    return graph


def test_all_nodes_without_a_counterpart_are_named_at_once():
    with pytest.raises(tf.errors.UnimplementedError) as error:
        imported(
            'node { name: "q" op: "QuantizeV3" } node { name: "n" op: "NoOp" } node { name: "r" op: "RaggedRange" } '
            'library { function { signature { name: "f" } node_def { name: "s" op: "QuantizeV3" } } }'
        )
    assert "  QuantizeV3: 'q', 's' of the function 'f'\n  RaggedRange: 'r'\n" in str(error.value)
    assert "'n'" not in str(error.value)


def test_loops_of_tensorflow_1_are_refused_with_the_remedy():
    with pytest.raises(tf.errors.UnimplementedError, match=r"'enter' is Enter.*enable_control_flow_v2"):
        imported(
            'node { name: "enter" op: "Enter" input: "again" } '
            'node { name: "again" op: "NextIteration" input: "enter" }'
        )


BRANCH = """
node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } }
       attr { key: "shape" value { shape { } } } }
node { name: "choice" op: "StatelessIf" input: "p" input: "p" attr { key: "Tcond" value { type: DT_BOOL } }
       attr { key: "then_branch" value { func { name: "THEN" } } }
       attr { key: "else_branch" value { func { name: "f" } } } }
library { function {
    signature { name: "f" input_arg { name: "a" type: DT_BOOL } output_arg { name: "b" type: DT_BOOL } }
    node_def { name: "not" op: "LogicalNot" input: "a" device: "/cpu:0"
               attr { key: "_class" value { list { s: "loc:@a" } } }
               attr { key: "_output_shapes" value { list { shape { } } } } }
    ret { key: "b" value: "not:y:0" } } }
"""


def test_what_is_noted_of_devices_and_shapes_is_passed_over():
    session = v1.Session(graph=imported(BRANCH.replace("THEN", "f")))
    assert session.run("choice:0", {"p:0": True}) == np.False_
    assert session.run("choice:0", {"p:0": False}) == np.True_


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("THEN", "missing"), "no function 'missing'"),
        (('"a" type: DT_BOOL } out', '"a" type: DT_BOOL } input_arg { name: "c" } out'), "takes 2 arguments, not 1"),
        (('op: "LogicalNot"', 'op: "PartitionedCall" attr { key: "f" value { func { name: "f" } } }'), "calls itself"),
    ],
)
def test_what_is_wrong_with_a_function_is_said(change, reason):
    with pytest.raises(tf.errors.UnimplementedError, match=reason):
        imported(BRANCH.replace(*change).replace("THEN", "f"))


def test_an_output_that_an_operation_does_not_have_is_named():
    with pytest.raises(ValueError, match="'not' of type LogicalNot has no output 'z'"):
        imported(BRANCH.replace("not:y:0", "not:z:0").replace("THEN", "f"))


def test_a_missing_attribute_is_named():
    with pytest.raises(tf.errors.UnimplementedError, match="keep_dims is missing"):
        imported(
            'node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_INT32 } } attr { key: "value" '
            "value { tensor { dtype: DT_INT32 tensor_shape { } int_val: 1 } } } } "
            'node { name: "s" op: "Sum" input: "c" input: "c" }'
        )


def test_a_circle_is_refused():
    with pytest.raises(tf.errors.InvalidArgumentError, match="circle"):
        imported('node { name: "a" op: "Neg" input: "b" } node { name: "b" op: "Neg" input: "a" }')


def test_functions_and_notes_for_debugging_are_passed_over():
    graph = imported(
        'node { name: "n" op: "NoOp" experimental_debug_info { original_node_names: "n" } } '
        'library { function { signature { name: "f" } } } debug_info { files: "f.py" }'
    )
    assert [operation.name for operation in graph.get_operations()] == ["n"]


def test_importing_needs_a_graph():
    with pytest.raises(RuntimeError, match="static graph"):
        v1.import_graph_def(v1.GraphDef())


@pytest.mark.parametrize("as_text", [True, False])
def test_files_in_both_forms(tmp_path, as_text):
    with tf.Graph().as_default() as graph:
        tf.identity(np.float32([1, 2]), name="y")
    path = write_graph(graph, tmp_path / "new", "graph.pb", as_text)
    read = v1.GraphDef()
    if as_text:
        read = parse_text((tmp_path / "new" / "graph.pb").read_text())
    else:
        read.ParseFromString((tmp_path / "new" / "graph.pb").read_bytes())
    assert path == str(tmp_path / "new" / "graph.pb")
    assert read == graph.as_graph_def()


def test_names_that_tensorflow_does_not_allow_are_changed():
    graph = tf.function(lambda _x: _x + 1.0).get_concrete_function(tf.TensorSpec([], tf.float32)).graph
    names = [node.name for node in graph.as_graph_def().node]
    assert all(name[0].isalnum() for name in names)
    assert len(set(names)) == len(names)


def test_a_function_that_assigns_can_be_written():
    v = tf.Variable(1.0, name="v")
    f = tf.function(lambda x: v.assign_add(x) * 2.0)
    kinds = [node.op for node in f.get_concrete_function(tf.TensorSpec([], tf.float32)).graph.as_graph_def().node]
    assert "AssignAddVariableOp" in kinds
    assert "VarHandleOp" in kinds


def test_import_is_light():
    code = "import sys, eagernb as tf, eagernb.compat.v1; print('google.protobuf' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
