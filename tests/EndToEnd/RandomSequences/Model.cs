namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Which networks and containers there are, and what a command would be answered. As naive as can be.</summary>
internal sealed class Model
{
    /// <summary>The default network, which is always there.</summary>
    public static ModelNetwork Default { get; } = new("bridge", "bridge", 0);

    public List<ModelNetwork> Networks { get; } = [Default];

    public List<ModelContainer> Containers { get; } = [];

    public IEnumerable<ModelContainer> Running => Containers.Where(c => c.IsRunning);

    /// <summary>The running containers that are on a network.</summary>
    public IEnumerable<ModelContainer> On(ModelNetwork network) =>
        Running.Where(c => c.Memberships.Any(m => m.Network == network));

    /// <summary>A start succeeds: all that the container needs is there.</summary>
    public bool CanStart(ModelContainer container) =>
        container.IsRunning
        || (container.Source == StackSource.Container
            ? Containers.Contains(container.Other!) && container.Other!.IsRunning
            : container.Memberships.All(m => Networks.Contains(m.Network)));

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

    public override string ToString() =>
        $"networks: {string.Join(", ", Networks.Select(n => $"{n.Name} ({n.Driver})"))}\n{string.Join('\n', Containers)}";
}
