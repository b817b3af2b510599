"""Write recorded/contract.json: what TensorFlow computes from our graphs of single ops, a sample or two of each op.

In two steps, as the two need not be installed in one environment; the folder holds what goes from one to the other:

    python -m tests.compat.graphdef.record_contract eagernb FOLDER
    python -m tests.compat.graphdef.record_contract tensorflow FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np

from .record import RECORDED, array, plain
from .running import imported

CONTRACT = RECORDED / "contract.json"


def write_eagernb(folder: Path) -> None:
    """The texts and feeds of the first and the last sample of each op that can be written."""
    import eagernb as tf

    from .contract import CASES, feeds, written

    found: dict[str, list[tuple[str, str, int, dict[str, np.ndarray]]]] = {}
    for name, (op, sample) in CASES.items():
        try:
            found.setdefault(op.name, []).append((name, *written(op, sample), feeds(sample)))
        except tf.errors.UnimplementedError:
            continue
    for cases in found.values():
        for name, text, count, fed in [*cases[:1], *cases[1:][-1:]]:
            (folder / f"{name}.pbtxt").write_text(text)
            described = {"count": count, "feeds": {key: plain(value) for key, value in fed.items()}}
            (folder / f"{name}.json").write_text(json.dumps(described))


def write_tensorflow(folder: Path) -> None:
    """Run them, and write what they gave."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    from .contract_runs import digest, results

    found, refused = {}, []
    for path in sorted(folder.glob("*.pbtxt")):
        text = path.read_text()
        described = json.loads(path.with_suffix(".json").read_text())
        fed = {key: array(value) for key, value in described["feeds"].items()}
        try:
            values = results(imported(text, tf), fed, described["count"], tf)
        except Exception as error:
            refused.append(f"{path.name}: {str(error)[:300]}")
            continue
        found[path.stem] = {"text": digest(text), "values": [plain(value) for value in values]}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in found.items())
    CONTRACT.write_text(f'{{"version": "{tf.__version__}", "cases": {{\n{lines}\n}}}}\n')
    print(f"{len(found)} graphs were run by TensorFlow {tf.__version__}")
    if refused:
        sys.exit("TensorFlow does not take these:\n" + "\n".join(refused))


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(exist_ok=True, parents=True)
    {"eagernb": write_eagernb, "tensorflow": write_tensorflow}[sys.argv[1]](target)
