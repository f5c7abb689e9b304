using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Conntrack;

namespace Net.Kernel.Flows;

/// <summary>Makes the kernel forget tracked connections: UDP ones of published ports, so that their next packet meets the rules as they are
/// now, and all of an address that has left its sandbox.</summary>
/// <remarks>Never fails: where the kernel has no ctnetlink there is no way, and what is not forgotten ends by itself when both sides are
/// silent for the time that the kernel waits. Addresses for which only memory or descriptors were wanting are kept for the next time. One
/// thread at a time forgets for the host's rules; <see cref="ForgetLeft()"/> may run beside it.</remarks>
/// <param name="home">The namespace that the rules are in.</param>
/// <param name="host">A NETLINK_ROUTE connection to that namespace.</param>
/// <param name="open">Opens a NETLINK_NETFILTER connection to that namespace; null for the usual way.</param>
internal sealed class FlowCleaner(NetworkNamespace home, NetlinkConnection host, Func<NetlinkConnection>? open = null) : IDisposable
{
    private readonly Func<NetlinkConnection> _open = open ?? (() => NetlinkConnection.Open(NetlinkProtocol.Netfilter, home));

    // A look through all connections can take seconds. Nobody who asks, or has addresses added, waits for one that goes on; who needs
    // connections forgotten at once has a connection to the kernel of his own.
    private readonly Lock _looking = new();
    private readonly Lock _gate = new();
    private readonly HashSet<IPAddress> _left = [];
    private HashSet<IPAddress> _looked = [];
    private NetlinkConnection? _ofLooks;
    private NetlinkConnection? _atOnce;

    /// <summary>Forgets the connections of these ports; those of TCP and SCTP go on.</summary>
    public void Forget(IEnumerable<FirewallPolicy> policies) => Forget(policies, (stale, flow) => stale.Contains(flow));

    /// <summary>Forgets the connections of these ports that began while the ports' rules were missing. Those that reach the container go
    /// on.</summary>
    public void ForgetAstray(IEnumerable<FirewallPolicy> policies) => Forget(policies, (stale, flow) => stale.IsAstray(flow));

    private void Forget(IEnumerable<FirewallPolicy> policies, Func<StaleFlows, ConntrackMessage, bool> isStale)
    {
        PublishedPort[] ports = [.. UdpPorts(policies)];
        if (ports.Length == 0)
        {
            return;
        }

        Try(() =>
        {
            HashSet<IPAddress> local = [.. host.DumpAddresses().Select(address => address.Local ?? address.Address).OfType<IPAddress>()];
            var stale = new StaleFlows(ports, local);
            Forget(ref _atOnce, stale.Filters(), flow => isStale(stale, flow));
        });
    }

    /// <summary>The step of a removal for the connections of the addresses that leave their sandboxes; none when no address leaves one or
    /// the host. They are forgotten by <see cref="ForgetLeft()"/>, some time later: to look for them takes the kernel milliseconds. Where
    /// the host loses an address, and so its route to a subnet, they are forgotten at once.</summary>
    public IEnumerable<Step> AfterRemoval(IReadOnlyCollection<DesiredObject> removed)
    {
        HashSet<IPAddress> addresses = [.. SandboxAddresses(removed)];
        IPNetwork[] lost = [.. removed.OfType<LinkAddress>().Where(own => own.Namespace.IsHost).Select(own => own.Address.Subnet)];
        if (removed.OfType<LinkAddress>().FirstOrDefault() is not { } subject)
        {
            return [];
        }

        return
        [
            new ActionStep(ApplyPhase.ForgottenFlows, subject, () => string.Join('\n', addresses.Select(Explain)))
            {
                Do = _ =>
                {
                    lock (_gate)
                    {
                        _left.UnionWith(addresses);
                    }

                    ForgetLeftIf(address => Array.Exists(lost, subnet => subnet.Contains(address)));
                    return null;
                },
            },
        ];
    }

