namespace Net.Kernel.Steps;

/// <summary>The objects that failed while others went on, and what cannot be there without them: of a failed object nothing more is tried,
/// and without a namespace or link, nothing in or on it.</summary>
internal sealed class FallenObjects
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HolderSet _holders = new();

    /// <summary>Records that a step failed.</summary>
    public void Add(Step failed)
    {
        _keys.Add(failed.Subject.Key);
        if (failed.Phase is ApplyPhase.Namespaces or ApplyPhase.Bridges or ApplyPhase.Veths)
        {
            _holders.Add(failed.Subject);
        }
    }

    /// <summary>Whether the step has to be left out.</summary>
    public bool Includes(Step step)
    {
        if (_keys.Count == 0)
        {
            return false;
        }

        if (!_keys.Contains(step.Subject.Key) && _holders.HasAnyUnder(step.Subject))
        {
            _keys.Add(step.Subject.Key);
            _holders.Add(step.Subject);
        }

        return _keys.Contains(step.Subject.Key);
    }
}
