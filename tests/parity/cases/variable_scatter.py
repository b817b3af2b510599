"""scatter_add and its like: rows of a variable, changed by their numbers."""

V = "v = tf.Variable([1., 2., 3.])\n"
M = "v = tf.Variable(tf.ones([3, 2]))\n"


def rows(values: str, indices: str) -> str:
    return f"tf.IndexedSlices(tf.constant({values}), tf.constant({indices}))"


CASES = {
    "add": V + f"v.scatter_add({rows('[10., 20.]', '[0, 2]')})",
    "add_changes_the_variable": V + f"v.scatter_add({rows('[10., 20.]', '[0, 2]')})\nv",
    "add_twice_the_same": V + f"v.scatter_add({rows('[10., 20.]', '[0, 0]')})",
    "sub": V + f"v.scatter_sub({rows('[10., 20.]', '[0, 0]')})",
    "mul": V + f"v.scatter_mul({rows('[10., 3.]', '[0, 0]')})",
    "div": V + f"v.scatter_div({rows('[4., 2.]', '[2, 2]')})",
    "max": V + f"v.scatter_max({rows('[10., 0.]', '[0, 2]')})",
    "min": V + f"v.scatter_min({rows('[10., 0.]', '[0, 2]')})",
    "update": V + f"v.scatter_update({rows('[10., 20.]', '[0, 2]')})",
    "update_twice_the_same": V + f"v.scatter_update({rows('[10., 20.]', '[0, 0]')})",
    "update_lists": V + "v.scatter_update(tf.IndexedSlices([10., 20.], [0, 1]))",
    "repr": V + f"repr(v.scatter_add({rows('[10.]', '[0]')}))",
    "div_ints": f"tf.Variable([5, 7, -7]).scatter_div({rows('[2, 2]', '[0, 2]')})",
    "div_zero": V + f"v.scatter_div({rows('[10., 0.]', '[0, 2]')})",
    "matrix_rows": M + f"v.scatter_add({rows('[[7., 8.]]', '[2]')})",
    "matrix_indices": M + f"v.scatter_add({rows('[[[7., 8.]], [[1., 2.]]]', '[[2], [0]]')})",
    "scalar_update": V + f"v.scatter_add({rows('7.', '[0, 1]')})",
    "scalar_index": V + f"v.scatter_add({rows('7.', '2')})",
    "none": V + "v.scatter_add(tf.IndexedSlices(tf.zeros([0]), tf.zeros([0], tf.int32)))",
    "int64_indices": V + f"v.scatter_update({rows('[7.]', '[2], tf.int64')})",
    "uint8_indices": V + f"v.scatter_update({rows('[7.]', '[2], tf.uint8')})",
    "float_indices": V + f"v.scatter_update({rows('[7.]', '[2.]')})",
    "outside": V + f"v.scatter_sub({rows('[10., 20.]', '[0, 5]')})",
    "negative": V + f"v.scatter_sub({rows('[10., 20.]', '[0, -1]')})",
    "outside_leaves_it": V
    + f"""
try:
    v.scatter_sub({rows("[10., 20.]", "[0, 5]")})
except tf.errors.InvalidArgumentError:
    pass
float(v[1])""",
    "wrong_shape": V + f"v.scatter_add({rows('[10., 20.]', '[[0], [1]]')})",
    "wrong_row": M + f"v.scatter_add({rows('[7., 8.]', '[2]')})",
    "too_many_values": V + f"v.scatter_add({rows('[7., 8., 9.]', '[2, 0]')})",
    "wrong_dtype": V + f"v.scatter_add({rows('[7]', '[2]')})",
    "number": V + "v.scatter_add(5)",
    "tensor": V + "v.scatter_add(tf.constant([5.]))",
    "of_scalar": f"tf.Variable(1.).scatter_update({rows('[1.]', '[0]')})",
    "bools": f"tf.Variable([True, False]).scatter_update({rows('[False]', '[0]')})",
    "bools_add": f"tf.Variable([True, False]).scatter_add({rows('[False]', '[0]')})",
    "strings": "tf.Variable(['a', 'b']).scatter_update(tf.IndexedSlices(tf.constant(['c']), tf.constant([0])))",
    "complex": f"tf.Variable([1 + 1j, 2]).scatter_add({rows('[2j]', '[0]')})",
    "complex_max": f"tf.Variable([1 + 1j, 2]).scatter_max({rows('[2j]', '[0]')})",
    "uint8_wraps": f"tf.Variable([250, 1], dtype=tf.uint8).scatter_add({rows('[10], tf.uint8', '[0]')})",
    "open_shape": f"tf.Variable([1., 2.], shape=[None]).scatter_add({rows('[1.]', '[0]')})",
    "batch": f"tf.Variable(tf.zeros([2, 3])).batch_scatter_update({rows('[[7.], [8.]]', '[[2], [0]]')})",
    "batch_blocks": f"tf.Variable(tf.zeros([2, 3, 1])).batch_scatter_update({rows('[[[7.]], [[8.]]]', '[[2], [0]]')})",
    "batch_of_vector": f"tf.Variable(tf.zeros([3])).batch_scatter_update({rows('[7.]', '[2]')})",
    "batch_outside": f"tf.Variable(tf.zeros([2, 3])).batch_scatter_update({rows('[[7.], [8.]]', '[[5], [0]]')})",
    "batch_wrong_shape": f"tf.Variable(tf.zeros([2, 3])).batch_scatter_update({rows('[7., 8.]', '[2, 0]')})",
    "batch_number": "tf.Variable(tf.zeros([2, 3])).batch_scatter_update(3)",
    "gradient_step": """
        table = tf.Variable([[1., 2.], [3., 4.], [5., 6.]])
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.gather(table, [0, 2, 0]) ** 2)
        table.scatter_sub(tape.gradient(loss, table))""",
    "stops_the_gradient": V
    + """
x = tf.constant([5.])
with tf.GradientTape() as tape:
    tape.watch(x)
    v.scatter_add(tf.IndexedSlices(x, tf.constant([1])))
    y = v * v
tape.gradient(y, [x, v])""",
    "in_function": V
    + """
@tf.function
def f(x):
    v.scatter_add(tf.IndexedSlices(x, tf.constant([0, 1])))
    v.scatter_mul(tf.IndexedSlices(x, tf.constant([0, 0])))
    return v + 0.
f(tf.constant([2., 3.]))""",
    "in_function_outside": V
    + f"""
@tf.function
def f():
    v.scatter_add({rows("[10.]", "[7]")})
f()""",
}
