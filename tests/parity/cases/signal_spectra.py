"""Windows, frames, short-time spectra, cosine transforms and the mel scale."""

WAVE = "x = tf.sin(tf.range(40.) * 0.7) + 2.\n"
TWO = "x = tf.sin(tf.reshape(tf.range(80.), [2, 40]) * 0.7) + 2.\n"
NUMBERS = "x = tf.constant([[1., 3., 2., 5., 4., 7.], [2., 2., 9., 1., 3., 6.]])\n"
WINDOWS = ("hann_window", "hamming_window", "kaiser_window", "kaiser_bessel_derived_window", "vorbis_window")


def rounded(call: str) -> str:
    """To three digits behind the point: the transforms sum up in another order."""
    return f"y = {call}\ntf.round(1e3 * tf.stack([tf.math.real(y), tf.math.imag(y)])) + 0."


CASES = {
    **{f"{name}_{n}": f"tf.round(1e5 * tf.signal.{name}({n})) + 0." for name in WINDOWS for n in (4, 6, 16)},
    **{f"{name}_odd": f"tf.round(1e5 * tf.signal.{name}(7)) + 0." for name in WINDOWS if "derived" not in name},
    **{f"{name}_float64": f"tf.signal.{name}(4, dtype=tf.float64).dtype" for name in WINDOWS},
    "hann_symmetric": "[tf.round(1e5 * tf.signal.hann_window(n, periodic=False)) + 0. for n in (5, 6)]",
    "hann_one": "tf.signal.hann_window(1)",
    "hann_int": "tf.signal.hann_window(4, dtype=tf.int32)",
    "kaiser_beta": "tf.round(1e5 * tf.signal.kaiser_window(6, beta=3.))",
    "frame": "tf.signal.frame(tf.range(10), 4, 2)",
    "frame_rest": "tf.signal.frame(tf.range(10), 4, 3)",
    "frame_pad": "tf.signal.frame(tf.range(10), 4, 3, pad_end=True, pad_value=-1)",
    "frame_short": "tf.signal.frame(tf.range(3), 4, 3)",
    "frame_axis": "tf.signal.frame(tf.reshape(tf.range(12), [6, 2]), 3, 2, axis=0)",
    "frame_batch": "tf.signal.frame(tf.reshape(tf.range(12), [2, 6]), 4, 1)",
    "frame_gap": "tf.signal.frame(tf.range(10), 2, 5)",
    "frame_gradient": """
x = tf.range(10.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.signal.frame(x, 4, 2) ** 2)
tape.gradient(y, x)""",
    "frame_in_function": """
f = tf.function(lambda x: tf.signal.frame(x, 4, 2), input_signature=[tf.TensorSpec([None], tf.float32)])
[f(tf.range(10.)), f(tf.range(5.))]""",
    "overlap_and_add": "tf.signal.overlap_and_add(tf.reshape(tf.range(12), [3, 4]), 2)",
    "overlap_and_add_odd": "tf.signal.overlap_and_add(tf.reshape(tf.range(12), [3, 4]), 3)",
    "overlap_and_add_same": "tf.signal.overlap_and_add(tf.reshape(tf.range(12), [3, 4]), 4)",
    "overlap_and_add_gap": "tf.signal.overlap_and_add(tf.reshape(tf.range(12), [3, 4]), 6)",
    "overlap_and_add_batch": "tf.signal.overlap_and_add(tf.reshape(tf.range(24), [2, 3, 4]), 2)",
    "overlap_and_add_float_step": "tf.signal.overlap_and_add(tf.ones([3, 4]), 2.)",
    "overlap_and_add_rank_1": "tf.signal.overlap_and_add(tf.ones([4]), 2)",
    "stft": WAVE + rounded("tf.signal.stft(x, 16, 8)"),
    "stft_batch": TWO + rounded("tf.signal.stft(x, 12, 5)"),
    "stft_length": WAVE + rounded("tf.signal.stft(x, 12, 6, fft_length=20)"),
    "stft_no_window": WAVE + rounded("tf.signal.stft(x, 16, 8, window_fn=None)"),
    "stft_hamming": WAVE + rounded("tf.signal.stft(x, 16, 8, window_fn=tf.signal.hamming_window)"),
    "stft_pad": WAVE + rounded("tf.signal.stft(x, 16, 7, pad_end=True)"),
    "stft_dtype": WAVE + "tf.signal.stft(tf.cast(x, tf.float64), 16, 8).dtype",
    "stft_gradient": WAVE
    + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.abs(tf.signal.stft(x, 16, 8)) ** 2)
