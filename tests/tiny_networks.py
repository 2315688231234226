"""A detector and a landmark network of a few operators, with everything that building a bundle has to deal with."""

from __future__ import annotations

import flatbuffers
import numpy as np
from mediapipe.tasks.metadata import schema_py_generated as schema

SEGMENTATION_SHAPE = [1, 256, 256, 1]
HEATMAP_SHAPE = [1, 64, 64, 39]

#: What the stored weights of ``tiny_networks`` mean: one half-float tensor, and one sparse half-float tensor.
DENSE_WEIGHTS = np.array([[0.5, -2.0, 65504.0]], np.float32)
SPARSE_WEIGHTS = np.array([[0.0, 1.5, 0.0], [0.0, 0.0, 0.0], [-0.25, 0.0, 8.0]], np.float32)


class NetworkBuilder:
    """Collects tensors and operators, and packs them as a TensorFlow Lite flatbuffer."""

    def __init__(self) -> None:
        self._model = schema.ModelT()
        self._model.version = 3
        self._model.operatorCodes, self._model.buffers = [], [schema.BufferT()]
        self._graph = schema.SubGraphT()
        self._graph.tensors, self._graph.operators = [], []
        self._model.subgraphs = [self._graph]

    def tensor(self, shape: list[int], data: np.ndarray | None = None, kind: int = schema.TensorType.FLOAT32) -> int:
        """Add a tensor, stored where data is given; returns its index."""
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.buffer = shape, kind, 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.ascontiguousarray(data).reshape(-1).view(np.uint8)
            self._model.buffers.append(buffer)
            tensor.buffer = len(self._model.buffers) - 1
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1

    def sparse_tensor(self, dense: np.ndarray) -> int:
        """A half-float tensor that is stored row by row, without its zeros."""
        rows, columns = np.nonzero(dense)
        index = self.tensor(list(dense.shape), dense[rows, columns].astype(np.float16), schema.TensorType.FLOAT16)
        sparsity = schema.SparsityParametersT()
        sparsity.traversalOrder = [0, 1]
        outer, inner = schema.DimensionMetadataT(), schema.DimensionMetadataT()
        outer.format, outer.denseSize = schema.DimensionType.DENSE, dense.shape[0]
        inner.format = schema.DimensionType.SPARSE_CSR
        inner.arraySegmentsType = inner.arrayIndicesType = schema.SparseIndexVector.Uint8Vector
        inner.arraySegments, inner.arrayIndices = schema.Uint8VectorT(), schema.Uint8VectorT()
        inner.arraySegments.values = np.searchsorted(rows, np.arange(dense.shape[0] + 1)).astype(np.uint8)
        inner.arrayIndices.values = columns.astype(np.uint8)
        sparsity.dimMetadata = [outer, inner]
        self._graph.tensors[index].sparsity = sparsity
        return index

    def operator(self, code: int, inputs: list[int], output: int) -> None:
        """Add an operator with one output."""
        entry = schema.OperatorCodeT()
        entry.builtinCode = entry.deprecatedBuiltinCode = code
        self._model.operatorCodes.append(entry)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self._model.operatorCodes) - 1
        operator.inputs, operator.outputs = inputs, [output]
        self._graph.operators.append(operator)

    def pack(self, inputs: list[int], outputs: list[int]) -> bytes:
        """The flatbuffer, with those inputs and outputs."""
        self._graph.inputs, self._graph.outputs = inputs, outputs
        builder = flatbuffers.Builder()
        builder.Finish(self._model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def tiny_networks() -> dict[str, bytes]:
    """The two networks of a bundle; both outputs of the landmark network hang on the same unpacked weights."""
    return {"pose_detector.tflite": _detector(), "pose_landmarks_detector.tflite": _landmarker()}


def read_network(network: bytes) -> schema.ModelT:
    """The network as the schema's objects."""
    return schema.ModelT.InitFromPackedBuf(network, 0)


def operator_codes(network: bytes) -> list[int]:
    """The kinds of a network's operators, in order."""
    model = read_network(network)
    return [model.operatorCodes[operator.opcodeIndex].builtinCode for operator in model.subgraphs[0].operators]


def _detector() -> bytes:
    build = NetworkBuilder()
    picture, boxes = build.tensor([1, 3]), build.tensor([1, 3])
    build.operator(schema.BuiltinOperator.LOGISTIC, [picture], boxes)
    return build.pack([picture], [boxes])


def _landmarker() -> bytes:
    build = NetworkBuilder()
    codes, half = schema.BuiltinOperator, schema.TensorType.FLOAT16
    picture = build.tensor([1, 3])
    stored = build.tensor([1, 3], DENSE_WEIGHTS.astype(np.float16), half)
    weights = build.tensor([1, 3])
    build.operator(codes.DEQUANTIZE, [stored], weights)
    sparse = build.sparse_tensor(SPARSE_WEIGHTS)
    dense, dense_weights = build.tensor([3, 3], kind=half), build.tensor([3, 3])
    build.operator(codes.DENSIFY, [sparse], dense)
    build.operator(codes.DEQUANTIZE, [dense], dense_weights)
    middle, segmentation = build.tensor([1, 3]), build.tensor(SEGMENTATION_SHAPE)
    build.operator(codes.CONV_2D, [picture, weights], middle)
    build.operator(codes.LOGISTIC, [middle], segmentation)
    inner, heatmap = build.tensor([1, 3]), build.tensor(HEATMAP_SHAPE)
    build.operator(codes.FULLY_CONNECTED, [picture, dense_weights], inner)
    build.operator(codes.ADD, [inner, weights], heatmap)
    return build.pack([picture], [segmentation, heatmap])
