"""Write recorded_names.json: the names in TensorFlow's namespaces, and what its objects have.

`python record_names.py`, after a namespace or an object was added. Needs an environment with tensorflow-cpu.
"""

import json
import os
from pathlib import Path

NAMES = Path(__file__).with_name("recorded_names.json")

# Without compat.v1.layers, which needs an old Keras.
NAMESPACES = [
    "autodiff", "autograph", "autograph.experimental", "bitwise", "compat", "compat.v1", "compat.v1.data",
    "compat.v1.graph_util", "compat.v1.initializers", "compat.v1.losses", "compat.v1.metrics", "compat.v1.nn",
    "compat.v1.sparse", "compat.v1.train", "config", "config.experimental", "config.optimizer", "config.threading",
    "data", "data.experimental", "debugging", "dtypes", "errors", "experimental", "experimental.dlpack", "graph_util",
    "image", "io", "io.gfile", "linalg", "linalg.experimental", "math", "math.special", "nest", "nn",
    "nn.experimental", "random", "random.experimental", "signal", "sparse", "test", "train", "types",
    "types.experimental", "version",
]  # fmt: skip


OBJECTS = [
    "tf.GradientTape()", "tf.Graph()", "tf.IndexedSlices([[1.0]], [0])", "tf.Module()",
    "tf.SparseTensor([[0]], [1.0], [1])", "tf.TensorArray(tf.float32, 1)", "tf.TensorShape([1])",
    "tf.TensorSpec([1])", "tf.Variable(1.0)",
    "tf.autodiff.ForwardAccumulator(tf.constant(1.0), tf.constant(1.0))", "tf.constant(1.0)",
    "tf.data.Dataset.range(1)", "tf.data.Options()", "tf.float32", "tf.function(tf.square)",
    "tf.function(tf.square).get_concrete_function(1.0)", "tf.linalg.LinearOperatorDiag([1.0])",
    "tf.random.Generator.from_seed(1)", "tf.train.Checkpoint()", "tf.zeros_initializer()",
]  # fmt: skip


def main() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    found = {"": sorted(name for name in dir(tf) if not name.startswith("_"))}
    for path in NAMESPACES:
        namespace = tf
        for part in path.split("."):
            namespace = getattr(namespace, part)
        found[path] = sorted(name for name in dir(namespace) if not name.startswith("_"))
    for source in OBJECTS:
        found[source] = sorted(name for name in dir(eval(source, {"tf": tf})) if not name.startswith("_"))
    lines = [f"{json.dumps(path)}: {json.dumps(names)}" for path, names in found.items()]
    NAMES.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
