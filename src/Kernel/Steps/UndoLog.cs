using Net.Kernel.Errors;

namespace Net.Kernel.Steps;

/// <summary>The inverses of what an operation has done so far.</summary>
internal sealed class UndoLog
{
    private readonly List<(string What, Action Inverse)> _entries = [];

    /// <summary>Records how to undo what has just been done.</summary>
    /// <param name="what">What is undone, for the report: "remove bridge br-12".</param>
    /// <param name="inverse">Undoes it; may throw.</param>
    public void Push(string what, Action inverse) => _entries.Add((what, inverse));

    /// <summary>Undoes everything, the last first. Never stops at an error.</summary>
    /// <returns>What could not be undone, in words.</returns>
    public IReadOnlyList<string> RollBack()
    {
        var failures = new List<string>();
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            try
            {
                _entries[i].Inverse();
            }
            catch (Exception error) when (!KernelErrors.IsAlreadyGone(error))
            {
                failures.Add($"{_entries[i].What}: {error.Message}");
            }
            catch (Exception)
            {
                // It is gone already, which is what undo wants.
            }
        }

        _entries.Clear();
        return failures;
    }
}
