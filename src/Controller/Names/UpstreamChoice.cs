using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Controller.Models;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Controller.Names;

/// <summary>Where a sandbox's questions go that its networks do not know.</summary>
internal static class UpstreamChoice
{
    /// <summary>To the host's servers; nowhere for a sandbox that has only internal networks, since a query would carry its data out.</summary>
    public static UpstreamPolicy For(ModelSnapshot model, SandboxId sandbox, ResolvConf host)
    {
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(sandbox);
        return endpoints.Count > 0 && endpoints.All(e => model[e.Network].Internal)
            ? UpstreamPolicy.Forbidden
            : ContainerResolvConf.Upstreams(host, ResolverOverrides.None);
    }
}
