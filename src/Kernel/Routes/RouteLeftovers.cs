using System.Net;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Routes;

namespace Net.Kernel.Routes;

/// <summary>Routes with our protocol number that nothing wants, in every namespace that is looked at.</summary>
internal static class RouteLeftovers
{
    private const string Kind = "route";

    /// <summary>Finds them.</summary>
    public static void Find(IReadOnlyList<RouteObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        HashSet<(string? Path, IPNetwork Destination)> wanted = [.. desired.Select(route => (route.Namespace.Path, route.Destination))];
        foreach (ObservedNamespace seen in kernel.Seen)
        {
            foreach (RouteMessage route in seen.Routes.Where(RouteMark.IsOurs))
            {
                if (RouteMark.Destination(route) is { } destination && !wanted.Contains((seen.Reference.Path, destination)))
                {
                    string via = route.Gateway is { } gateway ? $" via {gateway}" : "";
                    string link = seen.Link(route.OutputInterfaceIndex ?? 0)?.Name ?? "";
                    string where = seen.Reference.Path is { } path ? $" in {path}" : "";
                    difference.Leftover(new KernelLeftover(Kind, $"{destination}{via} dev {link}{where}", ""));
                }
            }
        }
    }

    /// <summary>The route: its words come in pairs after the destination.</summary>
    public static DesiredObject? Read(KernelLeftover leftover)
    {
        if (leftover.Kind != Kind)
        {
            return null;
        }

        string[] words = leftover.Name.Split(' ');
        string? After(string word) => Array.IndexOf(words, word) is var at and > 0 ? words[at + 1] : null;
        return new RouteObject
        {
            Owner = new OwnerId(OwnerKind.Endpoint, leftover.Tag),
            Namespace = After("in") is { } path ? NamespaceRef.At(path, System.IO.Path.GetFileName(path)) : NamespaceRef.Host,
            Destination = IPNetwork.Parse(words[0]),
            Gateway = After("via") is { } gateway ? IPAddress.Parse(gateway) : null,
            Link = After("dev")!,
        };
    }
}
