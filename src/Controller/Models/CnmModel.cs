namespace Net.Controller.Models;

/// <summary>The owner of the current snapshot of all networks, endpoints and sandboxes. It is written by one operation at a time and read
/// from any thread, without a lock.</summary>
/// <remarks>It is made before the parts that read it (the resolver, the forwarder) and the controller, which alone writes it. It is empty
/// until the controller recovers.</remarks>
public sealed class CnmModel
{
    private volatile ModelSnapshot _current = ModelSnapshot.Empty;
    private volatile ModelSnapshot? _proposed;

    /// <summary>The published snapshot: the state after the last operation that succeeded.</summary>
    public ModelSnapshot Current => _current;

    /// <summary>The snapshot proposed by the operation in progress; without one, the published snapshot. It lets a new sandbox's resolver
    /// answer before the operation has ended.</summary>
    internal ModelSnapshot Latest => _proposed ?? _current;

    /// <summary>Shows a snapshot as <see cref="Latest"/>, until <see cref="Publish"/> or <see cref="Withdraw"/>.</summary>
    internal void Propose(ModelSnapshot snapshot) => _proposed = snapshot;

    /// <summary>Withdraws the proposed snapshot.</summary>
    internal void Withdraw() => _proposed = null;

    /// <summary>Publishes a snapshot as the current one, and ends the proposal.</summary>
    internal void Publish(ModelSnapshot snapshot)
    {
        _current = snapshot;
        _proposed = null;
    }
}
