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
public sealed record StoreLoss(StoreLossKind Kind, string Reason);
