"""What a shell has to be told, once, to ask us for completions."""

from __future__ import annotations

_BASH = r"""# bash completion for mooring: put it in ~/.bashrc as  eval "$(mooring completion bash)"
_mooring() {
    local line word
    COMPREPLY=()
    while IFS= read -r line; do
        word=${line%%$'\t'*}
        if [[ $word == :files ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        [[ $word == *= || $word == *: ]] && compopt -o nospace 2>/dev/null
        [[ $word == *[[:space:]]* ]] && printf -v word %q "$word"
        COMPREPLY+=("$word")
    done < <(_MOORING_COMPLETE=bash _MOORING_LINE="${COMP_LINE:0:COMP_POINT}" command "$1" 2>/dev/null)
}
complete -o nosort -F _mooring mooring 2>/dev/null || complete -F _mooring mooring
"""

_ZSH = r"""#compdef mooring
# zsh completion for mooring: put it in ~/.zshrc, behind compinit, as  eval "$(mooring completion zsh)"
_mooring() {
    local line
    local -a lines found
    local -a before=("${(@Q)words[1,CURRENT-1]}")
    lines=("${(@f)$(_MOORING_COMPLETE=zsh command "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ $lines[1] == :files ]]; then
        _files
        return
    fi
    for line in $lines; do
        found+=("${${line%%$'\t'*}//:/\\:}${${(M)line%$'\t'*}/#$'\t'/:}")
    done
    (( $#found )) && _describe -V mooring found
}
if [[ $funcstack[1] == _mooring ]]; then
    _mooring "$@"
else
    compdef _mooring mooring
fi
"""

_FISH = r"""# fish completion for mooring: put it in a file by
#   mooring completion fish > ~/.config/fish/completions/mooring.fish
function __mooring_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape)
    set -l lines (env _MOORING_COMPLETE=fish $words "$current" 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path "$current"
    else
        string join \n -- $lines
    end
end
complete -c mooring -f -k -a '(__mooring_complete)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""By the shell's name."""
