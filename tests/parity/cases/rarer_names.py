"""Rarer names at the top level and in tf.debugging, tf.dtypes, tf.version."""

CASES = {
    "device_spec": "tf.DeviceSpec(job='w', task=3, device_type='gpu', device_index=1).to_string()",
    "device_spec_repr": "repr(tf.DeviceSpec(job='w', task=3, device_type='gpu', device_index=1))",
    "device_spec_empty": "tf.DeviceSpec().to_string()",
    "device_spec_short": "d = tf.DeviceSpec.from_string('/cpu:0')\n[d.to_string(), d.device_type, d.device_index]",
    "device_spec_long": "tf.DeviceSpec.from_string('/job:w/replica:2/task:1/device:GPU:3').to_string()",
    "device_spec_any": "tf.DeviceSpec.from_string('/job:w/device:CPU:*').to_string()",
    "device_spec_merged": """
a, b = tf.DeviceSpec(job='w', device_type='GPU', device_index=1), tf.DeviceSpec(device_type='CPU', device_index=0)
[a.make_merged_spec(b).to_string(), a.replace(task=9).to_string()]""",
    "device_spec_equal": """
a = tf.DeviceSpec(job='w', device_type='gpu')
b = tf.DeviceSpec.from_string('/job:w/device:GPU:*')
[a == b, hash(a) == hash(b), a == tf.DeviceSpec(job='v', device_type='gpu')]""",
    "device_spec_unknown": "tf.DeviceSpec.from_string('/foo:0')",
    "device_spec_two_types": "tf.DeviceSpec.from_string('/cpu:0/gpu:0')",
    "device_spec_is_fixed": "tf.DeviceSpec().job = 'x'\n1",
    "aggregation": "[tf.AggregationMethod.ADD_N, tf.AggregationMethod.DEFAULT, tf.AggregationMethod.EXPERIMENTAL_TREE]",
    "register_gradient_number": "tf.RegisterGradient(3)",
    "register_gradient": "tf.RegisterGradient('SomethingNew1')(len) is len",
    "register_gradient_twice": """
tf.RegisterGradient('SomethingNew2')(len)
tf.RegisterGradient('SomethingNew2')(len)""",
    "no_gradient": "tf.no_gradient('SomethingNew3')",
    "no_gradient_number": "tf.no_gradient(3)",
    "tuple": "tf.tuple([tf.constant(1), tf.constant(2)])",
    "guarantee_const": "tf.guarantee_const([1, 2])",
    "paddings": "[*tf.required_space_to_batch_paddings([7, 5], [2, 3])]",
    "paddings_base": "[*tf.required_space_to_batch_paddings([7, 5], [2, 3], [[1, 0], [2, 2]])]",
    "conversion": """
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
tf.register_tensor_conversion_function(Celsius, lambda v, dtype=None, name=None, as_ref=False: tf.constant(v.degrees))
[tf.convert_to_tensor(Celsius(3.)), tf.add(Celsius(1.), 2.)]""",
    "conversion_of_ints": "tf.register_tensor_conversion_function(int, lambda *a: 1)",
    "conversion_no_type": "tf.register_tensor_conversion_function(3, lambda *a: 1)",
    "traceback_filtering": """
before = tf.debugging.is_traceback_filtering_enabled()
tf.debugging.disable_traceback_filtering()
during = tf.debugging.is_traceback_filtering_enabled()
tf.debugging.enable_traceback_filtering()
[before, during, tf.debugging.is_traceback_filtering_enabled()]""",
    "graph_def_versions": """
[tf.version.GRAPH_DEF_VERSION, tf.version.GRAPH_DEF_VERSION_MIN_CONSUMER, tf.version.GRAPH_DEF_VERSION_MIN_PRODUCER]""",
    "variant": "tf.dtypes.variant is tf.variant",
    "critical_section": """
v = tf.Variable(0)
section = tf.CriticalSection()
[section.execute(lambda: v.assign_add(2)) + 0, v.read_value()]""",
    "hessians_eagerly": "tf.hessians(tf.constant(1.), [tf.constant(1.)])",
    "hessians": """
@tf.function
def f(x):
    return tf.hessians(tf.reduce_sum(x ** 3), [x])
f(tf.constant([1., 2.]))""",
}
