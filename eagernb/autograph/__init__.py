"""tf.autograph: Python's control flow on tensors, as operations of a graph.

``tf.function`` converts the functions that it traces: an ``if`` on a tensor becomes a ``tf.cond``, a loop over tensors
a ``tf.while_loop``; control flow on Python's values stays Python's.

>>> import eagernb as tf
>>> @tf.function
... def collatz_steps(n):
...     steps = 0
...     while n > 1:
...         n = n // 2 if n % 2 == 0 else 3 * n + 1
...         steps += 1
...     return steps
>>> int(collatz_steps(tf.constant(6)))
8
"""

from eagernb.autograph import experimental
from eagernb.autograph.code import to_code, to_graph
from eagernb.autograph.verbosity import set_verbosity, trace

__all__ = ["experimental", "set_verbosity", "to_code", "to_graph", "trace"]


def __dir__() -> list[str]:
    return __all__
