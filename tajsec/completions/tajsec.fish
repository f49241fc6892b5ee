# made by `python -m tajsec.scripts` from the commands of tajsec; changes are lost

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
complete -c tajsec -n __tajsec_first -a search -d 'Find facts, best first.'
complete -c tajsec -n __tajsec_first -a pick -d 'Pick facts: type, and see them narrow.'
complete -c tajsec -n __tajsec_first -a list -d 'List the facts that the filters take.'
complete -c tajsec -n __tajsec_first -a show -d 'Show facts whole, with their receipts.'
complete -c tajsec -n __tajsec_first -a timeline -d 'Show facts in order of time.'
complete -c tajsec -n __tajsec_first -a summary -d 'Sum up a topic on one page.'
complete -c tajsec -n __tajsec_first -a topics -d 'List the topics.'
complete -c tajsec -n __tajsec_first -a actors -d 'List the actors.'
complete -c tajsec -n __tajsec_first -a sources -d 'List the documents.'
complete -c tajsec -n __tajsec_first -a cite -d 'Cite facts.'
complete -c tajsec -n __tajsec_first -a open -d 'Open the source at the quoted words.'
complete -c tajsec -n __tajsec_first -a disputes -d 'Show where the sources differ, and which side to cite.'
complete -c tajsec -n __tajsec_first -a coverage -d 'Show how much of each document is cited.'
complete -c tajsec -n __tajsec_first -a verify -d 'Check facts in three parts: quote found, figures match, read by.'
complete -c tajsec -n __tajsec_first -a diff -d 'Compare two stores.'
complete -c tajsec -n __tajsec_first -a cache -d 'Show the compiled stores that are kept.'
complete -c tajsec -n __tajsec_first -a lint -d 'Check the data against every rule.'
complete -c tajsec -n __tajsec_first -a seal -d 'Make a source record from a text.'
complete -c tajsec -n __tajsec_first -a export -d 'Write the facts to an SQLite file.'
complete -c tajsec -n __tajsec_first -a schema -d 'Show the JSON Schemas of what is printed.'
complete -c tajsec -n __tajsec_first -a help -d 'Explain a command or a topic.'
complete -c tajsec -n __tajsec_first -a completion -d 'Print the script that completes in a shell.'
complete -c tajsec -n __tajsec_first -s h -d 'Show this message and exit.'
complete -c tajsec -n __tajsec_first -l help -d 'Show this message and exit.'
complete -c tajsec -n __tajsec_first -l version -d 'Show the version.'
complete -c tajsec -n '__tajsec_in search' -l limit -x -d 'Facts to show.'
complete -c tajsec -n '__tajsec_in search' -l all -d 'Show every fact that answers.'
complete -c tajsec -n '__tajsec_in search' -l explain -d 'Say which word matched what, how, and what it counts.'
complete -c tajsec -n '__tajsec_in search' -s i -l interactive -d 'Pick among them while you type, as `tajsec pick` does.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l actor -x -a '(__tajsec_ask actor)' -d 'Facts about this actor or its parts: id, name or alias; repeat for any of several.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l topic -x -a '(__tajsec_ask topic)' -d 'Facts on this topic.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l source -x -a '(__tajsec_ask source)' -d 'Facts that cite this source.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l place -x -a '(__tajsec_ask place)' -d 'Facts about this place or what lies in it.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l status -x -a 'completed ongoing planned stated' -d 'Facts of this status.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l since -x -d 'Facts of this date or later: 2012, 2012-10, 2012-10-05.'
complete -c tajsec -n '__tajsec_in search pick list timeline summary topics actors disputes coverage verify export' -l until -x -d 'Facts of this date or earlier.'
complete -c tajsec -n '__tajsec_in search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint export' -l json -d 'Short for --format json.'
complete -c tajsec -n '__tajsec_in search list show timeline summary topics actors sources disputes coverage verify diff cache lint' -l jsonl -d 'Short for --format jsonl.'
complete -c tajsec -n '__tajsec_in search list show timeline summary topics actors sources disputes coverage verify diff cache lint' -l fields -x -d 'Show these alone: id,when,cites.quote.'
complete -c tajsec -n '__tajsec_in search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint export' -l facts -x -a '(__fish_complete_directories (commandline -ct))' -d 'Add a folder of facts; repeatable.'
complete -c tajsec -n '__tajsec_in search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint export' -l color -x -a 'auto always never' -d 'Colour as the terminal has it, always, or never.'
complete -c tajsec -n '__tajsec_in search list show timeline summary topics actors sources disputes coverage verify diff cache' -l format -x -a 'table plain json jsonl csv tsv markdown' -d 'Default: table; in a pipe plain.'
complete -c tajsec -n '__tajsec_in search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint seal export schema help completion' -s h -l help -d 'Show this message and exit.'
complete -c tajsec -n '__tajsec_in pick' -l print -x -a 'id cite json' -d 'What to print of each fact. [default: id]'
complete -c tajsec -n '__tajsec_in pick' -l limit -x -d 'Facts to list.'
complete -c tajsec -n '__tajsec_in pick cite open export' -l format -x -a 'plain json' -d 'Default: plain.'
complete -c tajsec -n '__tajsec_in list timeline' -l limit -x -d 'Facts to show; all unless given.'
complete -c tajsec -n '__tajsec_in show cite open disputes verify' -a '(__tajsec_ask fact)'
complete -c tajsec -n '__tajsec_in show' -l svg -r -F -d 'Draw each fact as an evidence card, one below another, in one picture; - is stdout.'
complete -c tajsec -n '__tajsec_in show' -l force -d 'Let --svg replace a file.'
complete -c tajsec -n '__tajsec_in timeline' -l plot -d 'Draw the facts on an axis of time, in lanes by actor.'
complete -c tajsec -n '__tajsec_in timeline' -l svg -r -F -d 'Draw that as an SVG picture; - is stdout.'
complete -c tajsec -n '__tajsec_in timeline' -l html -r -F -d 'Write it as a page with a table of the facts.'
complete -c tajsec -n '__tajsec_in timeline' -l force -d 'Let --svg and --html replace a file.'
complete -c tajsec -n '__tajsec_in summary' -a '(__tajsec_ask topic)'
complete -c tajsec -n '__tajsec_in summary' -l html -r -F -d 'Write it as a page that can be mailed, with every fact; - is stdout.'
complete -c tajsec -n '__tajsec_in summary' -l force -d 'Let --html replace a file.'
complete -c tajsec -n '__tajsec_in cite' -l style -x -a 'plain bibtex ris csl-json wikipedia apa chicago-author-date chicago-notes mla harvard ieee' -d 'plain, bibtex, ris, csl-json, wikipedia, apa, chicago-author-date, chicago-notes, mla, harvard, ieee.'
complete -c tajsec -n '__tajsec_in cite' -l copy -d 'Put what is printed on the clipboard too.'
complete -c tajsec -n '__tajsec_in open' -l receipt -x -d 'Which of the fact\'s receipts.'
complete -c tajsec -n '__tajsec_in open' -l archived -d 'Open the archived copy of the page.'
complete -c tajsec -n '__tajsec_in open' -l print -d 'Print the address instead.'
complete -c tajsec -n '__tajsec_in disputes' -l kind -x -a 'contradicts rounds supersedes scope renames' -d 'Differences of this kind.'
complete -c tajsec -n '__tajsec_in disputes' -l limit -x -d 'Disputes to show; all unless given.'
complete -c tajsec -n '__tajsec_in verify' -l text -r -F -d 'A text of a document, or a folder of texts; repeatable.'
complete -c tajsec -n '__tajsec_in verify' -l online -d 'Fetch each source\'s page and compare it.'
complete -c tajsec -n '__tajsec_in verify' -l address -x -d 'With --online: fetch this address instead.'
complete -c tajsec -n '__tajsec_in verify' -l allow-local -d 'With --online: open addresses that are not public.'
complete -c tajsec -n '__tajsec_in verify' -l record -r -F -d 'Write a review of the quotes found.'
complete -c tajsec -n '__tajsec_in verify' -l force -d 'Let --record replace a file.'
complete -c tajsec -n '__tajsec_in diff lint seal' -F
complete -c tajsec -n '__tajsec_in cache' -l clear -d 'Take every compiled store away; they are made again when needed.'
complete -c tajsec -n '__tajsec_in lint' -l format -x -a 'plain json jsonl csv tsv markdown' -d 'Default: plain.'
complete -c tajsec -n '__tajsec_in seal' -l record -r -F -d 'Seal again: keep what this record says of the source.'
complete -c tajsec -n '__tajsec_in seal' -l output -r -F -d 'Write the record to this file.'
complete -c tajsec -n '__tajsec_in seal' -l force -d 'Let --output replace a file.'
complete -c tajsec -n '__tajsec_in export' -l sqlite -r -F -d 'Write this database.'
complete -c tajsec -n '__tajsec_in export' -l metadata -r -F -d 'Write what Datasette tells of it.'
complete -c tajsec -n '__tajsec_in export' -l force -d 'Let a file be replaced.'
complete -c tajsec -n '__tajsec_in help' -a 'search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint seal export schema help completion queries filters dates formats exit-codes'
complete -c tajsec -n '__tajsec_in completion' -a 'bash zsh fish powershell'
