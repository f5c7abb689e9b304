using System.Net;
using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Netlink.Routes;

namespace Net.Kernel.Routes;

/// <summary>Finds routes with our protocol number that nothing wants, in every namespace that has been read.</summary>
internal static class RouteLeftovers
{
    private const string Kind = "route";

    /// <summary>Adds each of them to the difference.</summary>
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
                    var removable = new RouteObject
                    {
                        Owner = new OwnerId(OwnerKind.Endpoint, ""), // a route has no room for its owner's id
                        Namespace = seen.Reference,
                        Destination = destination,
                        Gateway = route.Gateway,
                        Link = link,
                    };
                    difference.Leftover(new ObjectLeftover(Kind, $"{destination}{via} dev {link}{where}", removable));
                }
            }
        }
    }
}
