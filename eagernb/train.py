"""tf.train: the values of variables in files, and their averages.

>>> import eagernb as tf, tempfile
>>> path = tf.train.Checkpoint(step=tf.Variable(3)).write(tempfile.mkdtemp() + "/model")
>>> tf.train.load_variable(path, "step/.ATTRIBUTES/VARIABLE_VALUE")
np.int32(3)
"""

from eagernb.modules.checkpoint.checkpoint import Checkpoint, CheckpointOptions
from eagernb.modules.checkpoint.manager import CheckpointManager
from eagernb.modules.checkpoint.reader import list_variables, load_checkpoint, load_variable
from eagernb.modules.checkpoint.state import checkpoints_iterator, get_checkpoint_state, latest_checkpoint
from eagernb.modules.moving_average import ExponentialMovingAverage

__all__ = [
    "Checkpoint",
    "CheckpointManager",
    "CheckpointOptions",
    "ExponentialMovingAverage",
    "checkpoints_iterator",
    "get_checkpoint_state",
    "latest_checkpoint",
    "list_variables",
    "load_checkpoint",
    "load_variable",
]


def __dir__() -> list[str]:
    return __all__
