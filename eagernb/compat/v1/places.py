"""Where TensorFlow 2 has what was at the top in TensorFlow 1: the module, and the name there if it is another."""

from __future__ import annotations

_PLACES = {
    "eagernb": """
        batch_to_space_nd=batch_to_space lin_space=linspace reverse_v2=reverse where_v2=where
        tensor_scatter_add=tensor_scatter_nd_add tensor_scatter_sub=tensor_scatter_nd_sub
        tensor_scatter_update=tensor_scatter_nd_update py_func=numpy_function""",
    "eagernb.math": """
        log log1p rsqrt ceil erf erfc lgamma lbeta digamma polygamma zeta betainc igamma igammac is_nan is_inf is_finite
        cumprod segment_sum segment_mean segment_max segment_min segment_prod unsorted_segment_sum
        unsorted_segment_max unsorted_segment_mean unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n
        floordiv floor_div=floordiv floormod mod=floormod reciprocal squared_difference count_nonzero confusion_matrix
        bincount conj real imag angle expm1 invert_permutation accumulate_n div_no_nan=divide_no_nan
        is_non_decreasing is_strictly_increasing log_sigmoid logical_xor rint""",
    "eagernb.linalg": """
        matrix_inverse=inv matrix_determinant=det matrix_solve=solve cholesky cholesky_solve cross global_norm
        matrix_transpose trace svd qr self_adjoint_eig=eigh self_adjoint_eigvals=eigvalsh norm matrix_solve_ls=lstsq
        matrix_band_part=band_part matrix_diag=diag matrix_diag_part=diag_part matrix_set_diag=set_diag
        matrix_triangular_solve=triangular_solve diag=tensor_diag diag_part=tensor_diag_part""",
    "eagernb.debugging": """
        assert_greater_equal assert_integer assert_less_equal assert_near assert_negative assert_non_negative
        assert_non_positive assert_none_equal assert_positive assert_proper_iterable assert_rank_at_least assert_rank_in
        assert_same_float_dtype assert_scalar assert_type check_numerics is_numeric_tensor""",
    "eagernb.nn": "depth_to_space space_to_depth",
    "eagernb.signal": "fft fft2d fft3d ifft ifft2d ifft3d fftnd ifftnd rfftnd irfftnd",
    "eagernb.errors": "OpError",
    "eagernb.image": "random_crop",
    "eagernb.version": """
        VERSION GIT_VERSION COMPILER_VERSION GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER
        GRAPH_DEF_VERSION_MIN_PRODUCER""",
    "eagernb.compat.v1.rarer_names": """
        control_flow_v2_enabled dimension_value initialize_all_tables no_regularizer random_poisson
        resource_variables_enabled setdiff1d sparse_to_dense tables_initializer to_bfloat16 to_complex128 to_complex64
        verify_tensor_all_finite""",
    "eagernb.io": """
        decode_base64 decode_raw encode_base64 matching_files parse_tensor read_file serialize_tensor write_file
    """,
    "eagernb.core.sparse_tensor": "SparseTensorValue",
    "eagernb.compat.v1.sparse": """
        sparse_add=add sparse_concat=concat sparse_fill_empty_rows=fill_empty_rows sparse_mask=mask
        sparse_maximum=maximum sparse_minimum=minimum sparse_placeholder=placeholder sparse_reduce_max=reduce_max
        sparse_reduce_max_sparse=reduce_max_sparse sparse_reduce_sum=reduce_sum
        sparse_reduce_sum_sparse=reduce_sum_sparse sparse_reorder=reorder sparse_reset_shape=reset_shape
        sparse_reshape=reshape sparse_retain=retain sparse_segment_mean=segment_mean
        sparse_segment_sqrt_n=segment_sqrt_n sparse_segment_sum=segment_sum sparse_slice=slice sparse_softmax=softmax
        sparse_split=split sparse_tensor_dense_matmul=sparse_dense_matmul sparse_tensor_to_dense=to_dense
        sparse_to_indicator=to_indicator sparse_transpose=transpose""",
}


def _split(entry: str) -> tuple[str, str]:
    old, _, new = entry.partition("=")
    return old, new or old


# old name: (module, name in it).
PLACES = {old: (module, new) for module, entries in _PLACES.items() for old, new in map(_split, entries.split())}
