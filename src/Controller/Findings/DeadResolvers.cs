using System.Net;
using Net.Cnm.Findings;
using Net.Cnm.Identifiers;
using Net.Dns.Files;

namespace Net.Controller.Findings;

/// <summary>Names the DNS servers that do not answer, and whence containers have them.</summary>
internal static class DeadResolvers
{
    public static IEnumerable<Finding> Find(FindingFacts facts, IReadOnlyCollection<SilentResolver> silent, bool daemonHasServers) =>
        silent.Select(resolver => Of(facts, resolver, daemonHasServers));

    private static Finding Of(FindingFacts facts, SilentResolver resolver, bool daemonHasServers)
    {
        IPAddress address = resolver.Server.Address;
        string? container = resolver.Sandbox is { } id ? NameOf(facts, id) : null;
        (string source, string remedy) = (container, daemonHasServers) switch
        {
            ({ } name, _) => (
                $"it was named with --dns for {name}", $"mend that server; or make {name} anew with --dns of one that answers"),
            (null, true) => ("the daemon was started with --dns for it", "start the daemon with --dns of a server that answers"),
            _ when ContainerResolvConf.PublicServers.Contains(address) => (
                "the host's /etc/resolv.conf names it, or names no server that containers reach, so that netctl asks it",
                "name a server that answers in /etc/resolv.conf"),
            _ => ("the host's /etc/resolv.conf names it", "name a server that answers in /etc/resolv.conf"),
        };
        string where = container is null ? "" : $"ip netns exec {container} ";
        string silence = resolver.HasRoute ? "does not answer" : "is not reached by any route";
        return new Finding
        {
            Kind = FindingKinds.DeadResolver,
            Grade = resolver.HasOthers || !resolver.HasRoute ? FindingGrade.Note : FindingGrade.Error,
            Object = container is null ? $"DNS server {address}" : $"container {container}",
            Cause = $"the DNS server {resolver.Server} {silence} ({source}), so " + (resolver.HasOthers
                ? "names are looked up late, by the next server"
                : "containers do not resolve names of the outside"),
            Look = $"{where}dig +time=2 +tries=1 @{address}{(resolver.Server.Port == 53 ? "" : $" -p {resolver.Server.Port}")} example.org",
            Remedy = remedy,
        };
    }

    private static string NameOf(FindingFacts facts, SandboxId id) =>
        facts.Model.Sandboxes.FirstOrDefault(sandbox => sandbox.Id == id)?.Name ?? id.Short;
}
