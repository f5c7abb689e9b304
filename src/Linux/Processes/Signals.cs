using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>Sends signals and sets how this process handles SIGPIPE. Source: signal(7).</summary>
public static class Signals
{
    /// <summary>SIGKILL: ends a process at once; it cannot be caught, blocked or ignored.</summary>
    public static int Kill => SIGKILL;

    /// <summary>SIGTERM: asks a process to end.</summary>
    public static int Terminate => SIGTERM;

    /// <summary>SIGSTOP: stops a process until <see cref="Continue"/>; it cannot be caught, blocked or ignored.</summary>
    public static int Stop => SIGSTOP;

    /// <summary>SIGCONT: lets a stopped process go on.</summary>
    public static int Continue => SIGCONT;

    /// <summary>Sends a signal to one process: kill(2).</summary>
    /// <returns>True when the signal was sent; false when the process does not exist.</returns>
    /// <exception cref="LinuxException">InvalidArgument: the signal number is invalid. NotPermitted: the process belongs to another
    /// user.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The process ID is not positive.</exception>
    public static bool Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId); // for kill(2), 0 and below are process groups and -1 is all processes
        if (kill(processId, signal) == 0)
        {
            return true;
        }

        return Errno.Last == Errno.NoProcess
            ? false
            : throw LinuxException.Last($"send signal {signal} to process {processId}");
    }

    /// <summary>Ignores SIGPIPE, so that writing to a pipe or socket without a reader fails with BrokenPipe instead of ending this process:
    /// sigaction(2).</summary>
    public static unsafe void IgnoreBrokenPipe()
    {
        var ignore = new sigaction { sa_handler = SIG_IGN };
        _ = sigaction(SIGPIPE, &ignore, null);
    }
}
