"""The scripts that complete in a shell, made of the commands: `python -m tajsec.scripts` writes them anew.

Commands, options and fixed values stand in the script; for ids it asks `tajsec __complete KIND:START WORD...`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tajsec.guide import SHELLS
from tajsec.interface import IDS, Command, Parameter, commands

RENEW = "python -m tajsec.scripts"
_HEAD = f"# made by `{RENEW}` from the commands of tajsec; changes are lost"
_OF_ALL = {
    "-h": "Show this message and exit.",
    "--help": "Show this message and exit.",
    "--version": "Show the version.",
}


def _single(text: str) -> str:
    r"""Quote a text for sh and zsh: it's becomes 'it'\''s'."""
    return "'" + text.replace("'", "'\\''") + "'"


# ---------------------------------------------------------------- bash

_BASH = """\
_tajsec_words() {
    COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_tajsec_file() {  # readline completes them; of bash before version 4 it cannot be asked to
    compopt -o default 2>/dev/null && return
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$cur"))
}

_tajsec_folder() {
    compopt -o dirnames 2>/dev/null && return
    local IFS=$'\\n'
    COMPREPLY=($(compgen -d -- "$cur"))
}

_tajsec_ask() {
    local id about tajsec=${COMP_WORDS[0]/#\\~/$HOME}
    while IFS=$'\\t' read -r id about; do
        COMPREPLY+=("$id")
    done < <("$tajsec" __complete "$1:$cur" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null </dev/null)
}

_tajsec() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local IFS=$' \\t\\n'
    COMPREPLY=()
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    cur=${cur#[\\"\\']}
    if ((COMP_CWORD == 1)); then
        _tajsec_words '@COMMANDS@'
        return
    fi
    case "$command $prev" in
@VALUES@
    esac
    if [[ $cur == -* ]]; then
        case $command in
@OPTIONS@
        esac
        return
    fi
    case $command in
@ARGUMENTS@
    esac
}

complete -F _tajsec tajsec
"""


def bash(given: Sequence[Command]) -> str:
    """Write the script for bash, from version 3.2."""
    values = [
        f"        {' | '.join(patterns)})\n            {action}\n            return\n            ;;"
        for action, patterns in _bash_values(given).items()
    ]
    options = [f"            {each.name}) _tajsec_words '{_option_names(each)}' ;;" for each in given]
    arguments = [f"        {each.name}) {_bash_action(each.arguments[0])} ;;" for each in given if each.arguments]
    script = _BASH.replace("@COMMANDS@", " ".join([*(each.name for each in given), *_OF_ALL]))
    script = script.replace("@VALUES@", "\n".join(values)).replace("@OPTIONS@", "\n".join(options))
    return f"{_HEAD}\n\n{script.replace('@ARGUMENTS@', chr(10).join(arguments))}"


def _bash_values(given: Sequence[Command]) -> dict[str, list[str]]:
    """Give, for each way to complete a value, the patterns of the options (behind their command) that take such one."""
    actions: dict[str, dict[str, list[str]]] = {}  # by option; that of an option without a value is ""
    for command in given:
        for option in command.options:
            for name in option.names:
                action = _bash_action(option) if option.value else ""
                actions.setdefault(name, {}).setdefault(action, []).append(command.name)
    found: dict[str, list[str]] = {}
    for name, by_action in actions.items():
        for action, names in by_action.items():
            if not action:
                continue
            some = ["*"] if len(by_action) == 1 else names
            found.setdefault(action, []).extend(f"{each}' {name}'" for each in some)
    return found


def _bash_action(parameter: Parameter) -> str:
    if parameter.words:
        return f"_tajsec_words '{' '.join(parameter.words)}'"
    if parameter.kind in IDS:
        return f"_tajsec_ask {parameter.kind}"
    return f"_tajsec_{parameter.kind}" if parameter.kind else ":"


def _option_names(command: Command) -> str:
    return " ".join(name for option in command.options for name in option.names)


# ---------------------------------------------------------------- zsh

_ZSH = """\
_tajsec_ask() {
    local -a found
    local line
    for line in ${(f)"$(${(Q)~tajsec} __complete "$1:${(Q)PREFIX}" ${(Q)before} 2>/dev/null </dev/null)"}; do
        found+=("${line%%$'\\t'*}:${line#*$'\\t'}")
    done
    _describe -t ${1}s $1 found
}

_tajsec() {
    local context curcontext=$curcontext state state_descr line tajsec=$words[1]
    local -a before=(${words[2,CURRENT-1]}) commands
    typeset -A opt_args
    commands=(
@COMMANDS@
    )
    _arguments -C \\
@GENERAL@ \\
        '1: :->command' \\
        '*:: :->rest' && return
    case $state in
        command)
            _describe -t commands command commands
            ;;
        rest)
            case $words[1] in
@CASES@
            esac
            ;;
    esac
}

if [[ $funcstack[1] == _tajsec ]]; then
    _tajsec "$@"
else
    compdef _tajsec tajsec
fi
"""


