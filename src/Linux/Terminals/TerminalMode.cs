using System.Runtime.InteropServices;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>A terminal of the user's in raw mode: no echo, no lines, no signals from keys. Disposing puts back the mode it had.</summary>
public sealed class TerminalMode : IDisposable
{
    private readonly SafeHandle _terminal;
    private readonly termios _before;

    private TerminalMode(SafeHandle terminal, termios before)
    {
        _terminal = terminal;
        _before = before;
    }

    /// <summary>Whether a descriptor is a terminal.</summary>
    public static unsafe bool IsTerminal(SafeHandle descriptor)
    {
        using DescriptorLease lease = descriptor.Lease();
        termios attributes;
        return tcgetattr(lease, &attributes) == 0;
    }

    /// <summary>Puts a terminal in raw mode.</summary>
    /// <param name="terminal">An open terminal, which must outlive the result.</param>
    /// <exception cref="LinuxException">It is no terminal.</exception>
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

    /// <summary>A terminal's size in characters; null when the descriptor is no terminal, or has no size.</summary>
    public static unsafe (ushort Rows, ushort Columns)? SizeOf(SafeHandle descriptor)
    {
        using DescriptorLease lease = descriptor.Lease();
        winsize size;
        return ioctl(lease, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 ? (size.ws_row, size.ws_col) : null;
    }

    /// <summary>Puts the terminal back in the mode it had; does nothing when it has gone away.</summary>
    public unsafe void Dispose()
    {
        using DescriptorLease descriptor = _terminal.Lease();
        termios before = _before;
        _ = tcsetattr(descriptor, (int)TCSADRAIN, &before);
    }
}
