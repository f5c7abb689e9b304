using System.Runtime.InteropServices;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>The user's terminal in raw mode: no echo, no line editing, no signals from keys. Disposing restores the previous mode. Source:
/// termios(3).</summary>
public sealed class TerminalMode : IDisposable
{
    private readonly SafeHandle _terminal;
    private readonly termios _before;

    private TerminalMode(SafeHandle terminal, termios before)
    {
        _terminal = terminal;
        _before = before;
    }

    /// <summary>Whether a descriptor is a terminal: tcgetattr(3) succeeds.</summary>
    public static unsafe bool IsTerminal(SafeHandle descriptor)
    {
        using DescriptorLease lease = descriptor.Lease();
        termios attributes;
        return tcgetattr(lease, &attributes) == 0;
    }

    /// <summary>Puts a terminal in raw mode: cfmakeraw(3), tcsetattr(3). Output that is still pending is written first.</summary>
    /// <param name="terminal">An open terminal, which must stay open until the result is disposed of.</param>
    /// <exception cref="LinuxException">The descriptor is not a terminal.</exception>
    public static unsafe TerminalMode EnterRaw(SafeHandle terminal)
    {
        using DescriptorLease descriptor = terminal.Lease();
        termios before;
        if (tcgetattr(descriptor, &before) != 0)
        {
            throw LinuxException.Last("read the mode of the terminal");
        }

        termios raw = before;
        Glibc.cfmakeraw(&raw);
        if (tcsetattr(descriptor, (int)TCSADRAIN, &raw) != 0)
        {
            throw LinuxException.Last("put the terminal in raw mode");
        }

        return new TerminalMode(terminal, before);
    }

    /// <summary>Reads the size of a terminal in characters: ioctl_tty(2), TIOCGWINSZ. Null when the descriptor is not a terminal or its
    /// size is unset.</summary>
    public static unsafe (ushort Rows, ushort Columns)? SizeOf(SafeHandle descriptor)
    {
        using DescriptorLease lease = descriptor.Lease();
        winsize size;
        return ioctl(lease, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 ? (size.ws_row, size.ws_col) : null;
    }

    /// <summary>Restores the previous mode of the terminal; an error is ignored, since the terminal may be gone.</summary>
    public unsafe void Dispose()
    {
        using DescriptorLease descriptor = _terminal.Lease();
        termios before = _before;
        _ = tcsetattr(descriptor, (int)TCSADRAIN, &before);
    }
}
