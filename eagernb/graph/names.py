"""Names for new nodes."""

from __future__ import annotations


def free_name(name: str, taken: set[str]) -> str:
    """The name, with a number behind it if it is taken; it is taken from then on.

    >>> taken = {"add"}
    >>> free_name("add", taken), free_name("add", taken)
    ('add_1', 'add_2')
    """
    found, number = name, 0
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
