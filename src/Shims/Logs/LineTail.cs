using Net.Cnm.Processes;

namespace Net.Shims.Logs;

/// <summary>Holds lines back until the present end of a log is reached; the last of them pass then, and all that follow.</summary>
/// <param name="count">How many lines pass of those that are held back; null when none is held back.</param>
internal sealed class LineTail(int? count)
{
    private readonly Queue<LogLine> _last = new();
    private bool _passes = count is null;

    /// <summary>Takes a line.</summary>
    /// <returns>Whether it passes now; otherwise it is held back or dropped.</returns>
    internal bool Passes(LogLine line)
    {
        if (!_passes)
        {
            _last.Enqueue(line);
            if (_last.Count > count)
            {
                _last.Dequeue();
            }
        }

        return _passes;
    }

    /// <summary>Tells that the end is reached, and returns the last lines that were held back.</summary>
    internal IReadOnlyList<LogLine> Open()
    {
        _passes = true;
        LogLine[] last = [.. _last];
        _last.Clear();
        return last;
    }
}
