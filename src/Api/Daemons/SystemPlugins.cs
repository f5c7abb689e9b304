namespace Net.Api.Daemons;

/// <summary>The drivers that the daemon has built in, by what they are for. Plug-ins are not listed, as in Docker.</summary>
public sealed record SystemPlugins
{
    /// <summary>Docker's volume drivers; empty here.</summary>
    public IReadOnlyList<string> Volume { get; init; } = [];

    /// <summary>The network drivers.</summary>
    public IReadOnlyList<string> Network { get; init; } = [];

    /// <summary>Docker's authorization plug-ins; null for none.</summary>
    public IReadOnlyList<string>? Authorization { get; init; }

    /// <summary>The log drivers.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
