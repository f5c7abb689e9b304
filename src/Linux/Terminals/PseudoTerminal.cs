using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>A pseudo-terminal: this process has its master, and a program uses its slave as a terminal. Source: pty(7).</summary>
public sealed class PseudoTerminal : IDisposable
{
    private PseudoTerminal(SafeFileHandle master, string slavePath)
    {
        Master = master;
        SlavePath = slavePath;
    }

    /// <summary>The master: bytes written to it are the program's input, and the program's output is read from it. Close-on-exec; closed by
    /// <see cref="Dispose"/>.</summary>
    public SafeFileHandle Master { get; }

    /// <summary>The path of the slave, such as /dev/pts/4.</summary>
    public string SlavePath { get; }

    /// <summary>Opens a new pseudo-terminal of 24 rows and 80 columns: posix_openpt(3), grantpt(3), unlockpt(3).</summary>
    /// <exception cref="LinuxException">NoSpace: the limit kernel.pty.max is reached. NoEntry: /dev/ptmx does not exist.</exception>
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

    /// <summary>Opens the slave of a pseudo-terminal, close-on-exec, without making it the controlling terminal of this process
    /// (O_NOCTTY).</summary>
    /// <remarks>While this descriptor is open, reading the master does not fail with EIO when the program closes its last descriptor of the
    /// slave for a while.</remarks>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenSlave(string path) => Files.OpenOrThrow(path, O_RDWR | O_NOCTTY, $"open terminal {path}");

    /// <summary>Sets the size of the terminal; when it changes, the foreground process group gets SIGWINCH. Source: ioctl_tty(2),
    /// TIOCSWINSZ.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns, in characters.</param>
    /// <exception cref="LinuxException">The error of ioctl(2).</exception>
    public unsafe void Resize(ushort rows, ushort columns)
    {
        using DescriptorLease descriptor = Master.Lease();
        var size = new winsize { ws_row = rows, ws_col = columns };
        if (ioctl(descriptor, TIOCSWINSZ, &size) != 0)
        {
            throw LinuxException.Last("resize a terminal");
        }
    }

    /// <summary>Closes the master; the session whose controlling terminal the slave is gets SIGHUP.</summary>
    public void Dispose() => Master.Dispose();
}