def zsh(given: Sequence[Command]) -> str:
    """Write the script for zsh."""
    listed = [f"        {_single(f'{each.name}:{each.about}')}" for each in given]
    general = [f"        {_single(f'(- *){name}[{_zsh_plain(about)}]')}" for name, about in _OF_ALL.items()]
    cases = []
    for each in given:
        specs = [
            *map(_zsh_argument, each.arguments),
            *(spec for option in each.options for spec in _zsh_option(option)),
        ]
        lines = " \\\n".join(f"                        {_single(spec)}" for spec in specs)
        cases.append(
            f"                {each.name})\n                    _arguments \\\n{lines}\n                    ;;"
        )
    script = _ZSH.replace("@COMMANDS@", "\n".join(listed)).replace("@GENERAL@", " \\\n".join(general))
    return f"#compdef tajsec\n{_HEAD}\n\n{script.replace('@CASES@', chr(10).join(cases))}"


def _zsh_plain(text: str) -> str:
    """Give a text that `_arguments` takes as it is."""
    return "".join(f"\\{char}" if char in "[]:\\" else char for char in text)


def _zsh_option(option: Parameter) -> Iterable[str]:
    often = "*" if option.repeatable else ""
    for name in option.names:
        others = [each for each in option.names if each != name and not often]
        first = f"({' '.join(others)}){name}" if others else f"{often}{name}"
        if not option.value:
            yield f"{first}[{_zsh_plain(option.about)}]"
        else:
            end = "=" if name.startswith("--") else ""
            yield f"{first}{end}[{_zsh_plain(option.about)}]:{_zsh_value(option)}"


def _zsh_argument(argument: Parameter) -> str:
    return f"{'*' if argument.repeatable else ''}:{_zsh_value(argument)}"


def _zsh_value(parameter: Parameter) -> str:
    action = {"file": "_files", "folder": "_files -/", "": ""}.get(parameter.kind, f" _tajsec_ask {parameter.kind}")
    message = parameter.kind or (parameter.names[-1].strip("-") if parameter.names else parameter.value.lower())
    return f"{_zsh_plain(message)}:{f'({chr(32).join(parameter.words)})' if parameter.words else action}"


# ---------------------------------------------------------------- fish

_FISH = """\
function __tajsec_in
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end

function __tajsec_first
    test (count (commandline -opc)) -eq 1
end

function __tajsec_ask
    set -l words (commandline -opc)
    set -l start (commandline -ct | string replace -r '^--[a-z-]+=' '')
    $words[1] __complete "$argv[1]:$start" $words[2..-1] 2>/dev/null </dev/null
end

complete -c tajsec -f
"""


