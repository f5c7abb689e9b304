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

/// <summary>A link on the default network.</summary>
internal sealed record ModelLink(string Alias, ModelContainer Target);

/// <summary>A container as the model has it.</summary>
/// <param name="slot">The lowest number that no other container has: its first name, address and port follow from it, and are used again
/// after its removal.</param>
/// <param name="source">Where it has its network stack from.</param>
internal sealed class ModelContainer(int slot, StackSource source)
{
    public int Slot => slot;

    public StackSource Source => source;

    public required string Name { get; set; }

    public bool IsRunning { get; set; }

    /// <summary>How often it was started: each start makes a new namespace.</summary>
    public int Starts { get; set; }

    /// <summary>Its networks, in the order of connection; also those that were removed while it did not run.</summary>
    public List<ModelMembership> Memberships { get; } = [];

    /// <summary>Its links on the default network, in the order in which they were asked for.</summary>
    public List<ModelLink> Links { get; } = [];

    /// <summary>The container whose namespace it shares, and which start of that it shares.</summary>
    public ModelContainer? Other { get; init; }

    public int StartsOfOther { get; set; }

    /// <summary>The port of the host that it publishes; null: none.</summary>
    public int? Port { get; init; }

    /// <summary>The restart policy; empty for none.</summary>
    public string Policy { get; init; } = "";

    /// <summary>It may be connected to networks and disconnected from them.</summary>
    public bool HasNetworks => source is StackSource.Networks or StackSource.Adopted;

    /// <summary>It runs a command. One that adopts a namespace has none.</summary>
    public bool HasCommand => source != StackSource.Adopted;

    public bool IsOn(ModelNetwork network) => Memberships.Any(m => m.Network == network);

    /// <summary>Its place on the network with the default gateway: the highest priority and, of those, the first that was
    /// connected.</summary>
    public ModelMembership? Gateway(bool ipv6) => WaysOut(ipv6).FirstOrDefault();

    /// <summary>The daemon publishes its ports: of the networks that can lead them to it, the first is a bridge. A plug-in would be told of
    /// them.</summary>
    public bool IsPublished => Port is not null && new[] { false, true }.Any(
        ipv6 => WaysOut(ipv6).FirstOrDefault(m => m.Network.Driver != "macvlan")?.Network.Driver == "bridge");

    private IEnumerable<ModelMembership> WaysOut(bool ipv6) => Memberships
        .Where(m => m.Network.IsWayOut && (ipv6 ? m.Network.HasIPv6 : m.Network.HasIPv4)).OrderByDescending(m => m.Priority);

    public override string ToString() =>
        $"{Name} ({source}, {(IsRunning ? "running" : "down")}{(Policy is "" ? "" : $", restart {Policy}")}, on "
        + $"{string.Join(" ", Memberships.Select(m => m.Network.Name))}, links "
        + $"{string.Join(" ", Links.Select(link => $"{link.Target.Name}:{link.Alias}"))})";
}
