using System.Runtime.InteropServices;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Logs;

namespace Net.Shims.Commands;

/// <summary>One stream that a command writes.</summary>
/// <param name="handle">Our end, which does not wait.</param>
/// <param name="stream">Which stream it is.</param>
/// <param name="sink">Where the bytes go.</param>
internal sealed class OutputPipe(SafeHandle handle, StreamKind stream, IOutputSink sink) : IDisposable
{
    internal SafeHandle Handle => handle;

    internal bool IsFinished { get; private set; }

    /// <summary>Whether there is a point in waiting for more.</summary>
    internal bool IsWanted => !IsFinished && !sink.IsFull;

    /// <summary>Moves one buffer full of bytes.</summary>
    /// <returns>False when nothing was there.</returns>
    internal bool Pump(Span<byte> buffer)
    {
        Errno errno = Descriptor.Read(handle, buffer, out int length);
        if (errno == Errno.TryAgain)
        {
            return false;
        }

        if (errno != Errno.None || length == 0)
        {
            IsFinished = true; // end of file; a terminal nobody has open gives InputOutput
            return false;
        }

        sink.Write(stream, buffer[..length]);
        return true;
    }

    /// <summary>Moves all that is there.</summary>
    internal void Drain(Span<byte> buffer)
    {
        while (!IsFinished && Pump(buffer))
        {
            // Once more.
        }
    }

    public void Dispose() => handle.Dispose();
}
