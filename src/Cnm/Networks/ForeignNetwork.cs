namespace Net.Cnm.Networks;

/// <summary>What is special about a network that another program, such as Docker Engine, has had made: that program assigns the addresses
/// of its endpoints, and alone connects containers to it.</summary>
public sealed record ForeignNetwork
{
    /// <summary>Whether that program connects the network to the outside and publishes its containers' ports itself, so that the network is
    /// nobody's default gateway. Default false.</summary>
    public bool IsWithoutWayOut { get; init; }
}
