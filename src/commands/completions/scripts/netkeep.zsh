#compdef netkeep
# Completes netkeep in zsh.
_netkeep() {
    local -a values about before
    local line
    before=("${(@Q)words[1,CURRENT-1]}")
    while IFS= read -r line; do
        values+=("${line%%$'\t'*}")
        about+=("${line//$'\t'/  -- }")
    done < <(PROGRAM completions zsh --word="${(Q)PREFIX}" -- "${(@)before}" 2>/dev/null)
    if (( ! $#values )); then
        [[ $PREFIX == "~"* ]] && _files
        return
    fi
    local -a space
    [[ $#values == 1 && $values[1] == *[=/] ]] && space=(-S '')
    # Where they have less in common than was typed, the word stays and a menu shows them.
    local common=$values[1] value
    for value in $values; do
        while [[ $value != "$common"* ]]; do common=$common[1,-2]; done
    done
    (( $#values > 1 && $#common < ${#${(Q)PREFIX}} )) && compstate[insert]=menu
    compadd -U -V netkeep -l -d about "${(@)space}" -a values
}
if [[ $funcstack[1] == _netkeep ]]; then
    _netkeep "$@"
else
    compdef _netkeep netkeep
fi
