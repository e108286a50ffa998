# Completes netkeep in fish.
function __netkeep_complete
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    set -l raw (commandline --current-token --cut-at-cursor)
    # Without its quotes, however much of it is typed.
    set -l word (string unescape -- $raw; or string unescape -- $raw\'; or string unescape -- $raw\"; or echo -- $raw)
    set -l found (PROGRAM completions fish --word="$word[1]" -- $before 2>/dev/null)
    if test -z "$found"; and string match -q '~*' -- $raw
        __fish_complete_path $raw
    else
        printf '%s\n' $found
    end
end
complete --command netkeep --no-files --keep-order --arguments '(__netkeep_complete)'
