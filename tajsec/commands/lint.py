"""`tajsec lint`: check the data against every rule."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import codes as code_names
from tajsec.cli.options import LISTING, store_command
from tajsec.cli.replies import Answer, bounded_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply
from tajsec.errors import DataError, Problem, UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Sequence


@store_command(
    formats=(*LISTING[1:], "github"),
    filters=False,
    examples=("tajsec lint ./my-facts --ignore T401", "tajsec lint --explain T407"),
)
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--select", multiple=True, metavar="CODES", shell_complete=code_names,
              help="Report these codes alone: T4,T303; repeatable.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="CODES", shell_complete=code_names, help="Leave these codes out.")
@click.option("--fix", is_flag=True, help="Correct in PACK what changes neither meaning nor receipt.")
@click.option("--codes", is_flag=True, help="List every code of lint and verify with its meaning; check nothing.")
@click.option("--explain", metavar="CODE", shell_complete=code_names, help="Explain a code; check nothing.")
def command(
    request: Request, pack: Path | None, select: tuple[str, ...], ignore: tuple[str, ...], fix: bool, codes: bool,
    explain: str | None,
) -> Answer | Reply:  # fmt: skip
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to. Status 2: an error. To-dos,
    such as a passage that no fact cites yet, leave it 0.
    """
    if codes:
        return _codes()
    if explain:
        from tajsec.check.code_pages import explained

        return Reply(text=explained(explain))
    from tajsec.check.chosen import chosen
    from tajsec.check.lint import lint, lint_codes
    from tajsec.data.folders import folders_of
    from tajsec.data.packs import named_folder

    pack = pack and named_folder(pack, request.packs.found)
    choice = chosen(select, ignore, lint_codes())
    if fix and pack is None:
        raise UsageError("--fix changes the files of a pack; name its folder, as in `tajsec lint my-facts --fix`")
    if request.server and request.server.typed:
        raise UsageError("--store: files are checked, no store on a server; `tajsec store export` writes it into files")
    fixed = list[Problem]()
    try:
        named = [*request.packs.named, *([pack] if pack else [])]
        sets = folders_of(named, request.packs.found, add_found=pack is None)
        if fix and pack:
            from tajsec.authoring.fix import fix as fix_files

            fixed = fix_files(sets, pack, choice)
        found = lint(sets, choice)
    except DataError as error:  # what a pack.toml says
        found = list(error.problems)
    wanted = [each for each in found if choice.takes(each.code)]
    return _answer(fixed, wanted, unwanted=len(found) - len(wanted))


def _answer(fixed: "Sequence[Problem]", left: "Sequence[Problem]", *, unwanted: int) -> Answer:
    """Return the problems; `unwanted` is the number of those that were not asked for and kept rules from running."""
    from tajsec.output.annotations import github_lines
    from tajsec.output.to_json import envelope, problem_object

    problems = [*fixed, *left]
    errors = sum(each.level == "error" for each in left)
    kept = [f"no rule (T4) was checked: {counted(unwanted, 'problem')} of other codes"] if unwanted else []
    return Answer(
        envelope("lint", "problems", list(map(problem_object, problems))),
        "problems",
        plain=lambda _: "".join(map(_line, problems)),
        feed=lambda _: github_lines(problems),
        status=2 if errors or unwanted else 0,
        lines=[*kept, _summary(len(fixed), errors, len(left) - errors)],
    )


def _line(problem: Problem) -> str:
    mark = ", fixed" if problem.fixed else ", to-do" if problem.level == "to-do" else ""
    return f"{bounded_line(str(problem))}  [{problem.code}{mark}]\n"


def _summary(fixed: int, errors: int, to_dos: int) -> str:
    """Return one line: `2 fixed, no error, 3 to-dos`."""
    if not (fixed or errors or to_dos):
        return "no problem found"
    parts = [
        f"{fixed} fixed" if fixed else "",
        counted(errors, "error") if errors else "no error",
        counted(to_dos, "to-do") if to_dos else "",
    ]
    return ", ".join(filter(None, parts))


def _codes() -> Answer:
    from tajsec.check.lint import codes
    from tajsec.output.to_json import envelope

    records = [{"code": code, "about": about} for code, about in codes().items()]
    return Answer(envelope("codes", "codes", records), "codes")
