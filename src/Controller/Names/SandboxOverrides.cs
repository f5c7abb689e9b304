using Net.Cnm.Sandboxes;
using Net.Dns.Files;

namespace Net.Controller.Names;

/// <summary>The settings that replace those of the host's resolv.conf for one sandbox: the user's, and the daemon's where the
/// user has none.</summary>
internal static class SandboxOverrides
{
    /// <summary>The settings of one sandbox.</summary>
    /// <param name="config">The user's settings for the sandbox.</param>
    /// <param name="daemon">The settings that the daemon was given for all containers.</param>
    public static ResolverOverrides Of(ResolverConfig config, ResolverConfig daemon) => new()
    {
        NameServers = [.. config.Servers.Count > 0 ? config.Servers : daemon.Servers],
        Search = [.. config.Search.Count > 0 ? config.Search : daemon.Search],
        Options = [.. config.Options.Count > 0 ? config.Options : daemon.Options],
    };
}
