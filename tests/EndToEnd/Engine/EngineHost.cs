using System.Text.Json.Nodes;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>A throw-away host with Debian's dockerd and our daemon as its network and IPAM driver.</summary>
internal sealed class EngineHost : IDisposable
{
    private static readonly string[] DaemonArguments = ["--plugin-dir", "/run/docker/plugins"];

    private readonly string _before;

    private EngineHost(TestHost host, DockerDaemon docker)
    {
        Host = host;
        Docker = docker;
        _before = KernelNow();
    }

    public TestHost Host { get; }

    public DockerDaemon Docker { get; }

    /// <summary>Makes the host and starts both.</summary>
    /// <param name="dockerArguments">More arguments of dockerd.</param>
    public static EngineHost Start(params string[] dockerArguments)
    {
        TestHost host = TestHost.Create();
        DockerDaemon? docker = null;
        try
        {
            host.OwnEtc();
            docker = DockerDaemon.Start(host, dockerArguments);
            host.StartDaemon(DaemonArguments);
            return new EngineHost(host, docker);
        }
        catch
        {
            docker?.Dispose();
            host.Dispose();
            throw;
        }
    }

    /// <summary>Starts our daemon, in a mount namespace of its own when it is not the first.</summary>
    public void StartNetctl() => Host.StartDaemon(DaemonArguments);

    /// <summary>Runs Docker's client and demands that it succeeds; gives standard output without its last line feed.</summary>
    public string Ok(params string[] arguments)
    {
        Output output = Docker.Docker(arguments);
        Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}\n{Host.DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    /// <summary>Runs a container that answers at its port 80 with what it is sent.</summary>
    /// <param name="arguments">Arguments of docker run before the image.</param>
    public string RunEcho(params string[] arguments) =>
        Ok(["run", "-d", "--stop-signal", "KILL", .. arguments, DockerDaemon.Image, "busybox", "nc", "-ll", "-p", "80", "-e", "cat"]);

    /// <summary>Demands that just this many containers have links, that netctl knows just these, and that doctor finds nothing.</summary>
    public void AssertHolds(int containers)
    {
        Assert.Equal(containers, Links().Count(name => name.StartsWith("veth", StringComparison.Ordinal)));
        Assert.DoesNotContain(Links(), name => name.StartsWith("vp", StringComparison.Ordinal));
        string[] known = Host.NetctlOk("ps", "-aq").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(known.Length == containers, $"{string.Join(' ', known)} are known, not {containers}\n{Host.DaemonLog}");
        Host.DoctorIsContent();
    }

    /// <summary>Removes containers and networks, and demands that the kernel is then as it was at the beginning.</summary>
    /// <param name="containers">All containers.</param>
    /// <param name="networks">All networks that were created.</param>
    public void RemoveAll(string[] containers, string[] networks)
    {
        Ok(["rm", "-f", .. containers]);
        AssertHolds(0);
        Ok(["network", "rm", .. networks]);
        AssertHolds(0);
        Assert.Equal(_before, KernelNow());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Docker.Dispose();
        }
        finally
        {
            Host.Dispose();
        }
    }

    private IReadOnlyList<string> Links() =>
    [
        .. JsonNode.Parse(Host.Shell(Graves.Script + "ip -j link"))!.AsArray().Select(link => (string)link!["ifname"]!)
            .Order(StringComparer.Ordinal),
    ];

    // What networks and containers make. The rules of Docker's own, and those of ours for the host as a whole, depend on who starts first.
    private string KernelNow() => string.Join('\n', Links()) + Host.Shell(
        """
        echo
        for family in iptables ip6tables; do
          $family-save | grep -e 'netctl:' | grep -v -e 'netctl:host' | sed 's/\[[0-9:]*\]//' || true
        done
        nft list table bridge netctl 2>/dev/null | grep elements | grep -v netctl:host || true
        ip neighbour show nud permanent
        ss -Hltun | awk '{print $1, $5}' | sort
        """);
}
