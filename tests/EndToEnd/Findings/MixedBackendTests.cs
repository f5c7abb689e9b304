using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>Rules of iptables-legacy beside those in nf_tables are noted.</summary>
public sealed class MixedBackendTests
{
    [KernelTheory]
    [InlineData("iptables")]
    [InlineData("nftables")]
    public void They_are_noted_until_they_are_gone(string backend)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.Shell("iptables-legacy -A FORWARD -s 203.0.113.7 -j DROP");
        ToldFinding found = ToldFinding.Only(host, "mixed-backends", "iptables-legacy table ip filter");
        Assert.True(found.IsNote);

        // The remedy's first command as it stands there, and what it tells to do next.
        string move = found.Remedy.Split(", ")[0];
        Assert.Contains($"Remedy: `{move}`", host.Shell($"cat {TestHost.RepositoryRoot()}/docs/doctor.md"), StringComparison.Ordinal);
        host.Shell($"{move}; iptables-legacy -P FORWARD ACCEPT; iptables-legacy -F; iptables-legacy -X");
        Assert.Contains("-A FORWARD -s 203.0.113.7/32 -j DROP", host.Shell("iptables-nft -S FORWARD"), StringComparison.Ordinal);
        Assert.DoesNotContain(ToldFinding.AllOf(host), told => told.Kind == "mixed-backends");
    }
}