def fish(given: Sequence[Command]) -> str:
    """Write the script for fish, from version 3."""
    lines = [f"complete -c tajsec -n __tajsec_first -a {each.name} -d {_fish(each.about)}" for each in given]
    lines += [
        f"complete -c tajsec -n __tajsec_first {_fish_name(name)} -d {_fish(about)}" for name, about in _OF_ALL.items()
    ]
    shared: dict[str, list[str]] = {}
    for command in given:
        for parameter in [*command.arguments[:1], *command.options]:
            shared.setdefault(_fish_rule(parameter), []).append(command.name)
    rules = (f"complete -c tajsec -n '__tajsec_in {' '.join(names)}' {rule}" for rule, names in shared.items() if rule)
    return "\n".join([f"{_HEAD}\n\n{_FISH}{lines[0]}", *lines[1:], *rules, ""])


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _fish_name(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"


def _fish_rule(parameter: Parameter) -> str:
    """Give the rule for an option, or for an argument; it is empty for an argument that nothing completes."""
    value = _fish_value(parameter)
    if not parameter.names:
        return value
    names = " ".join(map(_fish_name, parameter.names))
    required = "" if not parameter.value else " -r" if parameter.kind == "file" else " -x"
    return f"{names}{required} {value} -d {_fish(parameter.about)}".replace("  ", " ")


def _fish_value(parameter: Parameter) -> str:
    if parameter.words:
        return f"-a '{' '.join(parameter.words)}'"
    if parameter.kind in IDS:
        return f"-a '(__tajsec_ask {parameter.kind})'"
    return {"file": "-F", "folder": "-a '(__fish_complete_directories (commandline -ct))'"}.get(parameter.kind, "")


# ---------------------------------------------------------------- PowerShell

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName tajsec, tajsec.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = [ordered]@{
@COMMANDS@
    }
    # of each option of each command: what it does, and what it takes ('' for nothing, '-' for what cannot be listed)
    $options = @{
@OPTIONS@
    }
    $arguments = @{
@ARGUMENTS@
    }

    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $words = @($before | ForEach-Object {
        $isText = $_ -is [System.Management.Automation.Language.StringConstantExpressionAst]
        if ($isText) { $_.Value } else { $_.Extent.Text }
    })
    $word = $wordToComplete
    $previous = $words[-1]
    $lead = ''
    if ($word -match '^(--[a-z-]+)=(.*)$') {
        $previous = $Matches[1]
        $word = $Matches[2]
        $lead = "$previous="
    }
    function Find-Id([string] $kind) {
        $typed = @($words | Select-Object -Skip 1)
        & $words[0] __complete "${kind}:$word" @typed 2>$null | ForEach-Object {
            $id, $about = $_ -split "`t", 2
            if (-not $about) { $about = $id }
            [System.Management.Automation.CompletionResult]::new("$lead$id", $id, 'ParameterValue', $about)
        }
    }
    function Find-Word($candidates, [string] $type) {
        foreach ($each in $candidates.GetEnumerator()) {
            if ($each.Key.StartsWith($word)) {
                [System.Management.Automation.CompletionResult]::new("$lead$($each.Key)", $each.Key, $type, $each.Value)
            }
        }
    }
    function Find-Value([string] $takes) {
        if ($takes -in @IDS@) {
            Find-Id $takes
        } elseif ($takes -notin '', '-', 'file', 'folder') {  # of files PowerShell knows itself
            $values = [ordered]@{}
            foreach ($each in $takes -split ' ') { $values[$each] = $each }
            Find-Word $values 'ParameterValue'
        }
    }

    if ($words.Count -eq 1) {
        Find-Word $commands 'Command'
        return
    }
    $own = $options[$words[1]]
    if ($null -eq $own) { return }
    if ($own.Contains($previous) -and $own[$previous][1] -ne '') {
        Find-Value $own[$previous][1]
    } elseif ($word.StartsWith('-')) {
        $about = [ordered]@{}
        foreach ($each in $own.GetEnumerator()) { $about[$each.Key] = $each.Value[0] }
        Find-Word $about 'ParameterName'
    } elseif ($arguments.Contains($words[1])) {
        Find-Value $arguments[$words[1]]
    }
}
"""


def powershell(given: Sequence[Command]) -> str:
    """Write the script for PowerShell, from version 5.1."""
    listed = {**{each.name: each.about for each in given}, **_OF_ALL}
    names = [f"        {_ps(name)} = {_ps(about)}" for name, about in listed.items()]
    options = []
    for command in given:
        options.append(f"        {_ps(command.name)} = [ordered]@{{")
        options += [
            f"            {_ps(name)} = @({_ps(each.about)}, {_ps(_ps_takes(each) if each.value else '')})"
            for each in command.options
            for name in each.names
        ]
        options.append("        }")
    arguments = [f"        {_ps(each.name)} = {_ps(_ps_takes(each.arguments[0]))}" for each in given if each.arguments]
    script = _POWERSHELL.replace("@IDS@", ", ".join(map(_ps, IDS))).replace("@COMMANDS@", "\n".join(names))
    return f"{_HEAD}\n\n" + script.replace("@OPTIONS@", "\n".join(options)).replace("@ARGUMENTS@", "\n".join(arguments))


def _ps(text: str) -> str:
    """Quote a text for PowerShell, which takes typographic quotation marks for plain ones."""
    return "'" + re.sub("(['\u2018-\u201b])", r"\1\1", text) + "'"


def _ps_takes(parameter: Parameter) -> str:
    return " ".join(parameter.words) or parameter.kind or "-"


WRITERS: dict[str, Callable[[Sequence[Command]], str]] = {
    "bash": bash, "zsh": zsh, "fish": fish, "powershell": powershell,
}  # fmt: skip


def main() -> None:
    """Write the scripts into the package."""
    given, folder = commands(), Path(__file__).parent / "completions"
    for shell, write in WRITERS.items():
        (folder / SHELLS[shell]).write_text(write(given), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
