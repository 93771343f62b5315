#compdef esm
# Completion of esm for zsh.  In ~/.zshrc, after compinit:  eval "$(esm completion zsh)"
_esm() {
    local kind line value
    local -a lines values shown
    lines=("${(@f)$(_ESM_COMPLETE=zsh _ESM_COMPLETE_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" \
        ${~words[1]} 2> /dev/null)}")
    kind=$lines[1]
    shift lines
    case $kind in
        file) _files ;;
        dir) _files -/ ;;
        *)
            for line in $lines; do
                value=${line%%$'\t'*}
                values+=("$value")
                if [[ $line == *$'\t'* ]]; then shown+=("$value  -- ${line#*$'\t'}"); else shown+=("$value"); fi
            done
            # Names are found by a part of them, too: then the first letters are not those that were typed.
            [[ $kind == part ]] && compstate[insert]=menu
            (( $#values )) && compadd -U -l -V esm -d shown -a values
            ;;
    esac
}
if [[ $funcstack[1] == _esm ]]; then _esm "$@"; else compdef _esm esm; fi
