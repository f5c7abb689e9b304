using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Processes;

namespace Net.Shims.EventLoops;

/// <summary>Reaps every child of the shim, including adopted orphans, on a thread of its own, and reports each to the event loop through a
/// pipe.</summary>
/// <remarks>SIGCHLD cannot be used: the runtime's threads would take it before a signalfd could. waitpid(2) in a thread misses nothing: it
/// waits while there is a child; without one there can be no orphans either, until <see cref="Wake"/> announces a new child. The thread
/// lives as long as the process.</remarks>
internal sealed class ChildReaper
{
    private const int StackBytes = 128 * 1024;

    private readonly PipePair _pipe = PipePair.Create();
    private readonly object _gate = new();
    private int _wakes;

    internal ChildReaper()
    {
        Descriptor.SetNonBlocking(_pipe.Reader);
        new Thread(Loop, StackBytes) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <summary>The reading end of the pipe; it is readable when a report is waiting.</summary>
    internal SafeFileHandle Reports => _pipe.Reader;

    /// <summary>Announces a new child; or, when there may be no child, requests a report that there is none. Called by the event loop's
    /// thread only.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _wakes++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes the next report.</summary>
    /// <param name="report">A child that has ended; or, with process id 0, that no child is left and none was started since.</param>
    /// <returns>False when no report is waiting.</returns>
    internal bool TryTake(out (int ProcessId, int ExitCode) report)
    {
        Span<int> message = stackalloc int[2];
        while (Descriptor.Read(Reports, MemoryMarshal.AsBytes(message), out int length) == Errno.None && length > 0)
        {
            // A report that no child is left (id 0, and the number of wakes seen before it) is stale when a child was started meanwhile.
            if (message[0] != 0 || message[1] == _wakes)
            {
                report = (message[0], message[1]);
                return true;
            }
        }

        report = default;
        return false;
    }

    private void Loop()
    {
        Span<int> message = stackalloc int[2]; // 8 bytes: a pipe writes and reads them as a whole (PIPE_BUF)
        for (int wakesHandled = 0; ;)
        {
            wakesHandled = WaitForWake(wakesHandled);
            while (ChildProcess.WaitAny() is { } ended)
            {
                message[0] = ended.ProcessId;
                message[1] = ended.ExitCode;
                _ = Descriptor.WriteAll(_pipe.Writer, MemoryMarshal.AsBytes(message));
            }

            message[0] = 0;
            message[1] = wakesHandled;
            _ = Descriptor.WriteAll(_pipe.Writer, MemoryMarshal.AsBytes(message));
        }
    }

    private int WaitForWake(int wakesHandled)
    {
        lock (_gate)
        {
            while (_wakes == wakesHandled)
            {
                Monitor.Wait(_gate);
            }

            return _wakes;
        }
    }
}
