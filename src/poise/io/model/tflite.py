"""Rewrites TensorFlow Lite networks: says how pixels are normalised, cuts an output, unpacks weights.

The networks are flatbuffers; their schemas come with the mediapipe package, so importing this module is slow.
"""

from __future__ import annotations

import struct
from typing import Any

import flatbuffers
import numpy as np
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
from mediapipe.tasks.metadata import schema_py_generated as schema
from numpy.typing import NDArray

from poise.errors import ModelError

#: The flatbuffer object API of the generated schemas carries no types.
_Model = Any
_Graph = Any
_Tensor = Any


def rewrite_network(
    network: bytes, *, mean: float, std: float, unpack: bool = False, cut_output: tuple[int, ...] | None = None
) -> bytes:
    """The network with normalisation metadata, and leaner if wished.

    Args:
        network: A TensorFlow Lite flatbuffer with one graph.
        mean: What the pose landmarker subtracts from pixels of 0 to 255.
        std: What it then divides by.
        unpack: Store the weights as the operators need them, not sparse and as half floats. Exact.
        cut_output: Shape of the one output to replace by zeros, along with the operators that nothing else needs.

    Raises:
        ModelError: The network is damaged, or does not have exactly one output of that shape.
    """
    try:
        model = schema.ModelT.InitFromPackedBuf(network, 0)
        graph = model.subgraphs[0]
        if cut_output is not None:
            _cut_output(model, graph, list(cut_output))
        if unpack:
            _fold_constants(model, graph)
        # Whatever else the vendor notes in the metadata concerns other runtimes.
        model.metadata = []
        _drop_unused_buffers(model, graph)
    # The generated schemas check nothing: damage shows as an offset or an index that leads nowhere.
    except (struct.error, AttributeError, IndexError, TypeError, ValueError) as error:
        raise ModelError("a network of the pose model is damaged") from error
    entry = schema.MetadataT()
    entry.name = b"TFLITE_METADATA"
    entry.buffer = _add_buffer(model, np.frombuffer(_normalisation_metadata(mean, std), np.uint8))
    model.metadata = [entry]
    builder = flatbuffers.Builder(len(network))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _normalisation_metadata(mean: float, std: float) -> bytes:
    options = metadata_schema.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    unit = metadata_schema.ProcessUnitT()
    unit.optionsType, unit.options = metadata_schema.ProcessUnitOptions.NormalizationOptions, options
    image = metadata_schema.ImagePropertiesT()
    image.colorSpace = metadata_schema.ColorSpaceType.RGB
    content = metadata_schema.ContentT()
    content.contentPropertiesType = metadata_schema.ContentProperties.ImageProperties
    content.contentProperties = image
    tensor = metadata_schema.TensorMetadataT()
    tensor.name, tensor.processUnits, tensor.content = "image", [unit], content
    graph = metadata_schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    model = metadata_schema.ModelMetadataT()
    model.name, model.subgraphMetadata = "pose", [graph]
    builder = flatbuffers.Builder()
    builder.Finish(model.Pack(builder), b"M001")
    return bytes(builder.Output())


def _cut_output(model: _Model, graph: _Graph, shape: list[int]) -> None:
    """Turn the one output of that shape into a constant and drop the operators that nothing else needs.

    The output itself stays, as zeros, because the pose landmarker insists on five outputs.
    """
    cut = [int(output) for output in graph.outputs if list(graph.tensors[output].shape) == shape]
    if len(cut) != 1:
        raise ModelError(f"the landmark network has {len(cut)} outputs of shape {shape}, expected the segmentation")
    needed = {int(output) for output in graph.outputs} - set(cut)
    kept = []
    for operator in reversed(graph.operators):
        if needed & {int(tensor) for tensor in operator.outputs}:
            kept.append(operator)
            needed |= {int(tensor) for tensor in operator.inputs if tensor >= 0}
    graph.operators = kept[::-1]
    graph.tensors[cut[0]].buffer = _add_buffer(model, np.zeros(4 * int(np.prod(shape)), np.uint8))


def _fold_constants(model: _Model, graph: _Graph) -> None:
    """Replace each operator that only unpacks stored weights by its result. Both conversions are exact."""
    kept = []
    for operator in graph.operators:
        source, target = graph.tensors[operator.inputs[0]], graph.tensors[operator.outputs[0]]
        weights = _unpacked(model, source, _builtin_code(model, operator))
        if weights is None:
            kept.append(operator)
        else:
            target.buffer = _add_buffer(model, weights.reshape(-1).view(np.uint8))
    graph.operators = kept


def _builtin_code(model: _Model, operator: Any) -> int:
    code = model.operatorCodes[operator.opcodeIndex]
    # Codes below 127 stand in the older of two fields, and newer files fill both.
    return max(int(code.builtinCode), int(code.deprecatedBuiltinCode))


def _unpacked(model: _Model, tensor: _Tensor, code: int) -> NDArray[Any] | None:
    """What the operator makes of a stored tensor, or None when it is no unpacking of half floats."""
    stored = model.buffers[tensor.buffer].data
    if stored is None or len(stored) == 0 or tensor.type != schema.TensorType.FLOAT16:
        return None
    values = np.asarray(stored, np.uint8).view(np.float16)
    if code == schema.BuiltinOperator.DEQUANTIZE and tensor.sparsity is None:
        return values.astype(np.float32)
    if code == schema.BuiltinOperator.DENSIFY and tensor.sparsity is not None:
        return _densified(values, tensor)
    return None


def _densified(values: NDArray[np.float16], tensor: _Tensor) -> NDArray[np.float16] | None:
    """Dense weights of a tensor whose last dimension is compressed (row by row), None for other layouts."""
    sparsity = tensor.sparsity
    in_order = list(sparsity.traversalOrder) == list(range(len(tensor.shape)))
    formats = [dimension.format for dimension in sparsity.dimMetadata]
    last_only = [schema.DimensionType.DENSE] * (len(formats) - 1) + [schema.DimensionType.SPARSE_CSR]
    if not in_order or formats != last_only:
        return None
    last = sparsity.dimMetadata[-1]
    columns = np.asarray(last.arrayIndices.values, np.intp)
    rows = np.repeat(np.arange(len(last.arraySegments.values) - 1), np.diff(last.arraySegments.values))
    dense = np.zeros((len(last.arraySegments.values) - 1, int(tensor.shape[-1])), np.float16)
    # The stored bytes are padded; the indices say how many values there are.
    dense[rows, columns] = values[: len(columns)]
    return dense


def _add_buffer(model: _Model, data: NDArray[np.uint8]) -> int:
    buffer = schema.BufferT()
    buffer.data = data
    model.buffers.append(buffer)
    return len(model.buffers) - 1


def _drop_unused_buffers(model: _Model, graph: _Graph) -> None:
    used = {int(tensor) for operator in graph.operators for tensor in (*operator.inputs, *operator.outputs)}
    used |= {int(tensor) for tensor in (*graph.inputs, *graph.outputs)}
    for index, tensor in enumerate(graph.tensors):
        if index not in used:
            tensor.buffer, tensor.sparsity = 0, None
    # Buffer 0 means "no data" by convention and must stay the first.
    live = sorted({0} | {tensor.buffer for tensor in graph.tensors})
    model.buffers = [model.buffers[index] for index in live]
    position = {index: place for place, index in enumerate(live)}
    for tensor in graph.tensors:
        tensor.buffer = position[tensor.buffer]
