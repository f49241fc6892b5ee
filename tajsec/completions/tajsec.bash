# made by `python -m tajsec.scripts` from the commands of tajsec; changes are lost

_tajsec_words() {
    COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_tajsec_file() {  # readline completes them; of bash before version 4 it cannot be asked to
    compopt -o default 2>/dev/null && return
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$cur"))
}

_tajsec_folder() {
    compopt -o dirnames 2>/dev/null && return
    local IFS=$'\n'
    COMPREPLY=($(compgen -d -- "$cur"))
}

_tajsec_ask() {
    local id about tajsec=${COMP_WORDS[0]/#\~/$HOME}
    while IFS=$'\t' read -r id about; do
        COMPREPLY+=("$id")
    done < <("$tajsec" __complete "$1:$cur" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null </dev/null)
}

_tajsec() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local IFS=$' \t\n'
    COMPREPLY=()
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    cur=${cur#[\"\']}
    if ((COMP_CWORD == 1)); then
        _tajsec_words 'search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint seal export schema help completion -h --help --version'
        return
    fi
    case "$command $prev" in
        *' --limit' | *' --since' | *' --until' | *' --fields' | *' --receipt' | *' --address')
            :
            return
            ;;
        *' --actor')
            _tajsec_ask actor
            return
            ;;
        *' --topic')
            _tajsec_ask topic
            return
            ;;
        *' --source')
            _tajsec_ask source
            return
            ;;
        *' --place')
            _tajsec_ask place
            return
            ;;
        *' --status')
            _tajsec_words 'completed ongoing planned stated'
            return
            ;;
        *' --facts')
            _tajsec_folder
            return
            ;;
        *' --color')
            _tajsec_words 'auto always never'
            return
            ;;
        search' --format' | list' --format' | show' --format' | timeline' --format' | summary' --format' | topics' --format' | actors' --format' | sources' --format' | disputes' --format' | coverage' --format' | verify' --format' | diff' --format' | cache' --format')
            _tajsec_words 'table plain json jsonl csv tsv markdown'
            return
            ;;
        pick' --format' | cite' --format' | open' --format' | export' --format')
            _tajsec_words 'plain json'
            return
            ;;
        lint' --format')
            _tajsec_words 'plain json jsonl csv tsv markdown'
            return
            ;;
        pick' --print')
            _tajsec_words 'id cite json'
            return
            ;;
        *' --svg' | *' --html' | *' --text' | *' --record' | *' --output' | *' --sqlite' | *' --metadata' | *' --parquet')
            _tajsec_file
            return
            ;;
        *' --style')
            _tajsec_words 'plain bibtex ris csl-json wikipedia apa chicago-author-date chicago-notes mla harvard ieee'
            return
            ;;
        *' --kind')
            _tajsec_words 'contradicts rounds supersedes scope renames'
            return
            ;;
    esac
    if [[ $cur == -* ]]; then
        case $command in
            search) _tajsec_words '--limit --all --explain -i --interactive --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            pick) _tajsec_words '--print --limit --actor --topic --source --place --status --since --until --json --facts --color --format -h --help' ;;
            list) _tajsec_words '--limit --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            show) _tajsec_words '--svg --force --json --jsonl --fields --facts --color --format -h --help' ;;
            timeline) _tajsec_words '--limit --plot --svg --html --force --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            summary) _tajsec_words '--html --force --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            topics) _tajsec_words '--actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            actors) _tajsec_words '--actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            sources) _tajsec_words '--json --jsonl --fields --facts --color --format -h --help' ;;
            cite) _tajsec_words '--style --copy --json --facts --color --format -h --help' ;;
            open) _tajsec_words '--receipt --archived --print --json --facts --color --format -h --help' ;;
            disputes) _tajsec_words '--kind --limit --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            coverage) _tajsec_words '--actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            verify) _tajsec_words '--text --online --address --allow-local --record --force --actor --topic --source --place --status --since --until --json --jsonl --fields --facts --color --format -h --help' ;;
            diff) _tajsec_words '--json --jsonl --fields --facts --color --format -h --help' ;;
            cache) _tajsec_words '--clear --json --jsonl --fields --facts --color --format -h --help' ;;
            lint) _tajsec_words '--json --jsonl --fields --facts --color --format -h --help' ;;
            seal) _tajsec_words '--record --output --force -h --help' ;;
            export) _tajsec_words '--sqlite --metadata --parquet --force --actor --topic --source --place --status --since --until --json --facts --color --format -h --help' ;;
            schema) _tajsec_words '--json -h --help' ;;
            help) _tajsec_words '-h --help' ;;
            completion) _tajsec_words '-h --help' ;;
        esac
        return
    fi
    case $command in
        search) : ;;
        pick) : ;;
        show) _tajsec_ask fact ;;
        summary) _tajsec_ask topic ;;
        cite) _tajsec_ask fact ;;
        open) _tajsec_ask fact ;;
        disputes) _tajsec_ask fact ;;
        verify) _tajsec_ask fact ;;
        diff) _tajsec_file ;;
        lint) _tajsec_file ;;
        seal) _tajsec_file ;;
        schema) : ;;
        help) _tajsec_words 'search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint seal export schema help completion queries filters dates formats exit-codes' ;;
        completion) _tajsec_words 'bash zsh fish powershell' ;;
    esac
}

complete -F _tajsec tajsec
