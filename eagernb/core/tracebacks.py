"""Whether tracebacks leave out what is inside of the library: a setting that is kept for programs that ask for it.

The notebook's magics always show the user's own lines; Python's own tracebacks always show all.

>>> disable_traceback_filtering()
>>> is_traceback_filtering_enabled()
False
>>> enable_traceback_filtering()
"""

from __future__ import annotations

_filtering = True


def enable_traceback_filtering() -> None:
    """Ask for tracebacks without the library's inside.

    >>> enable_traceback_filtering()
    >>> is_traceback_filtering_enabled()
    True
    """
    global _filtering
    _filtering = True


def disable_traceback_filtering() -> None:
    """Ask for whole tracebacks.

    >>> disable_traceback_filtering()
    >>> is_traceback_filtering_enabled()
    False
    >>> enable_traceback_filtering()
    """
    global _filtering
    _filtering = False


def is_traceback_filtering_enabled() -> bool:
    """What was asked for; filtering at first.

    >>> is_traceback_filtering_enabled()
    True
    """
    return _filtering
