using System.Net;
using Net.Cnm.Sandboxes;
using Net.Dns.Files;

namespace Net.Controller.Names;

/// <summary>What takes the place of the host's word for a sandbox's resolver: what the user says of the sandbox, and for servers else the daemon's own.</summary>
internal static class SandboxOverrides
{
    /// <param name="asked">What the user says.</param>
    /// <param name="daemonServers">The servers that the daemon was given for all containers.</param>
    public static ResolverOverrides Of(ResolverConfig asked, IReadOnlyList<IPAddress> daemonServers) => new()
    {
        NameServers = [.. asked.Servers.Count > 0 ? asked.Servers : daemonServers],
        Search = [.. asked.Search],
        Options = [.. asked.Options],
    };
}
