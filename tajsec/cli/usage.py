"""Click's errors as one-line errors of tajsec, which suggest similar names or a help page."""

from collections.abc import Collection, Sequence

import click

from tajsec.cli import meant as meant_here
from tajsec.errors import UnknownName, UsageError


def usage_error(error: click.ClickException, args: Sequence[str]) -> UsageError:
    """Return an error of Click as a UsageError: similar names for an unknown option or value, else the help page."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else " ".join(["tajsec", *args[:1]])
    page = f"{command} --help"
    if isinstance(error, click.NoSuchOption):
        return _unknown_option(_as_typed(error.option_name, args), context, page, args)
    if isinstance(error, click.BadParameter) and error.param is not None:
        param = error.param
        name = max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
        if isinstance(error, click.MissingParameter):
            return UsageError(f"{name} is missing; `{page}` shows how")
        if isinstance(param.type, click.Choice):
            return _unknown_value(error, param.type, name, args)
        return UsageError(f"{name}: {_in_our_case(error.message)}; `{page}` shows how")
    return UsageError(f"{_in_our_case(error.format_message())}; `{page}` shows how")


def unknown_command(known: Collection[str], before: Sequence[str], args: Sequence[str]) -> UnknownName:
    """Return the error for a first word that is no command: what was meant, as a line to type.

    A word like none of the `known` commands is taken for the first one of a search. `before` are the options before it.
    """
    from shlex import join

    from tajsec.text.spelling import near_names

    word, *rest = args
    meant = meant_here.COMMANDS[word].split(" or ") if word in meant_here.COMMANDS else near_names(word, known)
    lines = [["tajsec", *before, *each.split(), *rest] for each in meant] or [["tajsec", *before, "search", *args]]
    return UnknownName("command", word, list(map(join, lines)), "tajsec --help")


def unknown_subcommand(group: str, known: Collection[str], word: str) -> UnknownName:
    """Return the error for a word that is no command of a group inside `tajsec`."""
    from tajsec.text.spelling import near_names

    lines = [f"tajsec {group} {each}" for each in near_names(word, known)]
    return UnknownName("command", f"{group} {word}", lines, f"tajsec {group} --help")


def _in_our_case(message: str) -> str:
    """Return a message of Click in the form of tajsec's errors: a small letter first, no full stop."""
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")


def _as_typed(name: str, args: Sequence[str]) -> str:
    """Return the argument that has an unknown short option in it: of "-nato" Click names "-n" alone."""
    if name.startswith("--"):
        return name
    return next((each for each in args if each[:1] == "-" != each[1:2] and name[1:] in each[1:]), name)


def _value_behind(name: str, args: Sequence[str]) -> str:
    """Return the value that was typed for an option, VALUE if there is none."""
    from itertools import pairwise

    joined = next((each.partition("=")[2] for each in args if each.startswith(f"{name}=")), "")
    return joined or next((after for each, after in pairwise(args) if each == name), "VALUE")


def _unknown_option(name: str, context: click.Context | None, page: str, args: Sequence[str]) -> UsageError:
    from tajsec.text.spelling import near_names

    if context is None:
        return UnknownName("option", name, [], page)
    known = [each for param in context.command.get_params(context) for each in param.opts if each.startswith("--")]
    meant = meant_here.OPTIONS.get(name, "")
    if meant.partition(" ")[0] in (*known, ">"):
        return UnknownName("option", name, [meant.format(_value_behind(name, args))], page)
    if isinstance(context.command, click.Group) and not near_names(name, known):
        return UsageError(f"unknown option {name!r}; a command's own come after its name; `{page}` lists the commands")
    if context.info_name in ("search", "pick") and len(name) > 2 and name[1] != "-":
        return UsageError(
            f"unknown option {name!r}; behind -- it leaves out a word: `{context.command_path} -- ... {name}`"
        )
    return UnknownName("option", name, near_names(name, known), page)


def _unknown_value(
    error: click.BadParameter, choice: "click.Choice[str]", name: str, args: Sequence[str]
) -> UsageError:
    """Return the error that names the nearest of an option's values.

    Click's error does not contain the value, so it is found as the argument for which Click makes the same message.
    """
    from tajsec.text.spelling import near_names

    words = [word for arg in args for word in (arg, arg.partition("=")[2])]
    given = next((each for each in words if choice.get_invalid_choice_message(each, error.ctx) == error.message), None)
    if name == "--format" and given and (advice := _format_advice(given, choice.choices, error.ctx)):
        return UsageError(f"{name} {given}: {advice}")
    if meant := meant_here.VALUES.get(name, {}).get(given or ""):
        return UsageError(f"{name} {given}: did you mean {meant}?")
    if given and (near := near_names(given, choice.choices)):
        return UsageError(f"{name} {given}: did you mean {' or '.join(near)}?")
    return UsageError(f"{name}{f' {given}' if given else ''}: none of {', '.join(choice.choices)}; name one")


def _format_advice(given: str, known: Sequence[str], context: click.Context | None) -> str:
    """Return what to type instead of a format that a command does not have; "" if that is not known."""
    from tajsec.cite.styles import STYLES

    meant = f"tajsec cite ID --style {given}" if given in STYLES else meant_here.FORMATS.get(given, "")
    format = meant.removeprefix("--format ") if meant else given
    if context and format not in known and (commands := commands_with(format, context.find_root())):
        return f"{format} is for {', '.join(commands)}; here name one of {', '.join(known)}"
    return f"did you mean {meant}?" if meant else ""


def commands_with(format: str, root: click.Context) -> list[str]:
    """Return the commands that have a format."""
    group = root.command
    if not isinstance(group, click.Group):
        return []
    found = ((name, group.get_command(root, name)) for name in group.list_commands(root))
    return [
        name
        for name, command in found
        for param in (command.params if command and not isinstance(command, click.Group) else ())
        if "--format" in param.opts and isinstance(param.type, click.Choice) and format in param.type.choices
    ]
