"""Exercise files that mean harm: huge, deep, strange, or no text at all."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poise.core.checks import mistakes
from poise.core.spec import Spec
from poise.documents import LARGEST_BYTES, MOST_PROBLEMS, parse_document
from poise.errors import SpecError
from poise.io.specs import load_spec
from specs_material import GOOD, problems_of


def test_what_is_quoted_is_short_and_harmless(tmp_path: Path) -> None:
    """A long or hostile value is quoted shortened, with nothing that acts on a terminal."""
    [(_, long)] = problems_of(GOOD.replace("kind: stretch", "kind: " + "x" * 100_000), tmp_path)
    assert len(long) < 200
    found = problems_of(GOOD.replace("kind: stretch", 'kind: "\\e]0;owned\\a"'), tmp_path)
    assert all(text.isprintable() for _, text in found)


def test_html_in_words_is_only_words(tmp_path: Path) -> None:
    """Words are kept as written: whoever shows them escapes them for where they are shown."""
    path = tmp_path / "tilt.yaml"
    path.write_text(GOOD.replace("name: Tilt", "name: <script>alert(1)</script>"))
    assert load_spec(path).name == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"a: " + b"x" * LARGEST_BYTES, "larger than 256 kB", id="too-large"),
        pytest.param(b"[" * 10_000, "nested deeper than 20", id="lists-in-lists"),
        pytest.param(b"{a: " * 10_000, "nested deeper than 20", id="blocks-in-blocks"),
        pytest.param(b"- " * 10_000, "nested deeper than 20", id="dashes"),
        pytest.param(b"\n".join(b" " * i + b"a:" for i in range(500)), "nested deeper than 20", id="indented"),
        pytest.param(b"[" + b"1," * 6_000 + b"]", "more than 5000 entries", id="too-many"),
        pytest.param(b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "anchor or alias", id="billion-laughs"),
        pytest.param(b"\xff\xfe\x00", "the text is not UTF-8", id="not-utf8"),
        pytest.param(b"", "found nothing, expected a block", id="empty"),
        pytest.param(b"- a", "found a list, expected a block", id="list"),
        pytest.param(b"%YAML 9.9.9\n---\na", "", id="directive"),
        pytest.param(b'"\\UFFFFFFFF"', "this is not YAML", id="no-such-character"),
        pytest.param(b"poise: " + b"9" * 5000, "expected 1", id="endless-number"),
    ],
)
def test_bombs_are_refused_in_bounded_memory(content: bytes, message: str, tmp_path: Path) -> None:
    """Size, nesting, number of entries and references are bounded before memory is spent."""
    tracemalloc.start()
    try:
        found = problems_of(content, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert any(message in text for _, text in found), found
    assert peak < 50_000_000


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """A spec of 100 MB is refused after its first 256 kB."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SpecError, match="larger than 256 kB"):
            load_spec(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_problems_are_bounded(tmp_path: Path) -> None:
    """A file of nothing but mistakes gives a bounded number of them."""
    text = GOOD + "".join(f"x{i}: 1\n" for i in range(1_000))
    assert len(problems_of(text, tmp_path)) == MOST_PROBLEMS


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a missing file and a name that no file can have are told in one line."""
    (tmp_path / "folder.yaml").mkdir()
    for name in ("folder.yaml", "missing.yaml", "nul\0.yaml"):
        with pytest.raises(SpecError) as caught:
            load_spec(tmp_path / name)
        assert caught.value.message.isprintable()


FRAGMENTS = st.sampled_from(
    [*GOOD.splitlines(keepends=True), "  ", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "!!x ", "|\n", ">\n", "'", '"',
     "%", "---\n", "...\n", "? ", "#", "\\x1b", "\t", "\x00", "null", "1e9", "<<: ", "say: {side}", "\u2028"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(FRAGMENTS, max_size=60).map(lambda parts: "".join(parts).encode()),
    )
)
def test_whatever_is_read_only_spec_errors_come_out(content: bytes) -> None:
    """Random bytes, random text and shuffled YAML load, or raise SpecError with printable problems."""
    told = ["nothing"]
    try:
        document = parse_document(content, Path("fuzz.yaml"))
        document.as_model(Spec, also=mistakes(document.data))
    except SpecError as error:
        told = [str(problem) for problem in error.problems]
    assert told
    assert all(line.isprintable() for line in told)
