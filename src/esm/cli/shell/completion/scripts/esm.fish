# Completion of esm for fish.  Once:  esm completion fish > ~/.config/fish/completions/esm.fish
function __esm_complete
    set -l words (commandline -opc)
    set -l lines (_ESM_COMPLETE=fish _ESM_COMPLETE_LINE=(commandline -cp | string collect) $words[1] 2>/dev/null)
    set -l kind $lines[1]
    set -e lines[1]
    switch "$kind"
        case file
            __fish_complete_path (commandline -ct)
        case dir
            __fish_complete_directories (commandline -ct) ''
        case '*'
            set -q lines[1]; and printf '%s\n' $lines
    end
end
complete --command esm --no-files --keep-order --arguments '(__esm_complete)'
