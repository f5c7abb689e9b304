using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>A pseudo-terminal: the master is ours, the slave is what a program sees. Source: pty(7).</summary>
public sealed class PseudoTerminal : IDisposable
{
    private PseudoTerminal(SafeFileHandle master, string slavePath)
    {
        Master = master;
        SlavePath = slavePath;
    }

    /// <summary>Our end: what is written is typed, what is read was printed. Closed on exec.</summary>
    public SafeFileHandle Master { get; }

    /// <summary>The program's end, such as /dev/pts/4.</summary>
    public string SlavePath { get; }

    /// <summary>Opens a new terminal; its size is 24 rows of 80 columns until <see cref="Resize"/>.</summary>
    /// <exception cref="LinuxException">NoSpace: no terminals left. NoEntry: no /dev/ptmx.</exception>
    public static unsafe PseudoTerminal Open()
    {
        var master = new SafeFileHandle(Glibc.posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), ownsHandle: true);
        try
        {
            using DescriptorLease descriptor = master.Lease();
            if (master.IsInvalid || Glibc.grantpt(descriptor) != 0 || Glibc.unlockpt(descriptor) != 0)
            {
                throw LinuxException.Last("open a pseudo-terminal");
            }

            Span<byte> name = stackalloc byte[128];
            fixed (byte* pointer = name)
            {
                int error = Glibc.ptsname_r(descriptor, pointer, (nuint)name.Length);
                if (error != 0)
                {
                    throw new LinuxException("name a pseudo-terminal", (Errno)error);
                }
            }

            var terminal = new PseudoTerminal(master, Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]));
            terminal.Resize(24, 80);
            return terminal;
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Opens a terminal's slave without making it the controlling terminal of this process.</summary>
    /// <remarks>As long as it is open, a program that closes its own for a while does not end the terminal.</remarks>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenSlave(string path) => Files.OpenOrThrow(path, O_RDWR | O_NOCTTY, $"open terminal {path}");

    /// <summary>Sets the size; the program in the foreground gets SIGWINCH when it changes.</summary>
    /// <param name="rows">Lines.</param>
    /// <param name="columns">Characters a line.</param>
    /// <exception cref="LinuxException">The terminal is closed.</exception>
    public unsafe void Resize(ushort rows, ushort columns)
    {
        using DescriptorLease descriptor = Master.Lease();
        var size = new winsize { ws_row = rows, ws_col = columns };
        if (ioctl(descriptor, TIOCSWINSZ, &size) != 0)
        {
            throw LinuxException.Last("resize a terminal");
        }
    }

    /// <summary>Closes the master; programs on the slave get SIGHUP.</summary>
    public void Dispose() => Master.Dispose();
}
