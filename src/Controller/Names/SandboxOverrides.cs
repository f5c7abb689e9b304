using System.Net;
using Net.Cnm.Sandboxes;
using Net.Dns.Files;

namespace Net.Controller.Names;

/// <summary>The settings that replace those of the host's resolv.conf for one sandbox: the user's, and the daemon's servers when the user
/// names none.</summary>
internal static class SandboxOverrides
{
    /// <summary>The settings of one sandbox.</summary>
    /// <param name="config">The user's settings for the sandbox.</param>
    /// <param name="daemonServers">The servers that the daemon was given for all containers.</param>
    public static ResolverOverrides Of(ResolverConfig config, IReadOnlyList<IPAddress> daemonServers) => new()
    {
        NameServers = [.. config.Servers.Count > 0 ? config.Servers : daemonServers],
        Search = [.. config.Search],
        Options = [.. config.Options],
    };
}
