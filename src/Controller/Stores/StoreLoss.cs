using Microsoft.Data.Sqlite;

namespace Net.Controller.Stores;

/// <summary>Why a store does not hold everything that was stored in it.</summary>
public enum StoreLossKind
{
    /// <summary>The database could not be read. It was set aside under another name, and an empty one took its place.</summary>
    SetAside,

    /// <summary>The database was gone, although there was one. An empty one took its place.</summary>
    Missing,

    /// <summary>The write-ahead log was gone, although the store had not been closed. Whatever was stored since the last checkpoint is
    /// lost; the model is an older one.</summary>
    LogMissing,

    /// <summary>The database can be read and lacks the last commits: its log was damaged or cut, which SQLite takes for the log's end, or
    /// an older file was put in its place.</summary>
    Outdated,
}

/// <summary>A store that does not hold everything that was stored in it.</summary>
/// <param name="Kind">What happened to the store.</param>
/// <param name="Reason">One sentence for an administrator, without a full stop.</param>
public sealed record StoreLoss(StoreLossKind Kind, string Reason)
{
    /// <summary>A database that cannot be read.</summary>
    /// <param name="database">Its path.</param>
    /// <param name="why">Why not.</param>
    /// <param name="aside">The path that it has now.</param>
    internal static StoreLoss OfAll(string database, string why, string aside) => new(
        StoreLossKind.SetAside,
        $"the store {database} cannot be read ({why}); it was set aside as {aside} and an empty one takes its place");

    /// <summary>A database that lacks the last commits.</summary>
    /// <param name="database">Its path.</param>
    /// <param name="last">The number of the commit that it ends with.</param>
    /// <param name="known">What is known of a later one, such as <c>commit 7 was stored</c>.</param>
    internal static StoreLoss OfCommits(string database, int last, string known) => new(
        StoreLossKind.Outdated,
        $"the store {database} has lost what was stored last: it ends with commit {last}, and {known}; its log was damaged or cut, or an "
            + "older file is in its place");

    /// <summary>Keeps what the database holds before it is made again: an administrator may have put it there on purpose.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="file">An empty file.</param>
    /// <returns>The loss, whose reason names the file.</returns>
    /// <exception cref="SqliteException">The disk is full or fails.</exception>
    internal StoreLoss Keeping(SqliteConnection connection, string file)
    {
        try
        {
            StoreConnection.CopyInto(connection, file);
        }
        catch
        {
            File.Delete(file);
            throw;
        }

        return this with { Reason = $"{Reason}; what it holds was kept as {file}" };
    }
}
