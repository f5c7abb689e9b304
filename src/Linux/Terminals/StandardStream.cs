using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Terminals;

/// <summary>
/// One of this process's standard streams, byte by byte as read(2) and write(2) see it. The runtime's own console streams edit lines when
/// input is a terminal and keep silent when nobody reads the output; file streams keep a position of their own, which loses output when
/// several programs share a file.
/// </summary>
public sealed class StandardStream : Stream
{
    private readonly SafeFileHandle _descriptor;

    private StandardStream(int descriptor) => _descriptor = new SafeFileHandle(descriptor, ownsHandle: false);

    /// <summary>Standard input. A read blocks its thread until something is there.</summary>
    public static StandardStream OpenInput() => new(0);

    /// <summary>Standard output.</summary>
    public static StandardStream OpenOutput() => new(1);

    /// <summary>Standard error.</summary>
    public static StandardStream OpenError() => new(2);

    /// <summary>The descriptor, not owned.</summary>
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

    /// <summary>Reads what is there; 0 at end of file.</summary>
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

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="LinuxException">The error of write(2): a broken pipe when nobody reads any more.</exception>
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

    // A descriptor shared with another program may have been made non-blocking by it: then this waits.
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
