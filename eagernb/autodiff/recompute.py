"""recompute_grad: memory for time.

>>> import eagernb as tf
>>> layer = tf.recompute_grad(lambda x: tf.exp(tf.sin(x)))
>>> x = tf.Variable(0.0)
>>> with tf.GradientTape() as tape:
...     y = layer(x)
>>> float(tape.gradient(y, x))
1.0
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from eagernb.autodiff.custom_gradient import CustomGradient
from eagernb.autodiff.tape import GradientTape
from eagernb.core import nest
from eagernb.core.convert import is_dense_tensor
from eagernb.core.tensor import Tensor
from eagernb.ops.shape import identity


def recompute_grad(f: Callable[..., Any]) -> Any:
    """A function like ``f`` of which a tape keeps the arguments only: the way back computes ``f`` once more.

    What ``f`` draws at random or changes is drawn and changed twice. Gradients flow to positional arguments and to the
    variables that ``f`` reads. That costs time to save memory (Chen et al., "Training deep nets with sublinear memory
    cost", 2016).

    >>> import eagernb as tf
    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.recompute_grad(tf.square)(x)
    >>> float(tape.gradient(y, x))
    6.0
    """

    def with_recomputing(*args: Any, **kwargs: Any) -> Any:
        def grad(*g: Tensor, variables: Any = ()) -> Any:
            leaves = nest.flatten(args)
            # Copies, so that the walk back through f ends here.
            copies = [identity(leaf) if is_dense_tensor(leaf) else leaf for leaf in leaves]
            tensors = [copy for copy in copies if isinstance(copy, Tensor) and copy.dtype.is_differentiable]
            with GradientTape() as tape:
                tape.watch([*tensors, *variables])
                result = f(*nest.pack(args, copies), **kwargs)
            found = iter(tape.gradient(nest.flatten(result), [*tensors, *variables], list(g)))
            differentiable = {id(tensor) for tensor in tensors}
            of_arguments = [next(found) if id(copy) in differentiable else None for copy in copies]
            return (of_arguments, list(found)) if variables else of_arguments

        return f(*args, **kwargs), grad

    return functools.wraps(f)(CustomGradient(with_recomputing, recorded=False))
