"""tf.version: which version this is."""

VERSION = "0.1.0"
GIT_VERSION = "unknown"
COMPILER_VERSION = "none"

__version__ = VERSION
