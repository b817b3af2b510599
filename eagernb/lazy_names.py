"""The public names that are loaded when the first of them is asked for, so that `import eagernb` is fast.

To its users they are names of ``eagernb`` like any other; its ``__getattr__`` finds them here.
"""

from eagernb.autodiff.custom_gradient import custom_gradient, grad_pass_through
from eagernb.autodiff.recompute import recompute_grad
from eagernb.autodiff.symbolic import gradients
from eagernb.autodiff.vectorized_map import vectorized_map
from eagernb.core.devices import device
from eagernb.function.function import explain_retracing
from eagernb.function.py_function import numpy_function, py_function
from eagernb.graph.cond import case, cond, switch_case
from eagernb.graph.functional import foldl, foldr, map_fn, scan
from eagernb.graph.while_loop import while_loop
from eagernb.modules.initializers import (
    constant_initializer,
    ones_initializer,
    random_normal_initializer,
    random_uniform_initializer,
    zeros_initializer,
)
from eagernb.modules.module import Module
from eagernb.ops.arranging import repeat, reverse, reverse_sequence, roll, tile
from eagernb.ops.assertions import Assert, assert_equal, assert_greater, assert_less
from eagernb.ops.block_slice import slice_ as slice
from eagernb.ops.clipping import clip_by_global_norm, clip_by_norm, clip_by_value
from eagernb.ops.clock import timestamp
from eagernb.ops.eigen import eig, eigvals
from eagernb.ops.einsum import einsum
from eagernb.ops.grouping import group, guarantee_const, no_op
from eagernb.ops.grouping import tuple_ as tuple
from eagernb.ops.histogram import histogram_fixed_width, histogram_fixed_width_bins
from eagernb.ops.matrix_functions import sqrtm as matrix_square_root
from eagernb.ops.norms import norm
from eagernb.ops.one_hot import one_hot
from eagernb.ops.padding import pad
from eagernb.ops.partition import dynamic_partition, dynamic_stitch
from eagernb.ops.positions import argmax, argmin
from eagernb.ops.printing import print_ as print
from eagernb.ops.ranges import linspace, meshgrid, range, sequence_mask
from eagernb.ops.scatter import (
    scatter_nd,
    tensor_scatter_nd_add,
    tensor_scatter_nd_max,
    tensor_scatter_nd_min,
    tensor_scatter_nd_sub,
    tensor_scatter_nd_update,
)
from eagernb.ops.sorting import argsort, searchsorted, sort
from eagernb.ops.space_to_batch import (
    batch_to_space,
    required_space_to_batch_paddings,
    space_to_batch,
    space_to_batch_nd,
)
from eagernb.ops.static_assertions import assert_rank
from eagernb.ops.sums import add_n
from eagernb.ops.tensor_array import TensorArray
from eagernb.ops.tensordot import tensordot
from eagernb.ops.trigonometry import acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, sin, sinh, tan, tanh
from eagernb.ops.unique import unique, unique_with_counts
