"""tf.image: shapes, sizes, colours, measures, and changes at random; values and gradients."""

from ..expand import gradient

IMAGE = "x = tf.reshape(tf.range(60.) * 37. % 64. / 64., [4, 5, 3])\n"
BATCH = "x = tf.reshape(tf.range(120.) * 37. % 64. / 64., [2, 4, 5, 3])\n"
BYTES = "x = tf.cast(tf.reshape(tf.range(60) * 37 % 256, [4, 5, 3]), tf.uint8)\n"
LARGE = """
x = tf.reshape(tf.range(2 * 16 * 16 * 3.), [2, 16, 16, 3]) % 97. / 97.
y = tf.clip_by_value(x + tf.reshape(tf.range(2 * 16 * 16 * 3.), [2, 16, 16, 3]) % 7. / 70., 0., 1.)
"""


def slope(call: str, setup: str = IMAGE) -> str:
    """The gradient of a sum that weighs each element of the result differently."""
    return f"""{setup}
with tf.GradientTape() as tape:
    tape.watch(x)
    y = {call}
    z = tf.reduce_sum(y * tf.reshape(tf.range(tf.cast(tf.size(y), tf.float32)) * 7. % 8. + 8., tf.shape(y)))
tape.gradient(z, x)"""


METHODS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")

