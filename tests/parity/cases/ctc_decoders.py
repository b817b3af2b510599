"""CTC: decoding, losses of sparse labels; embeddings of sparse ids."""

from textwrap import dedent

import numpy as np

_LOGITS = np.random.default_rng(0).normal(size=(6, 2, 4)).round(3).tolist()

_SETUP = f"""\
logits = 2 * tf.constant({_LOGITS})
def parts(value):
    if isinstance(value, (list, tuple)):
        return [parts(item) for item in value]
    return [value.indices, value.values, value.dense_shape] if isinstance(value, tf.SparseTensor) else value
sparse = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1, 1, 2], [2, 2])
"""
_EMBEDDING = """\
table = tf.reshape(tf.range(12.), [6, 2]) + 1
ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 2]], tf.constant([1, 3, 0, 1], tf.int64), [4, 3])
weights = ids.with_values([1., 2., .5, 3.])
negative = ids.with_values(tf.constant([1, -3, -1, 1], tf.int64))
"""
_GRADIENT = """\
table = tf.Variable(table)
with tf.GradientTape() as tape:
    y = {call}
    z = y * y
g = tape.gradient(z, table)
[y, tf.convert_to_tensor(g), isinstance(g, tf.IndexedSlices)]
"""

_DECODING = {
    "greedy": "tf.nn.ctc_greedy_decoder(logits, [6, 4])",
    "greedy_first_blank": "tf.nn.ctc_greedy_decoder(logits, [6, 4], blank_index=0)",
    "greedy_negative_blank": "tf.nn.ctc_greedy_decoder(logits, [6, 4], blank_index=-2)",
    "greedy_not_merged": "tf.nn.ctc_greedy_decoder(logits, [6, 4], merge_repeated=False)",
    "greedy_float64": "tf.nn.ctc_greedy_decoder(tf.cast(logits, tf.float64), [6, 4])",
    "greedy_nothing": "tf.nn.ctc_greedy_decoder(tf.one_hot([[3], [3]], 4), [2])",
    "greedy_no_frames": "tf.nn.ctc_greedy_decoder(logits, [0, 3])",
    "beams": "tf.nn.ctc_beam_search_decoder(logits, [6, 4])",
    "beams_three_paths": "tf.nn.ctc_beam_search_decoder(logits, [6, 4], top_paths=3)",
    "beams_narrow": "tf.nn.ctc_beam_search_decoder(logits, [6, 4], beam_width=2, top_paths=2)",
    "beams_single": "tf.nn.ctc_beam_search_decoder(logits, [6, 4], beam_width=1)",
    "beams_no_frames": "tf.nn.ctc_beam_search_decoder(logits, [6, 0], beam_width=5)",
    "beams_merged": "tf.compat.v1.nn.ctc_beam_search_decoder(logits, [6, 4], top_paths=3)",
    "beams_merged_twice":
        "tf.compat.v1.nn.ctc_beam_search_decoder(2. * tf.one_hot([[1], [3], [1]], 4), [3], merge_repeated=True)",
    "beams_not_merged_twice":
        "tf.compat.v1.nn.ctc_beam_search_decoder(2. * tf.one_hot([[1], [3], [1]], 4), [3], merge_repeated=False)",
    "loss": "tf.nn.ctc_loss(sparse, logits, None, [6, 4], blank_index=-1)",
    "loss_first_blank": "tf.nn.ctc_loss(sparse, logits, None, [6, 4], blank_index=0)",
    "loss_middle_blank": "tf.nn.ctc_loss(sparse, logits, None, [6, 4], blank_index=3)",
    "loss_batch_major":
        "tf.nn.ctc_loss(sparse, tf.transpose(logits, [1, 0, 2]), None, [6, 4], False, blank_index=-1)",
    "loss_too_short": "tf.nn.ctc_loss(sparse, logits, None, [2, 4], blank_index=-1)",
    "raises_loss_without_blank": "tf.nn.ctc_loss(sparse, logits, None, [6, 4])",
    "raises_greedy_blank": "tf.nn.ctc_greedy_decoder(logits, [6, 4], blank_index=9)",
    "raises_greedy_length": "tf.nn.ctc_greedy_decoder(logits, [7, 4])",
    "raises_greedy_lengths": "tf.nn.ctc_greedy_decoder(logits, [6])",
    "raises_greedy_rank": "tf.nn.ctc_greedy_decoder(logits[0], [6, 4])",
    "raises_beams_length": "tf.nn.ctc_beam_search_decoder(logits, [7, 4])",
    "raises_beams_paths": "tf.nn.ctc_beam_search_decoder(logits, [6, 4], beam_width=2, top_paths=3)",
    "raises_beams_fewer": "tf.nn.ctc_beam_search_decoder(logits, [6, 0], beam_width=5, top_paths=2)",
}  # fmt: skip

