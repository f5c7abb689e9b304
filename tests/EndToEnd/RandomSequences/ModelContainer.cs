namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Where a container has its network stack from.</summary>
internal enum StackSource
{
    /// <summary>A namespace of its own, on networks.</summary>
    Networks,

    /// <summary>A namespace of its own with loopback only.</summary>
    None,

    Host,

    /// <summary>That of another container.</summary>
    Container,

    /// <summary>A namespace that another program made.</summary>
    Adopted,
}

/// <summary>A container's place on a network.</summary>
internal sealed record ModelMembership(ModelNetwork Network)
{
    /// <summary>The IPv4 address that was asked for; null: one that is picked.</summary>
    public string? Address { get; init; }

    /// <summary>The MAC address that was asked for; null: one that is picked.</summary>
    public string? Mac { get; init; }

    public string? Alias { get; init; }

    /// <summary>The priority for the default gateway.</summary>
    public int Priority { get; init; }
}

/// <summary>A container as the model has it.</summary>
internal sealed class ModelContainer(int number, StackSource source)
{
    public int Number => number;

    public StackSource Source => source;

    public required string Name { get; set; }

    public bool IsRunning { get; set; }

    /// <summary>How often it was started: each start makes a new namespace.</summary>
    public int Starts { get; set; }

    /// <summary>Its networks, in the order of connection.</summary>
    public List<ModelMembership> Memberships { get; } = [];

    /// <summary>The container whose namespace it shares, and which start of that it shares.</summary>
    public ModelContainer? Other { get; init; }

    public int StartsOfOther { get; set; }

    /// <summary>The port of the host that it publishes; null: none.</summary>
    public int? Port { get; init; }

    /// <summary>Its command is run again when it dies.</summary>
    public bool IsRestarted { get; init; }

    /// <summary>The network with the default gateway: that of the highest priority and, of those, the first that was connected.</summary>
    public ModelNetwork? Gateway =>
        Memberships.Where(m => !m.Network.IsInternal).OrderByDescending(m => m.Priority).FirstOrDefault()?.Network;

    public override string ToString() => $"{Name} ({Source}, {(IsRunning ? "running" : "down")}, on "
        + $"{string.Join(" ", Memberships.Select(m => m.Network.Name))})";
}
