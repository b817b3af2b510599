"""tf.errors: the classes, their codes, how they are made."""

NAMES = (
    "'Aborted', 'AlreadyExists', 'Cancelled', 'DataLoss', 'DeadlineExceeded', 'FailedPrecondition', 'Internal', "
    "'InvalidArgument', 'NotFound', 'OutOfRange', 'PermissionDenied', 'ResourceExhausted', 'Unauthenticated', "
    "'Unavailable', 'Unimplemented', 'Unknown'"
)
CODES = (
    "'OK', 'ABORTED', 'ALREADY_EXISTS', 'CANCELLED', 'DATA_LOSS', 'DEADLINE_EXCEEDED', 'FAILED_PRECONDITION', "
    "'INTERNAL', 'INVALID_ARGUMENT', 'NOT_FOUND', 'OUT_OF_RANGE', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', "
    "'UNAUTHENTICATED', 'UNAVAILABLE', 'UNIMPLEMENTED', 'UNKNOWN'"
)

CASES = {
    "codes": f"[getattr(tf.errors, name) for name in ({CODES})]",
    "codes_of_classes": f"[getattr(tf.errors, f'{{n}}Error')(None, None, 'm').error_code for n in ({NAMES})]",
    "all_are_op_errors": f"[issubclass(getattr(tf.errors, f'{{n}}Error'), tf.errors.OpError) for n in ({NAMES})]",
    "message": "e = tf.errors.InvalidArgumentError(None, None, 'boo')\n[str(e), e.message, e.op, e.node_def]",
    "keywords": "tf.errors.NotFoundError(node_def=None, op=None, message='boo').message",
    "op_error": "e = tf.errors.OpError(None, None, 'boo', 5)\n[e.message, e.error_code]",
    "raised": """
        try:
            raise tf.errors.OutOfRangeError(None, None, 'end')
        except tf.errors.OpError as error:
            result = [error.message, error.error_code]
        result""",
    "of_an_operation": """
        try:
            tf.ones([2]) + tf.ones([3])
        except tf.errors.InvalidArgumentError as error:
            result = [error.error_code, error.node_def]
        result""",
    "not_allowed_in_graph": "issubclass(tf.errors.OperatorNotAllowedInGraphError, TypeError)",
    "pickle": "import pickle\ntype(pickle.loads(pickle.dumps(tf.errors.AbortedError(None, None, 'm')))).__name__",
}
