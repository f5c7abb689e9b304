using System.Net.Sockets;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Kernel.Steps;
using Net.Netlink;
using Net.Netlink.Routes;
using Errno = Net.Linux.Errno;

namespace Net.Kernel.Routes;

/// <summary>Routes in the main table.</summary>
internal sealed class RouteKind : ObjectKind<RouteObject>
{
    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(RouteObject thing) =>
    [
        new NetlinkStep(ApplyPhase.Routes, thing, () => Command(thing, "add"))
        {
            Namespace = thing.Namespace,
            Link = thing.Link,
            Request = (_, link) => RouteRequests.Add(thing.Destination, link, thing.Gateway, protocol: RouteMark.Protocol),
            Inverse = (_, link) => Delete(thing, link),
            OnRefusal = (session, refusal) => UseExisting(session, refusal, thing),
        },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(RouteObject from, RouteObject to) => [Put(to, from)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(RouteObject thing) => [Put(thing, null)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(RouteObject thing, RemovalScope scope) => scope.Takes(thing.Namespace, thing.Link)
        ? []
        :
        [
            new NetlinkStep(ApplyPhase.Routes, thing, () => Command(thing, "del"))
            {
                Namespace = thing.Namespace,
                Link = thing.Link,
                Request = (_, link) => Delete(thing, link),
            },
        ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<RouteObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (RouteObject route in desired)
        {
            ObservedNamespace? seen = kernel.Of(route.Namespace);
            RouteMessage? found =
                seen?.Routes.FirstOrDefault(candidate => RouteMark.IsOurs(candidate) && RouteMark.Leads(candidate, route.Destination));
            if (found is null)
            {
                difference.Missing(route);
            }
            else if (!Same(found, route, seen!))
            {
                difference.Different(
                    route,
                    [
                        $"it leads by {seen!.Link(found.OutputInterfaceIndex ?? 0)?.Name ?? "no link"} via " +
                        $"{found.Gateway?.ToString() ?? "no gateway"}",
                    ]);
            }
        }

        RouteLeftovers.Find(desired, kernel, difference);
    }

    private static bool Same(RouteMessage found, RouteObject route, ObservedNamespace seen) =>
        Equals(found.Gateway, route.Gateway) && seen.Link(route.Link)?.Index == found.OutputInterfaceIndex;

    private static NetlinkStep Put(RouteObject thing, RouteObject? before) => new(ApplyPhase.Routes, thing, () => Command(thing, "replace"))
    {
        Namespace = thing.Namespace,
        Link = thing.Link,
        Request = (_, link) => RouteRequests.Add(thing.Destination, link, thing.Gateway, protocol: RouteMark.Protocol, replace: true),
        Inverse = before is null ? null : (session, _) =>
        {
            session.Resolve(before.Namespace, [before.Link]);
            int link = session.IndexOf(before.Namespace, before.Link) ?? 0;
            return RouteRequests.Add(before.Destination, link, before.Gateway, protocol: RouteMark.Protocol, replace: true);
        },
    };

    private static NetlinkRequest Delete(RouteObject thing, int link) =>
        RouteRequests.Delete(thing.Destination, link, thing.Gateway, protocol: RouteMark.Protocol);

    private static bool? UseExisting(KernelSession session, NetlinkException refusal, RouteObject thing)
    {
        if (refusal.Errno != Errno.Exists)
        {
            return null;
        }

        int? link = session.IndexOf(thing.Namespace, thing.Link);
        bool ours =
            session.Connection(thing.Namespace).DumpRoutes(RouteMark.FamilyOf(thing.Destination), RouteHeader.MainTable).Any(route =>
            RouteMark.IsOurs(route)
            && RouteMark.Leads(route, thing.Destination)
            && route.OutputInterfaceIndex == link
            && Equals(route.Gateway, thing.Gateway));
        return ours
            ? false
            : throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(thing)}: there is a route to {ObjectWords.Destination(thing)} already that this daemon did not create; " +
                "remove it or choose another subnet");
    }

    private static string Command(RouteObject thing, string verb)
    {
        string family = thing.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? " -6" : "";
        string via = thing.Gateway is { } gateway ? $" via {gateway}" : "";
        return $"{IpCommand.In(thing.Namespace)}{family} route {verb} {ObjectWords.Destination(thing)}{via} dev {thing.Link} proto " +
            $"{(int)RouteMark.Protocol}";
    }
}
