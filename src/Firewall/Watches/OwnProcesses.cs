namespace Net.Firewall.Watches;

/// <summary>Knows the threads and child processes of this daemon, to tell its own changes from those of others. Safe to use from several
/// threads.</summary>
/// <remarks>An id that is not known, as in another process id namespace, makes a change look like another program's: that costs one
/// comparison of the rules.</remarks>
public sealed class OwnProcesses
{
    private const int Remembered = 64;

    private readonly Lock _gate = new();
    private readonly Queue<int> _children = new();

    /// <summary>Adds a program that was started. Only the latest 64 are remembered, since the kernel reuses ids.</summary>
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
