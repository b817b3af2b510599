"""Automatic differentiation: the tape that records, the walk back, and the accumulator that goes forward.

Under TensorFlow's names there are two in ``tf.autodiff``.
"""

from eagernb.autodiff.forward import ForwardAccumulator as ForwardAccumulator
from eagernb.autodiff.tape import GradientTape as GradientTape
