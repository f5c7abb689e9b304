namespace Net.Firewall.Watches;

/// <summary>Knows which processes and threads are this daemon's, so that its own changes are told from those of others. Safe to use from
/// several threads.</summary>
/// <remarks>An id that is not known here, as in a process id namespace, makes a change look like somebody else's: that costs one look at
/// the rules.</remarks>
public sealed class OwnProcesses
{
    private const int Remembered = 64;

    private readonly Lock _gate = new();
    private readonly Queue<int> _children = new();

    /// <summary>Takes note of a program that was started; the oldest are forgotten, since the kernel gives ids again.</summary>
    public void Started(int process)
    {
        lock (_gate)
        {
            _children.Enqueue(process);
            if (_children.Count > Remembered)
            {
                _children.Dequeue();
            }
        }
    }

    /// <summary>Whether a thread is one of ours, or of a program that we started.</summary>
    public bool Contains(int thread)
    {
        lock (_gate)
        {
            if (_children.Contains(thread))
            {
                return true;
            }
        }

        return Directory.Exists($"/proc/self/task/{thread}");
    }
}
