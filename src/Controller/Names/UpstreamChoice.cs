using System.Net;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Dns.Files;
using Net.Dns.Resolver;

namespace Net.Controller.Names;

/// <summary>Where a sandbox's questions go that its networks do not know.</summary>
internal static class UpstreamChoice
{
    /// <summary>To the servers that the user named, from within the sandbox; else to the daemon's or the host's, as the host reaches them; nowhere for a sandbox
    /// that has only internal networks, since a query would carry its data out.</summary>
    public static UpstreamPolicy For(ModelSnapshot model, SandboxId id, ResolvConf host, IReadOnlyList<IPAddress> daemonServers)
    {
        IReadOnlyList<Endpoint> endpoints = model.EndpointsOf(id);
        if (endpoints.Count > 0 && endpoints.All(e => model[e.Network].Internal))
        {
            return UpstreamPolicy.Forbidden;
        }

        ResolverConfig asked = model.SandboxesById.GetValueOrDefault(id)?.Resolver ?? ResolverConfig.None;
        return ContainerResolvConf.Upstreams(host, SandboxOverrides.Of(asked, daemonServers), asked.Servers.Count > 0 ? id.Value : null);
    }
}
