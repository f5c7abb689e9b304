using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>
/// One of this process's standard streams, unbuffered and without conversion by read(2) and write(2). The console streams of .NET edit
/// lines when the input is a terminal, and ignore the error when the output has no reader; file streams keep a file position of their own,
/// which loses output when several programs share a file.
/// </summary>
public sealed class StandardStream : Stream
{
    private readonly SafeFileHandle _descriptor;

    private StandardStream(int descriptor) => _descriptor = new SafeFileHandle(descriptor, ownsHandle: false);

    /// <summary>Opens standard input. A read blocks its thread until bytes are available.</summary>
    public static StandardStream OpenInput() => new(0);

    /// <summary>Opens standard output.</summary>
    public static StandardStream OpenOutput() => new(1);

    /// <summary>Opens standard error.</summary>
    public static StandardStream OpenError() => new(2);

    /// <summary>The descriptor, which stays open when the stream is disposed of.</summary>
    public SafeHandle Descriptor => _descriptor;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the bytes that are available and waits for at least one; returns 0 at end of file.</summary>
    /// <exception cref="LinuxException">The error of read(2).</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            Errno errno = Descriptors.Descriptor.Read(_descriptor, buffer, out int count);
            if (errno == Errno.None)
            {
                return count;
            }

            WaitOrThrow("read standard input", errno, POLLIN);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Writes all bytes, waiting as needed.</summary>
    /// <exception cref="LinuxException">The error of write(2). BrokenPipe: the reading end is closed.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Errno errno = Descriptors.Descriptor.Write(_descriptor, buffer, out int count);
            buffer = buffer[count..];
            if (errno != Errno.None)
            {
                WaitOrThrow("write the output", errno, POLLOUT);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // Waits until the descriptor is ready when the error is TryAgain: another program that shares the open file may have made it
    // non-blocking.
    private unsafe void WaitOrThrow(string operation, Errno errno, short events)
    {
        if (errno != Errno.TryAgain)
        {
            throw new LinuxException(operation, errno);
        }

        using DescriptorLease descriptor = _descriptor.Lease();
        var item = new pollfd { fd = descriptor, events = events };
        _ = Glibc.poll(&item, 1, -1);
    }
}
