using Net.Cnm.DesiredState;

namespace Net.Controller.Plans;

/// <summary>The static routes that plug-ins give the endpoints of one sandbox. No plug-in knows of the other endpoints, and two networks
/// may lead to one destination; the kernel has one route to each.</summary>
internal static class StaticRoutes
{
    /// <summary>The same objects, with one route to each destination: that of the endpoint which was connected first. When that endpoint
    /// goes, the next one's takes its place.</summary>
    /// <param name="objects">What the drivers describe for the endpoints of a sandbox, in the order of connection.</param>
    public static IReadOnlyList<DesiredObject> OneForEach(IReadOnlyList<DesiredObject> objects)
    {
        var destinations = new HashSet<string>(StringComparer.Ordinal);
        return [.. objects.Where(o => o is not RouteObject route || destinations.Add(route.Key))];
    }
}
