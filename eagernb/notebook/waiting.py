"""Waiting for a coroutine inside of a magic."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any


def run_coroutine(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end, in an event loop and a thread of its own: this thread's loop is running the cell.

    The thread sees the same context, recorder and tapes included. An interrupt cancels the coroutine.
    """
    __tracebackhide__ = True
    loop = asyncio.new_event_loop()
    task = loop.create_task(coroutine)
    done: Future[Any] = Future()

    def work() -> None:
        asyncio.set_event_loop(loop)
        try:
            done.set_result(loop.run_until_complete(task))
        except BaseException as error:
            done.set_exception(error)
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    thread = Thread(target=contextvars.copy_context().run, args=(work,), name="eagernb await", daemon=True)
    thread.start()
    try:
        return done.result()
    except BaseException:
        if not done.done():
            loop.call_soon_threadsafe(task.cancel)
        raise
    finally:
        thread.join()
