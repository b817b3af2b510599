"""Threads that wait at hand, so that handing them a part of an operation costs some microseconds.

An executor's futures and conditions cost several times as much, which is half of what an operation on a megabyte takes.
"""

from __future__ import annotations

import os
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from contextvars import Context, copy_context
from queue import SimpleQueue


class _Task:
    """Work for another thread, which the one that asked for it may take back until it has been begun."""

    def __init__(self, work: Callable[[], None], context: Context) -> None:
        self._work = [work]
        self._context = context
        self._finished = allocate_lock()
        self._finished.acquire()
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
        del work  # and with it the arrays: whoever waits may use their memory again at once
        self._finished.release()

    def end(self) -> None:
        """Take the work back, or wait until it is done."""
        if self._work:
            try:
                self._work.pop()
                return
            except IndexError:
                pass
        self._finished.acquire()


class Crew:
    """A number of threads that work together with the one that asks them to.

    >>> crew, numbers, squares = Crew(2), list(range(100)), []
    >>> def work():
    ...     while numbers:
    ...         squares.append(numbers.pop() ** 2)
    >>> crew.join(work, 2)
    >>> sorted(squares) == [n**2 for n in range(100)]
    True
    """

    def __init__(self, size: int) -> None:
        self._tasks: SimpleQueue[_Task] = SimpleQueue()
        for _ in range(size):
            start_new_thread(self._serve, ())

    def _serve(self) -> None:
        while True:
            self._tasks.get().run()

    def join(self, work: Callable[[], None], helpers: int) -> None:
        """Call ``work`` here and, at the same time, on so many threads as have time before it has returned here.

        Returns when all these calls have; raises what one of them raised.
        """
        tasks = [_Task(work, copy_context()) for _ in range(helpers)]
        for task in tasks:
            self._tasks.put(task)
        try:
            work()
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
        _crew = Crew(max(1, (os.cpu_count() or 1) - 1))
    return _crew


def _forget() -> None:
    # A forked process has the crew, but none of its threads.
    global _crew
    _crew = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
