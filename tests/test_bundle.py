"""Building pose bundles: what is kept, what is cut, and what damage does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
from mediapipe.tasks.metadata import schema_py_generated as schema

from poise.core.types import Frame, Pose
from poise.errors import ModelError
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.bundle import build_bundle, read_bundle
from pose_material import OFFICIAL_FULL, cached_model, private_clip
from tiny_networks import (
    DENSE_WEIGHTS,
    HEATMAP_SHAPE,
    SEGMENTATION_SHAPE,
    SPARSE_WEIGHTS,
    NetworkBuilder,
    operator_codes,
    read_network,
    tiny_networks,
)

LANDMARKER = "pose_landmarks_detector.tflite"
CODES = schema.BuiltinOperator


def networks_in(bundle: bytes) -> dict[str, bytes]:
    """The networks of a packed bundle by name."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_whole_bundle_keeps_every_operator() -> None:
    """Without lean the networks compute what they did before, in the same order."""
    networks = tiny_networks()
    built = networks_in(build_bundle(networks, lean=False))
    assert {name: operator_codes(network) for name, network in built.items()} == {
        name: operator_codes(network) for name, network in networks.items()
    }


def test_lean_bundle_drops_only_what_the_segmentation_needs() -> None:
    """The operators of the segmentation go; the heatmap's stay, as do the weights that both share."""
    built = networks_in(build_bundle(tiny_networks(), lean=True))[LANDMARKER]
    assert operator_codes(built) == [CODES.FULLY_CONNECTED, CODES.ADD]


def test_lean_bundle_keeps_its_outputs_in_place() -> None:
    """The pose landmarker finds outputs by position: the segmentation stays, as stored zeros."""
    model = read_network(networks_in(build_bundle(tiny_networks(), lean=True))[LANDMARKER])
    outputs = [model.subgraphs[0].tensors[index] for index in model.subgraphs[0].outputs]
    assert [list(output.shape) for output in outputs] == [SEGMENTATION_SHAPE, HEATMAP_SHAPE]
    zeros = model.buffers[outputs[0].buffer].data
    assert len(zeros) == 4 * 256 * 256
    assert not np.any(zeros)


def test_lean_bundle_unpacks_weights_exactly() -> None:
    """Half floats, dense or sparse, are stored as the floats they stand for."""
    model = read_network(networks_in(build_bundle(tiny_networks(), lean=True))[LANDMARKER])
    graph = model.subgraphs[0]
    for operator, expected in zip(graph.operators, (SPARSE_WEIGHTS, DENSE_WEIGHTS), strict=True):
        weights = graph.tensors[operator.inputs[1]]
        assert weights.type == schema.TensorType.FLOAT32
        np.testing.assert_array_equal(model.buffers[weights.buffer].data.view(np.float32), expected.reshape(-1))


def test_a_lean_bundle_can_be_made_lean_again() -> None:
    """A lean bundle that a user passes as a model is no error and loses nothing more."""
    lean = build_bundle(tiny_networks(), lean=True)
    again = networks_in(build_bundle(networks_in(lean), lean=True))[LANDMARKER]
    assert operator_codes(again) == [CODES.FULLY_CONNECTED, CODES.ADD]


def test_normalisation_is_stated_for_each_network() -> None:
    """The detector takes pixels from -1 to 1, the landmark network from 0 to 1."""
    stated = {}
    for name, network in networks_in(build_bundle(tiny_networks(), lean=False)).items():
        model = read_network(network)
        (entry,) = [entry for entry in model.metadata if entry.name == b"TFLITE_METADATA"]
        packed = bytes(model.buffers[entry.buffer].data)
        metadata = metadata_schema.ModelMetadataT.InitFromPackedBuf(packed, 0)
        (unit,) = metadata.subgraphMetadata[0].inputTensorMetadata[0].processUnits
        stated[name] = (list(unit.options.mean), list(unit.options.std))
    assert stated == {"pose_detector.tflite": ([127.5], [127.5]), LANDMARKER: ([0.0], [255.0])}


def test_a_network_without_segmentation_is_refused() -> None:
    """Cutting by shape must not guess: no output of that shape, no lean bundle."""
    build = NetworkBuilder()
    picture, heatmap = build.tensor([1, 3]), build.tensor(HEATMAP_SHAPE)
    build.operator(CODES.LOGISTIC, [picture], heatmap)
    networks = tiny_networks() | {LANDMARKER: build.pack([picture], [heatmap])}
    with pytest.raises(ModelError, match="0 outputs of shape"):
        build_bundle(networks, lean=True)


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, bytes(range(256)) * 20], ids=["empty", "zeros", "noise"])
def test_a_damaged_network_is_one_clear_error(damage: bytes) -> None:
    """No error of the flatbuffer library reaches the user."""
    with pytest.raises(ModelError, match="damaged"):
        build_bundle(tiny_networks() | {LANDMARKER: damage}, lean=True)


def test_a_file_that_is_no_bundle_is_one_clear_error(tmp_path: Path) -> None:
    """Neither a text, nor another zip, nor half a bundle is taken for a model."""
    bundle = build_bundle(tiny_networks(), lean=False)
    other_zip = io.BytesIO()
    with zipfile.ZipFile(other_zip, "w") as archive:
        archive.writestr("hand_detector.tflite", b"")
    flipped = bytearray(bundle)
    flipped[200] ^= 0xFF
    for number, content in enumerate([b"text", other_zip.getvalue(), bundle[: len(bundle) // 2], bytes(flipped)]):
        path = tmp_path / f"{number}.task"
        path.write_bytes(content)
        with pytest.raises(ModelError, match="is not a pose model"):
            read_bundle(path)


@pytest.mark.model
@pytest.mark.private
def test_built_bundles_give_the_official_landmarks(tmp_path: Path) -> None:
    """Whole or lean, from the wheel's networks or the vendor's bundle: not one bit of a landmark differs."""
    if not OFFICIAL_FULL.is_file():
        pytest.skip("the vendor's bundle is not beside the project")
    fetched, official = read_bundle(cached_model(masks=True)), read_bundle(OFFICIAL_FULL)
    built = {"whole": build_bundle(fetched, lean=False), "lean": build_bundle(fetched, lean=True)}
    assert build_bundle(official, lean=True) == built["lean"]
    expected = poses_of(OFFICIAL_FULL)
    assert any(pose.found for pose in expected)
    for name, content in built.items():
        path = tmp_path / f"{name}.task"
        path.write_bytes(content)
        for pose, truth in zip(poses_of(path), expected, strict=True):
            np.testing.assert_array_equal(pose.xy_px, truth.xy_px)
            np.testing.assert_array_equal(pose.world_m, truth.world_m)
            np.testing.assert_array_equal(pose.visibility, truth.visibility)


def poses_of(model: Path, frames: int = 20) -> list[Pose]:
    """What a bundle sees in the first frames of a clip."""
    capture = cv2.VideoCapture(str(private_clip("tensorflow__tfjs-models__pose_squats.mp4")))
    backend = MediaPipeBackend(model)
    poses = [backend.estimate(Frame(index, index / 5, capture.read()[1])) for index in range(frames)]
    backend.close()
    capture.release()
    return poses
