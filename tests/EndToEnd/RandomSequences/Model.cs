namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Which networks and containers there are, and what a command would be answered. As naive as can be.</summary>
/// <param name="isOpen">Containers on the default network reach each other (<c>--icc</c>).</param>
/// <param name="hasIPv6">The default network has IPv6 (<c>--ipv6</c>).</param>
internal sealed class Model(bool isOpen, bool hasIPv6)
{
    public bool IsOpen => isOpen;

    public List<ModelNetwork> Networks { get; } = [new(0, "bridge") { HasIPv6 = hasIPv6 }];

    /// <summary>The default network, which is always there.</summary>
    public ModelNetwork Default => Networks[0];

    public List<ModelContainer> Containers { get; } = [];

    public IEnumerable<ModelContainer> Running => Containers.Where(c => c.IsRunning);

    /// <summary>The running containers that are on a network.</summary>
    public IEnumerable<ModelContainer> On(ModelNetwork network) => Running.Where(c => c.IsOn(network));

    /// <summary>A start succeeds: all that the container needs is there.</summary>
    public bool CanStart(ModelContainer container) =>
        container.IsRunning
        || (container.Source == StackSource.Container
            ? Containers.Contains(container.Other!) && container.Other!.IsRunning
            : container.Memberships.All(m => Networks.Contains(m.Network)) && HasItsWires(container)
                && (!container.IsOn(Default) || container.Links.All(link => LeadsSomewhere(link.Target))));

    /// <summary>How many addresses of a network are in use: of each subnet that of the network, the gateway's and, of IPv4, the one for
    /// broadcasts; those of running containers; and those that were asked for, which containers that are down keep.</summary>
    public int AddressesInUse(ModelNetwork network) =>
        network.Subnets.Sum(subnet => subnet.Contains(':') ? 2 : 3)
        + (from container in Containers
           from place in container.Memberships.Where(m => m.Network == network)
           select (network.HasIPv4 && (container.IsRunning || place.Address is not null) ? 1 : 0)
               + (network.HasIPv6 && (container.IsRunning || place.Address6 is not null) ? 1 : 0)).Sum();

    /// <summary>One more container can be on a network: mode passthru takes a link of the host for one alone.</summary>
    public bool IsFree(ModelNetwork network) => !network.IsExclusive || !Wires(Running).Contains(network.Wire);

    /// <summary>A link on the default network to a container leads somewhere now.</summary>
    public bool LeadsSomewhere(ModelContainer target) => target.IsRunning && target.IsOn(Default);

    /// <summary>The container that a link to another leads to: of one that shares a namespace, that which has it. Null: it was
    /// removed.</summary>
    public ModelContainer? TargetOf(ModelContainer named) =>
        named.Source != StackSource.Container ? named : Containers.Contains(named.Other!) ? named.Other : null;

    /// <summary>The container begins to run, in a new namespace or in that which the other has now.</summary>
    public static void Start(ModelContainer container)
    {
        container.IsRunning = true;
        container.Starts++;
        container.StartsOfOther = container.Other?.Starts ?? 0;
    }

    /// <summary>The container still shares the namespace that the other runs in.</summary>
    public bool Shares(ModelContainer container) =>
        Containers.Contains(container.Other!) && container.Other!.IsRunning && container.Other.Starts == container.StartsOfOther;

    /// <summary>The container is gone, and with it the links to it.</summary>
    public void Remove(ModelContainer container)
    {
        Containers.Remove(container);
        foreach (ModelContainer other in Containers)
        {
            other.Links.RemoveAll(link => link.Target == container);
        }
    }

    /// <summary>The container has another name, and private names that stand for it follow on the networks that it is on.</summary>
    public void Rename(ModelContainer container, string name)
    {
        foreach (ModelMembership there in Containers.SelectMany(c => c.Memberships).Where(m => container.IsOn(m.Network)))
        {
            foreach (string alias in there.PrivateNames.Where(link => link.Value == container.Name).Select(link => link.Key).ToArray())
            {
                there.PrivateNames[alias] = name;
            }
        }

        container.Name = name;
    }

    /// <summary>Which of some containers that are down can be started in the end, in an order in which they can be. Those that are missing
    /// in the answer would be tried for ever.</summary>
    public IReadOnlyList<ModelContainer> Startable(IEnumerable<ModelContainer> down)
    {
        List<ModelContainer> waiting = [.. down];
        List<ModelContainer> started = [];
        while (waiting.Find(CanStart) is { } next)
        {
            waiting.Remove(next);
            started.Add(next);
            next.IsRunning = true;
        }

        started.ForEach(container => container.IsRunning = false);
        return started;
    }

    private bool HasItsWires(ModelContainer container) =>
        Wires([container]).ToArray() is var own && own.Distinct().Count() == own.Length && !own.Intersect(Wires(Running)).Any();

    // The links of the host that containers have for themselves.
    private static IEnumerable<string> Wires(IEnumerable<ModelContainer> containers) =>
        containers.SelectMany(c => c.Memberships).Where(m => m.Network.IsExclusive).Select(m => m.Network.Wire);

    public override string ToString() => $"networks: {string.Join(", ", Networks)}\n{string.Join('\n', Containers)}";
}
