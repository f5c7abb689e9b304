using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;

namespace Net.Controller.Models;

/// <summary>What was removed for the user and is kept until the kernel is clean: its addresses are not handed out before.</summary>
public sealed record Tombstone
{
    /// <summary>Whose kernel objects are to go.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>The network it was, or null.</summary>
    public Network? Network { get; init; }

    /// <summary>The endpoint it was, or null.</summary>
    public Endpoint? Endpoint { get; init; }
}
