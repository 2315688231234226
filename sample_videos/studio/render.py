"""Draws surfaces with OpenGL, without a display and without a graphics card (EGL; software rendering will do)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from studio.body import Floats
from studio.camera import Camera, look_at, orthographic
from studio.light import Light
from studio.rotation import unit
from studio.surface import Surface

LIBRARIES = ("libGL.so.1", "libEGL.so.1")
EGL: dict[str, Any] = {"backend": "egl", "libgl": LIBRARIES[0], "libegl": LIBRARIES[1]}
SHADERS = Path(__file__).with_name("shaders")
VERSION = "#version 330\n"
SAMPLES = 4
SHADOW_SIZE = 1024
NOISE_SIZE = 256
#: Not wrapped by moderngl: alpha becomes the share of covered samples, which softens the edge of hair.
SAMPLE_ALPHA_TO_COVERAGE = 0x809E
SAMPLE_ALPHA_TO_ONE = 0x809F
#: Materials whose edges are soft, and those whose far side is never seen.
FEATHERED = ("hair", "lashes", "cloth")
CLOSED = ("skin", "eyes")

Picture = NDArray[np.uint8]
Uniform = float | tuple[float, ...]
Point = tuple[float, float, float]


class StudioError(RuntimeError):
    """The studio cannot draw on this machine; the message says what to install."""


class Renderer:
    """One scene for one picture size. Surfaces are added once and moved before every picture.

    Args:
        size_px: Width and height.
        light: How the scene is lit.
        looks: Further values that materials read, by their name in the shaders.

    Raises:
        StudioError: No OpenGL is to be had.
    """

    def __init__(self, size_px: tuple[int, int], light: Light, looks: Mapping[str, Uniform]) -> None:
        _require(*LIBRARIES)
        self.context = moderngl.create_context(standalone=True, **EGL)
        self.size_px = size_px
        self.light = light
        self.looks = dict(looks)
        self._programs: dict[str, moderngl.Program] = {}
        self._meshes: dict[str, _Mesh] = {}
        context = self.context
        self._many = context.framebuffer(
            [context.renderbuffer(size_px, 4, samples=SAMPLES)], context.depth_renderbuffer(size_px, samples=SAMPLES)
        )
        self._one = context.framebuffer([context.renderbuffer(size_px, 4)])
        half = (size_px[0] // 2, size_px[1] // 2)
        self._half = context.framebuffer([context.renderbuffer(half, 4)], context.depth_renderbuffer(half))
        self._shadow = context.depth_texture((SHADOW_SIZE, SHADOW_SIZE))
        self._shadow.compare_func = "<="
        self._shadow_buffer = context.framebuffer(depth_attachment=self._shadow)
        self._noise = _noise_texture(context)
        self._depth_only = context.program(
            vertex_shader=VERSION
            + "in vec3 point; uniform mat4 lamp; void main() { gl_Position = lamp * vec4(point, 1.0); }",
            fragment_shader=VERSION + "void main() {}",
        )

    def add(self, surface: Surface) -> None:
        """Add a surface; it is drawn once it has been moved."""
        program = self._program(surface.material)
        self._meshes[surface.name] = _Mesh(self.context, program, self._depth_only, surface)

    def move(self, name: str, points: Floats, normals: Floats) -> None:
        """Give a surface its posed points and normals, each (N, 3)."""
        packed = np.concatenate([points, normals], axis=1)
        self._meshes[name].moving.write(packed.astype("f4").tobytes())

    def draw_room(self, camera: Camera, centre: Point, names: Iterable[str]) -> Picture:
        """Draw surfaces that fill the picture; returns (H, W, 3) RGB."""
        frame = self._frame(camera, centre, [self._meshes[name] for name in names])
        return np.asarray(self._draw_lit(frame)[..., :3])

    def draw(
        self, camera: Camera, centre: Point, names: Iterable[str], receivers: Iterable[str], backdrop: Picture
    ) -> Picture:
        """Draw surfaces before a picture of the empty room.

        Args:
            camera: Of this renderer's picture size.
            centre: Middle of the 3.6 m square in which shadows fall.
            names: Which surfaces, in order.
            receivers: Surfaces of the room on which their shadows fall.
            backdrop: The empty room, (H, W, 3) RGB.

        Returns:
            (H, W, 3) RGB.
        """
        frame = self._frame(camera, centre, [self._meshes[name] for name in names])
        shadow = self._draw_shadow_on(frame, [self._meshes[name] for name in receivers])
        drawn = self._draw_lit(frame)
        behind = cv2.multiply(backdrop, cv2.merge([shadow] * 3), scale=1 / 255)
        clear = cv2.merge([255 - drawn[..., 3]] * 3)
        return np.asarray(cv2.add(np.ascontiguousarray(drawn[..., :3]), cv2.multiply(behind, clear, scale=1 / 255)))

    def close(self) -> None:
        """Release the graphics context."""
        self.context.release()

    def _frame(self, camera: Camera, centre: Point, meshes: list[_Mesh]) -> _Frame:
        """Cast the shadows of a picture and collect what all of its surfaces read."""
        toward = unit(self.light.direction)
        middle = np.asarray(centre)
        lamp = orthographic(1.8, 9.0) @ look_at(middle + toward * 4.5, middle)
        self.context.enable_only(moderngl.DEPTH_TEST)
        self._shadow_buffer.use()
        self._shadow_buffer.clear(depth=1.0)
        _write(self._depth_only, "lamp", lamp)
        for mesh in meshes:
            if mesh.casts:
                mesh.shadow.render()
        x, y, z = (float(value) for value in toward)
        light = self.light
        shared: dict[str, Uniform] = {
            "shadow": 0, "noise": 1, "eye": camera.eye, "exposure": light.exposure, "shadowTexel": 1.0 / SHADOW_SIZE,
            "lampDirection": (x, y, z), "lampColour": light.lamp, "skyColour": light.sky,
            "groundColour": light.ground, "fillColour": light.fill, "daylight": light.window, **self.looks,
        }  # fmt: skip
        return _Frame(meshes, shared, {"camera": camera.projection @ camera.view, "lamp": lamp})

    def _draw_lit(self, frame: _Frame) -> Picture:
        """(H, W, 4) RGB and coverage of a frame's surfaces."""
        self._many.use()
        self._many.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)
        self._draw_meshes(frame.meshes, frame, {"onlyShadow": 0.0})
        self.context.copy_framebuffer(self._one, self._many)
        raw = np.frombuffer(self._one.read(components=4, alignment=1), np.uint8)
        return raw.reshape(self.size_px[1], self.size_px[0], 4)[::-1]

    def _draw_shadow_on(self, frame: _Frame, receivers: list[_Mesh]) -> Picture:
        """(H, W) the room's light where shadows fall, 255 in the open; drawn at half size, for soft edges."""
        self._half.use()
        self._half.clear(1.0, 1.0, 1.0, 1.0, depth=1.0)
        self._draw_meshes(receivers, frame, {"onlyShadow": 1.0})
        raw = np.frombuffer(self._half.read(components=1, alignment=1), np.uint8)
        half = raw.reshape(self._half.height, self._half.width)[::-1]
        return np.asarray(cv2.resize(cv2.GaussianBlur(half, (0, 0), 1.0), self.size_px), dtype=np.uint8)

    def _draw_meshes(self, meshes: Iterable[_Mesh], frame: _Frame, extra: Mapping[str, Uniform]) -> None:
        self._shadow.use(0)
        self._noise.use(1)
        for mesh in meshes:
            program = self._program(mesh.material)
            for name, value in {**frame.shared, **extra, "colour": mesh.colour}.items():
                if name in program:
                    program[name] = value
            for name, matrix in frame.matrices.items():
                _write(program, name, matrix)
            feathered = mesh.material in FEATHERED
            self.context.enable_only(moderngl.DEPTH_TEST | (moderngl.CULL_FACE if mesh.material in CLOSED else 0))
            for flag in (SAMPLE_ALPHA_TO_COVERAGE, SAMPLE_ALPHA_TO_ONE) if feathered else ():
                self.context.enable_direct(flag)
            mesh.lit.render()
            for flag in (SAMPLE_ALPHA_TO_COVERAGE, SAMPLE_ALPHA_TO_ONE) if feathered else ():
                self.context.disable_direct(flag)

    def _program(self, material: str) -> moderngl.Program:
        if material not in self._programs:
            shared = (SHADERS / "light.glsl").read_text()
            self._programs[material] = self.context.program(
                vertex_shader=VERSION + (SHADERS / "vertex.glsl").read_text(),
                fragment_shader=VERSION + shared + (SHADERS / f"{material}.glsl").read_text(),
            )
        return self._programs[material]


