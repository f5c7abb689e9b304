using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Cnm.Hosts;

namespace Net.Tests.Unit.Controller;

/// <summary>A kernel in memory that refuses what a real one would: adding what is there, replacing what is not as said.</summary>
internal sealed class FakeEngine : IDesiredStateEngine
{
    public Dictionary<string, DesiredObject> Kernel { get; } = new(StringComparer.Ordinal);

    public List<StateChange> Changes { get; } = [];

    /// <summary>Throws when it says so for a change, after nothing has been done.</summary>
    public Func<StateChange, CnmException?> Refuse { get; set; } = _ => null;

    /// <summary>What every change is said to have postponed.</summary>
    public IReadOnlyList<string> Postpone { get; set; } = [];

    /// <summary>Called after each mending with its number, from 1.</summary>
    public Action<int> AfterMend { get; set; } = _ => { };

    public int Mends { get; private set; }

    /// <summary>Keys that cannot be removed.</summary>
    public HashSet<string> Stuck { get; } = new(StringComparer.Ordinal);

    /// <summary>What every published port is said to have counted.</summary>
    public ulong Packets { get; set; }

    public int PriorValuesRestored { get; private set; }

    public HostFacts Facts { get; set; } = new() { EgressMtu = 1500, Routes = [new HostRoute(IPNetwork.Parse("10.9.0.0/16"), "eth0")] };

    /// <summary>What only networks and sandboxes make: without adopted settings, which stay.</summary>
    public IEnumerable<DesiredObject> Owned => Kernel.Values.Where(o => o.Ownership == Ownership.Owned);

    public HostFacts ReadHostFacts() => Facts with
    {
        Links = Kernel.Values.OfType<LinkObject>().SelectMany(link => link.Places)
            .Where(place => place.Namespace.IsHost).Select(place => place.Link ?? "").Except(TakenLinks)
            .ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>The links that another program has taken out of the host's namespace.</summary>
    public ISet<string> TakenLinks { get; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Apply(StateChange change, ICollection<string>? postponed = null)
    {
        if (Refuse(change) is { } error)
        {
            throw error;
        }

        foreach (string failure in Postpone)
        {
            postponed?.Add(failure);
        }

        Changes.Add(change);
        foreach (DesiredObject add in change.Add)
        {
            if (Kernel.TryGetValue(add.Key, out DesiredObject? present) && present.Ownership != Ownership.Adopted)
            {
                throw new InvalidOperationException($"{add.Key} is there already");
            }

            Kernel[add.Key] = add;
        }

        foreach ((DesiredObject from, DesiredObject to) in change.Replace)
        {
            // Nobody but the engine knows the text of a file that its sandbox may edit.
            if (from is not SandboxFile { KeepsEdits: true } && Kernel.GetValueOrDefault(from.Key) != from)
            {
                throw new InvalidOperationException($"{from.Key} is not what was to be replaced");
            }

            Kernel[to.Key] = to;
        }

        // What is taken away and added in one change is there afterwards.
        foreach (DesiredObject gone in change.Remove.Where(o => !Stuck.Contains(o.Key)).Except(change.Add))
        {
            Kernel.Remove(gone.Key);
        }

        return [.. change.Remove.Where(o => Stuck.Contains(o.Key)).Select(o => $"{o.Key} stays")];
    }

    /// <summary>The addresses among some that the engine was last told have left their sandboxes.</summary>
    /// <summary>Who is said to hold what a change waits for.</summary>
    public string? Holder { get; set; }

    public string? FindHolder(StateChange change) => change.Add.OfType<FirewallPolicy>().Any() ? Holder : null;

    public Predicate<IPAddress>? Forgotten { get; private set; }

    public void ForgetConnections(Predicate<IPAddress> gone) => Forgotten = gone;

    public FirewallMending MendFirewall(IReadOnlyCollection<DesiredObject> desired)
    {
        FirewallPolicy[] missing = [.. desired.OfType<FirewallPolicy>().Where(policy => !Kernel.ContainsKey(policy.Key))];
        Array.ForEach(missing, policy => Kernel.Add(policy.Key, policy));
        return missing.Length > 0 ? FirewallMending.PutBack : FirewallMending.Nothing;
    }

    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) =>
        [.. ports.Select(p => new PortTraffic(p, Packets, 0))];

    public StateDifference Diff(IReadOnlyCollection<DesiredObject> desired)
    {
        Dictionary<string, DesiredObject> wanted = desired.ToDictionary(o => o.Key, StringComparer.Ordinal);
        ILookup<bool, DesiredObject> missing = desired.Where(o => !Kernel.ContainsKey(o.Key))
            .ToLookup(o => o.Ownership == Ownership.HandedOver);
        return new StateDifference(
            [.. missing[false]],
            [.. desired.Where(o => Kernel.TryGetValue(o.Key, out DesiredObject? there) && there != o).Select(o => (o, $"{Kernel[o.Key]}"))],
            [.. Owned.Where(o => !wanted.ContainsKey(o.Key)).Select(o => new ObjectLeftover("object", o.Key, o))],
            [],
            [.. desired.OfType<FirewallPolicy>()])
        {
            Gone = [.. missing[true]],
        };
    }

    /// <summary>What a survey is said to find.</summary>
    public HostSurvey Survey { get; set; } = new();

    HostSurvey IDesiredStateEngine.Survey(SurveyRequest request) => Survey;

    public IReadOnlyList<string> Mend(StateDifference difference)
    {
        foreach (DesiredObject wanted in difference.Missing.Concat(difference.Different.Select(d => d.Wanted)))
        {
            Kernel[wanted.Key] = wanted;
        }

        foreach (DesiredObject leftover
            in difference.Leftover.OfType<ObjectLeftover>().Select(l => l.Object).Where(o => !Stuck.Contains(o.Key)))
        {
            Kernel.Remove(leftover.Key);
        }

        AfterMend(++Mends);
        return [.. difference.Leftover.Where(l => Kernel.ContainsKey(l.Name)).Select(l => $"{l.Name} stays")];
    }

    public IReadOnlyList<string> Explain(StateChange change) =>
        [
            .. change.Add.Select(o => $"add {o.Key}"),
            .. change.Replace.Select(r => $"replace {r.To.Key}"),
            .. change.Remove.Select(o => $"remove {o.Key}"),
        ];

    public bool HasUnfinishedRemovals { get; set; }

    public void FinishRemovals() => HasUnfinishedRemovals = false;

    public IReadOnlyList<string> Reset()
    {
        PriorValuesRestored++;
        return [];
    }
}
