using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Interop;

namespace Net.Linux.Terminals;

/// <summary>
/// One of this process's standard streams, byte by byte as read(2) and write(2) see it. The runtime's own console streams edit lines when input is a
/// terminal and keep silent when nobody reads the output; file streams keep a position of their own, which loses output when several programs share a file.
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
    public override unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                nint count = Libc.Read(_descriptor, pointer, buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                ThrowUnlessPassing("read standard input", Libc.PollIn);
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="LinuxException">The error of write(2): a broken pipe when nobody reads any more.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            for (nint at = 0; at < buffer.Length;)
            {
                nint count = Libc.Write(_descriptor, pointer + at, buffer.Length - at);
                if (count < 0)
                {
                    ThrowUnlessPassing("write the output", PollForOutput);
                }

                at += Math.Max(count, 0);
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

    private const short PollForOutput = 4; // POLLOUT

    // A descriptor shared with another program may have been made non-blocking by it: then wait.
    private void ThrowUnlessPassing(string operation, short events)
    {
        var errno = (Errno)Marshal.GetLastPInvokeError();
        if (errno == Errno.TryAgain)
        {
            Wait(events);
        }
        else if (errno != Errno.Interrupted)
        {
            throw new LinuxException(operation, errno);
        }
    }

    private unsafe void Wait(short events)
    {
        var poll = new Libc.PollDescriptor { Descriptor = (int)_descriptor.DangerousGetHandle(), Events = events };
        _ = Libc.Poll(&poll, 1, -1);
    }
}
