"""Checkpoints: the values of variables in TensorFlow's own files, and back.

``crc32c``, ``table`` and ``bundle`` are the files, from the bytes up; ``objects`` finds the variables by way of the
objects that hold them; ``checkpoint``, ``restoration`` and ``manager`` are what users meet; ``state`` and ``reader``
look at files. Nothing that a file says is run.
"""
