"""`tajsec lint`: check the data against every rule."""

from pathlib import Path

import click

from tajsec.cli.options import LISTING, store_command
from tajsec.cli.replies import Answer, bounded_line
from tajsec.cli.request import Request
from tajsec.errors import DataError
from tajsec.text.forms import counted


@store_command(formats=LISTING[1:], filters=False, examples=("tajsec lint ./my-facts", "tajsec lint --codes"))
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--codes", is_flag=True, help="List every code of lint and verify with its meaning; check nothing.")
def command(request: Request, pack: Path | None, codes: bool) -> Answer:
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to.
    """
    if codes:
        return _codes()
    from tajsec.check.lint import lint
    from tajsec.data.folders import folders_of
    from tajsec.output.to_json import envelope, problem_object

    named = [*request.packs.named, *([pack] if pack else [])]
    try:
        problems = lint(folders_of(named, request.packs.found, add_found=pack is None))
    except DataError as error:  # of a pack.toml
        problems = list(error.problems)
    return Answer(
        envelope("lint", "problems", list(map(problem_object, problems))),
        "problems",
        plain=lambda _: "".join(f"{bounded_line(str(each))}  [{each.code}]\n" for each in problems),
        status=2 if problems else 0,
        lines=[counted(len(problems), "problem") if problems else "no problem found"],
    )


def _codes() -> Answer:
    from tajsec.check.lint import codes
    from tajsec.output.to_json import envelope

    records = [{"code": code, "about": about} for code, about in codes().items()]
    return Answer(envelope("codes", "codes", records), "codes")
