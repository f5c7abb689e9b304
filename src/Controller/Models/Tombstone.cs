using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>What was removed for the user and is kept until the kernel is clean: its subnets and addresses are not handed out before.</summary>
/// <remarks>Exactly one of the three objects is there.</remarks>
public sealed record Tombstone
{
    /// <summary>The network it was, or null.</summary>
    public Network? Network { get; init; }

    /// <summary>The endpoint it was, or null.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>The sandbox it was, its state Removing, or null.</summary>
    public Sandbox? Sandbox { get; init; }

    /// <summary>Whose kernel objects are to go.</summary>
    public OwnerId Owner =>
        Network is not null ? OwnerId.Of(Network.Id)
        : Endpoint is not null ? OwnerId.Of(Endpoint.Id)
        : OwnerId.Of((Sandbox ?? throw new InvalidOperationException("a tombstone of nothing")).Id);
}
