"""tf.function: Python functions traced into graphs, one for each signature."""
