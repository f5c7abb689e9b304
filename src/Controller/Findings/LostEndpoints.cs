using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Findings;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Plans;

namespace Net.Controller.Findings;

/// <summary>Finds endpoints of Docker Engine whose links it has not taken, or has given back, long ago: it has lost them, and they keep
/// their addresses and ports.</summary>
internal static class LostEndpoints
{
    public static IEnumerable<Finding> Find(FindingFacts facts, ForeignJoins joins, DateTimeOffset now) =>
        from sandbox in facts.Model.Sandboxes
        where sandbox.StackSource == StackSource.Foreign
        from endpoint in facts.Model.EndpointsOf(sandbox.Id)
        where now >= joins.Until(endpoint.Id, sandbox.Created) && ForeignEndpoints.IsWithHost(endpoint, facts.Host)
        select Of(facts, sandbox, endpoint);

    private static Finding Of(FindingFacts facts, Sandbox sandbox, Endpoint endpoint)
    {
        string link = ForeignEndpoints.PeerName(endpoint);
        InterfaceAddress[] addresses = [.. new[] { endpoint.IPv4, endpoint.IPv6 }.OfType<InterfaceAddress>()];
        string held = addresses.Length == 0 ? "it stays on"
            : $"{string.Join(" and ", addresses.Select(address => address.Address))} stays in use on";
        return new Finding
        {
            Kind = FindingKinds.LostEndpoint,
            Object = $"container {sandbox.Name}",
            Cause = $"no container of Docker Engine has its link {link}, which has been there for more than half a minute, so {held} "
                + $"network {facts.Model[endpoint.Network].Name} for nobody",
            Look = $"ip link show {link}",
            Remedy = $"netctl rm -f {sandbox.Name}",
        };
    }
}
