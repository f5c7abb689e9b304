namespace Net.Controller.Foreign;

/// <summary>What another program repeats of its reservations when it starts: a subnet that it leaves out it no longer knows of.</summary>
/// <remarks>It is used within the operation queue alone, but for <see cref="IsUnderWay"/>. Nothing of it outlasts the daemon: after a
/// restart of the daemon in the middle nothing is taken for left out.</remarks>
internal sealed class ForeignReplay
{
    private volatile Dictionary<string, int>? _repeated;
    private bool _isWhole;

    /// <summary>Whether reservations may still be repeated.</summary>
    public bool IsUnderWay => _repeated is not null;

    /// <summary>Begins: nothing is repeated yet.</summary>
    /// <param name="isWhole">Whether the other program has found this daemon with every reservation that it wanted to repeat, so that one
    /// that is not repeated is unknown to it.</param>
    public void Begin(bool isWhole)
    {
        _isWhole = isWhole;
        _repeated = new Dictionary<string, int>(StringComparer.Ordinal);
    }

    /// <summary>Notes that a subnet is reserved again which is reserved already.</summary>
    /// <returns>How often it was repeated by now; null when nothing is being repeated.</returns>
    public int? Repeat(string pool) => _repeated is { } repeated
        ? repeated[pool] = repeated.GetValueOrDefault(pool) + 1
        : null;

    /// <summary>Whether a subnet was repeated, so that its addresses may follow.</summary>
    public bool Covers(string pool) => _repeated is { } repeated && repeated.ContainsKey(pool);

    /// <summary>Ends.</summary>
    /// <returns>How often each subnet was repeated; null when that says nothing of the others, or nothing was being repeated.</returns>
    public IReadOnlyDictionary<string, int>? End()
    {
        Dictionary<string, int>? repeated = _repeated;
        _repeated = null;
        return _isWhole ? repeated : null;
    }
}
