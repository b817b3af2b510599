"""Modules and initializers."""

DENSE = """
    class Dense(tf.Module):
        def __init__(self, n=2, name=None):
            super().__init__(name=name)
            self.w = tf.Variable(tf.ones([n, 2]), name="w")
            self.b = tf.Variable([0., 0.], name="b", trainable=False)
        def __call__(self, x):
            return x @ self.w + self.b
        @tf.Module.with_name_scope
        def build(self):
            return tf.Variable(1., name="late").name
    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.z = [Dense(), {"k": Dense(name="other")}]
            self.a = tf.Variable(3.)
            self.again = self.a
            self._hidden = Dense()
"""

CASES = {
    "name": DENSE + "    [Net().name, Dense().name, Dense(name='x').name]",
    "name_of_camels": """
        class HTTPServer2D(tf.Module): pass
        class _Hid(tf.Module): pass
        [HTTPServer2D().name, _Hid().name]
    """,
    "name_invalid": "tf.Module(name='a b')",
    "name_empty": "tf.Module(name='')",
    "name_without_super": """
        class Bad(tf.Module):
            def __init__(self):
                self.v = tf.Variable(1.)
        Bad().name
    """,
    "variables_without_super": """
        class Bad(tf.Module):
            def __init__(self):
                self.v = tf.Variable(1.)
        [v.name for v in Bad().variables]
    """,
    "variables": DENSE + "    [v.name for v in Net().variables]",
    "variables_are_a_tuple": DENSE + "    isinstance(Net().variables, tuple)",
    "trainable": DENSE + "    [v.shape for v in Net().trainable_variables]",
    "non_trainable": DENSE + "    [v.name for v in Net().non_trainable_variables]",
    "submodules": DENSE + "    [m.name for m in Net().submodules]",
    "name_scope": DENSE + "    [Net().name_scope.name, Dense().build()]",
    "name_scope_outer": DENSE
    + """
    with tf.name_scope("outer"):
        layer = Dense()
    [layer.w.name, layer.name_scope.name, layer.build()]
    """,
    "gradient": DENSE
    + """
    layer = Dense()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(tf.ones([3, 2])) ** 2)
    tape.gradient(loss, layer.trainable_variables)
    """,
    "zeros": "tf.zeros_initializer()([2, 3])",
    "zeros_string": "tf.zeros_initializer()([2], dtype=tf.string)",
    "ones_int": "tf.ones_initializer()([2], dtype=tf.int32)",
    "constant": "tf.constant_initializer([1, 2])([2])",
    "constant_float": "tf.constant_initializer(2)([2, 2], dtype=tf.float32)",
    "constant_count": "tf.constant_initializer([1, 2])([3])",
    "constant_function": "tf.constant_initializer(lambda: 1)",
    "constant_config": "tf.constant_initializer(2).get_config()",
    "normal_int": "tf.random_normal_initializer()([2], dtype=tf.int32)",
    "normal_config": "tf.random_normal_initializer(seed=1).get_config()",
    "uniform_int": "tf.random_uniform_initializer(0, 5)([3], dtype=tf.int32).dtype",
    "uniform_bool": "tf.random_uniform_initializer()([3], dtype=tf.bool)",
}
