namespace Net.Api.Daemons;

/// <summary>What a restore has made.</summary>
public sealed record RestoreResponse
{
    /// <summary>How many networks there are now, the predefined ones included.</summary>
    public int Networks { get; init; }

    /// <summary>How many containers there are now.</summary>
    public int Containers { get; init; }

    /// <summary>What could not be restored, each a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