@dataclass(frozen=True, eq=False)
class _Frame:
    """What the surfaces of one picture share."""

    meshes: list[_Mesh]
    shared: Mapping[str, Uniform]
    matrices: Mapping[str, Floats]


class _Mesh:
    """The buffers of one surface."""

    def __init__(
        self, context: moderngl.Context, lit: moderngl.Program, depth_only: moderngl.Program, surface: Surface
    ) -> None:
        self.material, self.colour, self.casts = surface.material, surface.colour, surface.casts
        self.moving = context.buffer(np.concatenate([surface.points, surface.normals], axis=1).astype("f4").tobytes())
        indices = context.buffer(surface.triangles.astype("i4").tobytes())
        rest = context.buffer(np.asarray(surface.points).astype("f4").tobytes())
        paint = context.buffer(surface.paint.astype("f4").tobytes())
        layout = [
            _used(lit, self.moving, "point", "normal"),
            _used(lit, rest, "rest"),
            _used(lit, paint, "paint", size=4),
        ]
        kept = [entry for entry in layout if len(entry) > 2]
        self.lit = context.vertex_array(lit, kept, indices)
        self.shadow = context.vertex_array(depth_only, [(self.moving, "3f 12x", "point")], indices)


def _require(*libraries: str) -> None:
    """Fail in words where a library is missing: moderngl itself raises a bare ``Exception``."""
    for library in libraries:
        try:
            ctypes.CDLL(library)
        except OSError as error:
            raise StudioError(f"no OpenGL ({error}); on Debian: apt install libegl1 libgl1 libgl1-mesa-dri") from error


