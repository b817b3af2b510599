"""%config EagerNB: defaults for every cell."""

from __future__ import annotations

from traitlets import Bool
from traitlets.config import Configurable


class EagerNB(Configurable):
    """Defaults of the eagernb magics, to be set with ``%config EagerNB.<name> = <value>``."""

    widget = Bool(False, help="Show the live timing widget with every %%eager and %%graph cell.").tag(config=True)
