namespace Net.Controller.Models;

/// <summary>Holds the current snapshot of all objects. One operation at a time writes it; any thread reads it, without a lock.</summary>
internal sealed class CnmModel
{
    private volatile ModelSnapshot _current = ModelSnapshot.Empty;
    private volatile ModelSnapshot? _proposed;

    /// <summary>The snapshot after the last operation that succeeded.</summary>
    public ModelSnapshot Current => _current;

    /// <summary>The snapshot that the operation under way is applying, or else <see cref="Current"/>. Resolvers answer from it, since a
    /// container's resolver is up before the operation has ended.</summary>
    public ModelSnapshot Latest => _proposed ?? _current;

    /// <summary>Makes a snapshot the latest one until <see cref="Publish"/> or <see cref="Withdraw"/>.</summary>
    public void Propose(ModelSnapshot snapshot) => _proposed = snapshot;

    /// <summary>Drops the proposed snapshot.</summary>
    public void Withdraw() => _proposed = null;

    /// <summary>Makes a snapshot the current one.</summary>
    public void Publish(ModelSnapshot snapshot)
    {
        _current = snapshot;
        _proposed = null;
    }
}
