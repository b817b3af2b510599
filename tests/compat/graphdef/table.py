"""The page docs/graphdef_ops.md: run `python -m tests.compat.graphdef.table` to write it anew."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import eagernb
from eagernb.compat.graphdef.mapping import readable_types, row_of
from eagernb.compat.graphdef.rows.refused import reason_for
from eagernb.core.op import all_ops

# Some ops are there only once a module was asked for.
for _folder in ("ops", "numpy", "data", "graph"):
    for _module in walk_packages([str(Path(eagernb.__path__[0]) / _folder)], f"eagernb.{_folder}."):
        import_module(_module.name)

PAGE = Path(__file__).parents[3] / "docs" / "graphdef_ops.md"
_TOP = """# Operations in a GraphDef

What `graph.as_graph_def()` writes for each operation of eagernb. Where a line names one type, others may come with it:
constants, casts, what brings an axis into place. `tests/compat/graphdef/test_contract.py` writes and reads every one;
TensorFlow has run them, too.

| operation | TensorFlow's |
| --- | --- |
"""


def page() -> str:
    """The text."""
    ops = sorted(name for name in all_ops() if not name.startswith("late_"))
    lines = []
    for name in ops:
        row = row_of(all_ops()[name])
        lines.append(f"| `{name}` | {f'`{row.type}`' if row is not None else reason_for(all_ops()[name])} |")
    written = {row.type for name in ops if (row := row_of(all_ops()[name])) is not None}
    others = ", ".join(f"`{kind}`" for kind in readable_types() if kind not in written)
    return _TOP + "\n".join(lines) + f"\n\nRead besides, and made of other operations here: {others}.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