_LOOKUPS = {
    f"{combiner}{suffix}": f"table, ids, {weights}, combiner={combiner!r}"
    for combiner in ("sum", "mean", "sqrtn")
    for suffix, weights in (("", None), ("_weighted", "weights"))
}

_CASES = {
    **{name: f"{_SETUP}parts({source})" for name, source in _DECODING.items()},
    **{
        f"{name}_traced": f"{_SETUP}parts(tf.function(lambda logits: {_DECODING[name]}, autograph=False)(logits))"
        for name in ("greedy", "beams_three_paths", "loss")
    },
    "loss_gradient": f"""{_SETUP}
        logits = logits / 4
        with tf.GradientTape() as tape:
            tape.watch(logits)
            y = tf.nn.ctc_loss(sparse, logits, None, [6, 4], blank_index=1)
        tape.gradient(y, logits)""",
    "decoders_have_no_gradient": f"""{_SETUP}
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(logits)
            y, z = tf.nn.ctc_greedy_decoder(logits, [6, 4])[1], tf.nn.ctc_beam_search_decoder(logits, [6, 4])[1]
        [tape.gradient(y, logits), tape.gradient(z, logits)]""",
    **{
        f"embedding_{name}": _EMBEDDING + _GRADIENT.format(call=f"tf.nn.embedding_lookup_sparse({arguments})")
        for name, arguments in _LOOKUPS.items()
    },
    **{
        f"safe_embedding_{name}": _EMBEDDING + _GRADIENT.format(call=f"tf.nn.safe_embedding_lookup_sparse({arguments})")
        for name, arguments in _LOOKUPS.items()
    },
    **{
        f"embedding_{name}": _EMBEDDING + source
        for name, source in {
            "default": "tf.nn.embedding_lookup_sparse(table, ids, None)",
            "max_norm": "tf.nn.embedding_lookup_sparse(table, ids, None, max_norm=2.)",
            "of_parts": "tf.nn.embedding_lookup_sparse([table[:3], table[3:]], ids, weights)",
            "float16": "tf.nn.embedding_lookup_sparse(tf.cast(table, tf.float16), ids, weights)",
            "negative": "tf.nn.safe_embedding_lookup_sparse(table, negative)",
            "default_id": "tf.nn.safe_embedding_lookup_sparse(table, negative, default_id=2)",
            "no_weights": "tf.nn.safe_embedding_lookup_sparse(table, negative, ids.with_values([0., 1., 2., -1.]))",
            "no_weights_sum":
                "tf.nn.safe_embedding_lookup_sparse(table, negative, ids.with_values([0., 1., 2., -1.]), 'sum')",
            "cube":
                "tf.nn.safe_embedding_lookup_sparse(table, tf.SparseTensor([[0, 0, 1], [1, 1, 0]], [1, 3], [2, 2, 2]))",
            "open_sizes": """tf.function(lambda i: tf.nn.safe_embedding_lookup_sparse(table, i), autograph=False,
                input_signature=[tf.SparseTensorSpec([None, None], tf.int64)])(negative)""",
            "raises_combiner": "tf.nn.embedding_lookup_sparse(table, ids, None, combiner='max')",
            "raises_dense_ids": "tf.nn.embedding_lookup_sparse(table, tf.constant([1]), None)",
            "raises_dense_weights": "tf.nn.embedding_lookup_sparse(table, ids, tf.constant([1.]))",
            "raises_out_of_range": "tf.nn.embedding_lookup_sparse(table[:2], ids, None)",
            "raises_no_table": "tf.nn.safe_embedding_lookup_sparse(None, ids)",
        }.items()
    },
}  # fmt: skip

CASES = {
    name: _SETUP + dedent(source.removeprefix(_SETUP)) if source.startswith(_SETUP) else source
    for name, source in _CASES.items()
}
