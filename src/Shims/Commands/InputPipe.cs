using System.Runtime.InteropServices;

using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Wire;

namespace Net.Shims.Commands;

/// <summary>A command's standard input, with the bytes that clients sent and the command has not read yet. It never blocks.</summary>
/// <param name="handle">The shim's end of the pipe, which is non-blocking.</param>
/// <param name="isTerminal">Whether the input is a terminal, which is not closed at end of file but gets the end-of-file character.</param>
internal sealed class InputPipe(SafeHandle handle, bool isTerminal) : IDisposable
{
    /// <summary>With more unwritten bytes than this, no more are received from a client.</summary>
    private const int FullAt = 256 * 1024;

    private const byte EndOfTransmission = 4; // VEOF of a new terminal: termios(3)

    private readonly ByteQueue _pending = new();
    private bool _ended;

    internal SafeHandle Handle => handle;

    internal bool HasPending => !IsClosed && _pending.Length > 0;

    internal bool IsFull => _pending.Length > FullAt;

    internal bool IsClosed { get; private set; }

    /// <summary>Adds bytes; an empty span is end of file.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed || _ended)
        {
            return;
        }

        if (!bytes.IsEmpty)
        {
            _pending.Append(bytes);
        }
        else if (isTerminal)
        {
            _pending.Append([EndOfTransmission]);
        }
        else
        {
            _ended = true;
        }

        Flush();
    }

    /// <summary>Writes as much as the pipe takes.</summary>
    internal void Flush()
    {
        while (HasPending)
        {
            Errno errno = Descriptor.Write(handle, _pending.Span, out int written);
            if (errno == Errno.TryAgain)
            {
                return;
            }

            if (errno != Errno.None)
            {
                Dispose(); // the command does not read any more
                return;
            }

            _pending.Drop(written);
        }

        if (_ended)
        {
            Dispose();
        }
    }

    /// <summary>Closes the pipe; a terminal is closed by its owner.</summary>
    public void Dispose()
    {
        IsClosed = true;
        _pending.Drop(_pending.Length);
        if (!isTerminal)
        {
            handle.Dispose();
        }
    }
}
