namespace Net.Cli.Completions;

/// <summary>The shells' scripts. Each hands the words up to the cursor to <see cref="CompletionAnswer"/> and shows its lines; what can be
/// completed is not in them, so they need not be made again when netctl is replaced.</summary>
internal static class CompletionScripts
{
    // bash splits words at "=" and ":" as well (COMP_WORDBREAKS), so they are put together again, and only what follows the last of these
    // is replaced.
    private const string Bash =
        """
        # Completion of netctl for bash
        _netctl() {
            local rest=${COMP_LINE:0:COMP_POINT} word words=() i line last lead=
            for ((i = 0; i <= COMP_CWORD; i++)); do
                if [[ $i == 0 || $rest == [[:space:]]* ]]; then words+=(""); fi
                rest=${rest#"${rest%%[![:space:]]*}"}
                word=${COMP_WORDS[i]}
                if ((i == COMP_CWORD)); then word=$rest; fi
                words[${#words[@]} - 1]+=$word
                rest=${rest:${#word}}
            done
            last=${words[${#words[@]} - 1]}
            if [[ $last == *[=:]* ]]; then lead=${last%"${last##*[=:]}"}; fi
            COMPREPLY=()
            while IFS= read -r line; do
                if [[ $line == :files ]]; then
                    compopt -o default 2>/dev/null
                    return
                fi
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$lead"}")
            done < <("${COMP_WORDS[0]}" '[suggest]' "${words[@]:1}" 2>/dev/null)
        }
        complete -F _netctl netctl

        """;

    private const string Zsh =
        """
        #compdef netctl
        # Completion of netctl for zsh
        _netctl() {
            local line name text
            local -a values
            for line in "${(@f)$("${words[1]}" '[suggest]' "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
                if [[ $line == :files ]]; then
                    _files
                    return
                fi
                [[ -z $line ]] && continue
                name=${line%%$'\t'*}
                text=${${line#"$name"}#$'\t'}
                values+=("${name//:/\\:}${text:+:$text}")
            done
            ((${#values})) && _describe netctl values
        }
        if [[ $funcstack[1] == _netctl ]]; then
            _netctl "$@"
        else
            compdef _netctl netctl
        fi

        """;

    // fish comes with completions for another program that is called netctl. They are loaded when a line is completed first, and added to
    // these unless they are loaded and dropped before.
    private const string Fish =
        """
        # Completion of netctl for fish
        complete -C 'netctl --' >/dev/null
        complete -c netctl -e
        function __netctl_complete
            set -l words (commandline -opc)
            set -l last (commandline -ct)
            for line in ($words[1] '[suggest]' $words[2..-1] "$last" 2>/dev/null)
                if test "$line" = :files
                    __fish_complete_path "$last"
                else
                    echo $line
                end
            end
        end
        complete -c netctl -f -a '(__netctl_complete)'

        """;

    /// <summary>The shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    /// <summary>The script of a shell; null when there is none.</summary>
    public static string? Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => null,
    };
}
