"""What datasets do beyond what TensorFlow was asked about: state between readings, effects, tapes, messages."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

import eagernb as tf

Dataset = tf.data.Dataset


def numbers(dataset) -> list[int]:
    return [int(x) for x in dataset]


def test_nothing_is_read_before_it_is_asked_for_and_only_what_is():
    read = []

    def source():
        for i in range(100):
            read.append(i)
            yield i

    dataset = Dataset.from_generator(source, output_signature=tf.TensorSpec([], tf.int32)).map(lambda x: x + 1).batch(2)
    assert read == []
    iterator = iter(dataset)
    assert next(iterator).numpy().tolist() == [1, 2]
    assert read == [0, 1]


def test_looking_ahead_takes_nothing_away():
    iterator = iter(Dataset.range(2))
    assert bool(iterator._has_next())
    assert bool(iterator._has_next())
    assert int(next(iterator)) == 0
    assert int(next(iterator)) == 1
    assert not bool(iterator._has_next())


def test_an_exhausted_iterator_stays_exhausted():
    iterator = iter(Dataset.range(1))
    next(iterator)
    for _ in range(2):
        with pytest.raises(StopIteration):
            next(iterator)
        with pytest.raises(tf.errors.OutOfRangeError):
            iterator.get_next()


def test_an_element_goes_on_after_one_whose_function_failed():
    iterator = iter(Dataset.from_tensor_slices([1, 0, 2]).map(lambda x: 6 // x))
    assert int(next(iterator)) == 6
    with pytest.raises(tf.errors.InvalidArgumentError):
        next(iterator)
    assert int(next(iterator)) == 3


def test_a_failing_function_names_the_line_of_the_user():
    dataset = Dataset.from_tensor_slices([1, 0]).map(lambda x: 6 // x)
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"6 // x"):
        list(dataset)


def test_the_source_array_may_change_afterwards():
    array = np.arange(3)
    dataset = Dataset.from_tensor_slices(array)
    array[:] = 9
    assert numbers(dataset) == [0, 1, 2]


def test_elements_are_immutable_and_their_own():
    dataset = Dataset.from_tensor_slices([[1, 2], [3, 4]])
    first = next(iter(dataset))
    first.numpy()[0] = 9
    assert next(iter(dataset)).numpy().tolist() == [1, 2]


def test_a_tape_sees_what_is_done_with_elements_and_not_how_they_were_made():
    w = tf.Variable(3.0)
    dataset = Dataset.from_tensor_slices([1.0, 2.0]).map(lambda x: x * w)
    with tf.GradientTape() as tape:
        total = tf.constant(0.0)
        for x in dataset:
            total += x * w
    assert tape.watched_variables() == (w,)
    assert float(tape.gradient(total, w)) == 9.0  # 3 * 1 + 3 * 2: x counts as given


def test_a_generator_that_computes_is_seen_by_no_tape():
    w = tf.Variable(3.0)

    def squares():
        yield w * w

    dataset = Dataset.from_generator(squares, output_signature=tf.TensorSpec([], tf.float32))
    with tf.GradientTape() as tape:
        y = next(iter(dataset)) * 1.0
    assert tape.watched_variables() == ()
    assert tape.gradient(y, w) is None


def test_functions_are_traced_even_where_functions_run_eagerly():
    calls = []
    tf.config.run_functions_eagerly(True)
    try:
        dataset = Dataset.range(3).map(lambda x: (calls.append(1), x)[1])
        assert numbers(dataset) == [0, 1, 2]
    finally:
        tf.config.run_functions_eagerly(False)
    assert len(calls) == 1


def test_shuffle_draws_every_order():
    tf.random.set_seed(1)
    dataset = Dataset.range(3).shuffle(3)
    assert {tuple(numbers(dataset)) for _ in range(200)} == {
        (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0),
    }  # fmt: skip


def test_two_datasets_with_one_seed_stay_in_step():
    a, b = (Dataset.range(20).shuffle(20, seed=5) for _ in range(2))
    orders = [numbers(a), numbers(a)]
    assert [numbers(b), numbers(b)] == orders
    assert orders[0] != orders[1]


def test_a_shuffled_dataset_that_is_transformed_twice_is_shuffled_for_each_reading():
    shuffled = Dataset.range(30).shuffle(30, seed=2)
    pairs = list(Dataset.zip(shuffled, shuffled).as_numpy_iterator())
    assert {x for x, _ in pairs} == {y for _, y in pairs}
    assert any(x != y for x, y in pairs)


def test_weights_decide_how_often_a_dataset_is_chosen():
    zeros, ones = (Dataset.from_tensors(n).repeat() for n in (0, 1))
    sampled = Dataset.sample_from_datasets([zeros, ones], weights=[0.25, 0.75], seed=3)
    count = sum(numbers(sampled.take(4000)))
    assert 2880 < count < 3120  # 3000, give or take four standard deviations


def test_what_is_kept_by_a_cache_goes_with_the_dataset():
    class Thing:
        pass

    thing = Thing()
    alive = weakref.ref(thing)
    dataset = Dataset.from_generator(
        lambda thing=thing: iter([1]), output_signature=tf.TensorSpec([], tf.int32)
    ).cache()  # fmt: skip
    list(dataset)
    del dataset, thing
    gc.collect()
    assert alive() is None


def test_a_cache_to_a_file_is_refused():
    with pytest.raises(NotImplementedError, match="file name"):
        Dataset.range(3).cache("/somewhere")


def test_dicts_keep_the_order_of_their_keys():
    element = next(iter(Dataset.from_tensor_slices({"b": [1], "a": [2]})))
    assert list(element) == ["b", "a"]
    assert (int(element["b"]), int(element["a"])) == (1, 2)


def test_zip_of_a_dict_gives_each_key_its_own():
    zipped = Dataset.zip({"b": Dataset.range(1, 2), "a": Dataset.range(5, 6)})
    assert next(zipped.as_numpy_iterator()) == {"b": 1, "a": 5}


def test_batches_of_strings_and_booleans():
    strings, booleans = next(iter(Dataset.from_tensor_slices((["a", "b"], [True, False])).batch(2)))
    assert strings.numpy().tolist() == [b"a", b"b"]
    assert booleans.numpy().tolist() == [True, False]


def test_different_shapes_in_a_batch_are_named_with_the_remedy():
    ragged = Dataset.range(1, 3).map(lambda n: tf.zeros([n]))
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"shape \[1\] and element 1 had shape \[2\].*padded_batch"
    ):
        list(ragged.batch(2))


def test_two_threads_read_one_dataset_each_from_its_start():
    from concurrent.futures import ThreadPoolExecutor

    dataset = Dataset.range(200).map(lambda x: x * 2).batch(7).unbatch()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: numbers(dataset), range(8)))
    assert found == [[2 * i for i in range(200)]] * 8


def test_a_static_graph_cannot_be_iterated_over():
    with tf.compat.v1.Graph().as_default(), pytest.raises(RuntimeError, match="Python-style iteration"):
        iter(Dataset.range(3))


def test_the_public_names():
    assert tf.data.AUTOTUNE == tf.data.INFINITE_CARDINALITY == -1
    assert tf.data.UNKNOWN_CARDINALITY == -2
    assert not [name for name in tf.data.__all__ if not hasattr(tf.data, name)]
    assert not [name for name in tf.data.experimental.__all__ if not hasattr(tf.data.experimental, name)]
