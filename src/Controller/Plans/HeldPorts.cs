using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Ports;

namespace Net.Controller.Plans;

/// <summary>Joins the held ports of a sandbox that are on all addresses of both families, so that one dual-stack socket holds them. The
/// endpoints that carry the families may differ, and each describes its own family only.</summary>
internal static class HeldPorts
{
    /// <summary>The same objects, with each pair of an IPv4 and an IPv6 held port on all addresses as one object for both
    /// families.</summary>
    public static IReadOnlyList<DesiredObject> Join(IReadOnlyList<DesiredObject> objects)
    {
        HashSet<(ushort, ushort, PortProtocol)> ipv4 = RunsOn(IPAddress.Any, objects);
        HashSet<(ushort, ushort, PortProtocol)> ipv6 = RunsOn(IPAddress.IPv6Any, objects);
        ipv4.IntersectWith(ipv6);
        return ipv4.Count == 0 ? objects :
        [
            .. objects
                .Where(o => o is not HeldPort port || !port.Address.Equals(IPAddress.Any) || !ipv4.Contains(RunOf(port)))
                .Select(o => o is HeldPort port && port.Address.Equals(IPAddress.IPv6Any) && ipv4.Contains(RunOf(port))
                    ? port with { DualStack = true }
                    : o),
        ];
    }

    private static HashSet<(ushort, ushort, PortProtocol)> RunsOn(IPAddress address, IEnumerable<DesiredObject> objects) =>
        [.. objects.OfType<HeldPort>().Where(p => p.Address.Equals(address)).Select(RunOf)];

    private static (ushort First, ushort Count, PortProtocol Protocol) RunOf(HeldPort port) => (port.Port, port.Count, port.Protocol);
}
