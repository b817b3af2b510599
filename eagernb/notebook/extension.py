"""Loading and unloading: what ``%load_ext eagernb`` adds, ``%unload_ext eagernb`` takes away."""

from __future__ import annotations

from typing import Any

from eagernb.notebook.config import EagerNB
from eagernb.notebook.magics import EagerNBMagics


def load(shell: Any) -> None:
    """Add the magics and the %config section; nothing happens if they are there."""
    if EagerNBMagics.__name__ in shell.magics_manager.registry:
        return
    config = EagerNB(parent=shell)
    shell.configurables.append(config)
    shell.register_magics(EagerNBMagics(shell, config))


def unload(shell: Any) -> None:
    """Remove all of it; nothing happens if it is not there."""
    manager = shell.magics_manager
    if manager.registry.pop(EagerNBMagics.__name__, None) is None:
        return
    for kind, names in EagerNBMagics.magics.items():
        for name in names:
            manager.magics[kind].pop(name, None)
    shell.configurables[:] = [c for c in shell.configurables if not isinstance(c, EagerNB)]
