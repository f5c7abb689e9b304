using System.Net;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Conntrack;

namespace Net.Kernel.Flows;

/// <summary>Makes the kernel forget tracked UDP connections of published ports, so that their next packet meets the rules as they are
/// now.</summary>
/// <param name="home">The namespace that the rules are in.</param>
/// <param name="host">A NETLINK_ROUTE connection to that namespace.</param>
internal sealed class FlowCleaner(NetworkNamespace home, NetlinkConnection host) : IDisposable
{
    private NetlinkConnection? _netfilter;

    /// <summary>Forgets the connections of these ports; those of TCP and SCTP go on.</summary>
    /// <remarks>Never fails: without ctnetlink there is no way, and what is not forgotten ends by itself when its client is silent for 30 s
    /// to 2 min.</remarks>
    public void Forget(IEnumerable<FirewallPolicy> policies) => Forget(policies, (stale, flow) => stale.Contains(flow));

    /// <summary>Forgets the connections of these ports that began while the ports' rules were missing. Those that reach the container go
    /// on.</summary>
    public void ForgetAstray(IEnumerable<FirewallPolicy> policies) => Forget(policies, (stale, flow) => stale.IsAstray(flow));

    /// <summary>The commands that do the same, as comments: <c>conntrack</c> is seldom installed, and fails where there is nothing to
    /// forget.</summary>
    public static IEnumerable<string> Explain(IEnumerable<FirewallPolicy> policies) =>
        UdpPorts(policies).Select(Explain).Distinct(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _netfilter?.Dispose();

    private void Forget(IEnumerable<FirewallPolicy> policies, Func<StaleFlows, ConntrackMessage, bool> isStale)
    {
        PublishedPort[] ports = [.. UdpPorts(policies)];
        if (ports.Length == 0)
        {
            return;
        }

        try
        {
            _netfilter ??= NetlinkConnection.Open(NetlinkProtocol.Netfilter, home);
            HashSet<IPAddress> local = [.. host.DumpAddresses().Select(address => address.Local ?? address.Address).OfType<IPAddress>()];
            var stale = new StaleFlows(ports, local);
            foreach (ConntrackFilter filter in stale.Filters())
            {
                IEnumerable<ConntrackMessage> flows = _netfilter.DumpConntrack(filter).Where(flow => isStale(stale, flow));
                _netfilter.Pipeline([.. flows.Select(ConntrackRequests.Delete)]);
            }
        }
        catch (Exception error) when (error is NetlinkException or LinuxException)
        {
            // The kernel has no ctnetlink.
        }
    }

    private static IEnumerable<PublishedPort> UdpPorts(IEnumerable<FirewallPolicy> policies) =>
        policies.OfType<PublishedPort>().Where(port => port.Protocol == PortProtocol.Udp);

    private static string Explain(PublishedPort port)
    {
        bool isIPv6 = port.HostAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        bool any = port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);
        string destination = any ? "" : $" --orig-dst {port.HostAddress}";
        string each = port.Count == 1 ? "" : $" and so on to {port.HostPort + port.Count - 1}";
        return $"# conntrack -D -f {(isIPv6 ? "ipv6" : "ipv4")} -p udp{destination} --orig-port-dst {port.HostPort}{each}";
    }
}
