#compdef netkeep
# Completes netkeep in zsh.
_netkeep() {
    local -a values about before
    local line
    # What stands behind the cursor is no part of the answer, and would be lost.
    [[ -n $SUFFIX ]] && return 1
    before=("${(@Q)words[1,CURRENT-1]}")
    while IFS= read -r line; do
        values+=("${line%%$'\t'*}")
        about+=("${${line#*$'\t'}#$line}")
    done < <(PROGRAM completions zsh --word="${(Q)PREFIX}" -- "${(@)before}" 2>/dev/null)
    if (( ! $#values )); then
        [[ $PREFIX == "~"* ]] && _files
        return
    fi
    # The description of each is in a column of its own.
    local -i width=0 at
    for line in $values; do (( ${(m)#line} > width )) && width=${(m)#line}; done
    for (( at = 1; at <= $#values; at++ )); do
        [[ -n $about[at] ]] && about[at]="${(mr:width:)values[at]}  $about[at]" || about[at]=$values[at]
    done
    local -a space
    [[ $#values == 1 && $values[1] == *[=/] ]] && space=(-S '')
    # Where they have less in common than was typed, the word stays and they are shown.
    local common=$values[1] value
    for value in $values; do
        while [[ $value != "$common"* ]]; do common=$common[1,-2]; done
    done
    if (( $#values > 1 && $#common < ${#${(Q)PREFIX}} )) && [[ $compstate[insert] != menu* ]]; then
        compstate[insert]=
        compstate[list]=list
    fi
    compadd -U -V netkeep -l -d about "${(@)space}" -a values
}
if [[ $funcstack[1] == _netkeep ]]; then
    _netkeep "$@"
else
    compdef _netkeep netkeep
fi
