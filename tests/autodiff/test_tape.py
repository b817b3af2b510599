"""GradientTape: what it records, what it keeps, what it lets go."""

import gc
import threading
import weakref

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import Handler, current


def test_gradient_of_product_needs_the_other_factor() -> None:
    x, y = tf.constant([2.0, 3.0]), tf.constant([5.0, 7.0])
    with tf.GradientTape() as tape:
        tape.watch([x, y])
        z = x * y
    dx, dy = tape.gradient(z, [x, y])
    assert dx.numpy().tolist() == [5.0, 7.0]
    assert dy.numpy().tolist() == [2.0, 3.0]


def test_variable_read_several_times_sums_its_gradients() -> None:
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = v * v + v.read_value() * 3.0 + tf.convert_to_tensor(v)
    # d/dv (v² + 3v + v) = 2v + 4
    assert tape.gradient(y, v).numpy().tolist() == [6.0, 8.0]


def test_same_source_twice_gets_the_same_gradient() -> None:
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = v * v
    first, second = tape.gradient(y, [v, v])
    assert first.numpy() == second.numpy() == 6.0


def test_variable_assigned_between_reads_counts_each_value() -> None:
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = v * v
        v.assign(10.0)
        y += v * v
    # 2·2 from the first product, 2·10 from the second
    assert tape.gradient(y, v).numpy() == 24.0


def test_what_assigning_returns_is_the_variable() -> None:
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = v.assign(5.0) * 3.0
    assert tape.gradient(y, v).numpy() == 3.0
    v.assign(1.0).assign_add(1.0)
    assert v.numpy() == 2.0


def test_rules_run_only_towards_the_sources() -> None:
    calls = []
    x, other = tf.constant(2.0), tf.constant(3.0)

    class Spy(type(tf.GradientTape())):  # type: ignore[misc]
        def handle(self, op, inputs, params):  # type: ignore[no-untyped-def]
            calls.append(op.name)
            return super().handle(op, inputs, params)

    with tf.GradientTape() as tape:
        tape.watch([x, other])
        y = tf.exp(x) + tf.sin(other)
    with Spy():
        assert tape.gradient(y, x).numpy() == pytest.approx(np.exp(2.0))
    assert "cos" not in calls


def test_gradient_through_intermediate_source_stops_there() -> None:
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        z = y * y
    assert tape.gradient(z, y).numpy() == 8.0
    assert [g.numpy() for g in tape.gradient(z, [x, y])] == [32.0, 8.0]


