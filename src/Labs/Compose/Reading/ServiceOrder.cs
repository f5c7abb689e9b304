using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Puts services in an order in which each comes after those that it needs.</summary>
internal static class ServiceOrder
{
    /// <summary>The services that a service needs, and where it says so. Those that are not required and not there are left out.</summary>
    public static IEnumerable<(string Service, Place Place)> NeededBy(ComposeService service, IReadOnlySet<string> present) =>
    [
        .. service.Dependencies.Where(d => d.IsRequired || present.Contains(d.Service)).Select(d => (d.Service, d.Place)),
        .. service.Links.Select(link => (link.Service, link.Place)),
        .. service.Mode is { Service: { } other } mode ? [(other, mode.Place)] : (IEnumerable<(string, Place)>)[],
    ];

    /// <summary>Orders services.</summary>
    /// <exception cref="FileFaultException">Services need each other in a circle. One that is not there is passed over.</exception>
    public static IReadOnlyList<ComposeService> Of(IReadOnlyList<ComposeService> services)
    {
        var ordered = new List<ComposeService>();
        Dictionary<string, ComposeService> byName = services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        HashSet<string> present = [.. byName.Keys];
        var path = new List<string>();
        foreach (ComposeService service in services)
        {
            Visit(service);
        }

        return ordered;

        void Visit(ComposeService service)
        {
            if (ordered.Contains(service))
            {
                return;
            }

            path.Add(service.Name);
            foreach ((string name, Place place) in NeededBy(service, present))
            {
                int at = path.IndexOf(name);
                if (at >= 0)
                {
                    throw new FileFaultException(
                        place,
                        $"services.{service.Name}: services need each other in a circle, "
                            + $"{string.Join(" -> ", path.Skip(at).Append(name))}: leave one dependency or link out");
                }

                if (byName.TryGetValue(name, out ComposeService? needed))
                {
                    Visit(needed);
                }
            }

            path.RemoveAt(path.Count - 1);
            ordered.Add(service);
        }
    }
}
