using System.Buffers.Binary;

using Microsoft.Win32.SafeHandles;

using Net.Linux;
using Net.Linux.Processes;
using Net.Linux.Terminals;

namespace Net.Shims.Commands;

/// <summary>A command that was started, and the shim's ends of its streams.</summary>
internal sealed class RunningCommand : IDisposable
{
    /// <summary>The process; its id stays valid until it is reaped.</summary>
    internal required ProcessIdentity Process { get; init; }

    internal required IReadOnlyList<OutputPipe> Outputs { get; init; }

    /// <summary>The standard input; null when the command reads /dev/null.</summary>
    internal InputPipe? Input { get; init; }

    internal PseudoTerminal? Terminal { get; init; }

    /// <summary>The terminal's slave, kept open so that the terminal survives a command that closes it for a while.</summary>
    internal SafeFileHandle? TerminalSlave { get; init; }

    /// <summary>The exit code, 128 + N for signal N; null while the command runs.</summary>
    internal int? ExitCode { get; set; }

    internal bool HasOpenOutput => Outputs.Any(static output => !output.IsFinished);

    /// <summary>Applies a Resize frame: rows and columns, 2 bytes each, big-endian. It is ignored without a terminal, or when its length is
    /// wrong.</summary>
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
                // A terminal that is hung up takes no size.
            }
        }
    }

    /// <summary>Sends a signal to the command, unless it has ended.</summary>
    /// <returns>False when the command has ended.</returns>
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
