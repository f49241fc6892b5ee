"""Problems as annotations of GitHub: lines of a workflow's log that GitHub shows beside the changed lines.

The form and its escapes are those of GitHub's "Workflow commands for GitHub Actions" (`::error file=...::message`).
"""

from collections.abc import Iterable

from tajsec.errors import Problem
from tajsec.text.forms import printable


def github_lines(problems: Iterable[Problem]) -> str:
    """Return a line for each problem: an error, or a notice of a to-do or of what was fixed."""
    return "".join(map(_line, problems))


def _line(problem: Problem) -> str:
    command = "error" if problem.level == "error" and not problem.fixed else "notice"
    line = {"line": str(problem.line)} if problem.line else {}
    file = problem.file.removeprefix("./")  # GitHub matches the names of changed files, which have no such beginning
    keys = {"file": file, **line, "title": f"{problem.code}, fixed" if problem.fixed else problem.code}
    properties = ",".join(f"{key}={_property(value)}" for key, value in keys.items())
    message = ": ".join(filter(None, (problem.path, problem.what)))
    return f"::{command} {properties}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    """Return a text on one line; no text of a file or its name can end the line and begin a command."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
