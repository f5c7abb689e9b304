using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Models;

/// <summary>The record of an object that the user has removed. It is kept until the object has nothing left in the kernel; until then its
/// subnets and addresses are not assigned again.</summary>
/// <remarks>Exactly one of the three objects is not null.</remarks>
public sealed record Tombstone
{
    /// <summary>The removed network, or null.</summary>
    public Network? Network { get; init; }

    /// <summary>The removed endpoint, or null.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>The removed sandbox in state Removing, or null.</summary>
    public Sandbox? Sandbox { get; init; }

    /// <summary>Whether a plug-in has yet to be told that the object is gone.</summary>
    public bool IsPlugged => Network?.Plugged is not null || Endpoint?.Plugged is not null;

    /// <summary>Whether it is of a sandbox with a command, whose environment may hold secrets.</summary>
    public bool HasProcess => Sandbox is { Process: not null };

    /// <summary>The owner of the kernel objects that are still to be removed.</summary>
    public OwnerId Owner =>
        Network is not null ? OwnerId.Of(Network.Id)
        : Endpoint is not null ? OwnerId.Of(Endpoint.Id)
        : OwnerId.Of((Sandbox ?? throw new InvalidOperationException("a tombstone of nothing")).Id);
}
