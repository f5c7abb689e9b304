using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The scripts of <c>netctl completion</c> in real shells: what Tab offers for a line.</summary>
public sealed class CompletionTests
{
    // Splits the line as readline does with the default COMP_WORDBREAKS: at blanks, and "=" and ":" are words of their own.
    private const string Tab =
        """
        set -eu
        netctl() { "$NETCTL" "$@"; }
        source <("$NETCTL" completion bash)
        complete -p netctl | grep -q -- '-F _netctl netctl'
        COMP_LINE=$1
        COMP_POINT=${#COMP_LINE}
        mapfile -t COMP_WORDS < <(sed -E 's/([=:])/ \1 /g; s/ +/\n/g' <<<"$COMP_LINE" | grep -v '^$')
        [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _netctl netctl
        echo "${COMPREPLY[*]:-}"
        """;

    // Types the line and Tab in a zsh on a terminal, and prints the words that its completion takes up.
    private const string ZshTab =
        """
        zmodload zsh/zpty
        cd $1
        rm -f hits done
        cat >setup <<'SETUP'
        PROMPT= RPROMPT=
        autoload -Uz compinit && compinit -u -D
        source <(netctl completion zsh)
        compadd() {
            if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
                local -a found
                builtin compadd -A found "$@"
                ((${#found})) && print -rl -- $found >>hits
            fi
            builtin compadd "$@"
        }
        finish() { print >done }
        comppostfuncs=(finish)
        zstyle ':completion:*' insert-tab false
        bindkey '^I' complete-word
        SETUP
        zpty shell TERM=vt100 zsh -f -i
        zpty -w shell 'source ./setup'
        zpty -w -n shell "$2"$'\t'
        for ((i = 0; i < 600; i++)); do
            [[ -e done ]] && break
            zpty -r -t shell output
            sleep 0.05
        done
        zpty -d shell
        [[ -e done ]] || print "nothing was completed: $output"
        [[ ! -e hits ]] || cat hits
        """;

    [ProgramFact("zsh")]
    public void Zsh_offers_commands_flags_and_names() => AssertOffers("zsh", "-fc", ZshTab, "zsh");

    [ProgramFact("fish")]
    public void Fish_offers_commands_flags_and_names() => AssertOffers(
        "fish", "-c", "cd $argv[1]; netctl completion fish | source; complete -C $argv[2] | cut -f1");

    [KernelFact]
    public void Commands_flags_and_names_are_offered_and_nothing_where_there_is_no_daemon()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "backend");
        host.NetctlOk("create", "--name", "web", "--network", "front");
        host.NetctlOk("create", "--name", "worker", "--network", "none");

        Assert.Equal("network", Offered("netctl netw"));
        Assert.Equal("connect", Offered("netctl network con"));
        Assert.Equal("--network --network-alias", Offered("netctl run --netw"));
        Assert.Equal("backend bridge front host none", Offered("netctl network rm "));
        Assert.Equal("front", Offered("netctl network connect fr"));
        Assert.Equal("web worker", Offered("netctl network connect front "));
        Assert.Equal("worker", Offered("netctl rm -f web wo"));
        Assert.Equal("web", Offered("netctl inspect --type container we"));
        Assert.Equal("front", Offered("netctl run -d --network fr"));
        Assert.Equal("front", Offered("netctl run -d --network=fr"));
        Assert.Equal("web worker", Offered("netctl run -d --network container:w"));
        Assert.Equal("web worker", Offered("netctl run -d --network=container:"));
        Assert.Equal("web worker", Offered($"netctl -H unix://{host.Socket} exec -it w"));
        Assert.Equal("", Offered("netctl network create fr"));

        host.StopDaemon();
        Assert.Equal("", Offered("netctl network rm "));
        Assert.Equal("network", Offered("netctl netw"));

        string Offered(string line)
        {
            Output output = host.Run("bash", "-c", Tab, "bash", line);
            Assert.True(output.ExitCode == 0, $"{line}: {output}");
            Assert.Equal("", output.StandardError);
            return output.StandardOutput.TrimEnd('\n');
        }
    }

    // The shell gets a folder to work in and the line after its arguments.
    private static void AssertOffers(string shell, params string[] arguments)
    {
        using TestHost host = TestHost.Create();
        host.Programs = Path.Combine(host.Root, "bin");
        host.Shell($"mkdir {host.Programs} {host.Root}/home && ln -s \"$NETCTL\" {host.Programs}/netctl");
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "backend");
        host.NetctlOk("create", "--name", "web", "--network", "front");
        host.NetctlOk("create", "--name", "worker", "--network", "none");
        foreach ((string line, string words) in new[]
            {
                ("netctl netw", "network"), ("netctl network con", "connect"), ("netctl run --netw", "--network --network-alias"),
                ("netctl network rm ", "backend bridge front host none"), ("netctl network connect front ", "web worker"),
                ("netctl rm -f web wo", "worker"), ("netctl run -d --network=fr", "--network=front"),
                ("netctl run -d --network container:w", "container:web container:worker"),
                ($"netctl -H unix://{host.Socket} exec -it w", "web worker"), ("netctl network create fr", ""),
            })
        {
            Output output = host.Run("env", [$"HOME={host.Root}/home", shell, .. arguments, host.Root, line]);
            Assert.Equal((line, words, ""), (line, output.StandardOutput.Trim().Replace('\n', ' '), output.StandardError));
        }
    }

    [KernelFact]
    public void Scripts_are_what_their_shells_can_read_and_an_unknown_shell_is_named()
    {
        using TestHost host = TestHost.Create();
        host.Shell("""for shell in bash zsh fish; do ! command -v $shell || "$NETCTL" completion $shell | $shell -n; done""");

        Output refused = host.Netctl("completion", "tcsh");
        Assert.Equal(
            (1, "netctl: there is no completion for tcsh; name one of bash, zsh, fish\n"), (refused.ExitCode, refused.StandardError));
    }
}
