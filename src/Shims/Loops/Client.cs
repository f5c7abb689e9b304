using System.Buffers.Binary;

using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Commands;
using Net.Shims.Logs;
using Net.Shims.Wire;

namespace Net.Shims.Loops;

/// <summary>One connection to the shim. Never waits. As a sink it carries the output of a command that was run for it alone.</summary>
internal sealed class Client(SafeFileHandle handle) : IOutputSink, IDisposable
{
    /// <summary>With more bytes waiting than this, the command that was run for this client waits too.</summary>
    private const int FullAt = 256 * 1024;

    private readonly FrameBuffer _received = new();
    private readonly ByteQueue _sending = new();

    internal SafeFileHandle Handle => handle;

    /// <summary>Whether its first frame, the request, is still to come.</summary>
    internal bool AwaitsRequest { get; set; } = true;

    /// <summary>Whether it wants to know how long the log is.</summary>
    internal bool FollowsLog { get; set; }

    /// <summary>The command whose input its frames are for.</summary>
    internal RunningCommand? Command { get; set; }

    /// <summary>Whether it is to be closed once all is sent.</summary>
    internal bool IsLeaving { get; set; }

    /// <summary>Whether the connection is of no more use.</summary>
    internal bool IsGone { get; private set; }

    internal bool HasPending => !IsGone && _sending.Length > 0;

    /// <inheritdoc/>
    public bool IsFull => !IsGone && _sending.Length > FullAt;

    private long _toldLength = -1;

    /// <inheritdoc/>
    public void Write(StreamKind stream, ReadOnlySpan<byte> bytes) => Send((byte)stream, bytes);

    /// <summary>Queues a frame and sends what goes out.</summary>
    internal void Send(ControlKind kind, ReadOnlySpan<byte> payload) => Send((byte)kind, payload);

    /// <inheritdoc cref="Send(ControlKind, ReadOnlySpan{byte})"/>
    internal void Send(StreamKind kind, ReadOnlySpan<byte> payload) => Send((byte)kind, payload);

    /// <summary>Tells how long the log is, unless it knows, or is still being told an older length.</summary>
    internal void TellLength(long length)
    {
        if (FollowsLog && length != _toldLength && _sending.Length == 0)
        {
            _toldLength = length;
            Span<byte> payload = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(payload, length);
            Send(ControlKind.LogLength, payload);
        }
    }

    /// <summary>Takes in what has come.</summary>
    internal void Receive(Span<byte> buffer)
    {
        Errno errno = Descriptor.Read(handle, buffer, out int length);
        if (errno == Errno.None && length > 0)
        {
            _received.Append(buffer[..length]);
        }
        else if (errno != Errno.TryAgain)
        {
            IsGone = true;
        }
    }

    /// <summary>Takes the next frame that has come whole.</summary>
    internal bool TryTake(out Frame frame)
    {
        try
        {
            return _received.TryTake(out frame);
        }
        catch (FrameFormatException)
        {
            IsGone = true;
            frame = default;
            return false;
        }
    }

    /// <summary>Sends what goes out.</summary>
    internal void Flush()
    {
        while (HasPending)
        {
            Errno errno = Descriptor.Write(handle, _sending.Span, out int written);
            if (errno == Errno.TryAgain)
            {
                return;
            }

            IsGone |= errno != Errno.None;
            _sending.Drop(written);
        }
    }

    public void Dispose()
    {
        IsGone = true;
        handle.Dispose();
    }

    private void Send(byte kind, ReadOnlySpan<byte> payload)
    {
        if (!IsGone)
        {
            _sending.AppendFrame(kind, payload);
            Flush();
        }
    }
}
