using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>One mending's view of <see cref="MendLimit"/>.</summary>
internal sealed class MendRound(MendLimit limit)
{
    private readonly Dictionary<string, bool> _decided = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Path, string Link)> _anew = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>What was mended too often, each a sentence.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>The difference without what was mended too often.</summary>
    public StateDifference Admit(StateDifference difference)
    {
        // What is on a link that is made anew is made with it.
        foreach (VethPair veth in difference.Missing.Concat(difference.Different.Select(pair => pair.Wanted)).OfType<VethPair>())
        {
            _anew.Add((veth.PeerNamespace.Path, veth.PeerName));
        }

        return difference with
        {
            Missing = [.. difference.Missing.Where(IsAdmitted)],
            Different = [.. difference.Different.Where(pair => IsAdmitted(pair.Wanted))],
        };
    }

    private bool IsAdmitted(DesiredObject desired)
    {
        if (PlaceOf(desired) is not (string path, string link) || _anew.Contains((path, link)))
        {
            return true;
        }

        if (!_decided.TryGetValue(desired.Key, out bool admitted))
        {
            admitted = limit.TryCount(desired);
            _decided.Add(desired.Key, admitted);
        }

        if (!admitted)
        {
            _refused.Add(
                $"{desired.Label} was put back {MendLimit.Most} times within a minute and is gone or changed again; it is left as it is " +
                "for a minute: find what in the container changes it");
        }

        return admitted;
    }

    /// <summary>Where in a sandbox the object is: the namespace, and the link or nothing; null for what is not in a sandbox.</summary>
    private static (string Path, string Link)? PlaceOf(DesiredObject desired)
    {
        (NamespaceRef place, string? link) = desired switch
        {
            LinkAddress address => (address.Namespace, address.Link),
            RouteObject route => (route.Namespace, route.Link),
            NeighbourObject neighbour => (neighbour.Namespace, neighbour.Link),
            SysctlObject setting => (setting.Namespace, setting.Link),
            ResolverListener resolver => (resolver.Namespace, null),
            _ => (NamespaceRef.Host, null),
        };
        return place.Path is { } path ? (path, link ?? "") : null;
    }
}
