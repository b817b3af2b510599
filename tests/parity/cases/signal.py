"""Fourier transforms and their gradients; DLPack."""

X = "tf.constant([1.3, 2., -3.1, 4., 5.7], tf.float64)"
EVEN = "tf.constant([1.1, -2.3, 3., 0.6], tf.float64)"
MATRIX = "tf.constant([[0.5, -1.2, 2.], [3.3, 4., -2.6]], tf.float64)"
CUBE = "tf.sin(tf.reshape(tf.cast(tf.range(1, 25), tf.float64), [2, 3, 4]))"
Z = f"tf.complex({X}, tf.reverse({X}, [0]) * 0.7)"
ZM = f"tf.complex({MATRIX}, 1.1 - {MATRIX} * 0.3)"
ZCUBE = f"tf.complex({CUBE}, {CUBE} * 0.5 + 0.1)"

TRANSFORMS = {
    "fft": ("tf.signal.fft(v)", Z),
    "ifft": ("tf.signal.ifft(v)", Z),
    "fft_batch": ("tf.signal.fft(v)", ZM),
    "fft2d": ("tf.signal.fft2d(v)", ZM),
    "ifft2d": ("tf.signal.ifft2d(v)", ZCUBE),
    "fft3d": ("tf.signal.fft3d(v)", ZCUBE),
    "ifft3d": ("tf.signal.ifft3d(v)", ZCUBE),
    "rfft": ("tf.signal.rfft(v)", X),
    "rfft_even": ("tf.signal.rfft(v)", EVEN),
    "rfft_filled": ("tf.signal.rfft(v, [8])", X),
    "rfft_batch": ("tf.signal.rfft(v)", MATRIX),
    "rfft2d": ("tf.signal.rfft2d(v)", MATRIX),
    "irfft": ("tf.signal.irfft(v)", Z),
    "irfft_odd": ("tf.signal.irfft(v, [9])", Z),
    "irfft2d": ("tf.signal.irfft2d(v)", ZM),
    "irfft2d_lengths": ("tf.signal.irfft2d(v, [2, 5])", ZM),
    "fftshift": ("tf.signal.fftshift(v)", X),
    "fftshift_axis": ("tf.signal.fftshift(v, axes=1)", MATRIX),
    "fftshift_axes": ("tf.signal.fftshift(v, axes=[0, 1])", MATRIX),
    "ifftshift": ("tf.signal.ifftshift(v)", X),
    "ifftshift_cube": ("tf.signal.ifftshift(v)", CUBE),
}
# TensorFlow has no gradient of these, or fails in it.
WITHOUT_GRADIENT = {
    "rfft_cropped": ("tf.signal.rfft(v, [3])", X),
    "rfft3d": ("tf.signal.rfft3d(v)", CUBE),
    "rfft2d_lengths": ("tf.signal.rfft2d(v, [2, 2])", MATRIX),
    "irfft3d": ("tf.signal.irfft3d(v)", ZCUBE),
    "irfft_cropped": ("tf.signal.irfft(v, [4])", Z),
    "irfft_filled": ("tf.signal.irfft(v, [16])", Z),
}


def _value(call: str, value: str) -> str:
    return f"(lambda v: {call})({value})"


def _gradient(call: str, value: str) -> str:
    return f"""
v = {value}
with tf.GradientTape() as tape:
    tape.watch(v)
    y = {call}
    weight = tf.reshape(tf.cast(tf.range(1, 1 + tf.size(y)), tf.float64), tf.shape(y))
    loss = tf.reduce_sum(tf.cast(tf.abs(y) ** 2, tf.float64) * weight)
tape.gradient(loss, v)
"""


CASES = {
    **{name: _value(*case) for name, case in (TRANSFORMS | WITHOUT_GRADIENT).items()},
    **{f"{name}_gradient": _gradient(*case) for name, case in TRANSFORMS.items()},
    "fft_complex64": "tf.signal.fft(tf.constant([1 + 1j, 2, 3 - 2.5j], tf.complex64))",
    "fft_list": "tf.signal.fft([1.5, 2.25])",
    "fft_variable": "tf.signal.fft(tf.Variable([1.5 + 1j, 2.25]))",
    "fft_real": "tf.signal.fft(tf.constant([1., 2.]))",
    "fft_scalar": "tf.signal.fft(tf.constant(1 + 1j))",
    "fft2d_vector": "tf.signal.fft2d(tf.constant([1 + 1j]))",
    "rfft_float32": "tf.signal.rfft(tf.constant([1., 2.5, -3.]))",
    "rfft_ints": "tf.signal.rfft(tf.constant([1, 2]))",
    "rfft_list_of_ints": "tf.signal.rfft([1, 2, 4])",
    "rfft_half": "tf.signal.rfft(tf.constant([1., 2.], tf.float16))",
    "rfft_complex": "tf.signal.rfft(tf.constant([1 + 1j, 2]))",
    "rfft_scalar": "tf.signal.rfft(tf.constant(1.))",
    "rfft_two_lengths": "tf.signal.rfft(tf.constant([1., 2.]), [2, 2])",
    "rfft_length_tensor": "tf.signal.rfft(tf.constant([1., 2., 4.]), tf.constant([4]))",
    "irfft_real": "tf.signal.irfft(tf.constant([1., 2.]))",
    "fftshift_ints": "tf.signal.fftshift(tf.range(5))",
    "fft_in_function": "tf.function(lambda v: tf.signal.ifft(tf.signal.fft(v)))(tf.constant([1 + 1j, 2.5, 3]))",
    "to_dlpack_of_an_array": "tf.experimental.dlpack.to_dlpack(np.ones(2))",
    "from_dlpack_of_a_tensor": "tf.experimental.dlpack.from_dlpack(tf.ones(2))",
    "dlpack_round_trip": "tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(tf.constant([1., 2.])))",
    "dlpack_twice": "c = tf.experimental.dlpack.to_dlpack(tf.constant([1]))\n"
    "tf.experimental.dlpack.from_dlpack(c)\ntf.experimental.dlpack.from_dlpack(c)",
    "dlpack_device": "tf.constant(1.).__dlpack_device__()",
    "from_dlpack_in_numpy": "np.from_dlpack(tf.constant([1., 2.]))",
    **{f"{name}_of_unknown_length": f"""
@tf.function(input_signature=[tf.TensorSpec([None, None])])
def f(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = {expression}
        z = y * tf.constant([[1.], [10.]])
    return y, tape.gradient(z, x)
f(tf.constant([[1., 0., -1., 2.], [0., 3., 0., 1.]]))""" for name, expression in (
        ("rfft", "tf.math.real(tf.signal.rfft(x))"), ("rfft_longer", "tf.math.real(tf.signal.rfft(x, [8]))[:, ::2]"),
        ("ifftshift", "tf.signal.ifftshift(x, axes=[-1]) ** 2"),
    )},
}  # fmt: skip
