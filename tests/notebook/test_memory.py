"""The memory meter."""

from __future__ import annotations

import gc
import weakref

import numpy as np

from eagernb.notebook.memory import MemoryMeter


def test_views_count_once_and_keep_the_buffer_alive():
    meter = MemoryMeter()
    array = np.zeros((10, 10))
    view = array.T[2:]
    meter.track(array)
    meter.track(view)
    assert meter.alive == 800
    del array
    assert meter.alive == 800
    del view
    assert meter.alive == 0
    assert meter.peak == 800


def test_what_was_there_before_counts_nothing():
    meter = MemoryMeter()
    old = np.zeros(100)
    meter.ignore(old)
    meter.track(old[3:])
    assert meter.peak == 0


def test_an_address_that_is_used_again_counts_again():
    meter = MemoryMeter()
    for _ in range(50):
        meter.track(np.zeros(1000, np.uint8))
    assert meter.alive == 0
    assert meter.peak == 1000


def test_scalars_are_left_out():
    meter = MemoryMeter()
    meter.track(np.float32(1))
    assert meter.alive == 0


def test_a_meter_is_freed_although_arrays_live_on():
    array = np.zeros(10)
    meter = MemoryMeter()
    meter.track(array)
    gone = weakref.ref(meter)
    del meter
    gc.collect()
    assert gone() is None
    del array  # its callback must not fail
