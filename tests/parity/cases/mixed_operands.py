"""Arrays, lists and numbers beside tensors: whose dtype decides, function by function."""

OPERANDS = """
f = tf.constant([[1., 2.], [3., 4.]])
d = tf.constant([[1., 2.], [3., 4.]], tf.float64)
i = tf.constant([[1, 2], [3, 4]])
v = tf.Variable(f)
a = np.array([[1., 2.], [3., 4.]])
"""

CASES = {
    name: OPERANDS + expression
    for name, expression in {
        # Most functions ask whichever operand is a tensor ...
        "multiply_number_first": "tf.multiply(2, f)",
        "subtract_number_first": "tf.subtract(1., d)",
        "divide_number_first": "tf.divide(1, f)",
        "pow_number_first": "tf.pow(2, f)",
        "maximum_array_first": "tf.maximum(a, f)",
        "equal_number_first": "tf.equal(1, f)",
        "squared_difference_list_first": "tf.math.squared_difference([1, 2], f)",
        "solve_array_first": "tf.linalg.solve(np.eye(2), f)",
        # ... and so do operators ...
        "number_plus_tensor": "1 + f",
        "array_plus_tensor": "a + f",
        "array_at_tensor": "a @ f",
        "array_at_variable": "a @ v",
        "list_plus_tensor": "[1, 2] + f",
        "number_over_tensor": "1 / d",
        # ... but for these the first operand's dtype is what it is by itself, and decides,
        "add_number_first": "tf.add(1, f)",
        "add_float_first": "tf.add(1., d)",
        "add_float_before_int": "tf.add(1., i)",
        "add_same_dtype_first": "tf.add(1., f)",
        "add_number_before_variable": "tf.add(1, v)",
        "add_array_first": "tf.add(a, f)",
        "add_list_first": "tf.math.add([1, 2], f)",
        "add_number_second": "tf.add(f, 1)",
        "add_array_second": "tf.add(f, a)",
        "add_numbers": "tf.add(1, 2.5)",
        "add_texts": "tf.add('a', tf.constant(['b', 'c']))",
        "truediv_number_first": "tf.math.truediv(1, f)",
        "truediv_float_first": "tf.truediv(1., d)",
        "truediv_array_first": "tf.truediv(a, f)",
        "truediv_array_second": "tf.truediv(f, a)",
        "truediv_number_second": "tf.truediv(f, 2)",
        "truediv_numbers": "tf.truediv(1, 2)",
        "matmul_array_first": "tf.matmul(a, f)",
        "matmul_array_before_variable": "tf.matmul(a, v)",
        "matmul_array_before_double": "tf.matmul(a, d)",
        "matmul_list_first": "tf.matmul([[1, 2]], f)",
        "matmul_floats_first": "tf.matmul([[1., 2.]], f)",
        "matmul_floats_before_double": "tf.matmul([[1., 2.]], d)",
        "matmul_array_second": "tf.matmul(f, a)",
        "matmul_list_second": "tf.matmul(d, [[1.], [2.]])",
        "matmul_ints_second": "tf.matmul(f, [[1], [2]])",
        "matmul_array_first_transposed": "tf.matmul(a, f, transpose_a=True)",
        "matmul_array_second_transposed": "tf.matmul(f, a, transpose_b=True)",
        "matmul_array_first_adjoint": "tf.matmul(a, f, adjoint_b=True)",
        # and for these each operand's.
        "matvec_array_first": "tf.linalg.matvec(a, f[0])",
        "matvec_array_second": "tf.linalg.matvec(f, a[0])",
        "matvec_floats_second": "tf.linalg.matvec(f, [1., 2.])",
        "matvec_ints_second": "tf.linalg.matvec(f, [1, 2])",
        "matvec_floats_beside_double": "tf.linalg.matvec(d, [1., 2.])",
        "matvec_variable": "tf.linalg.matvec(v, a[0])",
        "tensordot_array_first": "tf.tensordot(a, f, 1)",
        "tensordot_array_second": "tf.tensordot(f, a, 1)",
        "tensordot_floats_second": "tf.tensordot(f, [1., 2.], 1)",
        "tensordot_ints_second": "tf.tensordot(f, [1, 2], 1)",
        "add_n_array": "tf.add_n([f, a])",
        "add_n_array_of_double": "tf.add_n([d, a])",
        "add_n_floats": "tf.add_n([f, [[1., 2.], [3., 4.]]])",
        "add_n_floats_beside_double": "tf.add_n([d, [[1., 2.], [3., 4.]]])",
        "complex_float_and_double": "tf.complex(1., d)",
        "complex_array": "tf.complex(a, d)",
        "complex_array_and_float": "tf.complex(a, f)",
    }.items()
}
