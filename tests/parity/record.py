"""Write recorded/: what TensorFlow answers to every case. Needs an environment with tensorflow-cpu.

`python record.py` records all subjects, `python record.py linalg nn` these two only.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

# Run as a script, so that the folder above this package is not on the path by itself.
sys.path.insert(0, str(Path(__file__).parents[1]))

from parity.cases import load_cases
from parity.outcome import BrokenCaseError, run

RECORDED = Path(__file__).with_name("recorded")


def load_recorded() -> dict[str, Any]:
    """What was recorded, of all subjects."""
    cases: dict[str, Any] = {}
    for path in sorted(RECORDED.glob("*.json")):
        cases |= json.loads(path.read_text(encoding="utf-8"))["cases"]
    return cases


def main(subjects: list[str]) -> None:
    # Imported late, so that tests may import this module where there is no TensorFlow.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    by_subject: dict[str, list[str]] = {}
    broken = []
    for case_id, source in sorted(load_cases().items()):
        subject = case_id.partition("/")[0]
        if subjects and subject not in subjects:
            continue
        try:
            record = {"source": source, "outcome": run(case_id, source, tf)}
        except BrokenCaseError as error:
            broken.append(f"{case_id}: {error}")
        else:
            by_subject.setdefault(subject, []).append(f"{json.dumps(case_id)}: {json.dumps(record, sort_keys=True)}")
    if broken:
        sys.exit("These cases are broken, nothing was written:\n" + "\n".join(broken))
    if unknown := set(subjects) - set(by_subject):
        sys.exit(f"There are no cases of {', '.join(sorted(unknown))}.")
    for subject, lines in by_subject.items():
        # One case a line, so that a difference reads well.
        head = f'{{\n"tensorflow": "{tf.__version__}",\n"numpy": "{np.__version__}",\n"cases": {{\n'
        (RECORDED / f"{subject}.json").write_text(head + ",\n".join(lines) + "\n}\n}\n", encoding="utf-8")
    if not subjects:
        for path in RECORDED.glob("*.json"):
            if path.stem not in by_subject:
                path.unlink()
    print(f"{sum(map(len, by_subject.values()))} cases recorded with TensorFlow {tf.__version__}")


if __name__ == "__main__":
    main(sys.argv[1:])
