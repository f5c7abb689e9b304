namespace Net.Controller.Stores;

/// <summary>What a store may need of its surroundings.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>How long a statement waits for another program that holds the database, in whole seconds. Default 5 s. The operation queue
    /// stands still meanwhile.</summary>
    public TimeSpan BusyLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Describes the process, other than this one, that has a lock on one of the given files, such as
    /// <c>process 123 (sqlite3)</c>; null when none is known.</summary>
    public Func<IReadOnlyList<string>, string?> DescribeHolder { get; init; } = static _ => null;

    /// <summary>Whether containers run that a daemon has started: then a store that does not exist is one that was lost.</summary>
    public Func<bool> SomethingRuns { get; init; } = static () => false;

    /// <summary>The file, on another disk than the store, that is to hold the number of the last commit, so that a store which has lost
    /// commits is known; null: there is none.</summary>
    public string? LastCommitPath { get; init; }

    /// <summary>An existing directory, on another disk than the store, for a copy of a store that can only be read; null: such a store
    /// cannot be opened.</summary>
    public string? CopyDirectory { get; init; }
}
