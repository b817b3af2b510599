"""tf.version: which version this is."""

VERSION = "0.1.0"
GIT_VERSION = "unknown"
COMPILER_VERSION = "none"
# Of GraphDefs that are written, and which ones can be read: those of the TensorFlow that it is checked with.
GRAPH_DEF_VERSION = 2474
GRAPH_DEF_VERSION_MIN_CONSUMER = 0
GRAPH_DEF_VERSION_MIN_PRODUCER = 0

__version__ = VERSION

__all__ = [
    "COMPILER_VERSION",
    "GIT_VERSION",
    "GRAPH_DEF_VERSION",
    "GRAPH_DEF_VERSION_MIN_CONSUMER",
    "GRAPH_DEF_VERSION_MIN_PRODUCER",
    "VERSION",
]


def __dir__() -> list[str]:
    return __all__
