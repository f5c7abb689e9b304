using System.Globalization;
using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Kernel.Links;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Sysctls;
using Net.Linux;
using Net.Netlink;

namespace Net.Kernel.Surveys;

/// <summary>Reads what the checks for faults of the host look at, each once.</summary>
internal static class HostSurveyReader
{
    /// <summary>Reads it in the namespace of the session, which is the calling thread's, and in the sandboxes.</summary>
    public static HostSurvey Read(KernelSession session, SurveyRequest request, IFirewallBackend firewall)
    {
        var kernel = new ObservedKernel(session, request.Desired);
        ObservedNamespace[] seen =
        [
            kernel.Host,
            .. request.Desired.OfType<VethPair>().Select(veth => veth.PeerNamespace).Distinct().Select(kernel.Of)
                .OfType<ObservedNamespace>().Where(one => !one.Reference.IsHost),
        ];
        BridgeLink[] bridges = [.. request.Desired.OfType<BridgeLink>()];
        return new HostSurvey
        {
            Links = [.. seen.SelectMany(one => Try(() => LinkSurvey.Read(one)))],
            Routes = Try(() => RouteSurvey.Read(session.Connection(NamespaceRef.Host), kernel.Host, request.Addresses)),
            Neighbours = [.. seen.SelectMany(one => Try(() => NeighbourSurvey.Read(one)))],
            Stations = Try(() => NeighbourSurvey.ReadStations(session.Connection(NamespaceRef.Host), kernel.Host, bridges)),
            Claims = Try(() => ClaimSurvey.Read(kernel.Host, request.Desired)),
            LegacyTables = Try(firewall.FindLegacyTables),
            NeighbourTables = Try(() => NeighbourTableSurvey.Read(session.Connection(NamespaceRef.Host), seen)),
            MissingLinkKinds = Try(() => request.Desired.OfType<LinkKindSupport>().GroupBy(needed => needed.Kind, StringComparer.Ordinal)
                .Where(kind => LinkKindProbe.IsMissing(session.Connection(NamespaceRef.Host), kind.Key)).SelectMany(kind => kind)),
            Stopped = Try(() => firewall.FindStopped(request.Packets)),
            ForwardsIPv4 = Flag("net/ipv4/ip_forward"),
            ForwardsIPv6 = Flag("net/ipv6/conf/all/forwarding"),
            Occupants = [.. request.Ports.Select(port => Occupant(port.Protocol, port.Address, port.Port)).OfType<PortOccupant>()],
        };
    }

    // A sandbox may end at this moment, and a kernel may lack what is asked for: the other facts are worth having.
    private static IReadOnlyList<T> Try<T>(Func<IEnumerable<T>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception error) when (error is IOException or NetlinkFormatException or CnmException)
        {
            return [];
        }
    }

    private static bool? Flag(string path) => SettingFile.TryRead(path) is { } value ? value != "0" : null;

    private static PortOccupant? Occupant(PortProtocol protocol, System.Net.IPAddress address, ushort port)
    {
        // The table of SCTP names no processes.
        PortHolder? holder = protocol switch
        {
            PortProtocol.Tcp => PortHolder.Find(ProtocolType.Tcp, port, address),
            PortProtocol.Udp => PortHolder.Find(ProtocolType.Udp, port, address),
            _ => null,
        };
        return holder is null || holder.ProcessId == Environment.ProcessId
            ? null
            : new PortOccupant(
                protocol,
                port,
                holder.Address,
                holder is { ProcessName: { } name, ProcessId: { } id }
                    ? string.Create(CultureInfo.InvariantCulture, $"{name} (pid {id})")
                    : null);
    }
}
