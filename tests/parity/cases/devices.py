"""tf.device, tf.config, tf.test, tf.version."""

CPU = "cpu = tf.config.list_physical_devices('CPU')[0]\n"


def placed(name: str) -> str:
    return f"with tf.device({name}):\n    x = tf.constant([1.]) + 1.\nx.device"


CASES = {
    "cpu": placed("'CPU:0'"),
    "cpu_slash": placed("'/CPU:0'"),
    "cpu_lower": placed("'/cpu:0'"),
    "cpu_alone": placed("'cpu'"),
    "cpu_long": placed("'/job:localhost/replica:0/task:0/device:CPU:0'"),
    "cpu_1": placed("'CPU:1'"),
    "gpu": placed("'/GPU:0'"),
    "gpu_alone": placed("'gpu'"),
    "gpu_any": placed("'gpu:*'"),
    "tpu": placed("'TPU:0'"),
    "other_kind": placed("'/device:XYZ:0'"),
    "other_word": placed("'XYZ:0'"),
    "path": placed("'foo/bar'"),
    "other_job": placed("'/job:worker/cpu:0'"),
    "empty": placed("''"),
    "none": placed("None"),
    "number": placed("3"),
    "function": placed("lambda op: 'CPU:0'"),
    "variable": "with tf.device('GPU:0'):\n    v = tf.Variable(1.)\nv.device",
    "soft_placement": "tf.config.get_soft_device_placement()",
    "hard_placement": """
        tf.config.set_soft_device_placement(False)
        try:
            with tf.device('GPU:0'):
                x = tf.constant([1.]) + 1.
        finally:
            tf.config.set_soft_device_placement(True)
        x""",
    "hard_placement_cpu": """
        tf.config.set_soft_device_placement(False)
        try:
            with tf.device('CPU:0'):
                x = tf.constant([1.]) + 1.
        finally:
            tf.config.set_soft_device_placement(True)
        x""",
    "physical": "[(d.name, d.device_type) for d in tf.config.list_physical_devices()]",
    "physical_unknown": "tf.config.list_physical_devices('XYZ')",
    "logical": "[(d.name, d.device_type) for d in tf.config.list_logical_devices()]",
    "logical_gpu": "tf.config.list_logical_devices('GPU')",
    "visible": "[(d.name, d.device_type) for d in tf.config.get_visible_devices()]",
    "visible_gpu": "tf.config.get_visible_devices('GPU')",
    "set_visible_no_gpu": "tf.config.set_visible_devices([], 'GPU')",
    "set_visible_cpu": CPU + "tf.config.set_visible_devices([cpu], 'CPU')",
    "set_visible_text": "tf.config.set_visible_devices('CPU')",
    "hide_cpu": "tf.constant(1.) + 1.\ntf.config.set_visible_devices([], 'CPU')",
    "jit": "tf.config.optimizer.get_jit()",
    "optimizer_options": "tf.config.optimizer.get_experimental_options()",
    "memory_growth": CPU + "tf.config.experimental.set_memory_growth(cpu, True)",
    "memory_growth_text": "tf.config.experimental.set_memory_growth('GPU:0', True)",
    "memory_info": "tf.config.experimental.get_memory_info('CPU:0')",
    "memory_info_gpu": "tf.config.experimental.get_memory_info('GPU:0')",
    "device_details": CPU + "tf.config.experimental.get_device_details(cpu)",
    "experimental_devices": "tf.config.experimental.list_physical_devices('GPU')",
    "logical_configuration": CPU + "tf.config.get_logical_device_configuration(cpu)",
    "set_logical_configuration": CPU
    + """
tf.constant(1.) + 1.
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)""",
    "configuration_repr": "repr(tf.config.LogicalDeviceConfiguration(memory_limit=3))",
    "virtual_is_logical": "tf.config.experimental.VirtualDeviceConfiguration is tf.config.LogicalDeviceConfiguration",
    "synchronous": "tf.config.experimental.get_synchronous_execution()",
    "tensor_float_32": "tf.config.experimental.tensor_float_32_execution_enabled()",
    "threads": """
        t = tf.config.threading
        [t.get_inter_op_parallelism_threads(), t.get_intra_op_parallelism_threads()]""",
    "eagerly": """
        traced = []
        @tf.function
        def f(x):
            traced.append(1)
            return x + 1.
        tf.config.run_functions_eagerly(True)
        try:
            f(tf.constant(1.))
            f(tf.constant(1.))
        finally:
            tf.config.run_functions_eagerly(False)
        [len(traced), tf.config.functions_run_eagerly()]""",
    "gpu_available": "[tf.test.is_gpu_available(), tf.test.gpu_device_name(), tf.test.is_built_with_cuda()]",
    "built_with": "[tf.test.is_built_with_rocm(), tf.test.is_built_with_gpu_support()]",
    "version": "tf.version.VERSION == tf.__version__",
    "compute_gradient": """
        a, b = tf.constant([3., 4.]), tf.constant(2.)
        tf.test.compute_gradient(lambda x, y: x * y, [a, b])""",
    "compute_gradient_double": "tf.test.compute_gradient(lambda x: tf.reduce_sum(x * x), [np.array([[1., 2.]])])",
    "compute_gradient_unconnected": "tf.test.compute_gradient(lambda x: tf.constant(1.), [tf.constant(3.)])",
    "compute_gradient_no_list": "tf.test.compute_gradient(lambda x: x, 3.)",
    "test_case": """
        class Case(tf.test.TestCase):
            def runTest(self): pass
        case = Case()
        failed = []
        for name, arguments in [
            ("assertAllEqual", ([1, 2], tf.constant([1, 2]))),
            ("assertAllEqual", ([1, 2], tf.constant([1, 3]))),
            ("assertAllEqual", ([1, 2], [[1, 2]])),
            ("assertNotAllEqual", ([1, 2], [1, 3])),
            ("assertNotAllEqual", ([1, 2], [1, 2])),
            ("assertAllClose", ([1., 2.], tf.constant([1., 2.0000001]))),
            ("assertAllClose", ([1., 2.], [1., 2.1])),
            ("assertAllClose", ({"a": tf.constant([1.])}, {"a": [1.]})),
            ("assertAllClose", ({"a": tf.constant([1.])}, {"a": [2.]})),
            ("assertNotAllClose", ([1.], [1.1])),
            ("assertNotAllClose", ([1.], [1.])),
            ("assertAllGreater", (tf.constant([1, 2]), 0)),
            ("assertAllGreater", (tf.constant([1, 2]), 1)),
            ("assertAllLessEqual", (tf.constant([1, 2]), 2)),
            ("assertAllInRange", (tf.constant([1, 2]), 1, 2)),
            ("assertAllInSet", (tf.constant([1, 2]), {1, 2, 3})),
            ("assertAllInSet", (tf.constant([1, 4]), {1, 2, 3})),
            ("assertShapeEqual", (np.ones(2), tf.ones([2]))),
            ("assertShapeEqual", (np.ones(2), tf.ones([3]))),
            ("assertDTypeEqual", (tf.constant([1]), np.int32)),
            ("assertNear", (1., 1.1, 0.2)),
            ("assertNear", (1., 1.5, 0.2)),
            ("assertEmpty", ([],)),
            ("assertLen", ([1, 2], 2)),
        ]:
            try:
                getattr(case, name)(*arguments)
                failed.append(False)
            except AssertionError:
                failed.append(True)
        failed""",
    "evaluate": """
        class Case(tf.test.TestCase):
            def runTest(self): pass
        Case().evaluate({"a": tf.constant([1.])})""",
}
CASES |= {
    "device_spec": "with tf.device(tf.DeviceSpec(device_type='CPU')):\n    x = tf.constant(1)\nx.device",
    "py_function_of_number": "tf.py_function(3, [1], tf.int32)",
}
