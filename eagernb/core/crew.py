"""Threads that wait at hand, so that handing them a part of an operation costs some microseconds.

An executor's futures and conditions cost several times as much, which is half of what an operation on a megabyte takes.
"""

from __future__ import annotations

import os
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path


def _cores() -> int:
    """How many cores this process may use: it may be bound to some, and a container may have a part of their time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no such file, or no limit: "max"
        limit, period = map(int, Path("/sys/fs/cgroup/cpu.max").read_text().split())
        return max(1, min(cores, limit // period))
    return cores


CORES = _cores()


class _Task:
    """A call that is made once: by one of the crew, or by the thread that waits for it if that comes first."""

    __slots__ = ("_context", "_ended", "_work", "error")

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = [work]
        self._context = copy_context()  # the floating-point warnings of the thread that asks
        self._ended = allocate_lock()
        self._ended.acquire()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            work = self._work.pop()  # by one thread only
        except IndexError:
            return
        try:
            self._context.run(work)
        except BaseException as error:
            self.error = error
        finally:  # whatever interrupts this thread, the other must not wait for ever
            del work  # and with it the arrays: whoever waits may use their memory again at once
            self._ended.release()

    def end(self) -> None:
        """Wait until the call has returned; one that nobody has begun is not made any more."""
        if self._work:
            try:
                self._work.pop()
                return
            except IndexError:
                pass
        self._ended.acquire()


class Crew:
    """A number of threads that work together with the one that asks them to.

    >>> crew, squares = Crew(2), []
    >>> crew.join([lambda n=n: squares.append(n**2) for n in range(5)])
    >>> sorted(squares)
    [0, 1, 4, 9, 16]
    """

    def __init__(self, size: int) -> None:
        from queue import SimpleQueue  # loaded with the first crew, not with eagernb

        self._tasks: SimpleQueue[_Task] = SimpleQueue()
        for _ in range(size):
            start_new_thread(self._serve, ())

    def _serve(self) -> None:
        while True:
            self._tasks.get().run()

    def join(self, works: Sequence[Callable[[], object]]) -> None:
        """Call each once, at the same time: the last one here, the others wherever a thread is free first.

        Returns when all these calls have; raises what one of them raised.
        """
        *others, own = works
        tasks = [_Task(work) for work in others]
        for task in tasks:
            self._tasks.put(task)
        try:
            own()
            for task in tasks:
                task.run()
        finally:
            for task in tasks:
                task.end()
        for task in tasks:
            if task.error is not None:
                raise task.error


_crew: Crew | None = None


def crew() -> Crew:
    """The threads for all cores but the one that asks; they are started when they are first needed."""
    global _crew
    if _crew is None:
        _crew = Crew(max(1, CORES - 1))
    return _crew


def _forget() -> None:
    # A forked process has the crew, but none of its threads.
    global _crew
    _crew = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
