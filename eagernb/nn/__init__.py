"""tf.nn: activations, losses, convolutions, pooling, normalization."""

from __future__ import annotations

from eagernb.core.lazy_import import lazy_import
from eagernb.nn import experimental
from eagernb.ops.activations import crelu, elu, gelu, leaky_relu, relu, relu6, selu, silu, softsign, swish
from eagernb.ops.bias import bias_add
from eagernb.ops.candidate_sampling import all_candidate_sampler
from eagernb.ops.counting import zero_fraction
from eagernb.ops.ctc import collapse_repeated, ctc_loss, ctc_unique_labels
from eagernb.ops.dropout import dropout
from eagernb.ops.embedding import embedding_lookup
from eagernb.ops.exponential import sigmoid, softplus
from eagernb.ops.isotonic import isotonic_regression
from eagernb.ops.loss_averages import compute_average_loss, scale_regularization_loss
from eagernb.ops.losses import (
    l2_loss,
    log_poisson_loss,
    sigmoid_cross_entropy_with_logits,
    softmax_cross_entropy_with_logits,
    sparse_softmax_cross_entropy_with_logits,
    weighted_cross_entropy_with_logits,
)
from eagernb.ops.morphology import dilation2d, erosion2d
from eagernb.ops.named_convolutions import (
    atrous_conv2d,
    atrous_conv2d_transpose,
    conv1d,
    conv1d_transpose,
    conv2d,
    conv2d_transpose,
    conv3d,
    conv3d_transpose,
    conv_transpose,
    convolution,
    depthwise_conv2d,
    depthwise_conv2d_backprop_filter,
    depthwise_conv2d_backprop_input,
    separable_conv2d,
)
from eagernb.ops.named_pooling import (
    avg_pool,
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    max_pool,
    max_pool1d,
    max_pool2d,
    max_pool3d,
    max_pool_with_argmax,
    pool,
)
from eagernb.ops.normalization import (
    batch_norm_with_global_normalization,
    batch_normalization,
    l2_normalize,
    local_response_normalization,
    lrn,
    moments,
    normalize_moments,
    sufficient_statistics,
    weighted_moments,
)
from eagernb.ops.sampled_losses import compute_accidental_hits, nce_loss, sampled_softmax_loss
from eagernb.ops.softmax import log_softmax, softmax
from eagernb.ops.sorting import approx_max_k, approx_min_k, in_top_k, top_k
from eagernb.ops.space_to_batch import depth_to_space, space_to_batch, space_to_depth
from eagernb.ops.trigonometry import tanh

# What is imported when it is first asked for.
_LAZY = {
    "ctc_beam_search_decoder": "eagernb.ops.ctc_decoders",
    "ctc_greedy_decoder": "eagernb.ops.ctc_decoders",
    "embedding_lookup_sparse": "eagernb.ops.sparse_embedding",
    "fixed_unigram_candidate_sampler": "eagernb.ops.unigram_sampling",
    "fractional_avg_pool": "eagernb.ops.fractional_pooling",
    "fractional_max_pool": "eagernb.ops.fractional_pooling",
    "learned_unigram_candidate_sampler": "eagernb.ops.unigram_sampling",
    "safe_embedding_lookup_sparse": "eagernb.ops.sparse_embedding",
    "with_space_to_batch": "eagernb.ops.with_space_to_batch",
}

__all__ = [
    "all_candidate_sampler",
    "approx_max_k",
    "approx_min_k",
    "atrous_conv2d",
    "atrous_conv2d_transpose",
    "avg_pool",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "batch_norm_with_global_normalization",
    "batch_normalization",
    "bias_add",
    "collapse_repeated",
    "compute_accidental_hits",
    "compute_average_loss",
    "conv1d",
    "conv1d_transpose",
    "conv2d",
    "conv2d_transpose",
    "conv3d",
    "conv3d_transpose",
    "conv_transpose",
    "convolution",
    "crelu",
    "ctc_loss",
    "ctc_unique_labels",
    "depth_to_space",
    "depthwise_conv2d",
    "depthwise_conv2d_backprop_filter",
    "depthwise_conv2d_backprop_input",
    "dilation2d",
    "dropout",
    "elu",
    "embedding_lookup",
    "erosion2d",
    "experimental",
    "gelu",
    "in_top_k",
    "isotonic_regression",
    "l2_loss",
    "l2_normalize",
    "leaky_relu",
    "local_response_normalization",
    "log_poisson_loss",
    "log_softmax",
    "lrn",
    "max_pool",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "max_pool_with_argmax",
    "moments",
    "nce_loss",
    "normalize_moments",
    "pool",
    "relu",
    "relu6",
    "sampled_softmax_loss",
    "scale_regularization_loss",
    "selu",
    "separable_conv2d",
    "sigmoid",
    "sigmoid_cross_entropy_with_logits",
    "silu",
    "softmax",
    "softmax_cross_entropy_with_logits",
    "softplus",
    "softsign",
    "space_to_batch",
    "space_to_depth",
    "sparse_softmax_cross_entropy_with_logits",
    "sufficient_statistics",
    "swish",
    "tanh",
    "top_k",
    "weighted_cross_entropy_with_logits",
    "weighted_moments",
    "zero_fraction",
    *_LAZY,
]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
