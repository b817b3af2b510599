"""Write recorded.json: what TensorFlow answers to every case. Needs an environment with tensorflow-cpu."""

import json
import os
import sys
from pathlib import Path

import numpy as np

# Run as a script, so that the folder above this package is not on the path by itself.
sys.path.insert(0, str(Path(__file__).parents[1]))

from parity.cases import load_cases
from parity.outcome import BrokenCaseError, run

RECORDED = Path(__file__).with_name("recorded.json")


def main() -> None:
    # Imported late, so that test collectors may import this module where there is no TensorFlow.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    lines, broken = [], []
    for case_id, source in sorted(load_cases().items()):
        try:
            record = {"source": source, "outcome": run(case_id, source, tf)}
        except BrokenCaseError as error:
            broken.append(f"{case_id}: {error}")
        else:
            lines.append(f"{json.dumps(case_id)}: {json.dumps(record, sort_keys=True)}")
    if broken:
        sys.exit("These cases are broken, nothing was written:\n" + "\n".join(broken))
    # One case a line, so that a difference reads well.
    head = f'{{\n"tensorflow": "{tf.__version__}",\n"numpy": "{np.__version__}",\n"cases": {{\n'
    RECORDED.write_text(head + ",\n".join(lines) + "\n}\n}\n", encoding="utf-8")
    print(f"{len(lines)} cases recorded with TensorFlow {tf.__version__}")


if __name__ == "__main__":
    main()
