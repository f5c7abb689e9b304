using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>A link of a sandbox on the default network that leads somewhere at this moment: both are on it, and the target runs.</summary>
/// <param name="Alias">The name that the linking sandbox has for the target.</param>
/// <param name="Target">The sandbox that is linked to.</param>
/// <param name="Endpoint">The target's endpoint on the default network.</param>
internal sealed record LiveLink(string Alias, Sandbox Target, Endpoint Endpoint)
{
    /// <summary>The links of a sandbox that lead somewhere, in the order in which they were asked for. A target that is not in the model,
    /// since the store was lost, leads nowhere.</summary>
    public static IEnumerable<LiveLink> Of(ModelSnapshot model, Sandbox sandbox) =>
        sandbox.Links is { } links && EndpointOf(model, sandbox.Id) is not null
            ? from link in links
              let target = model.Find(link.Target)
              where target is { HasNetworkStack: true }
              let endpoint = EndpointOf(model, link.Target)
              where endpoint is not null
              select new LiveLink(link.Alias, target, endpoint)
            : [];

    /// <summary>The endpoint of a sandbox on the default network; null when it is not on it.</summary>
    public static Endpoint? EndpointOf(ModelSnapshot model, SandboxId sandbox) =>
        model.EndpointsOf(sandbox).FirstOrDefault(endpoint => model[endpoint.Network].IsDefaultBridge);
}
