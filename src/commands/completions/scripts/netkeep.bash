# Completes netkeep in bash, from 3.2 on.
_netkeep() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(PROGRAM completions bash --line="${COMP_LINE:0:COMP_POINT}" --word="$2" --kind="${COMP_TYPE:-9}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} == 1 && $COMPREPLY == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    elif [[ ${#COMPREPLY[@]} == 0 && $2 == "~"* ]]; then
        compopt -o default 2>/dev/null
    fi
    return 0
}
complete -o nosort -F _netkeep netkeep 2>/dev/null || complete -F _netkeep netkeep
