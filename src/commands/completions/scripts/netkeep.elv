# Completes netkeep in elvish.
use str
set edit:completion:arg-completer[netkeep] = {|@words|
    var before = $words[..-1]
    var word = $words[-1]
    try {
        (external PROGRAM) completions elvish --word=$word -- $@before 2>/dev/null | from-lines | each {|line|
            var text shown = (str:split "\t" $line)
            edit:complex-candidate $text &display=$shown
        }
    } catch e {
        nop $e
    }
}
