namespace Net.Controller.Models;

/// <summary>The one owner of the live objects. Written by one operation at a time; read by anyone, without a lock.</summary>
internal sealed class CnmModel
{
    private volatile ModelSnapshot _current = ModelSnapshot.Empty;
    private volatile ModelSnapshot? _proposed;

    /// <summary>What is so.</summary>
    public ModelSnapshot Current => _current;

    /// <summary>What is so, or is being made so by the operation under way: its resolver answers before the operation has ended.</summary>
    public ModelSnapshot Latest => _proposed ?? _current;

    /// <summary>Shows what is about to be, until <see cref="Publish"/> or <see cref="Withdraw"/>.</summary>
    public void Propose(ModelSnapshot snapshot) => _proposed = snapshot;

    /// <summary>Takes the proposal back.</summary>
    public void Withdraw() => _proposed = null;

    /// <summary>Makes a snapshot the current one.</summary>
    public void Publish(ModelSnapshot snapshot)
    {
        _current = snapshot;
        _proposed = null;
    }
}
