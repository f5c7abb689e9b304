using System.Runtime.InteropServices;

using Net.Linux.Interop;

namespace Net.Linux.Processes;

/// <summary>Sends signals, and says what this process does with its own.</summary>
public static class Signals
{
    /// <summary>SIGKILL: ends a process; cannot be caught.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM: asks a process to end.</summary>
    public const int Terminate = 15;

    private const int BrokenPipe = 13;

    /// <summary>Sends a signal to one process: kill(2).</summary>
    /// <returns>False when there is no such process.</returns>
    /// <exception cref="LinuxException">InvalidArgument: no such signal. NotPermitted: another user's process.</exception>
    public static bool Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId); // 0 and below are groups, -1 everything
        if (Libc.Kill(processId, signal) == 0)
        {
            return true;
        }

        return (Errno)Marshal.GetLastPInvokeError() == Errno.NoProcess
            ? false
            : throw LinuxException.Last($"send signal {signal} to process {processId}");
    }

    /// <summary>Makes writing to a closed pipe an error rather than the process's end.</summary>
    public static void IgnoreBrokenPipe() => _ = Libc.SetSignal(BrokenPipe, Libc.SignalIgnore);
}
