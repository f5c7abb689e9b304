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
    protected override IEnumerable<Step> Add(RouteObject desired) =>
    [
        new NetlinkStep(ApplyPhase.Routes, desired, () => Command(desired, "add"))
        {
            Namespace = desired.Namespace,
            Link = desired.Link,
            Request = (_, link) =>
                RouteRequests.Add(desired.Destination, link, desired.Gateway, desired.Metric, protocol: RouteMark.Protocol),
            Inverse = (_, link) => Delete(desired, link),
            OnRefusal = (session, refusal) => UseExisting(session, refusal, desired),
        },
    ];

    /// <inheritdoc/>
    /// <remarks>A route with another metric is another route to the kernel, so the former one is deleted. So it is too where there may be a
    /// route of another program to the same destination: the kernel would replace either of them.</remarks>
    protected override IEnumerable<Step> Replace(RouteObject from, RouteObject to) => to.Yields
        ? [DeleteOurs(to), .. Add(to)]
        : from.Metric == to.Metric
        ? [Put(to, from)]
        :
        [
            new NetlinkStep(ApplyPhase.Routes, to, () => Command(from, "del"))
            {
                Namespace = from.Namespace,
                Link = from.Link,
                Request = (_, link) => Delete(from, link),
                Inverse = (_, link) => RouteRequests.Add(from.Destination, link, from.Gateway, from.Metric, protocol: RouteMark.Protocol),
            },
            .. Add(to),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Correct(RouteObject desired) =>
        desired.Yields ? [DeleteOurs(desired), .. Add(desired)] : [Put(desired, null)];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(RouteObject desired, RemovalScope scope) => scope.Takes(desired.Namespace, desired.Link)
        ? []
        :
        [
            new NetlinkStep(ApplyPhase.Routes, desired, () => Command(desired, "del"))
            {
                Namespace = desired.Namespace,
                Link = desired.Link,
                Request = (_, link) => Delete(desired, link),
            },
        ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<RouteObject> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (RouteObject route in desired)
        {
            ObservedNamespace? seen = kernel.Of(route.Namespace);
            RouteMessage[] ours =
            [
                .. (seen?.Routes ?? []).Where(candidate => RouteMark.IsOurs(candidate) && RouteMark.Leads(candidate, route.Destination)),
            ];
            RouteMessage? found = ours.FirstOrDefault(candidate => Same(candidate, route, seen!)) ?? ours.FirstOrDefault();
            bool waits = seen?.IsSetDown(route.Link) == true;
            bool yields = route.Yields && seen?.Routes.Any(candidate => RouteMark.Leads(candidate, route.Destination)) == true;
            if (found is null && (waits || yields))
            {
                continue;
            }

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
        Equals(found.Gateway, route.Gateway) && seen.Link(route.Link)?.Index == found.OutputInterfaceIndex
            && (route.Metric is null || route.Metric == found.Metric);

    private static NetlinkStep Put(RouteObject desired, RouteObject? before) =>
        new(ApplyPhase.Routes, desired, () => Command(desired, "replace"))
        {
            Namespace = desired.Namespace,
            Link = desired.Link,
            Request = (_, link) =>
                RouteRequests.Add(desired.Destination, link, desired.Gateway, desired.Metric, protocol: RouteMark.Protocol, replace: true),
            Inverse = before is null ? null : (session, _) =>
            {
                session.Resolve(before.Namespace, [before.Link]);
                int link = session.IndexOf(before.Namespace, before.Link) ?? 0;
                return RouteRequests.Add(
                    before.Destination, link, before.Gateway, before.Metric, protocol: RouteMark.Protocol, replace: true);
            },
        };

    // Deletes the routes of ours to the same destination; those of others stay.
    private static ActionStep DeleteOurs(RouteObject desired) => new(ApplyPhase.Routes, desired, () => "")
    {
        Do = session =>
        {
            NetlinkConnection inside = session.Connection(desired.Namespace);
            RouteMessage[] ours =
            [
                .. inside.DumpRoutes(RouteMark.FamilyOf(desired.Destination), RouteHeader.MainTable)
                    .Where(route => RouteMark.IsOurs(route) && RouteMark.Leads(route, desired.Destination)),
            ];
            foreach (RouteMessage route in ours)
            {
                inside.Execute(RouteRequests.Delete(route));
            }

            return ours.Length == 0 ? null : () => Array.ForEach(ours, route => inside.Execute(RouteRequests.Add(
                desired.Destination, route.OutputInterfaceIndex ?? 0, route.Gateway, route.Metric, protocol: RouteMark.Protocol)));
        },
    };

    private static NetlinkRequest Delete(RouteObject desired, int link) =>
        RouteRequests.Delete(desired.Destination, link, desired.Gateway, desired.Metric, protocol: RouteMark.Protocol);

    private static bool? UseExisting(KernelSession session, NetlinkException refusal, RouteObject desired)
    {
        if (refusal.Errno != Errno.Exists)
        {
            return null;
        }

        if (desired.Yields)
        {
            return false;
        }

        int? link = session.IndexOf(desired.Namespace, desired.Link);
        bool ours =
            session.Connection(desired.Namespace).DumpRoutes(RouteMark.FamilyOf(desired.Destination), RouteHeader.MainTable).Any(route =>
            RouteMark.IsOurs(route)
            && RouteMark.Leads(route, desired.Destination)
            && route.OutputInterfaceIndex == link
            && Equals(route.Gateway, desired.Gateway));
        return ours
            ? false
            : throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(desired)}: there is a route to {ObjectWords.Destination(desired)} already that this daemon " +
                "did not create; remove it or choose another subnet");
    }

    private static string Command(RouteObject desired, string verb)
    {
        string family = desired.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? " -6" : "";
        string via = desired.Gateway is { } gateway ? $" via {gateway}" : "";
        return $"{IpCommand.In(desired.Namespace)}{family} route {verb} {ObjectWords.Destination(desired)}{via} dev {desired.Link} proto " +
            $"{(int)RouteMark.Protocol}{(desired.Metric is { } metric ? FormattableString.Invariant($" metric {metric}") : "")}";
    }
}
