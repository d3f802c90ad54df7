"""The project's own laws: imports run one way, files stay small, what is shipped is complete."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "unspoken"

# What each part may import besides itself. `language` gives every later part its diagnostics.
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "language": {"model"},
    "compiled": {"model"},
    "engine": {"model", "language", "compiled", "_engine"},
    "planning": {"model", "language", "engine"},
    "chronicle": {"model", "language", "engine", "planning"},
    "simulation": {"model", "language", "engine", "planning", "chronicle"},
    "telling": {"model", "language", "chronicle"},
    "queries": {"model", "language", "chronicle", "telling", "ledger"},
    # What authors assert of stories, which something behind a protocol finds.
    "assertions": {
        "model",
        "language",
        "chronicle",
        "queries",
        "sources",
        "files",
        "seal",
    },
    "rewriting": {"model", "language", "chronicle", "telling", "queries", "files"},
    # How our own exports are known again.
    "seal": set(),
    "ledger": {"model", "language", "chronicle", "telling", "seal"},
    "export": {"model", "chronicle", "telling", "queries", "seal"},
    "theory_of_mind": {"language", "engine"},
    # Where texts come from; and the Python face, the line as one library, through which the
    # command line speaks.
    "sources": {"model", "language", "chronicle"},
    "arguments": set(),
    "files": {"sources", "language", "seal"},
    "novel": {"sources", "model", "language", "chronicle", "ledger", "queries"},
    "stage": {"arguments", "model", "language", "engine", "planning"},
    "minds": {"stage", "language", "engine"},
    "reasons": {"chronicle", "simulation", "telling"},
    "asking": {
        "stage",
        "reasons",
        "model",
        "language",
        "engine",
        "planning",
        "chronicle",
        "simulation",
        "telling",
        "queries",
    },
    "how": {"arguments", "stage", "language", "telling"},
    "story": {
        "arguments",
        "how",
        "stage",
        "minds",
        "reasons",
        "asking",
        "files",
        "language",
        "engine",
        "planning",
        "chronicle",
        "simulation",
        "telling",
        "queries",
        "rewriting",
        "export",
    },
    "results": {"stage", "story", "planning"},
    "running": {"arguments", "stage", "story", "model", "simulation"},
    "world": {
        "arguments",
        "running",
        "story",
        "results",
        "sources",
        "model",
        "language",
        "planning",
        "chronicle",
        "assertions",
    },
    "loading": {"world", "story", "sources", "model", "language"},
    "__init__": {"loading", "world", "minds", "story", "novel", "language"},
    "faces": {
        "__init__",
        "novel",
        "ledger",
        "world",
        "story",
        "results",
        "asking",
        "reasons",
        "sources",
        "files",
        "language",
        "planning",
        "chronicle",
        "simulation",
        "telling",
        "queries",
        "assertions",
        "rewriting",
        "export",
        "theory_of_mind",
    },
    "__main__": {"faces"},
}

LONGEST_FILE = 600  # lines; above that a file wants a table of contents


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported_parts(path: Path) -> Iterator[tuple[str, int]]:
    """The parts of Unspoken that a file names in its imports, type checking ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports name their package in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            steps = name.split(".")
            if steps[0] == "unspoken":
                known = len(steps) > 1 and steps[1] in MAY_IMPORT | {"_engine": set()}
                yield (steps[1] if known else "__init__"), node.lineno


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    part = part_of(path)
    assert part in MAY_IMPORT, f"{part} has no place on the line yet: give it one in MAY_IMPORT"
    for imported, line in imported_parts(path):
        assert imported == part or imported in MAY_IMPORT[part], (
            f"{path.relative_to(ROOT)}:{line}: {part} must not import {imported}"
        )


def test_nothing_is_allowed_that_nobody_does() -> None:
    unused = {part: set(allowed) for part, allowed in MAY_IMPORT.items()}
    for path in python_files():
        unused.get(part_of(path), set()).difference_update(name for name, _ in imported_parts(path))
    assert not {part: names for part, names in unused.items() if names}


def test_the_order_of_the_parts_has_no_cycle() -> None:
    done: set[str] = {"_engine"}
    waiting = dict(MAY_IMPORT)
    while waiting:
        ready = [part for part, needs in waiting.items() if needs <= done]
        assert ready, f"a cycle among {sorted(waiting)}"
        for part in ready:
            done.add(part)
            del waiting[part]


def test_files_are_short() -> None:
    """Tests at the bottom of a Rust file aside."""
    files = [*python_files(), *(ROOT / "crates").rglob("*.rs")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    lines = {path: text.partition("#[cfg(test)]")[0].count("\n") for path, text in texts.items()}
    long = {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > LONGEST_FILE}
    assert not long, "split these"


def test_every_file_says_its_place() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.stat().st_size > 1 and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent, "a file opens with its place on the line"


def tracked_by_git(*arguments: str) -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository here")
    found = subprocess.run(
        ["git", "ls-files", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.splitlines()


def test_nothing_shipped_is_ignored_by_git() -> None:
    """maturin silently leaves git-ignored files out of the wheel."""
    ignored = tracked_by_git("--others", "--ignored", "--exclude-standard", "src/unspoken")
    wanted = [name for name in ignored if "__pycache__" not in name and not name.endswith(".so")]
    assert not wanted


def test_the_installed_package_has_every_file() -> None:
    """What is installed is what is in the checkout: stories, messages, lexicon, schema."""
    import unspoken

    installed = Path(unspoken.__file__).parent
    if installed == SOURCE:
        pytest.skip("the checkout itself is installed (editable)")
    missing = [
        name
        for name in tracked_by_git("src/unspoken")
        if not (installed / Path(name).relative_to("src/unspoken")).is_file()
    ]
    assert not missing


def test_one_version() -> None:
    import unspoken

    cargo = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    assert unspoken.__version__ == cargo["workspace"]["package"]["version"]
    assert unspoken.__version__ == metadata.version("unspoken")


def readme_command(which: str) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(rf"<!-- {which} command -->\n```sh\n([^\n]+)\n```\n<!-- end -->", text)
    assert len(found) == 1, f"README.md has one {which} command, on one line, between its marks"
    return str(found[0])


def test_readme_commands_are_what_ci_runs() -> None:
    """.ci/run takes the test command out of README.md; the same way as this test."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extraction = next(line for line in script.splitlines() if line.startswith("test_command="))
    said = subprocess.run(
        ["bash", "-c", f'{extraction}\nprintf %s "$test_command"'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == readme_command("test")
    assert "pytest" in said.stdout


def test_readme_installs_and_tells() -> None:
    assert readme_command("install").endswith("unspoken tell")


def test_whatever_says_when_it_is_equal_says_when_it_is_not() -> None:
    """A struct inherits `!=` from its library, which would ask no `==` of ours."""
    halves = []
    for path in (*sorted(SOURCE.rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
                bases = {ast.unparse(base) for base in node.bases}
                equal = "__eq__" in named and "__ne__" not in named
                if equal and bases & {"Struct", "State"}:
                    halves.append(f"{path.name}: {node.name}")
    assert halves == []
