"""Settings of all tests."""

from __future__ import annotations

import gc
import os

from hypothesis import settings

from eagernb.passes.pipeline import verify_each_pass

# In CI the same examples each time: a failure there is of the change, not of chance. Elsewhere new ones are tried.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

verify_each_pass()


def pytest_unconfigure() -> None:
    """Leave all there is out of garbage collection: at exit every IPython shell of the tests collects once more."""
    gc.freeze()
