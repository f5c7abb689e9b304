using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Processes;

namespace Net.Shims.Loops;

/// <summary>Reaps every child of the shim, adopted orphans included, on a thread of its own, and tells the loop through a pipe.</summary>
/// <remarks>
/// SIGCHLD is no help here: the runtime's threads would take it before a signalfd could. waitpid(2) in a thread misses nothing: with a
/// child, it waits; without one there can be no orphans either, until <see cref="Wake"/> says that there is a new child. The thread lives
/// as long as the process.
/// </remarks>
internal sealed class ChildReaper
{
    private const int StackBytes = 128 * 1024;

    private readonly PipePair _pipe = PipePair.Create();
    private readonly object _gate = new();
    private int _wakesSent;

    internal ChildReaper()
    {
        Descriptor.SetNonBlocking(_pipe.Reader);
        new Thread(Loop, StackBytes) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <summary>Readable when there is news.</summary>
    internal SafeFileHandle News => _pipe.Reader;

    /// <summary>Says that there is a new child; or asks, when there may be none, for the news that there is none. By the loop's thread
    /// only.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _wakesSent++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes the next piece of news.</summary>
    /// <param name="news">A child that has ended; or, with process id 0: no child is left, and none was started since.</param>
    /// <returns>False when there is none.</returns>
    internal bool TryTake(out (int ProcessId, int ExitCode) news)
    {
        Span<int> message = stackalloc int[2];
        while (Descriptor.Read(News, MemoryMarshal.AsBytes(message), out int length) == Errno.None && length > 0)
        {
            // "None left" (a zero id, the number of wakes seen before) is stale when a child was started meanwhile.
            if (message[0] != 0 || message[1] == _wakesSent)
            {
                news = (message[0], message[1]);
                return true;
            }
        }

        news = default;
        return false;
    }

    private void Loop()
    {
        Span<int> message = stackalloc int[2]; // 8 bytes: written and read whole (PIPE_BUF)
        for (int obeyed = 0; ;)
        {
            obeyed = WaitForWake(obeyed);
            while (ChildProcess.WaitAny() is { } ended)
            {
                message[0] = ended.ProcessId;
                message[1] = ended.ExitCode;
                _ = Descriptor.WriteAll(_pipe.Writer, MemoryMarshal.AsBytes(message));
            }

            message[0] = 0;
            message[1] = obeyed;
            _ = Descriptor.WriteAll(_pipe.Writer, MemoryMarshal.AsBytes(message));
        }
    }

    private int WaitForWake(int obeyed)
    {
        lock (_gate)
        {
            while (_wakesSent == obeyed)
            {
                Monitor.Wait(_gate);
            }

            return _wakesSent;
        }
    }
}
