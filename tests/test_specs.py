"""Exercise files: every mistake is told with file, line, column, field and the mend, and nothing else ever happens."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from poise.core.spec import Spec
from poise.errors import SpecError
from poise.io.specs import find_specs, load_spec, read_spec, spec_folders
from specs_material import GOOD, UNSIDED, problems_of


def test_a_good_file_loads(tmp_path: Path) -> None:
    """The worked example of the format reads as the model says, durations as seconds and aliases by their names."""
    path = tmp_path / "tilt.yaml"
    path.write_text(GOOD)
    loaded = read_spec(path)
    assert isinstance(loaded.spec, Spec)
    assert loaded.spec.dose.hold == 15.0
    assert loaded.spec.faults[0].for_s == 1.0
    assert loaded.spec.steps[1].where["neck_tilt"].above == 20
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


MISTAKES = [
    # what is changed in the good file, line:column, part of the message
    pytest.param("kind: stretch", "kind: strech", "4:7", "(did you mean 'stretch'?)", id="enum"),
    pytest.param("kind: stretch", "kind: yes", "4:7", "found 'yes', expected 'stretch'", id="yes-is-a-word"),
    pytest.param("kind: stretch", "kind: true", "4:7", "found true", id="boolean-for-word"),
    pytest.param("poise: 1", "poise: 2", "1:8", "found 2, expected 1", id="format-version"),
    pytest.param("poise: 1\n", "", "1:1", "found nothing, expected 'poise'", id="missing-at-top"),
    pytest.param("name: Tilt", "nam: Tilt", "3:1", "unknown key (did you mean 'name'?)", id="unknown-key"),
    pytest.param("name: Tilt", "name: Tilt\nname: Tilt", "4:1", "again (first in line 3)", id="key-twice"),
    pytest.param("name: Tilt", "name: [Tilt]", "3:7", "found a list, expected words", id="list-for-words"),
    pytest.param("name: Tilt", "name: {a: b}", "3:7", "found a block, expected words", id="block-for-words"),
    pytest.param("  - id: turned\n    d", "  - d", "26:5", "found nothing, expected 'id'", id="no-id"),
    pytest.param("  - id: upright", "  - tilt\n  - id: upright", "12:5", "expected a block", id="word-for-step"),
    pytest.param("name: Tilt", "name: 12", "3:7", "found 12, expected words", id="number-for-words"),
    pytest.param("name: Tilt", "name: ''", "3:7", "found '', expected words", id="no-words"),
    pytest.param("name: Tilt", "name:", "3:1", "expected words", id="value-left-out"),
    pytest.param("id: tilt\n", "id: Neck Tilt\n", "2:5", "joined by hyphens", id="id-with-space"),
    pytest.param("id: tilt\n", "id: ../../etc/passwd\n", "2:5", "joined by hyphens", id="id-is-a-path"),
    pytest.param("view: front", "view: frnt", "6:16", "(did you mean 'front'?)", id="view"),
    pytest.param("view: front", "view: [front, sid]", "6:24", "(did you mean 'side'?)", id="view-in-list"),
    pytest.param("[head, shoulders]", "[head, sholders]", "6:36", "(did you mean 'shoulders'?)", id="body-part"),
    pytest.param("[head, shoulders]", "[]", "6:29", "at least 1", id="empty-list"),
    pytest.param("hold: 15 s", "hold: soon", "9:32", 'a duration such as "15 s"', id="duration"),
    pytest.param("reps: 3", "reps: 0", "9:23", "found 0, expected 1 or more", id="too-few"),
    pytest.param("reps: 3", "reps: 2.5", "9:23", "found 2.5, expected a whole number", id="half-a-repetition"),
    pytest.param("reps: 3", "reps: '3'", "9:23", "found '3', expected a whole number", id="quoted-number"),
    pytest.param("above: 20", "abov: 20", "18:19", "unknown key (did you mean 'above'?)", id="condition-key"),
    pytest.param("above: 20", "above: high", "18:26", "found 'high', expected a number", id="word-for-number"),
    pytest.param("above: 20", "above: true", "18:26", "found true, expected a number", id="boolean-for-number"),
    pytest.param("above: 20", "above: 1e999", "18:26", "found inf, expected a number", id="infinite"),
    pytest.param("above: 20", "above: 20, below: 30", "18:18", "exactly one of above, below", id="two-conditions"),
    pytest.param("{above: 20}", "20", "18:18", "found 20, expected a condition such as {above", id="number-for-block"),
    pytest.param("[-20, 20]", "[20, -20]", "29:18", "expected the smaller number first", id="wrong-order"),
    pytest.param("[-20, 20]", "[20]", "29:19", "expected one more entry", id="half-a-pair"),
    pytest.param("neck_turn:", "neck_trun:", "29:7", "(did you mean 'neck_turn'?)", id="measure"),
    pytest.param("other.shoulder", "othr.shoulder", "23:13", "(did you mean 'other'?)", id="prefix"),
    pytest.param("other.shoulder", "other.left.shoulder", "23:13", "unknown prefix 'left.'", id="two-sides"),
    pytest.param("during: tilt", "during: titl", "22:13", "(did you mean 'tilt'?)", id="during"),
    pytest.param("hold: 15 s, ", "", "19:11", "expected `dose: {hold: ...}`", id="hold-without-dose"),
    pytest.param("hold: dose", "hold: dos", "19:11", "(did you mean 'dose'?)", id="hold-word"),
    pytest.param("id: turned", "id: shrug", "26:9", "found 'shrug' again", id="id-twice"),
    pytest.param("id: turned", "id: hold-short", "26:9", "has a meaning of its own", id="fault-reserved"),
    pytest.param("id: upright", "id: rep", "12:9", "has a meaning of its own", id="step-reserved"),
    pytest.param("your {side}", "your {sid}", "16:10", "found {sid}, expected {side}", id="placeholder"),
    pytest.param("severity: stop", "severity: halt", "30:15", "'tip', 'fix' or 'stop'", id="severity"),
    pytest.param("sees: full", "sees: part", "7:7", "`sees_note`", id="what-is-not-seen"),
    pytest.param("[hip, shoulder]", "[hip, sholder]", "36:25", "(did you mean 'shoulder'?)", id="landmark"),
    pytest.param("  lean: {", "  neck_tilt: {", "36:3", "which the catalogue has", id="own-measure-shadows"),
    pytest.param("  lean: {", "  le.an: {", "36:3", "small letters and digits", id="own-measure-name"),
    pytest.param("[hip, shoulder]", "[hip, shoulder], angle: [hip, knee, ear]", "36:9", "exactly one", id="two-kinds"),
    pytest.param("name: Tilt", "name: !!python/name:os.system x", "3:7", "found a tag", id="tag"),
    pytest.param("name: Tilt", "name: &a Tilt", "3:7", "anchor", id="anchor"),
    pytest.param("name: Tilt", "name: *a", "3:7", "alias", id="alias"),
    pytest.param("name: Tilt", 'name: "\\e[31mTilt"', "3:7", "control character U+001B", id="escaped-escape"),
    pytest.param("name: Tilt", 'name: "\\ud800"', "3:7", "control character U+D800", id="half-a-character"),
    pytest.param("name: Tilt", "name: \x1b[31mTilt", "3:7", "control character U+001B", id="raw-escape"),
    pytest.param("name: Tilt", "name: a\u202eb", "3:8", "control character U+202E", id="reversed-text"),
    pytest.param("name: Tilt", "name: 'Tilt", "3:7", "the quote that opens here is not closed", id="quote-left-open"),
    pytest.param("name: Tilt", "name:\tTilt: a", "3:6", "use spaces, never tabs", id="tab-and-colon"),
    pytest.param("name: Tilt", "name: Tilt: it", "3:11", "put words with a colon in quotes", id="colon-in-words"),
    pytest.param("    say: Ear", "\tsay: Ear", "16:1", "use spaces, never tabs", id="tab"),
    pytest.param("    say: Ear", "   say: Ear", "16:4", "indent this line as those of its block", id="indent"),
    pytest.param("[head, shoulders]", "[head, shoulders", "6:45", "close the bracket", id="bracket-left-open"),
    pytest.param("name: Tilt", "name: @tilt", "3:7", "begin with this sign in quotes", id="reserved-sign"),
    pytest.param("name: Tilt", "name Tilt", "4:1", "this line lacks a colon", id="no-colon"),
    pytest.param("name: Tilt", "? [a]\n: b", "3:3", "found a block as a key", id="block-as-key"),
    pytest.param("source: x", "---\npoise: 1", "39:1", "second document", id="second-document"),
    pytest.param("above: 20", "above 20", "18:19", "(did you mean 'above'?)", id="no-colon-in-condition"),
    pytest.param("above: 20", "above: 20°", "18:26", "(did you mean 20?)", id="unit-at-the-number"),
    pytest.param("above: 20", "greater: 20", "18:19", "(did you mean 'above'?)", id="another-word"),
    pytest.param("above: 20", "'<': 20", "18:19", "(did you mean 'below'?)", id="a-sign-for-a-word"),
    pytest.param("neck_turn:", "neck turn:", "29:7", "(did you mean 'neck_turn'?)", id="measure-with-space"),
    pytest.param("neck_turn:", "Neck_Turn:", "29:7", "(did you mean 'neck_turn'?)", id="measure-in-capitals"),
    pytest.param("neck_turn:", "neck_turn.other:", "29:7", "(did you mean 'other.neck_turn'?)", id="side-behind"),
    pytest.param("      neck_turn", "    - neck_turn", "29:5", "without dashes", id="conditions-with-dashes"),
    pytest.param("view: front", "view: left", "6:16", "(did you mean 'side'?)", id="view-by-side"),
    pytest.param("[head, shoulders]", "head", "6:29", "(did you mean [head]?)", id="one-for-a-list"),
    pytest.param("[-20, 20]", "-20..20", "29:28", "(did you mean [-20, 20]?)", id="range-with-dots"),
    pytest.param("hold: 15 s", "hold: 15 seconds", "9:32", "(did you mean '15 s'?)", id="unit-in-full"),
    pytest.param("hold: 15 s", "hold: 1500 ms", "9:32", "(did you mean '1.5 s'?)", id="milliseconds"),
    pytest.param("hold: 15 s", "hold: 1 minute", "9:32", "(did you mean '1 min'?)", id="minutes-in-full"),
    pytest.param("hold: 15 s", "hold: 15 cm", "9:32", 'such as "15 s" or "2 min"', id="no-time"),
    pytest.param("sides: each", "sides: left", "8:8", "(did you mean 'each'?)", id="one-side"),
    pytest.param("severity: stop", "severity: high", "30:15", "(did you mean 'stop'?)", id="severity-otherwise"),
    pytest.param("position: seated", "position: sitting", "5:11", "(did you mean 'seated'?)", id="position-otherwise"),
    pytest.param("id: turned", "id: Turned away", "26:9", "(did you mean 'turned-away'?)", id="id-in-words"),
    pytest.param("id: turned", "id: 7%", "26:9", "joined by hyphens", id="id-of-a-number"),
    pytest.param("steps:", "step:", "11:1", "(did you mean 'steps'?)", id="key-in-the-singular"),
    pytest.param("    say: Ear", "    text: Ear", "16:5", "(did you mean 'say'?)", id="key-otherwise"),
]  # fmt: skip


#: A personal target of the good file, the field that is wrong in it, and what is said.
PERSONAL = [
    ("{from: 15, to: 35}", "", ""),
    ("{from: 15, to: 35, left: 18, right: 24}", "", ""),
    ("{from: 25, to: 35}", "personal", "found from 25 to 35, expected bounds away from 0 around 20"),
    ("{from: -15, to: 35}", "personal", "expected bounds away from 0"),
    ("{from: 15, to: 35, left: 40}", "personal.left", "found 40, expected a target from 15 to 35"),
    ("{from: 15, to: 35, both: 20}", "personal.both", "expected left and right with these `sides`"),
    ("{from: 15}", "personal.to", "found nothing, expected 'to'"),
    ("true", "personal", "found true, expected a block"),
    ("{from: x, to: 35, left: 3}", "personal.from", "found 'x', expected a number"),
]


@pytest.mark.parametrize(("personal", "field", "message"), PERSONAL)
def test_a_personal_target_has_bounds_around_the_usual_one(
    personal: str, field: str, message: str, tmp_path: Path
) -> None:
    """And targets of its own only on sides that there are."""
    content = GOOD.replace("    hold: dose\n", f"    hold: dose\n    personal: {personal}\n")
    path = tmp_path / "personal.yaml"
    path.write_text(content)
    if not message:
        assert load_spec(path).steps[1].personal
        return
    with pytest.raises(SpecError) as error:
        load_spec(path)
    told = {problem.field.removeprefix("steps[1]."): problem.message for problem in error.value.problems}
    assert message in told[field], told


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("elbow_flexion: {above: 90}", "elbow_flexion: {between: [90, 120]}", "expected above or below"),
        ("elbow_flexion: {above: 90}", "elbow_flexion: 90", "expected a condition such as {above: 20}"),
        ("to: 120}", "to: 120, left: 100}", "found 'left', expected both"),
    ],
)
def test_a_personal_target_needs_one_threshold(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    """Of two there is no knowing which would move."""
    where = "    where: {elbow_flexion: {above: 90}}\n"
    content = UNSIDED.replace(where, f"{where}    personal: {{from: 60, to: 120}}\n")
    found = problems_of(content.replace(right, wrong, 1), tmp_path)
    assert any(message in text for _, text in found), found


@pytest.mark.parametrize(("right", "wrong", "place", "message"), MISTAKES)
def test_a_mistake_is_told_where_it_stands(right: str, wrong: str, place: str, message: str, tmp_path: Path) -> None:
    """The good file with one mistake gives that mistake at its exact line and column, with the mend."""
    assert right in GOOD
    found = problems_of(GOOD.replace(right, wrong, 1), tmp_path)
    assert (place, True) in [(where, message in text) for where, text in found], found


@pytest.mark.parametrize("wrong", ["3 sets", "5 meters"])
def test_what_is_no_time_is_not_mended_into_one(wrong: str, tmp_path: Path) -> None:
    """Its first letter alone does not make it seconds or minutes."""
    ((_, text),) = problems_of(GOOD.replace("hold: 15 s", f"hold: {wrong}", 1), tmp_path)
    assert text == f'found \'{wrong}\', expected a duration such as "15 s" or "2 min"'


@pytest.mark.parametrize(
    ("right", "wrong", "place", "message"),
    [
        ("    say: Up", "    say: Up, {side}", "10:10", "no working side"),
        ("elbow_flexion", "other.elbow_flexion", "11:13", "other."),
        ("elbow_flexion", "both.elbow_gap", "11:13", "has no sides, expected it without 'both.'"),
        ("elbow_flexion", "difference.elbow_gap", "11:13", "has no sides"),
    ],
)
def test_sides_that_do_not_exist_are_refused(right: str, wrong: str, place: str, message: str, tmp_path: Path) -> None:
    """An exercise with `sides: both` has no working side, and a measure without sides takes no side."""
    found = problems_of(UNSIDED.replace(right, wrong, 1), tmp_path)
    assert (place, True) in [(where, message in text) for where, text in found], found


def test_one_step_is_not_a_repetition(tmp_path: Path) -> None:
    """A counted exercise with a single step is refused, and told about `sees: timer`."""
    one_step = UNSIDED[: UNSIDED.index("  - id: down")] + "guide: Up and down.\n"
    assert problems_of(one_step, tmp_path) == [
        ("8:1", "found one step without a hold, expected two or more (or `sees: timer`)")
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Mistakes of shape and of meaning come together, in order of lines; the error itself tells the first."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        GOOD.replace("front", "frnt").replace("neck_turn", "neck_trun").replace("during: tilt", "during: x")
    )
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    problems = caught.value.problems
    assert [problem.field for problem in problems] == [
        "camera.view",
        "faults[0].during",
        "faults[1].during",
        "faults[1].where.neck_trun",
    ]
    assert caught.value.message == str(problems[0])
    assert str(problems[0]).startswith(f"{path}:6:16: camera.view: found 'frnt', expected 'front'")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own with one exercise, named by the environment."""
    folder = tmp_path / "mine"
    (folder / "routines").mkdir(parents=True)
    (folder / "tilt.yaml").write_text(GOOD)
    (folder / "routines" / "break.yaml").write_text("poise: 1")
    monkeypatch.setenv("POISE_SPECS", str(folder))
    return folder


