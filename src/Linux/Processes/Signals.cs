using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>Sends signals, and says what this process does with its own.</summary>
public static class Signals
{
    /// <summary>SIGKILL: ends a process; cannot be caught.</summary>
    public static int Kill => SIGKILL;

    /// <summary>SIGTERM: asks a process to end.</summary>
    public static int Terminate => SIGTERM;

    /// <summary>Sends a signal to one process: kill(2).</summary>
    /// <returns>False when there is no such process.</returns>
    /// <exception cref="LinuxException">InvalidArgument: no such signal. NotPermitted: another user's process.</exception>
    public static bool Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId); // 0 and below are groups, -1 everything
        if (kill(processId, signal) == 0)
        {
            return true;
        }

        return Errno.Last == Errno.NoProcess
            ? false
            : throw LinuxException.Last($"send signal {signal} to process {processId}");
    }

    /// <summary>Makes writing to a closed pipe an error rather than the process's end.</summary>
    public static unsafe void IgnoreBrokenPipe()
    {
        var ignore = new sigaction { sa_handler = SIG_IGN };
        _ = sigaction(SIGPIPE, &ignore, null);
    }
}
