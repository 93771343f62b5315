# Completion of esm for bash.  In ~/.bashrc:  eval "$(esm completion bash)"
_esm_completion() {
    local kind line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(_ESM_COMPLETE=bash _ESM_COMPLETE_LINE="${COMP_LINE:0:COMP_POINT}" _ESM_COMPLETE_TYPE="$COMP_TYPE" \
        _ESM_COMPLETE_BREAKS="$COMP_WORDBREAKS" "${1/#\~/$HOME}" 2> /dev/null)
    case $kind in
        file) compopt -o default 2> /dev/null ;;
        dir) compopt -o dirnames 2> /dev/null ;;
    esac
}
complete -F _esm_completion esm
