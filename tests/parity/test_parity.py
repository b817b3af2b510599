"""eagernb answers every case as TensorFlow did when the case was recorded."""

import pytest

import eagernb as tf

from .cases import load_cases
from .compare import brief, difference
from .outcome import BrokenCaseError, run
from .record import load_recorded

CASES = load_cases()
RECORDED = load_recorded()
HOW_TO_RECORD = "run `python tests/parity/record.py` in an environment with tensorflow-cpu"


@pytest.mark.parametrize("case_id", CASES)
def test_case_matches_tensorflow(case_id: str) -> None:
    source = CASES[case_id]
    if RECORDED.get(case_id, {}).get("source") != source:
        pytest.fail(f"{case_id} is new or was edited: {HOW_TO_RECORD}", pytrace=False)
    expected = RECORDED[case_id]["outcome"]
    try:
        problem = difference(expected, run(case_id, source, tf))
    except BrokenCaseError as error:
        problem = f"expected {brief(expected)}, got no answer: {error}"
    if problem:
        pytest.fail(f"{case_id}\n\n{source}\n\n{problem}", pytrace=False)


def test_record_and_cases_are_the_same_set() -> None:
    sources = {case_id: entry["source"] for case_id, entry in RECORDED.items()}
    stale = sorted(case_id for case_id in CASES | sources if CASES.get(case_id) != sources.get(case_id))
    assert not stale, f"{HOW_TO_RECORD}; not as recorded: {', '.join(stale)}"
