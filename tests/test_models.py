"""Finding the pose model: which one is used, when it is fetched, and what happens when something is wrong."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs
import pytest

from poise.errors import ModelError
from poise.io.model.bundle import build_bundle, read_bundle
from poise.io.model.fetch import Progress, vendor_url
from poise.io.model.find import ModelCache, resolve_model
from tiny_networks import tiny_networks

WHOLE = build_bundle(tiny_networks(), lean=False)
LEAN = build_bundle(tiny_networks(), lean=True)


class Way:
    """A way to fetch a model that counts its calls; fails when given no content."""

    def __init__(self, content: bytes | None, reason: str = "no network") -> None:
        self.content = content
        self.reason = reason
        self.asked_for: list[str] = []

    def __call__(self, name: str, progress: Progress) -> bytes:
        """Answer as a way to fetch does."""
        progress(f"fetching {name}", None)
        self.asked_for.append(name)
        if self.content is None:
            raise ModelError(self.reason)
        return self.content


def test_a_model_is_fetched_once(tmp_path: Path) -> None:
    """After the first use neither the lean nor the whole bundle needs the network."""
    way = Way(WHOLE)
    cache = ModelCache(tmp_path, [way])
    first, again, whole = cache.resolve("full"), cache.resolve("full"), cache.resolve("full", masks=True)
    assert way.asked_for == ["full"]
    assert first == again
    assert first.path.read_bytes() == LEAN
    assert whole.path.read_bytes() == WHOLE


def test_a_model_is_described_by_name_and_content(tmp_path: Path) -> None:
    """Name and checksum are what a session file later says about its model."""
    model = ModelCache(tmp_path, [Way(WHOLE)]).resolve("lite")
    assert (model.name, model.sha256) == ("lite", hashlib.sha256(LEAN).hexdigest())


def test_models_are_kept_apart(tmp_path: Path) -> None:
    """Having one model does not answer for another."""
    way = Way(WHOLE)
    cache = ModelCache(tmp_path, [way])
    cache.resolve("lite")
    cache.resolve("heavy")
    assert way.asked_for == ["lite", "heavy"]


def test_the_next_way_is_tried_when_one_fails(tmp_path: Path) -> None:
    """A blocked vendor is no obstacle while another way works."""
    blocked, open_way, never = Way(None), Way(WHOLE), Way(WHOLE)
    ModelCache(tmp_path, [blocked, open_way, never]).resolve("full")
    assert (len(blocked.asked_for), len(open_way.asked_for), len(never.asked_for)) == (1, 1, 0)


def test_when_every_way_fails_the_error_names_the_way_by_hand(tmp_path: Path) -> None:
    """One line with every reason, and a hint with the address and the option."""
    with pytest.raises(ModelError, match="vendor blocked; no pip") as caught:
        ModelCache(tmp_path, [Way(None, "vendor blocked"), Way(None, "no pip")]).resolve("full")
    assert vendor_url("full") in caught.value.hint
    assert "--model PATH" in caught.value.hint


def test_progress_is_told_what_is_fetched(tmp_path: Path) -> None:
    """The user hears of the network use; with the model in place there is nothing to say."""
    lines: list[str] = []
    cache = ModelCache(tmp_path, [Way(WHOLE)])
    for _ in range(2):
        cache.resolve("full", progress=lambda text, _share: lines.append(text))
    assert lines == ["fetching full"]


def cut_in_half(path: Path) -> None:
    """Damage as by a full disk."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_a_byte(path: Path) -> None:
    """Damage as by a bad disk."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_in_half, flip_a_byte])
@pytest.mark.parametrize("masks", [False, True])
def test_a_damaged_cache_file_is_made_anew(tmp_path: Path, damage: Callable[[Path], None], masks: bool) -> None:
    """Damage is noticed before the model is used, and mended without the user."""
    cache = ModelCache(tmp_path, [Way(WHOLE)])
    model = cache.resolve("full", masks=masks)
    damage(model.path)
    mended = cache.resolve("full", masks=masks)
    assert mended.path.read_bytes() == (WHOLE if masks else LEAN)


def test_a_damaged_lean_bundle_is_rebuilt_without_network(tmp_path: Path) -> None:
    """The whole bundle beside it is enough."""
    way = Way(WHOLE)
    cache = ModelCache(tmp_path, [way])
    cut_in_half(cache.resolve("full").path)
    cache.resolve("full")
    assert way.asked_for == ["full"]


def test_two_fetching_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    """Both get a working bundle, and nothing is left behind."""
    both_fetching = threading.Barrier(2)

    def slow_way(_name: str, _progress: Progress) -> bytes:
        both_fetching.wait(timeout=30)
        return WHOLE

    with ThreadPoolExecutor(2) as pool:
        models = list(pool.map(lambda _: ModelCache(tmp_path, [slow_way]).resolve("full"), range(2)))
    assert models[0] == models[1]
    assert models[0].path.read_bytes() == LEAN
    assert len(list(tmp_path.iterdir())) == 2


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is one clear error; half a model never stays under any name."""

    def disk_full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", disk_full)
    with pytest.raises(ModelError, match="No space left on device"):
        ModelCache(tmp_path, [Way(WHOLE)]).resolve("full")
    assert list(tmp_path.iterdir()) == []


def test_the_users_own_bundle_is_used_lean(tmp_path: Path) -> None:
    """A bundle given by path is built into the cache, and itself used where masks are asked for."""
    own = tmp_path / "mine.task"
    own.write_bytes(WHOLE)
    cache = ModelCache(tmp_path / "cache", [])
    lean = cache.resolve(own)
    assert lean.path.read_bytes() == LEAN
    assert lean.name == "mine"
    assert cache.resolve(str(own)) == lean
    assert cache.resolve(own, masks=True).path == own


def test_the_users_own_bundle_is_known_by_its_content(tmp_path: Path) -> None:
    """Another bundle under the same name is not mistaken for the first."""
    own = tmp_path / "mine.task"
    cache = ModelCache(tmp_path / "cache", [])
    own.write_bytes(WHOLE)
    first = cache.resolve(own)
    other = tiny_networks()
    own.write_bytes(build_bundle(dict.fromkeys(other, other["pose_landmarks_detector.tflite"]), lean=False))
    assert cache.resolve(own).sha256 != first.sha256


def test_a_wrong_path_or_name_is_explained(tmp_path: Path) -> None:
    """The hint lists the names; a file that is no model is called that."""
    cache = ModelCache(tmp_path / "cache", [])
    with pytest.raises(ModelError, match="no pose model at ful") as caught:
        cache.resolve("ful")
    assert "lite, full, heavy" in caught.value.hint
    (tmp_path / "photo.task").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="is not a pose model"):
        cache.resolve(tmp_path / "photo.task")


def test_setting_comes_before_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An explicit setting wins over POISE_MODEL, which wins over the standard model."""
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_args, **_options: str(tmp_path / "cache"))
    for name in ("set", "environment"):
        (tmp_path / f"{name}.task").write_bytes(WHOLE)
    monkeypatch.setenv("POISE_MODEL", str(tmp_path / "environment.task"))
    assert resolve_model().name == "environment"
    assert resolve_model(tmp_path / "set.task").name == "set"


def test_bundles_read_back(tmp_path: Path) -> None:
    """What is cached is what the landmarker will find."""
    model = ModelCache(tmp_path, [Way(WHOLE)]).resolve("full", masks=True)
    assert list(read_bundle(model.path)) == list(tiny_networks())