def _used(program: moderngl.Program, buffer: moderngl.Buffer, *names: str, size: int = 3) -> tuple[Any, ...]:
    """A buffer's layout, with padding for attributes that the compiler has dropped."""
    words = [f"{size}f" if name in program else f"{4 * size}x" for name in names]
    return (buffer, " ".join(words), *(name for name in names if name in program))


def _write(program: moderngl.Program, name: str, matrix: Floats) -> None:
    """Set a (4, 4) uniform; OpenGL wants it by columns."""
    if name in program:
        uniform = program[name]
        assert isinstance(uniform, moderngl.Uniform)
        uniform.write(matrix.T.astype("f4").tobytes())


def _noise_texture(context: moderngl.Context) -> moderngl.Texture:
    """Tiling noise: fine grain, clouds, and the slopes of the clouds, each 0 to 1."""
    rng = np.random.default_rng(3)
    grain = rng.random((NOISE_SIZE, NOISE_SIZE)).astype(np.float32)
    clouds = np.zeros_like(grain)
    for octave in range(1, 5):
        coarse = rng.random((8 * 2**octave, 8 * 2**octave)).astype(np.float32)
        tiled = cv2.resize(np.tile(coarse, (3, 3)), (3 * NOISE_SIZE, 3 * NOISE_SIZE), interpolation=cv2.INTER_CUBIC)
        clouds += 0.55**octave * tiled[NOISE_SIZE : 2 * NOISE_SIZE, NOISE_SIZE : 2 * NOISE_SIZE]
    clouds = (clouds - clouds.min()) / np.ptp(clouds)
    slopes = [(np.roll(clouds, -2, axis) - np.roll(clouds, 2, axis)) * 2 + 0.5 for axis in (1, 0)]
    packed = np.clip(np.stack([grain, clouds, *slopes], axis=-1), 0, 1)
    texture = context.texture((NOISE_SIZE, NOISE_SIZE), 4, (packed * 255).astype(np.uint8).tobytes())
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    return texture
