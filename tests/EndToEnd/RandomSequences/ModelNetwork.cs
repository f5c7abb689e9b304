namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>A network as the model has it.</summary>
/// <param name="Name">Its name; never used again after its removal.</param>
/// <param name="Driver"><c>bridge</c>, <c>macvlan</c> or the name of the plug-in.</param>
/// <param name="Number">Number that its subnets are made of; 0 for the default network, whose subnet is the daemon's.</param>
internal sealed record ModelNetwork(string Name, string Driver, int Number)
{
    /// <summary>It has no way out of the host.</summary>
    public bool IsInternal { get; init; }

    /// <summary>It has an IPv6 subnet too.</summary>
    public bool HasIPv6 { get; init; }

    /// <summary>A link of the host that a macvlan network is on; null: one that the daemon makes.</summary>
    public string? Parent { get; init; }

    /// <summary>The default network, without discovery of names.</summary>
    public bool IsDefault => Number == 0;

    public string Subnet => $"10.50.{Number}.0/24";

    public string Subnet6 => $"fd50:{Number}::/64";

    /// <summary>The address that a container asks for; far behind those that are handed out in a sequence.</summary>
    public string AddressFor(ModelContainer container) => $"10.50.{Number}.{200 + container.Number}";
}
