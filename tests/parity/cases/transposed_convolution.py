"""Transposed convolutions."""

from ..expand import gradient
from .convolution import BLOCKS, SEQUENCE, SMALL, TAPS, VOLUME, image

FILTERS = "tf.cast(tf.reshape(tf.range(3 * 2 * 3 * 2) % 5, [3, 2, 3, 2]), tf.float32) - 2."


def small(expression: str) -> str:
    return image(expression, FILTERS, SMALL)


CASES = {
    "conv2d": small("tf.nn.conv2d_transpose(x, w, [1, 3, 4, 3], 1)"),
    "conv2d_larger": small("tf.nn.conv2d_transpose(x, w, output_shape=[1, 6, 8, 3], strides=2)[..., :2]"),
    "conv2d_other_size": small("tf.nn.conv2d_transpose(x, w, [1, 5, 7, 3], 2)[..., :2]"),
    "conv2d_valid": small("tf.nn.conv2d_transpose(x, w, [1, 7, 8, 3], 2, 'VALID')[..., :2]"),
    "conv2d_valid_one_more": small("tf.nn.conv2d_transpose(x, w, [1, 8, 9, 3], 2, 'VALID')[..., 2]"),
    "conv2d_strides": small("tf.nn.conv2d_transpose(x, w, [1, 6, 4, 3], [1, 2, 1, 1])[..., 2]"),
    "conv2d_dilations": small("tf.nn.conv2d_transpose(x, w, [1, 3, 4, 3], 1, dilations=2)[..., 2]"),
    "conv2d_spatial_shape": small("tf.nn.conv2d_transpose(x, w, [6, 8], 2)[..., 2]"),
    "conv2d_shape_tensor": small("tf.nn.conv2d_transpose(x, w, tf.constant([1, 6, 8, 3]), 2)[..., 2]"),
    "conv2d_explicit": small("tf.nn.conv2d_transpose(x, w, [1, 3, 3, 3], 1, [[0, 0], [1, 1], [0, 0], [0, 0]])[..., 2]"),
    "conv2d_nchw": small(
        "tf.nn.conv2d_transpose(tf.transpose(x, [0, 3, 1, 2]), w, [1, 3, 6, 8], 2, data_format='NCHW')[:, 2]"
    ),
    "conv2d_channels": small("tf.nn.conv2d_transpose(x, w, [1, 6, 8, 4], 2)"),
    "conv2d_gradient": gradient("tf.nn.conv2d_transpose(x, w, [1, 6, 8, 3], 2) ** 2", x=SMALL, w=FILTERS),
    "conv2d_gradient_valid": gradient(
        "tf.nn.conv2d_transpose(x, w, [1, 7, 8, 3], 2, 'VALID') ** 2", x=SMALL, w=FILTERS
    ),
    "conv1d": f"tf.nn.conv1d_transpose({SEQUENCE}, tf.transpose({TAPS}, [0, 2, 1]), [2, 14, 2], 2)",
    "conv1d_valid": f"tf.nn.conv1d_transpose({SEQUENCE}, tf.transpose({TAPS}, [0, 2, 1]), [2, 15, 2], 2, 'VALID')",
    "conv1d_gradient": gradient(
        "tf.nn.conv1d_transpose(x, w, [2, 14, 2], 2) ** 2", x=SEQUENCE, w=f"tf.transpose({TAPS}, [0, 2, 1])"
    ),
    "conv3d": f"tf.nn.conv3d_transpose({VOLUME}, {BLOCKS}, [1, 3, 4, 5, 2], 1)[..., 0]",
    "conv3d_strides": f"tf.nn.conv3d_transpose({VOLUME}, {BLOCKS}, [1, 3, 8, 5, 2], [1, 1, 2, 1, 1])[..., 0]",
    "conv_of_images": small("tf.nn.conv_transpose(x, w, [1, 6, 8, 3], 2)[..., 2]"),
    "conv_of_sequences": f"tf.nn.conv_transpose({SEQUENCE}, tf.transpose({TAPS}, [0, 2, 1]), [2, 14, 2], 2)",
    "atrous_conv2d": small("tf.nn.atrous_conv2d_transpose(x, w, [1, 3, 4, 3], 2, 'SAME')[..., 2]"),
}
