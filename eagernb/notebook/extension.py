"""Loading and unloading: what ``%load_ext eagernb`` adds, ``%unload_ext eagernb`` takes away."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from eagernb.notebook.completion import completer
from eagernb.notebook.config import EagerNB
from eagernb.notebook.language import ENGLISH, set_language
from eagernb.notebook.magics import MAGICS


def load(shell: Any) -> None:
    """Add the magics, their completion and the %config section; nothing happens if they are there."""
    if MAGICS[0].__name__ in shell.magics_manager.registry:
        return
    config = EagerNB(parent=shell)
    config.written = deepcopy(dict.get(shell.config, _SECTION))
    shell.configurables.append(config)
    for kind in MAGICS:
        shell.register_magics(kind(shell, config))
    _document()
    config.observe(lambda change: _document(), "language")
    shell.input_transformers_cleanup.insert(0, with_body)
    if not shell.custom_exceptions:  # unless the user has something of their own there
        shell.set_custom_exc((SyntaxError,), show_syntax_error)
    if getattr(shell, "Completer", None) is not None:
        config.matcher = completer(shell.user_ns)
        shell.Completer.custom_matchers.append(config.matcher)


def show_syntax_error(shell: Any, kind: type, error: SyntaxError, trace: object, tb_offset: int | None = None) -> None:
    """Show one of the code below a magic as of any cell: its line alone. Others are shown with what led there."""
    shell.showsyntaxerror(running_compiled_code=not getattr(error, "is_of_cell", False))


_ALONE = re.compile(rf"%%(?:{'|'.join(kind.name for kind in MAGICS)})(?:[ \t]|$)[^\n]*")


def with_body(lines: list[str]) -> list[str]:
    """Give a cell of nothing but one of the magics a body: IPython refuses those without, ``%%eager --help`` too.

    >>> with_body(["%%eager --help"]), with_body(["%%eager?"]), with_body(["%%time"])
    (['%%eager --help\\n', '\\n'], ['%%eager?'], ['%%time'])
    """
    text = "".join(lines).strip()
    return [f"{text}\n", "\n"] if _ALONE.fullmatch(text) else lines


def unload(shell: Any) -> None:
    """Remove all of it; nothing happens if it is not there."""
    manager = shell.magics_manager
    if manager.registry.pop(MAGICS[0].__name__, None) is None:
        return
    for kind in MAGICS:
        manager.registry.pop(kind.__name__, None)
        for place, names in kind.magics.items():
            for name in names:
                manager.magics[place].pop(name, None)
    shell.input_transformers_cleanup.remove(with_body)
    if shell.custom_exceptions == (SyntaxError,):
        shell.set_custom_exc((), None)
    config = next(c for c in shell.configurables if isinstance(c, EagerNB))
    # IPython notes magics among what can be configured.
    shell.configurables[:] = [c for c in shell.configurables if not isinstance(c, (EagerNB, *MAGICS))]
    if config.matcher is not None:
        shell.Completer.custom_matchers.remove(config.matcher)
    # What %config has set ends here; what the user's configuration file says holds for the next time.
    shell.config.pop(_SECTION, None)
    if config.written is not None:
        shell.config[_SECTION] = config.written
    set_language(ENGLISH)
    _document()


def _document() -> None:
    """Have ``?`` and ``%config EagerNB`` speak the present language."""
    EagerNB.document()
    for kind in MAGICS:
        kind.document()


_SECTION = EagerNB.__name__
