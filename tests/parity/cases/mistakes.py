"""What beginners get wrong, and what is raised then: the class decides what a course's `except` catches."""

_TAPE = "v = tf.Variable(2.)\nwith tf.GradientTape() as tape:\n    y = v * v\n"

CASES = {
    # A number where a shape belongs, or the other way round
    "random_normal_shape": "tf.random.normal(3)",
    "random_uniform_shape": "tf.random.uniform(3)",
    "random_integers_shape": "tf.random.uniform(3, maxval=5, dtype=tf.int32)",
    "random_truncated_shape": "tf.random.truncated_normal(3)",
    "random_gamma_shape": "tf.random.gamma(3, 1.)",
    "random_poisson_shape": "tf.random.poisson(3, 1.)",
    "random_shape_of_tensor": "tf.random.normal(tf.constant(3))",
    "random_shape_of_array": "tf.random.normal(np.int64(3))",
    "random_stateless_shape": "tf.random.stateless_normal(3, [1, 2])",
    "random_generator_shape": "tf.random.Generator.from_seed(1).normal(3)",
    "broadcast_shape": "tf.broadcast_to([1.], 3)",
    "tile_multiples": "tf.tile([1, 2], 2)",
    "slice_begin": "tf.slice([1, 2, 3], 1, [1])",
    "slice_size": "tf.slice([1, 2, 3], [1], 1)",
    "scatter_shape": "tf.scatter_nd([[1]], [5], 3)",
    "fill_shape": "tf.fill(3, 1.)",
    "zeros_shape": "tf.zeros(3)",
    "zeros_of_two_numbers": "tf.zeros(2, 3)",
    "reshape_of_two_numbers": "tf.reshape(tf.range(6), 3, 2)",
    "sum_of_two_numbers": "tf.reduce_sum(1, 2)",
    # A tensor where a variable belongs
    "assign_to_tensor": "tf.constant([1.]).assign([2.])",
    "assign_after_arithmetic": "v = tf.Variable(1.)\nv = v + 1\nv.assign_add(1.)",
    "set_item_of_tensor": "t = tf.constant([1., 2.])\nt[0] = 5.\nt",
    "set_item_of_variable": "v = tf.Variable([1., 2.])\nv[0] = 5.\nv",
    "assign_other_dtype": "tf.Variable(1.).assign(tf.constant(1))",
    "assign_other_shape": "tf.Variable(1.).assign([1., 2.])",
    "assign_add_other_shape": "tf.Variable([1., 2.]).assign_add(1.)",
    "assign_float_to_integer": "tf.Variable(1).assign(1.5)",
    "variable_of_nothing": "tf.Variable()",
    # Tapes
    "tape_twice": _TAPE + "tape.gradient(y, v)\ntape.gradient(y, v)",
    "tape_of_integers": "v = tf.Variable(3)\nwith tf.GradientTape() as tape:\n    y = v * v\ntape.gradient(y, v)",
    "tape_without_watch": "x = tf.constant(3.)\nwith tf.GradientTape() as tape:\n    y = x * x\ntape.gradient(y, x)",
    "tape_left_for_numpy": _TAPE + "tape.gradient(tf.constant(v.numpy() ** 2), v)",
    "tape_watch_of_number": "with tf.GradientTape() as tape:\n    tape.watch(3.)\n1",
    "gradient_is_none": "w = tf.Variable(1.)\nw.assign_sub(0.1 * None)",
    "operation_after_the_tape": _TAPE + "z = y * 2.\ntape.gradient(z, v)",
    "variable_replaced": "v = tf.Variable(1.)\nv = v * 2.\n"
    "with tf.GradientTape() as tape:\n    y = v * v\ntape.gradient(y, v)",
    # dtypes
    "integer_and_float": "tf.constant(1) + tf.constant(1.5)",
    "integer_and_python_float": "tf.constant([1, 2]) * 0.5",
    "float_and_double": "tf.constant(1.) + tf.constant(1., tf.float64)",
    "numpy_doubles": "tf.matmul(tf.ones([2, 3]), np.ones([3, 2]))",
    "float_by_integer_size": "tf.reduce_sum(tf.ones([3])) / tf.size([1, 2])",
    "mean_of_integers": "tf.reduce_mean([1, 2])",
    "norm_of_integers": "tf.norm([3, 4])",
    "softmax_of_integers": "tf.nn.softmax([1, 2, 3])",
    "cast_of_text": "tf.cast('3.5', tf.float32)",
    # Python's own functions
    "truth_of_several": "bool(tf.constant([True, False]))",
    "float_of_several": "float(tf.constant([1., 2.]))",
    "length_of_scalar": "len(tf.constant(1))",
    "loop_over_scalar": "[i for i in tf.constant(3)]",
    "key_of_dict": "{tf.constant(1.): 2}",
    "numpy_method": "tf.ones([2]).reshape([1, 2])",
    "numpy_sum": "tf.ones([2]).sum()",
    "ragged_lists": "tf.constant([[1, 2], [3]])",
    "mixed_list": "tf.constant([1, 'a'])",
    # In functions
    "numpy_in_function": "@tf.function\ndef f(x):\n    return x.numpy()\nf(tf.constant(1.))",
    "one_branch_assigns": "@tf.function\ndef f(x):\n    if x > 0:\n        y = 1.\n    return y\nf(tf.constant(1.))",
    "one_branch_returns": "@tf.function\ndef f(x):\n    if x > 0:\n        return 1.\nf(tf.constant(1.))",
    "loop_changes_shape": "@tf.function\ndef f(x):\n    while tf.size(x) < 10:\n        x = tf.stack([x, x])\n"
    "    return x\nf(tf.constant(1.))",
    "module_without_init": "class M(tf.Module):\n    def __init__(self):\n        self.w = 1\nM().name",
}
