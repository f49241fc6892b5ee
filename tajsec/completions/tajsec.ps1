# made by `python -m tajsec.scripts` from the commands of tajsec; changes are lost

Register-ArgumentCompleter -Native -CommandName tajsec, tajsec.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = [ordered]@{
        'search' = 'Find facts, best first.'
        'pick' = 'Pick facts: type, and see them narrow.'
        'list' = 'List the facts that the filters take.'
        'show' = 'Show facts whole, with their receipts.'
        'timeline' = 'Show facts in order of time.'
        'summary' = 'Sum up a topic on one page.'
        'topics' = 'List the topics.'
        'actors' = 'List the actors.'
        'sources' = 'List the documents.'
        'cite' = 'Cite facts.'
        'open' = 'Open the source at the quoted words.'
        'disputes' = 'Show where the sources differ, and which side to cite.'
        'coverage' = 'Show how much of each document is cited.'
        'verify' = 'Check facts in three parts: quote found, figures match, read by.'
        'diff' = 'Compare two stores.'
        'cache' = 'Show the compiled stores that are kept.'
        'lint' = 'Check the data against every rule.'
        'seal' = 'Make a source record from a text.'
        'export' = 'Write the facts to a database or to tables.'
        'schema' = 'Show the JSON Schemas of what is printed.'
        'help' = 'Explain a command or a topic.'
        'completion' = 'Print the script that completes in a shell.'
        '-h' = 'Show this message and exit.'
        '--help' = 'Show this message and exit.'
        '--version' = 'Show the version.'
    }
    # of each option of each command: what it does, and what it takes ('' for nothing, '-' for what cannot be listed)
    $options = @{
        'search' = [ordered]@{
            '--limit' = @('Facts to show.', '-')
            '--all' = @('Show every fact that answers.', '')
            '--explain' = @('Say which word matched what, how, and what it counts.', '')
            '-i' = @('Pick among them while you type, as `tajsec pick` does.', '')
            '--interactive' = @('Pick among them while you type, as `tajsec pick` does.', '')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'pick' = [ordered]@{
            '--print' = @('What to print of each fact.  [default: id]', 'id cite json')
            '--limit' = @('Facts to list.', '-')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: plain.', 'plain json')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'list' = [ordered]@{
            '--limit' = @('Facts to show; all unless given.', '-')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'show' = [ordered]@{
            '--svg' = @('Draw each fact as an evidence card, one below another, in one picture; - is stdout.', 'file')
            '--force' = @('Let --svg replace a file.', '')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'timeline' = [ordered]@{
            '--limit' = @('Facts to show; all unless given.', '-')
            '--plot' = @('Draw the facts on an axis of time, in lanes by actor.', '')
            '--svg' = @('Draw that as an SVG picture; - is stdout.', 'file')
            '--html' = @('Write it as a page with a table of the facts.', 'file')
            '--force' = @('Let --svg and --html replace a file.', '')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'summary' = [ordered]@{
            '--html' = @('Write it as a page that can be mailed, with every fact; - is stdout.', 'file')
            '--force' = @('Let --html replace a file.', '')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'topics' = [ordered]@{
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'actors' = [ordered]@{
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'sources' = [ordered]@{
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'cite' = [ordered]@{
            '--style' = @('plain, bibtex, ris, csl-json, wikipedia, apa, chicago-author-date, chicago-notes, mla, harvard, ieee.', 'plain bibtex ris csl-json wikipedia apa chicago-author-date chicago-notes mla harvard ieee')
            '--copy' = @('Put what is printed on the clipboard too.', '')
            '--json' = @('Short for --format json.', '')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: plain.', 'plain json')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'open' = [ordered]@{
            '--receipt' = @('Which of the fact''s receipts.', '-')
            '--archived' = @('Open the archived copy of the page.', '')
            '--print' = @('Print the address instead.', '')
            '--json' = @('Short for --format json.', '')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: plain.', 'plain json')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'disputes' = [ordered]@{
            '--kind' = @('Differences of this kind.', 'contradicts rounds supersedes scope renames')
            '--limit' = @('Disputes to show; all unless given.', '-')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'coverage' = [ordered]@{
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'verify' = [ordered]@{
            '--text' = @('A text of a document, or a folder of texts; repeatable.', 'file')
            '--online' = @('Fetch each source''s page and compare it.', '')
            '--address' = @('With --online: fetch this address instead.', '-')
            '--allow-local' = @('With --online: open addresses that are not public.', '')
            '--record' = @('Write a review of the quotes found.', 'file')
            '--force' = @('Let --record replace a file.', '')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'diff' = [ordered]@{
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'cache' = [ordered]@{
            '--clear' = @('Take every compiled store away; they are made again when needed.', '')
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: table; in a pipe plain.', 'table plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'lint' = [ordered]@{
            '--json' = @('Short for --format json.', '')
            '--jsonl' = @('Short for --format jsonl.', '')
            '--fields' = @('Show these alone: id,when,cites.quote.', '-')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: plain.', 'plain json jsonl csv tsv markdown')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'seal' = [ordered]@{
            '--record' = @('Seal again: keep what this record says of the source.', 'file')
            '--output' = @('Write the record to this file.', 'file')
            '--force' = @('Let --output replace a file.', '')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'export' = [ordered]@{
            '--sqlite' = @('Write this database.', 'file')
            '--metadata' = @('Write what Datasette tells of it.', 'file')
            '--parquet' = @('Write each table to a file in it.', 'file')
            '--force' = @('Let what exists be replaced.', '')
            '--actor' = @('Facts about this actor or its parts: id, name or alias; repeat for any of several.', 'actor')
            '--topic' = @('Facts on this topic.', 'topic')
            '--source' = @('Facts that cite this source.', 'source')
            '--place' = @('Facts about this place or what lies in it.', 'place')
            '--status' = @('Facts of this status.', 'completed ongoing planned stated')
            '--since' = @('Facts of this date or later: 2012, 2012-10, 2012-10-05.', '-')
            '--until' = @('Facts of this date or earlier.', '-')
            '--json' = @('Short for --format json.', '')
            '--facts' = @('Add a folder of facts; repeatable.', 'folder')
            '--color' = @('Colour as the terminal has it, always, or never.', 'auto always never')
            '--format' = @('Default: plain.', 'plain json')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'schema' = [ordered]@{
            '--json' = @('List them as JSON.', '')
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'help' = [ordered]@{
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
        'completion' = [ordered]@{
            '-h' = @('Show this message and exit.', '')
            '--help' = @('Show this message and exit.', '')
        }
    }
    $arguments = @{
        'search' = '-'
        'pick' = '-'
        'show' = 'fact'
        'summary' = 'topic'
        'cite' = 'fact'
        'open' = 'fact'
        'disputes' = 'fact'
        'verify' = 'fact'
        'diff' = 'file'
        'lint' = 'file'
        'seal' = 'file'
        'schema' = '-'
        'help' = 'search pick list show timeline summary topics actors sources cite open disputes coverage verify diff cache lint seal export schema help completion queries filters dates formats exit-codes'
        'completion' = 'bash zsh fish powershell'
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
        if ($takes -in 'fact', 'actor', 'topic', 'place', 'source') {
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
