"""Module in use: a model that trains, modules that hold one another."""

from typing import ClassVar

import eagernb as tf


class Dense(tf.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.w = tf.Variable(tf.random_normal_initializer(stddev=0.5, seed=1)([inputs, outputs]), name="w")
        self.b = tf.Variable(tf.zeros_initializer()([outputs]), name="b")

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        return x @ self.w + self.b


class Net(tf.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = [Dense(2, 8), Dense(8, 1)]

    @tf.function
    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        return self.layers[1](tf.tanh(self.layers[0](x)))


def test_a_model_learns_xor() -> None:
    tf.random.set_seed(0)
    x, y = tf.constant([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), tf.constant([[0.0], [1.0], [1.0], [0.0]])
    net = Net()
    for _ in range(500):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(net(x) - y))
        for v, g in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables), strict=True):
            v.assign_sub(0.2 * g)
    assert tf.round(net(x)).numpy().tolist() == y.numpy().tolist()


def test_modules_that_hold_one_another_end() -> None:
    a, b = tf.Module(name="a"), tf.Module(name="b")
    a.other, b.other = b, a
    a.v = b.v = tf.Variable(1.0)
    assert [m.name for m in a.submodules] == ["b"]
    assert len(a.variables) == 1


def test_a_dict_whose_keys_have_no_order() -> None:
    module = tf.Module()
    module.table = {1: tf.Variable(1.0), "a": [tf.Variable(2.0)], None: "text"}
    assert [float(v) for v in module.variables] == [1.0, 2.0]


def test_a_base_beside_it_may_look_at_what_is_set():
    class Noting:
        noted: ClassVar[list[str]] = []

        def __setattr__(self, name, value):
            self.noted.append(name)
            super().__setattr__(name, value)

    class Net(tf.Module, Noting):
        pass

    Net().w = tf.Variable(1.0)
    assert "w" in Noting.noted
