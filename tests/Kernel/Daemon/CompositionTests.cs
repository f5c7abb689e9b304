using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Daemon;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Daemon;

/// <summary>The daemon's parts, put together in a host of the test's own.</summary>
[SupportedOSPlatform("linux")]
public sealed class CompositionTests
{
    private static readonly string[] StateCommands = ["nft list ruleset", "ip -d link", "ip addr", "sysctl -a -r forward"];

    // With the iptables backend, "table ip netctl" is what an earlier daemon left with the other backend: recovery removes it, and nothing
    // earlier may.
    [KernelFact]
    public void Putting_the_parts_together_leaves_the_kernel_as_it_is_with_iptables() => Compose("iptables", "ip netctl");

    [KernelFact]
    public void Putting_the_parts_together_leaves_the_kernel_as_it_is_with_nftables() => Compose("nftables", "ip other");

    // It is not recovered here: recovery works in threads of the pool, which are outside of the test's namespaces.
    private static void Compose(string backend, string table) => HostNamespace.Run(host =>
    {
        Command.Run($"nft add table {table}");
        Command.Run("ip link add web type bridge");
        string before = State();

        var options = new DaemonOptions { DataRoot = host.Directory, ExecRoot = $"{host.Directory}/exec", FirewallBackend = backend };
        Composition parts = Composition.Create(options, NullLoggerFactory.Instance);
        string after = State();
        parts.DisposeAsync().AsTask().GetAwaiter().GetResult();

        Assert.Equal(before, after);
        Assert.Contains($"table {table}", after, StringComparison.Ordinal);
        Assert.Empty(parts.Controller.Networks);
    });

    private static string State() =>
        string.Join('\n', StateCommands.Select(command => Command.Run(command)));
}
