"""Sidecars and schemas: what a clip must show, read strictly; and schemas that follow the models."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from poise.core.author.sidecar import Sidecar
from poise.core.spec import Spec
from poise.documents import parse_document
from poise.errors import SpecError
from poise.io.schemas import FOLDER, MODELS, schema_text, write_schemas
from poise.io.sidecars import find_sidecars, load_sidecar
from specs_material import GOOD, UNSIDED

SIDECAR = """\
spec: tilt
made_by: studio
set: check
dose: {hold: 5 s}
expect:
  reps: {left: 1, right: 2}
  holds: {seconds: 5}
  faults: {shrug: [2], hold-short: []}
  may: {hold-short: [3]}
  near_misses: 1
  at: [[4.1, 9.3], [12, 17], [20, 26]]
"""


def find_spec(name: str) -> Spec:
    """The two specs of these tests, by id."""
    known = {"tilt": GOOD, "curl": UNSIDED}
    if name not in known:
        raise SpecError(f"there is no exercise '{name}'")
    return parse_document(known[name].encode(), Path("spec.yaml")).as_model(Spec)


def test_a_sidecar_loads(tmp_path: Path) -> None:
    """Every field reads as written, and the clip's dose replaces the exercise's own."""
    path = tmp_path / "clip.yaml"
    path.write_text(SIDECAR)
    sidecar = load_sidecar(path, find_spec)
    assert sidecar.expect.reps
    assert sidecar.expect.reps.count == 3
    assert sidecar.expect.holds
    assert sidecar.expect.holds.within == 0.5
    assert sidecar.expect.faults == {"shrug": [2], "hold-short": []}
    assert sidecar.expect.may == {"hold-short": [3]}
    assert sidecar.expect.at == [(4.1, 9.3), (12, 17), (20, 26)]
    applied = sidecar.applied_to(find_spec("tilt"))
    assert (applied.dose.hold, applied.dose.reps) == (5.0, 3)


def test_nobody_exercises(tmp_path: Path) -> None:
    """A negative clip names no exercise and expects no repetitions."""
    path = tmp_path / "empty-room.yaml"
    path.write_text("spec: none\nmade_by: studio\nexpect: {reps: {total: 0}, faults: any}\n")
    assert load_sidecar(path, find_spec).negative


@pytest.mark.parametrize(
    ("right", "wrong", "place", "message"),
    [
        ("spec: tilt", "spec: titl", "1:7", "there is no exercise 'titl'"),
        ("spec: tilt", "spec: curl", "6:9", "curl has no sides, expected {total: 3}"),
        ("spec: tilt", "spec: none", "6:9", "`spec: none`"),
        ("shrug", "shrg", "8:12", "expected a fault of tilt (did you mean 'shrug'?)"),
        ("[2]", "[4]", "8:20", "found repetition 4, expected 1 to 3"),
        ("[3]", "[4]", "9:22", "found repetition 4, expected 1 to 3"),
        ("may: {hold-short", "may: {hold-shrt", "9:9", "expected a fault of tilt (did you mean 'hold-short'?)"),
        ("[2]", "[0]", "8:20", "found 0, expected 1 or more"),
        ("[2]", "2", "8:19", "found 2, expected a list"),
        ("left: 1, ", "", "6:9", "expected either left and right, or total"),
        ("left: 1", "lft: 1", "6:10", "unknown key (did you mean 'left'?)"),
        ("right: 2", "right: 3", "11:3", "found 3 intervals, expected one for each of the 4"),
        ("[12, 17]", "[8, 17]", "11:20", "expected an interval after 9.3 s"),
        ("[12, 17]", "[17, 12]", "11:20", "start before end"),
        ("[12, 17]", "[12]", "11:20", "expected one more entry"),
        ("set: check", "set: train", "3:6", "expected 'tune' or 'check'"),
        ("made_by: studio\n", "", "1:1", "expected 'made_by'"),
        ("hold: 5 s", "hold: long", "4:14", 'a duration such as "15 s"'),
    ],
)
def test_a_mistake_is_told_where_it_stands(right: str, wrong: str, place: str, message: str, tmp_path: Path) -> None:
    """A sidecar with one mistake gives that mistake at its line and column, with the mend."""
    assert right in SIDECAR
    path = tmp_path / "clip.yaml"
    path.write_text(SIDECAR.replace(right, wrong, 1))
    with pytest.raises(SpecError) as caught:
        load_sidecar(path, find_spec)
    found = [(f"{problem.line}:{problem.column}", problem.message) for problem in caught.value.problems]
    assert (place, True) in [(where, message in text) for where, text in found], found


@pytest.mark.parametrize("text", ["", "- a", "spec: tilt\nmade_by: studio\nexpect: reps"])
def test_what_has_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    """A file that is no sidecar at all is told so."""
    path = tmp_path / "clip.yaml"
    path.write_text(text)
    with pytest.raises(SpecError, match="expected a block"):
        load_sidecar(path, find_spec)


def test_without_a_library_the_sidecar_stands_for_itself(tmp_path: Path) -> None:
    """Without a way to find exercises, names of exercises and faults are taken as they are."""
    path = tmp_path / "clip.yaml"
    path.write_text(SIDECAR.replace("spec: tilt", "spec: unheard-of"))
    assert load_sidecar(path).spec == "unheard-of"


def test_holds_need_an_exercise_that_holds(tmp_path: Path) -> None:
    """Holds cannot be expected of an exercise in which nothing is held."""
    path = tmp_path / "clip.yaml"
    path.write_text("spec: curl\nmade_by: studio\nexpect:\n  holds: {seconds: 5}\n")
    with pytest.raises(SpecError, match=r"4:3: expect\.holds: found holds, but curl has none"):
        load_sidecar(path, find_spec)


def test_sidecars_are_found(tmp_path: Path) -> None:
    """Clips with sidecars are found in a folder and below, by the clip or by the sidecar."""
    clip, sidecar = tmp_path / "neck" / "a.mp4", tmp_path / "neck" / "a.yaml"
    clip.parent.mkdir()
    clip.touch()
    sidecar.touch()
    (tmp_path / "alone.mp4").touch()
    (tmp_path / "notes.yaml").touch()
    for place in (tmp_path, clip, sidecar):
        assert find_sidecars(place) == {clip: sidecar}
    with pytest.raises(SpecError, match=r"alone\.mp4 has no sidecar"):
        find_sidecars(tmp_path / "alone.mp4")
    with pytest.raises(SpecError, match="there is no clip"):
        find_sidecars(tmp_path / "notes.yaml")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_schemas_in_the_package_are_current(name: str) -> None:
    """The files in the package are what the models give now (write_schemas() renews them)."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == schema_text(MODELS[name])


