"""What TensorFlow calls the outputs of its ops: functions of a GraphDef refer to them by these names."""

from __future__ import annotations

# From TensorFlow's declarations of the ops; a name that ends in "*" stands for any number of outputs.
_TYPES = {
    "activations": "Elu LeakyRelu Relu Relu6 Selu Softplus Softsign",
    "backprops": "EluGrad LeakyReluGrad Relu6Grad ReluGrad SeluGrad SoftplusGrad SoftsignGrad",
    "band": "MatrixBandPart",
    "diagonal": "MatrixDiagPartV3",
    "e v": "Eig SelfAdjointEigV2",
    "element_shape": "TensorListElementShape",
    "handle": "EmptyTensorList TensorListReserve",
    "index": "Where",
    "is_initialized": "VarIsInitializedOp",
    "item": "TensorListGetItem",
    "length": "TensorListLength",
    "logsoftmax": "LogSoftmax",
    "loss backprop": "SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits",
    "lu p": "Lu",
    "merged": "DynamicStitch ParallelDynamicStitch",
    "offset*": "ConcatOffset",
    "out": "Complex Cumprod Cumsum CumulativeLogsumexp HistogramFixedWidth",
    "sampled_candidates true_expected_count sampled_expected_count": """
        LogUniformCandidateSampler UniformCandidateSampler""",
    "components*": "OptionalGetValue",
    "optional": "OptionalFromValue OptionalNone",
    "output segments": "IsotonicRegression",
    "output argmax": "MaxPoolWithArgmax",
    "output*": """
        Case IdentityN If PartitionedCall ShapeN Split SplitV StatefulPartitionedCall StatelessCase StatelessIf
        StatelessWhile Unpack While""",
    "output_handle": """
        TensorListFromTensor TensorListPushBack TensorListScatterIntoExistingList
        TensorListScatterV2 TensorListSetItem TensorListSplit""",
    "output_handle tensor": "TensorListPopBack",
    "output_ref": "Assign AssignAdd AssignSub",
    "outputs*": "DynamicPartition",
    "precision": "InTopKV2",
    "product": "Cross MatMul",
    "q r": "Qr",
    "r0": "BroadcastArgs",
    "r0 r1": "BroadcastGradientArgs",
    "ref": "Variable VariableV2",
    "resource": "VarHandleOp",
    "s u v": "Svd",
    "sign log_abs_determinant": "LogMatrixDeterminant",
    "softmax": "Softmax",
    "sum": "AccumulateNV2 AddN",
    "tensor": "TensorListStack",
    "tensor lengths": "TensorListConcatV2",
    "ts": "Timestamp",
    "value": "ReadVariableOp",
    "values": "TensorListGather",
    "values indices": "TopKV2",
    "y": """
        Abs ComplexAbs Acos Acosh Asin Asinh Atan Atanh BesselI0 BesselI0e BesselI1 BesselI1e BesselJ0 BesselJ1 BesselK0
        BesselK0e BesselK1 BesselK1e BesselY0 BesselY1 Cast Ceil Cos Cosh Dawsn Digamma Erf Erfc Erfinv Exp
        Expint Expm1 Floor FresnelCos FresnelSin Inv Invert InvertPermutation IsFinite IsInf IsNan Lgamma Log
        Log1p LogicalNot Ndtri Neg OnesLike Reciprocal Rint Round Rsqrt Sigmoid Sign Sin Sinh Spence Sqrt Square
        Tan Tanh Transpose ZerosLike""",
    "y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3": "FusedBatchNormV3",
    "y idx": "Unique ",
    "y idx count": "UniqueWithCounts ",
    "z": """
        Add AddV2 Atan2 Betainc BitwiseAnd BitwiseOr BitwiseXor Div DivNoNan Equal FloorDiv FloorMod Greater
        GreaterEqual Igamma IgammaGradA Igammac InvGrad LeftShift Less LessEqual LogicalAnd LogicalOr Maximum
        Minimum Mul MulNoNan NotEqual Polygamma Pow RealDiv ReciprocalGrad RightShift RsqrtGrad SigmoidGrad
        SqrtGrad SquaredDifference Sub TanhGrad TruncateDiv TruncateMod Xdivy Xlog1py Xlogy Zeta""",
}  # fmt: skip
_NAMES = {kind: tuple(names.split()) for names, kinds in _TYPES.items() for kind in kinds.split()}


def output_names(kind: str) -> tuple[str, ...]:
    """The names of the outputs of TensorFlow's op of this type: for most, the only one is "output".

    >>> output_names("TopKV2"), output_names("Split"), output_names("Reshape")
    (('values', 'indices'), ('output*',), ('output',))
    """
    return _NAMES.get(kind, ("output",))
