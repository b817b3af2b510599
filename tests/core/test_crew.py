"""Threads at hand: work is done once, errors arrive, and nobody waits for ever."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable

import numpy as np
import pytest

from eagernb.core import crew as module
from eagernb.core.crew import Crew


def sharing(numbers: list[int], done: list[int]) -> Callable[[], None]:
    def work() -> None:
        while numbers:
            try:
                done.append(numbers.pop())
            except IndexError:
                return

    return work


@pytest.mark.parametrize("helpers", [0, 1, 2, 5])
def test_everything_is_done_once(helpers: int) -> None:
    crew = Crew(2)
    for _ in range(200):
        done: list[int] = []
        crew.join([sharing(list(range(20)), done)] * (helpers + 1))
        assert sorted(done) == list(range(20))


def test_both_threads_work_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=30)
    Crew(1).join([meeting.wait] * 2)


def test_an_error_of_another_thread_arrives_after_all_have_ended() -> None:
    begun, may_end = threading.Event(), threading.Event()
    caller = threading.get_ident()

    def work() -> None:
        if threading.get_ident() == caller:
            assert begun.wait(30)
            may_end.set()
        else:
            begun.set()
            assert may_end.wait(30)
            raise ZeroDivisionError("there")

    crew = Crew(1)
    with pytest.raises(ZeroDivisionError, match="there"):
        crew.join([work] * 2)
    done: list[int] = []
    crew.join([sharing([1, 2], done)] * 2)  # it goes on serving
    assert sorted(done) == [1, 2]


def test_an_interrupt_here_waits_for_the_others() -> None:
    begun, ended = threading.Event(), []
    caller = threading.get_ident()

    def work() -> None:
        if threading.get_ident() == caller:
            assert begun.wait(30)
            raise KeyboardInterrupt
        begun.set()
        ended.append(True)

    with pytest.raises(KeyboardInterrupt):
        Crew(1).join([work] * 2)
    assert ended == [True]


def test_who_is_asked_from_within_does_not_wait_for_itself() -> None:
    crew, done = Crew(1), []

    def outer() -> None:
        crew.join([lambda: done.append(1)] * 2)

    crew.join([outer] * 2)
    assert done == [1] * 4


def test_other_threads_have_the_callers_floating_point_warnings() -> None:
    begun = threading.Event()
    caller = threading.get_ident()
    seen = []

    def work() -> None:
        if threading.get_ident() == caller:
            assert begun.wait(30)
        else:
            seen.append(np.geterr()["divide"])
            begun.set()

    with np.errstate(divide="raise"):
        Crew(1).join([work] * 2)
    assert seen == ["raise"]


def test_nothing_of_the_work_is_kept() -> None:
    class Data:
        pass

    data = Data()
    gone = weakref.ref(data)
    meeting = threading.Barrier(2, timeout=30)
    crew = Crew(1)

    def join(data: Data) -> None:
        crew.join([lambda: (meeting.wait(), data)] * 2)

    join(data)
    del data
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(("limit", "cores"), [("150000 100000", 1), ("400000 100000", 4), ("max 100000", 8), ("", 8)])
def test_a_container_that_has_a_part_of_the_cores_counts_as_many(
    monkeypatch: pytest.MonkeyPatch, limit: str, cores: int
) -> None:
    monkeypatch.setattr(module.os, "sched_getaffinity", lambda _: range(8), raising=False)
    monkeypatch.setattr(module.Path, "read_text", lambda _: limit)
    assert module._cores() == cores
