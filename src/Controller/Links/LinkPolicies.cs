using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>The firewall policies of a sandbox's links on a default network without inter-container communication, where nothing else lets
/// two sandboxes talk.</summary>
internal static class LinkPolicies
{
    /// <summary>Lets the linking sandbox open connections to each exposed port of each target, by the addresses that both have now. They
    /// belong to the linking sandbox's endpoint, with which they go.</summary>
    /// <param name="model">The model.</param>
    /// <param name="client">The linking sandbox.</param>
    /// <param name="described">What the drivers describe for its endpoints.</param>
    public static IEnumerable<FirewallPolicy> Describe(ModelSnapshot model, Sandbox client, IReadOnlyList<DesiredObject> described)
    {
        if (client.Links is null || LiveLink.EndpointOf(model, client.Id) is not { } own)
        {
            return [];
        }

        return
            (from filter in described.OfType<EndpointPolicy>()
             where filter.Owner == OwnerId.Of(own.Id) && !filter.InterContainer
             from link in LiveLink.Of(model, client)
             from pair in Pairs(own, link.Endpoint)
             from service in ExposedServices.Of(link.Target)
             select new LinkPolicy
             {
                 Owner = filter.Owner,
                 Bridge = filter.Bridge,
                 Client = pair.Client,
                 Server = pair.Server,
                 Protocol = service.Protocol,
                 Port = service.Port,
             })
            .DistinctBy(policy => policy.Key, StringComparer.Ordinal); // two links may lead to one sandbox
    }

    private static IEnumerable<(IPAddress Client, IPAddress Server)> Pairs(Endpoint client, Endpoint server)
    {
        if (client.IPv4 is { } client4 && server.IPv4 is { } server4)
        {
            yield return (client4.Address, server4.Address);
        }

        if (client.IPv6 is { } client6 && server.IPv6 is { } server6)
        {
            yield return (client6.Address, server6.Address);
        }
    }
}
