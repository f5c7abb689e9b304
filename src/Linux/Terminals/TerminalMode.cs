using System.Runtime.InteropServices;
using Net.Linux.Interop;

namespace Net.Linux.Terminals;

/// <summary>A terminal of the user's in raw mode: no echo, no lines, no signals from keys. Disposing puts back the mode it had.</summary>
public sealed class TerminalMode : IDisposable
{
    private readonly SafeHandle _terminal;
    private readonly byte[] _before;

    private TerminalMode(SafeHandle terminal, byte[] before)
    {
        _terminal = terminal;
        _before = before;
    }

    /// <summary>Whether a descriptor is a terminal.</summary>
    public static unsafe bool IsTerminal(SafeHandle descriptor)
    {
        byte* attributes = stackalloc byte[Libc.TerminalAttributesLength];
        return Libc.GetTerminalAttributes(descriptor, attributes) == 0;
    }

    /// <summary>Puts a terminal in raw mode.</summary>
    /// <param name="terminal">An open terminal, which must outlive the result.</param>
    /// <exception cref="LinuxException">It is no terminal.</exception>
    public static unsafe TerminalMode EnterRaw(SafeHandle terminal)
    {
        byte[] before = new byte[Libc.TerminalAttributesLength];
        byte[] raw = new byte[Libc.TerminalAttributesLength];
        fixed (byte* old = before, changed = raw)
        {
            if (Libc.GetTerminalAttributes(terminal, old) != 0)
            {
                throw LinuxException.Last("read the mode of the terminal");
            }

            before.CopyTo(raw, 0);
            Libc.MakeRaw(changed);
            if (Libc.SetTerminalAttributes(terminal, Libc.AfterOutput, changed) != 0)
            {
                throw LinuxException.Last("put the terminal in raw mode");
            }
        }

        return new TerminalMode(terminal, before);
    }

    /// <summary>A terminal's size in characters; null when the descriptor is no terminal, or has no size.</summary>
    public static unsafe (ushort Rows, ushort Columns)? SizeOf(SafeHandle descriptor)
    {
        ushort* size = stackalloc ushort[4];
        return Libc.GetWindowSize(descriptor, Libc.WindowSizeRequest, size) == 0 && size[0] > 0 && size[1] > 0 ? (size[0], size[1]) : null;
    }

    /// <summary>Puts the terminal back in the mode it had; does nothing when it has gone away.</summary>
    public unsafe void Dispose()
    {
        fixed (byte* old = _before)
        {
            _ = Libc.SetTerminalAttributes(_terminal, Libc.AfterOutput, old);
        }
    }
}