CASES = {
    **{
        f"resize_{method}_{name}": IMAGE + f"tf.image.resize(x + 1., {size}, method='{method}')"
        for method in METHODS
        for name, size in {"larger": [8, 10], "smaller": [3, 2], "mixed": [9, 2]}.items()
    },
    **{
        f"resize_{method}_antialias": IMAGE + f"tf.image.resize(x, [2, 2], method='{method}', antialias=True)"
        for method in METHODS
    },
    **{f"resize_{method}_gradient": slope(f"tf.image.resize(x, [3, 7], method='{method}')") for method in METHODS[:3]},
    "resize_batch": BATCH + "tf.image.resize(x, [3, 3])",
    "resize_bytes": BYTES + "tf.image.resize(x, [3, 3])",
    "resize_bytes_nearest": BYTES + "tf.image.resize(x, [3, 7], 'nearest')",
    "resize_same": IMAGE + "tf.image.resize(x, [4, 5])",
    "resize_same_bytes": BYTES + "tf.image.resize(x, [4, 5]).dtype",
    "resize_half": IMAGE + "tf.image.resize(tf.cast(x, tf.float16), [2, 2]).dtype",
    "resize_aspect": IMAGE + "tf.image.resize(x, [10, 8], preserve_aspect_ratio=True).shape",
    "resize_method": IMAGE + "tf.image.resize(x, [2, 2], tf.image.ResizeMethod.AREA)",
    "resize_tensor_size": IMAGE + "tf.image.resize(x, tf.constant([2, 3]))",
    "resize_unknown_method": IMAGE + "tf.image.resize(x, [2, 2], 'foo')",
    "resize_rank_2": "tf.image.resize(tf.ones([3, 3]), [2, 2])",
    "resize_one_size": IMAGE + "tf.image.resize(x, [2])",
    "resize_in_function": IMAGE + "tf.function(lambda x: tf.image.resize(x, [6, 6]))(x)",
    "resize_unknown_size": IMAGE
    + "tf.function(lambda x: tf.image.resize(x, [3, 3]), input_signature=[tf.TensorSpec([None, None, 3])])(x)",
    "resize_with_pad": IMAGE + "tf.image.resize_with_pad(x, 6, 6)",
    "resize_with_pad_wide": IMAGE + "tf.image.resize_with_pad(x, 2, 9)",
    "resize_with_crop_or_pad": IMAGE + "tf.image.resize_with_crop_or_pad(x, 6, 3)",
    "resize_with_crop_or_pad_odd": BATCH + "tf.image.resize_with_crop_or_pad(x, 3, 8)",
    "resize_with_crop_zero": IMAGE + "tf.image.resize_with_crop_or_pad(x, 0, 8)",
    "crop": IMAGE + "tf.image.crop_to_bounding_box(x, 1, 2, 3, 2)",
    "crop_batch": BATCH + "tf.image.crop_to_bounding_box(x, 1, 2, 3, 2).shape",
    "crop_too_far": IMAGE + "tf.image.crop_to_bounding_box(x, 2, 2, 3, 2)",
    "crop_negative": IMAGE + "tf.image.crop_to_bounding_box(x, -1, 2, 3, 2)",
    "crop_gradient": slope("tf.image.crop_to_bounding_box(x, 1, 2, 3, 2)"),
    "pad": IMAGE + "tf.image.pad_to_bounding_box(x, 1, 2, 6, 8)",
    "pad_too_small": IMAGE + "tf.image.pad_to_bounding_box(x, 1, 2, 3, 8)",
    "central_crop": BATCH + "tf.image.central_crop(x, 0.5)",
    "central_crop_all": IMAGE + "tf.image.central_crop(x, 1.0)",
    "central_crop_none": IMAGE + "tf.image.central_crop(x, 0.0)",
    "flip_left_right": IMAGE + "tf.image.flip_left_right(x)",
    "flip_up_down": BATCH + "tf.image.flip_up_down(x)",
    "flip_rank_2": "tf.image.flip_up_down(tf.ones([2, 2]))",
    "flip_gradient": slope("tf.image.flip_left_right(x)"),
    "transpose": BATCH + "tf.image.transpose(x)",
    "rot90": IMAGE + "[tf.image.rot90(x, k) for k in (0, 1, 2, 3, 5, -1)]",
    "rot90_batch": BATCH + "tf.image.rot90(x)",
    "convert_to_float": BYTES + "tf.image.convert_image_dtype(x, tf.float32)",
    "convert_to_bytes": IMAGE + "tf.image.convert_image_dtype(x, tf.uint8)",
    "convert_saturate": "tf.image.convert_image_dtype([-0.5, 0.5, 1.5], tf.uint8, saturate=True)",
    "convert_int_down": "tf.image.convert_image_dtype(tf.constant([0, 300, 32767], tf.int16), tf.uint8)",
    "convert_int_up": "tf.image.convert_image_dtype(tf.constant([0, 100, 255], tf.uint8), tf.int16)",
    "convert_floats": IMAGE + "tf.image.convert_image_dtype(x, tf.float16).dtype",
    "convert_same": BYTES + "tf.image.convert_image_dtype(x, tf.uint8)",
    "convert_bool": "tf.image.convert_image_dtype([True], tf.float32)",
    "brightness": IMAGE + "tf.image.adjust_brightness(x, 0.2)",
    "brightness_bytes": BYTES + "tf.image.adjust_brightness(x, 0.3)",
    "brightness_tensor": IMAGE + "tf.image.adjust_brightness(x, tf.constant(-0.2))",
    "contrast": IMAGE + "tf.image.adjust_contrast(x, 1.7)",
    "contrast_batch": BATCH + "tf.image.adjust_contrast(x, 0.3)",
    "contrast_bytes": BYTES + "tf.image.adjust_contrast(x, 2.)",
    "gamma": IMAGE + "tf.image.adjust_gamma(x, 0.4, 2.)",
    "gamma_bytes": BYTES + "tf.image.adjust_gamma(x, 2.)",
    "gamma_negative": IMAGE + "tf.image.adjust_gamma(x, -1.)",
    "gamma_gradient": slope("tf.image.adjust_gamma(x, 2.5)"),
    "hue": IMAGE + "tf.image.adjust_hue(x, 0.3)",
    "hue_back": IMAGE + "tf.image.adjust_hue(x, -0.7)",
    "hue_bytes": BYTES + "tf.image.adjust_hue(x, 0.1)",
    "hue_too_far": IMAGE + "tf.image.adjust_hue(x, 1.5)",
    "saturation": IMAGE + "tf.image.adjust_saturation(x, 0.4)",
    "saturation_more": IMAGE + "tf.image.adjust_saturation(x, 3.)",
    "saturation_bytes": BYTES + "tf.image.adjust_saturation(x, 2.)",
    "grayscale": IMAGE + "tf.image.rgb_to_grayscale(x)",
    "grayscale_bytes": BYTES + "tf.image.rgb_to_grayscale(x)",
    "grayscale_gradient": slope("tf.image.rgb_to_grayscale(x)"),
    "grayscale_two_channels": "tf.image.rgb_to_grayscale(tf.ones([2, 2, 2]))",
    "grayscale_to_rgb": IMAGE + "tf.image.grayscale_to_rgb(x[..., :1])",
    "hsv": IMAGE + "tf.image.rgb_to_hsv(x)",
    "hsv_grey_and_black": "tf.image.rgb_to_hsv([[[0.5, 0.5, 0.5], [0., 0., 0.], [1., 0., 0.], [0., 0., 1.]]])",
    "hsv_gradient": slope("tf.image.rgb_to_hsv(x * 0.9 + 0.05)"),
    "hsv_back": IMAGE + "tf.image.hsv_to_rgb(x)",
    "hsv_float64": IMAGE + "tf.image.rgb_to_hsv(tf.cast(x, tf.float64)).dtype",
    "yiq": IMAGE + "[tf.image.rgb_to_yiq(x), tf.image.yiq_to_rgb(x)]",
    "yuv": IMAGE + "[tf.image.rgb_to_yuv(x), tf.image.yuv_to_rgb(x)]",
    "yuv_gradient": slope("tf.image.rgb_to_yuv(x)"),
    "standardization": IMAGE + "tf.image.per_image_standardization(x)",
    "standardization_batch": BATCH + "tf.image.per_image_standardization(x)",
    "standardization_even": "tf.image.per_image_standardization(tf.ones([2, 2, 1]))",
    "standardization_bytes": BYTES + "tf.image.per_image_standardization(x)",
    "standardization_gradient": slope("tf.image.per_image_standardization(x)").replace(
        "tape.g", "tf.round(1e3 * tape.g"
    )
    + ")",
    "total_variation": BATCH + "tf.image.total_variation(x)",
    "total_variation_image": IMAGE + "tf.image.total_variation(x)",
    "total_variation_gradient": gradient(
        "tf.image.total_variation(x)", x="tf.reshape([1., 3., 2., 7., 5., 4.], [2, 3, 1])"
    ),
    "image_gradients": BATCH + "[*tf.image.image_gradients(x)]",
    "image_gradients_rank_3": IMAGE + "tf.image.image_gradients(x)",
    "sobel": BATCH + "tf.image.sobel_edges(x)",
    "sobel_without_batch": "tf.image.sobel_edges(tf.ones([3, 3, 1]))",
    "sobel_gradient": slope("tf.image.sobel_edges(x)", BATCH),
    "psnr": LARGE + "tf.image.psnr(x, y, 1.)",
    "psnr_bytes": BYTES + "tf.image.psnr(x, tf.reverse(x, [0]), 255)",
    "psnr_shapes": "tf.image.psnr(tf.ones([3, 3, 1]), tf.ones([4, 4, 1]), 1.)",
    "ssim": LARGE + "tf.image.ssim(x, y, 1.)",
    "ssim_bytes": LARGE + "tf.image.ssim(tf.cast(x * 255., tf.uint8), tf.cast(y * 255., tf.uint8), 255)",
    "ssim_filter": LARGE + "tf.image.ssim(x, y, 1., filter_size=5, filter_sigma=1., k1=0.02, k2=0.05)",
    "ssim_map": LARGE + "tf.image.ssim(x, y, 1., return_index_map=True).shape",
    "ssim_small": IMAGE + "tf.image.ssim(x, x, 1.)",
    "ssim_multiscale": LARGE + "tf.image.ssim_multiscale(x, y, 1., power_factors=(0.4, 0.6), filter_size=5)",
    "random_flip": IMAGE + "tf.random.set_seed(3)\n[tf.image.random_flip_left_right(x) for _ in range(3)]",
    "random_flip_batch": BATCH + "tf.random.set_seed(3)\ntf.image.random_flip_up_down(x)",
    "random_flip_seed": IMAGE + "tf.random.set_seed(3)\n[tf.image.random_flip_left_right(x, seed=2) for _ in range(3)]",
    "random_brightness": IMAGE + "tf.random.set_seed(3)\ntf.image.random_brightness(x, 0.3)",
    "random_contrast": IMAGE + "tf.random.set_seed(3)\ntf.image.random_contrast(x, 0.3, 2.)",
    "random_saturation": IMAGE + "tf.random.set_seed(3)\ntf.image.random_saturation(x, 0.3, 2.)",
    "random_hue": IMAGE + "tf.random.set_seed(3)\ntf.image.random_hue(x, 0.3)",
    "random_crop": IMAGE + "tf.random.set_seed(3)\n[tf.image.random_crop(x, [2, 2, 3]) for _ in range(2)]",
    "random_crop_too_large": IMAGE + "tf.image.random_crop(x, [9, 2, 3])",
    "random_brightness_negative": IMAGE + "tf.image.random_brightness(x, -0.3)",
    "random_contrast_reversed": IMAGE + "tf.image.random_contrast(x, 2., 1.)",
    "random_hue_too_far": IMAGE + "tf.image.random_hue(x, 0.7)",
    **{
        f"stateless_{name}": IMAGE + f"tf.image.stateless_random_{name}(x, {arguments}seed=(3, 4))"
        for name, arguments in {
            "flip_left_right": "",
            "flip_up_down": "",
            "brightness": "0.3, ",
            "contrast": "0.3, 2., ",
            "saturation": "0.3, 2., ",
            "hue": "0.3, ",
            "crop": "[2, 3, 3], ",
        }.items()
    },
    "augmentation_in_function": IMAGE
    + """
tf.random.set_seed(5)
@tf.function
def augment(x):
    x = tf.image.random_flip_left_right(x)
    return tf.image.random_brightness(x, 0.2)
[augment(x), augment(x)]""",
    "in_dataset": BATCH
    + """
tf.random.set_seed(5)
d = tf.data.Dataset.from_tensor_slices(x).map(lambda x: tf.image.resize(tf.image.flip_up_down(x), [2, 2]))
[y for y in d]""",
}
