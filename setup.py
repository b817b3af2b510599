"""Compiles the one part that is not Python, where there is a C compiler; without it, large operations are slower."""

import numpy
from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "eagernb.core.all_cores",
            ["eagernb/core/all_cores.c"],
            include_dirs=[numpy.get_include()],
            libraries=["m"],
            optional=True,
        )
    ]
)