def test_target_that_is_its_own_source() -> None:
    x = tf.constant([2.0, 3.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        _ = x * 2.0
    assert tape.gradient(x, x).numpy().tolist() == [1.0, 1.0]


def test_output_gradients_weigh_the_elements() -> None:
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert tape.gradient(y, x, output_gradients=tf.constant([10.0, 100.0])).numpy().tolist() == [20.0, 400.0]


def test_second_and_third_order() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as t3:
        with tf.GradientTape() as t2:
            with tf.GradientTape() as t1:
                y = x**4
            first = t1.gradient(y, x)
        second = t2.gradient(first, x)
    third = t3.gradient(second, x)
    assert [g.numpy() for g in (first, second, third)] == [32.0, 48.0, 48.0]


def test_two_tapes_side_by_side_see_the_same() -> None:
    x = tf.Variable(3.0)
    with tf.GradientTape() as a, tf.GradientTape() as b:
        y = x * x
    assert a.gradient(y, x).numpy() == b.gradient(y, x).numpy() == 6.0


def test_stop_recording_leaves_a_gap() -> None:
    x = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = x * x
        with tape.stop_recording():
            z = x * 100.0
        y = y + z
    assert tape.gradient(y, x).numpy() == 6.0


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_handlers_are_restored_whatever_is_raised(error: type[BaseException]) -> None:
    with pytest.raises(error), tf.GradientTape(), tf.GradientTape() as inner, inner.stop_recording():
        raise error
    assert current() is None


def test_tape_entered_inside_another_may_leave_after_it() -> None:
    outer, inner = tf.GradientTape(), tf.GradientTape()
    x = tf.Variable(3.0)
    outer.__enter__()
    inner.__enter__()
    y = x * x
    outer.__exit__(None, None, None)
    z = y * 2.0
    inner.__exit__(None, None, None)
    assert current() is None
    assert outer.gradient(y, x).numpy() == 6.0
    assert inner.gradient(z, x).numpy() == 12.0


def test_threads_do_not_record_for_each_other() -> None:
    x = tf.Variable(3.0)
    found = []

    def work() -> None:
        found.append(current())
        with tf.GradientTape() as tape:
            y = x * x
        found.append(tape.gradient(y, x).numpy())

    with tf.GradientTape() as tape:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        y = x * 2.0
    assert found == [None, 6.0]
    assert tape.gradient(y, x).numpy() == 2.0


def freed_without_collector(make) -> None:  # type: ignore[no-untyped-def]
    gc.collect()
    gc.disable()
    try:
        references = make()
        assert [r() for r in references] == [None] * len(references)
    finally:
        gc.enable()


def test_dropped_tape_frees_what_it_saved() -> None:
    def make():  # type: ignore[no-untyped-def]
        x = tf.Variable([1.0, 2.0])
        with tf.GradientTape() as tape:
            middle = tf.exp(x)
            y = middle * middle
        del y
        return [weakref.ref(middle), weakref.ref(tape), weakref.ref(x)]

    freed_without_collector(make)


def test_used_tape_frees_what_it_saved_while_it_lives() -> None:
    x = tf.Variable([1.0, 2.0])

    def make():  # type: ignore[no-untyped-def]
        with tf.GradientTape() as tape:
            middle = tf.exp(x)
            y = middle * middle
        tape.gradient(y, x)
        tapes.append(tape)
        return [weakref.ref(middle), weakref.ref(y)]

    tapes: list[tf.GradientTape] = []
    freed_without_collector(make)


def test_tape_that_raised_frees_what_it_saved() -> None:
    def make():  # type: ignore[no-untyped-def]
        references = []
        x = tf.Variable([1.0, 2.0])
        try:
            with tf.GradientTape() as tape:
                middle = tf.exp(x)
                references += [weakref.ref(middle), weakref.ref(tape)]
                _ = middle @ middle
        except tf.errors.InvalidArgumentError:
            pass
        del tape, middle
        return references

    freed_without_collector(make)


def test_sum_keeps_no_value_alive() -> None:
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        middle = x + 1.0
        y = tf.reduce_sum(middle)
    reference = weakref.ref(middle)
    del middle
    assert reference() is None  # the gradient of a sum needs the shape only
    assert tape.gradient(y, x).numpy().tolist() == [1.0, 1.0]


def test_ten_thousand_operations_do_not_recurse() -> None:
    x = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = x * 1.0
        for _ in range(10_000):
            y = y + 1.0
    assert tape.gradient(y, x).numpy() == 1.0


def test_gradient_of_unused_output_of_split_is_zero() -> None:
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        first, _ = tf.split(x, [1, 2])
        y = first * 5.0
    assert tape.gradient(y, x).numpy().tolist() == [5.0, 0.0, 0.0]


def test_entered_anew_a_used_tape_records_again() -> None:
    x = tf.Variable(2.0)
    tape = tf.GradientTape()
    for power in (2, 3):
        with tape:
            y = x**power
        assert tape.gradient(y, x).numpy() == power * 2.0 ** (power - 1)


def test_wrong_sources_and_targets_say_what_they_are() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        y = x * x
    with pytest.raises(TypeError, match=r"source.*float"):
        tape.gradient(y, 3.0)
    with pytest.raises(TypeError, match=r"target.*str"):
        tape.gradient("y", x)


def test_paused_tape_keeps_its_place_among_the_handlers() -> None:
    x = tf.constant(0.5, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0, tf.float64)) as acc:
            with tape.stop_recording():
                tf.exp(x)
            y = tf.exp(x)
        first = acc.jvp(y)
    # The tape is outside of the accumulator still, and sees its tangents.
    assert float(tape.gradient(first, x)) == pytest.approx(np.exp(0.5))


def test_integer_that_is_watched_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    with tf.GradientTape() as tape:
        tape.watch(tf.constant([1, 2]))
    assert "must be floating (e.g. tf.float32), got tf.int32" in caplog.text


def test_gradient_inside_of_a_persistent_tape_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    from eagernb.autodiff import tape as module

    module._warn_of_recording_gradients.cache_clear()
    x = tf.Variable(2.0)
    for _ in range(2):
        with tf.GradientTape(persistent=True) as tape:
            y = x * x
            tape.gradient(y, x)
    assert caplog.text.count("significantly less efficient") == 1


def test_gradient_inside_of_a_tape_for_one_use_is_not_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        tape.gradient(y, x)
    assert caplog.text == ""


def test_reset_frees_what_was_saved() -> None:
    def make():  # type: ignore[no-untyped-def]
        x = tf.Variable([1.0, 2.0])
        with tf.GradientTape() as tape:
            middle = tf.exp(x)
            y = middle * middle
            del y
            references = [weakref.ref(middle)]
            del middle
            tape.reset()
            assert references[0]() is None
        return references

    freed_without_collector(make)


def test_walk_lets_gradients_go_as_it_passes_them_on() -> None:
    alive: list[int] = []
    references: list[weakref.ref] = []

    @tf.custom_gradient
    def step(x):  # type: ignore[no-untyped-def]
        def grad(g):  # type: ignore[no-untyped-def]
            alive.append(sum(r() is not None for r in references))
            result = g * 1.0
            references.append(weakref.ref(result))
            return result

        return x * 1.0, grad

    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = step(x)
        for _ in range(20):
            y = step(y)
    tape.gradient(y, x)
    assert max(alive) <= 2


def test_gradient_that_raises_leaves_nothing_behind() -> None:
    def make():  # type: ignore[no-untyped-def]
        references = []

        @tf.custom_gradient
        def fail(x):  # type: ignore[no-untyped-def]
            def grad(g):  # type: ignore[no-untyped-def]
                raise ArithmeticError("no gradient")

            return x * 2.0, grad

        x = tf.Variable([1.0, 2.0])
        try:
            with tf.GradientTape() as tape:
                middle = tf.exp(x)
                references += [weakref.ref(middle), weakref.ref(tape)]
                y = fail(middle) * middle
            tape.gradient(y, x)
        except ArithmeticError:
            pass
        del tape, middle, y, fail
        return references

    freed_without_collector(make)
    assert current() is None


def test_persistent_tape_keeps_only_what_rules_name() -> None:
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as tape:
        shifted = x + 1.0
        powers = shifted * 2.0
        y = tf.exp(powers)
    references = [weakref.ref(t) for t in (shifted, powers, y)]
    del shifted, powers
    # A sum's and a constant multiple's rules need no value, exp's needs its result.
    assert [r() is None for r in references] == [True, True, False]
    np.testing.assert_allclose(tape.gradient(y, x), 2 * np.exp([4.0, 6.0]), rtol=1e-6)


class Listener(Handler):
    """Takes note of what a walk back says of itself."""

    only_notes = True

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []

    def note(self, *_: object) -> None:
        pass

    def seeded(self, gradients) -> None:
        self.heard.append(("seeded", {key: g.numpy().tolist() for key, g in gradients.items()}))

    def differentiated(self, gradients) -> None:
        found = {key: None if g is None else g.numpy().tolist() for key, g in gradients.items()}
        self.heard.append(("differentiated", found))


def test_handlers_hear_what_flows_in_and_what_comes_of_it() -> None:
    x, unused = tf.Variable([1.0, 2.0]), tf.Variable(1.0)
    listener = Listener()
    with tf.GradientTape() as tape:
        y = x * 3.0
    listener.activate()
    try:
        tape.gradient(y, [x, unused])
    finally:
        listener.deactivate()
    assert listener.heard == [
        ("seeded", {y._key: [1.0, 1.0]}),
        ("differentiated", {x._key: [3.0, 3.0], unused._key: None}),
    ]
