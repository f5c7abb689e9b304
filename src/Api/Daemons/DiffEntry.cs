namespace Net.Api.Daemons;

/// <summary>One difference between desired state and the kernel.</summary>
public sealed record DiffEntry
{
    /// <summary><c>missing</c>, <c>different</c>, <c>leftover</c> or <c>conflict</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The owner: a network's, endpoint's or sandbox's id, or empty when the difference belongs to none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The owner by name: <c>container web</c>, <c>network front</c>; null when it is not known.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The difference in one line.</summary>
    public required string Description { get; init; }
}
