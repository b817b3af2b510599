"""Lists of several kinds of numbers, of NumPy scalars and arrays, of tensors; numbers too large for a dtype."""

_VALUES = {
    # In a list, an integer of NumPy's is like one of Python's; the first element decides which kind of float.
    "int64_scalars": "[np.int64(1), np.int64(2)]",
    "int8_scalars": "[np.int8(1), 2]",
    "int64_scalars_large": "[np.int64(2**40), np.int64(2)]",
    "uint64_scalars_too_large": "[np.uint64(2**63)]",
    "float16_scalars": "[np.float16(1), np.float16(2)]",
    "float16_then_float": "[np.float16(1), 2.5]",
    "float32_then_float": "[np.float32(1), 2.5]",
    "float32_then_float64": "[np.float32(1), np.float64(2.5)]",
    "float64_then_int": "[np.float64(1), 2]",
    "float_then_float64": "[2.5, np.float64(1)]",
    "int_then_float64": "[1, np.float64(2.5)]",
    "int64_then_float": "[np.int64(1), 2.5]",
    "complex64_scalars": "[np.complex64(1)]",
    "bool_scalars": "[np.bool_(True), False]",
    "bool_then_int64": "[True, np.int64(2)]",
    "int64_arrays": "[np.array([1, 2]), np.array([3, 4])]",
    "int8_arrays": "[np.array([1, 2], np.int8)]",
    "array_and_list": "[np.array([1, 2]), [3, 4]]",
    "float64_arrays": "[np.array([1., 2.]), np.array([3., 4.])]",
    "float32_and_float64_arrays": "[np.array([1., 2.], np.float32), np.array([3., 4.])]",
    "int_and_float_arrays": "[np.array([1, 2]), np.array([1.5, 2.])]",
    "complex64_arrays": "[np.ones(2, np.complex64)]",
    "empty_array": "[np.array([])]",
    "array_of_no_axes": "[np.array(1), 2]",
    "ragged_arrays": "[np.array([1, 2]), np.array([3])]",
    # Kinds of Python numbers: the first element says which others may follow.
    "int_then_bool": "[1, True]",
    "bool_then_int": "[True, 1]",
    "bool_then_float": "[True, 1.5]",
    "float_then_bool": "[1.5, True]",
    "int_then_complex": "[1, 1j]",
    "float_then_complex": "[1.5, 1j]",
    "complex_then_int": "[1j, 1]",
    # Numbers out of range
    "float_beyond_float32": "1e40",
    "floats_beyond_float32": "[1e300, 1.]",
    "float16_then_too_large": "[np.float16(1), 1e10]",
    "float_beyond_float16": "1e5",
    "int_beyond_int64": "2**70",
    "ints_beyond_int64": "[2**70, 1]",
    "int_beyond_float32": "2**200",
    "int_beyond_float64": "2**2000",
    "float_then_int_beyond_int64": "[1.5, 2**70]",
    "int_beyond_int64_then_float": "[2**63, 1.5]",
    # Arrays that are not as tensors hold them
    "big_endian_floats": "np.arange(3).astype('>f4')",
    "big_endian_ints": "np.arange(3).astype('>i4')",
    "object_array_of_ints": "np.array([1, 2], object)",
    "object_array_with_none": "np.array([1., None], object)",
    "array_of_digits": "np.array(['1', '2'])",
    "float_array": "np.array([1.5, 2.])",
    "float_scalar": "np.float64(1.5)",
    "bool": "True",
    "bytearray": "bytearray(b'ab')",
}
_DTYPES = ("int8", "int32", "uint64", "float16", "float32", "float64", "complex128", "string", "bool")

