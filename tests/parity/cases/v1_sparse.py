"""Sparse tensors in TensorFlow 1: placeholders, feeds, fetches, the old names."""

_SETUP = """\
v1 = tf.compat.v1
value = v1.SparseTensorValue(np.array([[0, 1], [1, 2]]), np.array([1., 2.], np.float32), np.array([2, 3]))
def run(build, shape=(2, 3), fed=value):
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.sparse_placeholder(tf.float32, shape)
        return session.run(build(x), {x: fed})
"""

CASES = {
    name: _SETUP + source
    for name, source in {
        "fetch": "list(run(lambda x: x))",
        "fetch_is_a_value": "type(run(lambda x: x)).__name__",
        "fetch_nested": "r = run(lambda x: {'a': [v1.sparse_transpose(x)]})\nlist(r['a'][0])",
        "value_fields": "value._fields",
        "reduce_sum": "run(lambda x: v1.sparse_reduce_sum(x, 1))",
        "reduce_sum_sparse": "list(run(lambda x: v1.sparse.reduce_sum_sparse(x, 1)))",
        "reduce_max_sparse": "list(run(lambda x: v1.sparse_reduce_max_sparse(x, 0)))",
        "to_dense": "run(v1.sparse_tensor_to_dense)",
        "to_dense_open": "run(v1.sparse_tensor_to_dense, [None, 3])",
        "matmul": "run(lambda x: v1.sparse_tensor_dense_matmul(x, tf.ones([3, 2])))",
        "matmul_open": "run(lambda x: v1.sparse.matmul(x, tf.ones([3, 2])), [None, None])",
        "concat": "list(run(lambda x: v1.sparse_concat(0, [x, x])))",
        "concat_open": "list(run(lambda x: v1.sparse_concat(1, [x, x]), [None, None]))",
        "softmax": "list(run(v1.sparse_softmax))",
        "gradient": "run(lambda x: tf.gradients(tf.reduce_sum(v1.sparse_tensor_to_dense(x) ** 2), x.values)[0])",
        "fed_as_tuple": "list(run(lambda x: x, fed=tuple(value)))",
        "static_shape": "shapes = []\nrun(lambda x: shapes.append(str(x.shape)) or x, [None, 3])\nshapes",
        "placeholder_names": """
with tf.Graph().as_default():
    x = v1.sparse_placeholder(tf.float32, [None, 3], name='x')
[x.indices.name, x.values.name, x.dense_shape.name, str(x.indices.shape), str(x.values.shape)]""",
        "constant": """
with tf.Graph().as_default(), v1.Session() as session:
    result = session.run(tf.sparse.add(tf.sparse.from_dense([[0., 1.]]), tf.SparseTensor([[0, 0]], [2.], [1, 2])))
list(result)""",
        "raises_eager": "v1.sparse_placeholder(tf.float32)",
        "raises_fed_dense": "run(lambda x: x, fed=np.zeros([2, 3]))",
        "raises_out_of_order": """
run(v1.sparse_tensor_to_dense, fed=v1.SparseTensorValue(value.indices[::-1], value.values, value.dense_shape))""",
    }.items()
}