tf.round(tape.gradient(y, x) * 100.) + 0.""",
    "inverse_stft": WAVE + "tf.round(1e3 * tf.signal.inverse_stft(tf.signal.stft(x, 16, 8), 16, 8)) + 0.",
    "inverse_stft_window": WAVE
    + """
s = tf.signal.stft(x, 16, 4)
tf.round(1e3 * tf.signal.inverse_stft(s, 16, 4, window_fn=tf.signal.inverse_stft_window_fn(4))) + 0.""",
    "inverse_window": "tf.round(1e4 * tf.signal.inverse_stft_window_fn(3)(8, dtype=tf.float32)) + 0.",
    **{
        f"dct_{type}_{norm}": NUMBERS + f"tf.round(1e3 * tf.signal.dct(x, type={type}, norm={norm!r})) + 0."
        for type in (1, 2, 3, 4)
        for norm in (None, "ortho")
        if (type, norm) != (1, "ortho")
    },
    **{f"idct_{type}": NUMBERS + f"tf.round(1e3 * tf.signal.idct(x, type={type})) + 0." for type in (1, 2, 3, 4)},
    "dct_back": NUMBERS + "tf.round(1e3 * tf.signal.idct(tf.signal.dct(x, norm='ortho'), norm='ortho'))",
    "dct_n": NUMBERS + "[tf.round(1e3 * tf.signal.dct(x, n=n)) + 0. for n in (4, 8)]",
    "dct_float64": NUMBERS + "tf.signal.dct(tf.cast(x, tf.float64), norm='ortho')",
    "dct_1_ortho": NUMBERS + "tf.signal.dct(x, type=1, norm='ortho')",
    "dct_5": NUMBERS + "tf.signal.dct(x, type=5)",
    "dct_axis": NUMBERS + "tf.signal.dct(x, axis=0)",
    "dct_norm": NUMBERS + "tf.signal.dct(x, norm='foo')",
    "dct_gradient": NUMBERS
    + """
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.signal.dct(x) ** 2)
tf.round(tape.gradient(y, x))""",
    "mdct": WAVE + "tf.round(1e3 * tf.signal.mdct(x, 8)) + 0.",
    "mdct_ortho": WAVE + "tf.round(1e3 * tf.signal.mdct(x, 8, norm='ortho', window_fn=None)) + 0.",
    "mdct_length": WAVE + "tf.signal.mdct(x, 6)",
    "mdct_back": WAVE + "tf.round(1e3 * tf.signal.inverse_mdct(tf.signal.mdct(x, 8))) + 0.",
    "mdct_back_ortho": WAVE
    + "tf.round(1e3 * tf.signal.inverse_mdct(tf.signal.mdct(x, 8, norm='ortho'), norm='ortho')) + 0.",
    "mel": "tf.round(1e3 * tf.signal.linear_to_mel_weight_matrix(4, 17)) + 0.",
    "mel_edges": "tf.round(1e3 * tf.signal.linear_to_mel_weight_matrix(5, 33, 16000, 80., 7600.)) + 0.",
    "mel_default": "tf.signal.linear_to_mel_weight_matrix().shape",
    "mel_dtype": "tf.signal.linear_to_mel_weight_matrix(4, 17, dtype=tf.float64).dtype",
    "mel_too_high": "tf.signal.linear_to_mel_weight_matrix(upper_edge_hertz=5000.)",
    "mel_reversed": "tf.signal.linear_to_mel_weight_matrix(lower_edge_hertz=3900.)",
    "mfccs": NUMBERS + "tf.round(1e3 * tf.signal.mfccs_from_log_mel_spectrograms(x)) + 0.",
    "spectrogram_to_mfccs": WAVE
    + """
s = tf.abs(tf.signal.stft(x, 16, 8))
mel = tf.tensordot(s, tf.signal.linear_to_mel_weight_matrix(6, 9, 8000), 1)
tf.round(1e2 * tf.signal.mfccs_from_log_mel_spectrograms(tf.math.log(mel + 1e-2))) + 0.""",
    "frames_without_a_step": "tf.signal.frame([1., 2.], 1, 0)",
    "inverse_mdct_of_a_scalar": "tf.signal.inverse_mdct(1.)",
    "mfccs_of_a_scalar": "tf.signal.mfccs_from_log_mel_spectrograms(1.)",
}