def test_an_exercise_is_found_by_its_id(library: Path) -> None:
    """The user's own folder comes first, and routines are no exercises."""
    assert spec_folders()[0] == library
    assert find_specs()["tilt"] == library / "tilt.yaml"
    assert "break" not in find_specs()
    assert load_spec("tilt").id == "tilt"


def test_an_unknown_exercise_gives_the_nearest(library: Path) -> None:
    """A slip in an id is answered with the nearest id, and a path is no id."""
    assert library.is_dir()
    with pytest.raises(SpecError, match=r"there is no exercise 'tillt' \(did you mean 'tilt'\?\)"):
        load_spec("tillt")
    with pytest.raises(SpecError, match="there is no exercise"):
        load_spec("../mine/tilt")


def test_an_id_must_be_its_files_name(library: Path) -> None:
    """In the library the id inside a file is the one by which it was found."""
    (library / "tilt.yaml").write_text(GOOD.replace("id: tilt\n", "id: other-name\n", 1))
    with pytest.raises(SpecError, match=r"tilt\.yaml:2:5: id: found 'other-name', expected 'tilt'"):
        load_spec("tilt")


LIBRARY = [path for path in sorted(spec_folders()[-1].rglob("*.yaml")) if "routines" not in path.parts]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_the_library_is_without_mistakes(path: Path) -> None:
    """Every exercise that ships loads, and is named like its file."""
    assert load_spec(path).id == path.stem


def test_a_file_that_is_no_exercise_at_all_is_told(tmp_path: Path) -> None:
    """A list in place of keys and values: one mistake, and nothing else is looked for in it."""
    path = tmp_path / "list.yaml"
    path.write_text("- id: squat\n")
    with pytest.raises(SpecError) as raised:
        load_spec(path)
    assert len(raised.value.problems) == 1
