using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>One mending's view of <see cref="MendLimit"/>, and what a daemon that mends by itself leaves alone: what others have added, and
/// links that containers have taken elsewhere.</summary>
internal sealed class MendRound(MendLimit limit, MendLimitScope scope)
{
    private readonly Dictionary<string, bool> _decided = new(StringComparer.Ordinal);
    private readonly HashSet<ObjectPlace> _anew = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>What is left as it is, each a sentence.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>The part of the difference that is mended.</summary>
    public StateDifference Admit(StateDifference difference)
    {
        HashSet<OwnerId> elsewhere = scope == MendLimitScope.All ? TakenElsewhere(difference) : [];
        DesiredObject[] links =
        [
            .. difference.Missing.Concat(difference.Different.Select(pair => pair.Wanted)).OfType<LinkObject>().Where(IsAdmittedHere),
        ];

        // What is on a link that is made anew is made with it.
        _anew.UnionWith(links.OfType<LinkObject>().SelectMany(link => link.Places));
        return difference with
        {
            Missing = [.. difference.Missing.Where(IsAdmittedHere)],
            Different = [.. difference.Different.Where(pair => IsAdmittedHere(pair.Wanted))],
            Leftover = scope == MendLimitScope.All ? [] : difference.Leftover,
        };

        bool IsAdmittedHere(DesiredObject desired) => !elsewhere.Contains(desired.Owner) && IsAdmitted(desired);
    }

    private HashSet<OwnerId> TakenElsewhere(StateDifference difference)
    {
        _refused.UnionWith(difference.TakenElsewhere.Select(link =>
            $"{link.Label}: the container has renamed its end or moved it elsewhere, and keeps it so; start the container again, or have "
                + "it made anew with netctl doctor --fix"));
        return [.. difference.TakenElsewhere.Select(link => link.Owner)];
    }

    private bool IsAdmitted(DesiredObject desired)
    {
        ObjectPlace? inside = PlaceOf(desired);
        if (inside is { } place ? _anew.Contains(place) : scope == MendLimitScope.Sandboxes || RestsOnAnew(desired))
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
                $"for a minute: find what {(inside is null ? "on this host" : "in the container")} changes it");
        }

        return admitted;
    }

    private bool RestsOnAnew(DesiredObject desired) => desired is not LinkObject && desired.RestsOn.Any(_anew.Contains);

    /// <summary>Where in a sandbox the object is: the namespace, and the link or nothing; null for what is not in a sandbox.</summary>
    private static ObjectPlace? PlaceOf(DesiredObject desired)
    {
        bool canBeInside = desired is LinkAddress or RouteObject or NeighbourObject or SysctlObject or ResolverListener;
        return canBeInside && desired.RestsOn.Single() is { Namespace.IsHost: false } place ? place : null;
    }
}