def test_schemas_are_written(tmp_path: Path) -> None:
    """Each model's schema becomes a file of its name."""
    assert write_schemas(tmp_path / "new", {"clip": Sidecar}) == [tmp_path / "new" / "clip.json"]
    assert json.loads((tmp_path / "new" / "clip.json").read_text())["title"] == "Sidecar"


@pytest.mark.parametrize(("name", "text"), [("spec", GOOD), ("spec", UNSIDED), ("sidecar", SIDECAR)])
def test_an_editor_accepts_what_the_loader_accepts(name: str, text: str) -> None:
    """Good files validate by the schema, with durations in words and aliases; an unknown key does not."""
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = parse_document(text.encode(), Path("good.yaml")).data
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        jsonschema.validate({**data, "colour": "red"}, schema)


def test_an_editor_completes_measures() -> None:
    """The schema lists the catalogue's names wherever a measure is named."""
    schema = json.loads((FOLDER / "spec.json").read_text(encoding="utf-8"))
    where = schema["$defs"]["Step"]["properties"]["where"]
    assert "neck_tilt" in where["properties"]
    jsonschema.validate({"speed.neck_tilt": {"above": 60}}, {"$defs": schema["$defs"], **where})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"Neck Tilt": {"above": 60}}, {"$defs": schema["$defs"], **where})
