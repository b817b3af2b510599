"""What stands for a derivative that is not there."""

from __future__ import annotations

from enum import Enum


class UnconnectedGradients(Enum):
    """What is given for a source that the target does not depend on: None, or zeros. Its values' names will do too."""

    NONE = "none"
    ZERO = "zero"
