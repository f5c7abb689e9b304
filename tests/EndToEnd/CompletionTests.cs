using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The script of <c>netctl completion bash</c> in a real bash: what Tab offers for a line.</summary>
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
