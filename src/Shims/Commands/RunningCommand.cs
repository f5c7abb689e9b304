using System.Buffers.Binary;

using Microsoft.Win32.SafeHandles;

using Net.Linux;
using Net.Linux.Processes;
using Net.Linux.Terminals;

namespace Net.Shims.Commands;

/// <summary>A command that was started, and our ends of its streams.</summary>
internal sealed class RunningCommand : IDisposable
{
    /// <summary>The process; its id stays valid until it is reaped.</summary>
    internal required ProcessIdentity Process { get; init; }

    internal required IReadOnlyList<OutputPipe> Outputs { get; init; }

    /// <summary>Null when it reads /dev/null.</summary>
    internal InputPipe? Input { get; init; }

    internal PseudoTerminal? Terminal { get; init; }

    /// <summary>Kept open so that the terminal outlives a command that closes it for a while.</summary>
    internal SafeFileHandle? TerminalSlave { get; init; }

    /// <summary>Its exit code once it has ended, 128 + N by signal N.</summary>
    internal int? ExitCode { get; set; }

    internal bool HasOpenOutput => Outputs.Any(static output => !output.IsFinished);

    /// <summary>Obeys a Resize frame: rows, columns, big-endian. Without a terminal, or of another length, it is nothing.</summary>
    internal void Resize(ReadOnlySpan<byte> size)
    {
        if (Terminal is not null && size.Length == 4)
        {
            try
            {
                Terminal.Resize(BinaryPrimitives.ReadUInt16BigEndian(size), BinaryPrimitives.ReadUInt16BigEndian(size[2..]));
            }
            catch (LinuxException)
            {
                // A terminal that is hung up has no size.
            }
        }
    }

    /// <summary>Sends a signal, unless it has ended.</summary>
    /// <returns>False when it has ended.</returns>
    /// <exception cref="LinuxException">InvalidArgument: no such signal.</exception>
    internal bool Signal(int signal) => ExitCode is null && Signals.Send(Process.Id, signal);

    public void Dispose()
    {
        Input?.Dispose();
        TerminalSlave?.Dispose();
        foreach (OutputPipe output in Outputs)
        {
            output.Dispose();
        }

        Terminal?.Dispose();
    }
}