    /// <summary>Whether connections of addresses that have left their sandboxes are yet to be forgotten.</summary>
    public bool HasLeft
    {
        get
        {
            lock (_gate)
            {
                return _left.Count + _looked.Count > 0;
            }
        }
    }

    /// <summary>Forgets the connections of the addresses that have left their sandboxes. Returns when all are forgotten that had left
    /// before the call; <see cref="HasLeft"/> tells whether some could not be and should be tried again later.</summary>
    public void ForgetLeft()
    {
        lock (_looking)
        {
            lock (_gate)
            {
                _looked = [.. _left];
                _left.Clear();
            }

            bool isDone = _looked.Count == 0
                || Try(() => Forget(ref _ofLooks, AddressFlows.Of(_looked), new AddressFlows(_looked.Contains).Contains));
            lock (_gate)
            {
                _left.UnionWith(isDone ? [] : _looked);
                _looked = [];
            }
        }
    }

    /// <summary>The same, if any of these addresses is about to be somebody's again.</summary>
    public void ForgetLeft(IEnumerable<DesiredObject> added)
    {
        if (HasLeft)
        {
            ForgetLeftIf(SandboxAddresses(added).ToHashSet().Contains);
        }
    }

    /// <summary>Forgets the connections of all addresses that a predicate is true for.</summary>
    public void ForgetAll(Predicate<IPAddress> gone) =>
        Try(() => Forget(ref _atOnce, [FlowWalks.All], new AddressFlows(gone).Contains));

    /// <summary>The commands that do the same, as comments: <c>conntrack</c> is seldom installed, and fails where there is nothing to
    /// forget.</summary>
    public static IEnumerable<string> Explain(IEnumerable<FirewallPolicy> policies) =>
        UdpPorts(policies).Select(Explain).Distinct(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetLeft();
        _ofLooks?.Dispose();
        _atOnce?.Dispose();
    }

    private void ForgetLeftIf(Func<IPAddress, bool> isUrgent)
    {
        bool any;
        lock (_gate)
        {
            any = _left.Any(isUrgent) || _looked.Any(isUrgent);
        }

        if (any)
        {
            ForgetLeft();
        }
    }

    private static IEnumerable<IPAddress> SandboxAddresses(IEnumerable<DesiredObject> objects) =>
        objects.OfType<LinkAddress>().Where(address => !address.Namespace.IsHost).Select(address => address.Address.Address);

    // False when it is worth another try. Otherwise the kernel has no ctnetlink, or one of another kind.
    private static bool Try(Action forget)
    {
        try
        {
            forget();
            return true;
        }
        catch (NetlinkException error)
        {
            return !IsShortage(error.Errno);
        }
        catch (LinuxException error)
        {
            return !IsShortage(error.Errno);
        }
        catch (NetlinkFormatException)
        {
            return true;
        }
    }

    // Interrupted: the list changed in each attempt to read it.
    private static bool IsShortage(Errno error) => error.IsAnyOf(
        Errno.ProcessFileLimit, Errno.SystemFileLimit, Errno.OutOfMemory, Errno.NoBuffers, Errno.Interrupted);

    private void Forget(ref NetlinkConnection? kept, IEnumerable<ConntrackFilter> filters, Func<ConntrackMessage, bool> isStale)
    {
        NetlinkConnection connection = kept ??= _open();
        foreach (ConntrackFilter filter in FlowWalks.Choose([.. filters], connection.CountConntrack()))
        {
            NetlinkRequest[] requests = [.. connection.DumpConntrack(filter).Where(isStale).Select(ConntrackRequests.Delete)];
            if (requests.Length > 0)
            {
                connection.Pipeline(requests);
            }
        }
    }

    private static string Explain(IPAddress address)
    {
        string family = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ipv6" : "ipv4";
        return $"# conntrack -D -f {family} --orig-src {address}, and the same with --orig-dst, --reply-src and --reply-dst";
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
