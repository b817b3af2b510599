"""What test_contract.py tries each op on, one file a subject: an op without a line here fails there."""

import importlib
from pathlib import Path

from .making import Sample


def load_samples() -> dict[str, list[Sample]]:
    """The samples of every op; a new file in this folder is found by itself. An op has its samples in one file."""
    samples: dict[str, list[Sample]] = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        table = getattr(importlib.import_module(f".{path.stem}", __package__), "SAMPLES", {})
        twice = samples.keys() & table.keys()
        assert not twice, f"{path.name}: {sorted(twice)} have samples in another file"
        samples |= table
    return samples