CASES = {
    **{f"constant_{name}": f"tf.constant({value})" for name, value in _VALUES.items()},
    **{
        f"constant_{name}_{dtype}": f"tf.constant({value}, tf.{dtype})"
        for name, value in _VALUES.items()
        for dtype in _DTYPES
        # Left out: what makes TensorFlow raise a SystemError, what the machine makes of NaN as an integer, and whether
        # it is the range or the kind that is complained of first.
        if not (name.startswith(("int_beyond", "ints_beyond", "uint64")) and dtype == "uint64")
        and not (name == "object_array_with_none" and dtype in ("int8", "int32", "uint64"))
        and name != "float16_then_too_large"
    },
    "variable": "tf.Variable([np.int64(1), 2])",
    "operand": "tf.constant([1, 2]) + [np.int64(1), 2]",
    "operand_of_floats": "tf.constant([1, 2]) + [np.float64(1), 2]",
    "operand_of_wide_floats": "tf.constant([1., 2.]) + [np.float64(1), 2]",
    "function_of_list": "tf.reduce_sum([np.float32(1), 2.5])",
    "stack": "tf.stack([np.int64(1), np.int64(2)])",
    "float_operand_beyond_float32": "tf.constant(1.) * 1e40",
    "float_operand_compared": "tf.constant(1.) < 1e300",
    "int_operand_beyond_int64": "tf.constant(1.) * 2**70",
    # Lists that hold tensors
    "tensors_to_float": "tf.convert_to_tensor([tf.constant(1), 2], tf.float32)",
    "tensors_to_int64": "tf.convert_to_tensor([tf.constant([1, 2]), [3, 4]], tf.int64)",
    "tensors_to_narrower": "tf.convert_to_tensor([tf.constant(1.7), tf.constant(2)], tf.int32)",
    "tensors_of_two_dtypes": "tf.convert_to_tensor([tf.constant(1.), tf.constant(2)])",
    "tensors_of_two_dtypes_as_first": "tf.convert_to_tensor([tf.constant(1.), tf.constant(2)], tf.float32)",
    "tensors_hint": "tf.convert_to_tensor([1.5, tf.constant(2)], dtype_hint=tf.float32)",
    "tensors_hint_that_fails": "tf.convert_to_tensor([1.5, tf.constant(2.)], dtype_hint=tf.int32)",
    "tensors_variable": "tf.Variable([tf.constant(1), 2], dtype=tf.float32)",
    "tensors_gradient": """
x = tf.constant(2.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.convert_to_tensor([x, 3.], tf.float64) * [5., 7.]
tape.gradient(y, x)""",
    "number_before_tensor": "tf.convert_to_tensor([1., tf.constant(2)])",
    "constant_of_tensor": "tf.constant(tf.constant([1, 2]))",
    "constant_of_tensor_other_dtype": "tf.constant(tf.constant([1.5, 2.]), tf.int32)",
    "constant_of_tensor_wider": "tf.constant(tf.constant([1.5, 2.]), tf.float64)",
    "constant_of_variable_wider": "tf.constant(tf.Variable([1.5, 2.]), tf.float64)",
    "constant_filled_by_list": "tf.constant([1.], shape=[2])",
    "constant_filled_by_matrix": "tf.constant([[1.]], shape=[2])",
    "constant_of_unknown_shape": "tf.constant(1., shape=[None])",
    "shape_as_float": "tf.convert_to_tensor(tf.TensorShape([1, 2]), tf.float32)",
    "shape_as_int64": "tf.convert_to_tensor(tf.TensorShape([1, 2]), tf.int64)",
    "shape_times_float": "tf.constant([1.5]) * tf.TensorShape([2])",
}
CASES |= {
    "tensors_to_text": "tf.convert_to_tensor([tf.constant(1.), tf.constant(2)], tf.string)",
    "texts_to_float": "tf.convert_to_tensor([tf.constant('1'), 'b'], tf.float32)",
    "constant_of_rows": "tf.constant(tf.IndexedSlices(tf.constant([[1.]]), tf.constant([0]), tf.constant([2, 1])))",
    "constant_of_rows_other_dtype": "tf.constant(tf.IndexedSlices(tf.constant([[1.]]), tf.constant([0])), tf.int32)",
}
