using System.Runtime.InteropServices;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Logs;

namespace Net.Shims.Commands;

/// <summary>One output stream of a command.</summary>
/// <param name="handle">The shim's end of the pipe, which is non-blocking.</param>
/// <param name="stream">The stream that the pipe carries.</param>
/// <param name="sink">The sink that the bytes go to.</param>
internal sealed class OutputPipe(SafeHandle handle, StreamKind stream, IOutputSink sink) : IDisposable
{
    internal SafeHandle Handle => handle;

    internal bool IsFinished { get; private set; }

    /// <summary>Whether more output is expected and the sink can take it.</summary>
    internal bool IsWanted => !IsFinished && !sink.IsFull;

    /// <summary>Moves one buffer of bytes to the sink.</summary>
    /// <param name="buffer">Space for the bytes, and for what the sink puts in front of them.</param>
    /// <returns>False when nothing could be read.</returns>
    internal bool Pump(Span<byte> buffer)
    {
        Errno errno = Descriptor.Read(handle, buffer[IOutputSink.HeaderSpace..], out int length);
        if (errno == Errno.TryAgain)
        {
            return false;
        }

        if (errno != Errno.None || length == 0)
        {
            IsFinished = true; // end of file; a terminal that no process has open gives EIO
            return false;
        }

        sink.Write(stream, buffer[..(IOutputSink.HeaderSpace + length)]);
        return true;
    }

    /// <summary>Moves all bytes that can be read to the sink.</summary>
    internal void Drain(Span<byte> buffer)
    {
        while (!IsFinished && Pump(buffer))
        {
            // Repeat until the pipe is empty.
        }
    }

    public void Dispose() => handle.Dispose();
}
