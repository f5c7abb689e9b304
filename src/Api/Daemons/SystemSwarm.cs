namespace Net.Api.Daemons;

/// <summary>Docker's part of the daemon in a swarm: none.</summary>
public sealed record SystemSwarm
{
    /// <summary>The id of the node; empty.</summary>
    public string NodeID { get; init; } = "";

    /// <summary>The address of the node; empty.</summary>
    public string NodeAddr { get; init; } = "";

    /// <summary>The state of the node: <c>inactive</c>.</summary>
    public string LocalNodeState { get; init; } = "inactive";

    /// <summary>Whether it is a manager; false.</summary>
    public bool ControlAvailable { get; init; }

    /// <summary>An error; empty.</summary>
    public string Error { get; init; } = "";
}
