"""Writes the checkpoint of this folder, in an environment with tensorflow-cpu. TensorFlow 2.21 wrote what is here."""

from __future__ import annotations

from pathlib import Path


def main() -> None:
    # Imported late, so that this module may be looked at where there is no TensorFlow.
    import tensorflow as tf

    named = {
        "text": tf.Variable([["a", "bcd"], ["", "é" * 100]]),
        "bfloat16": tf.Variable([1.5, -2.0], dtype=tf.bfloat16),
        "complex": tf.Variable(1 + 2j),
        "empty": tf.Variable(tf.zeros([0, 3], tf.int8)),
        "long": tf.Variable(tf.range(1000, dtype=tf.int64)),
        "truth": tf.Variable([True, False]),
    }
    # So many that keys share their beginnings, and stand whole again after each sixteen.
    many = [tf.Variable([float(i), -float(i)]) for i in range(40)]
    tf.train.Checkpoint(many=many, named=named).write(Path(__file__).with_name("model"))


if __name__ == "__main__":
    main()
