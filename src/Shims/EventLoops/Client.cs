using System.Buffers.Binary;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Shims.Commands;
using Net.Shims.Logs;
using Net.Shims.Wire;

namespace Net.Shims.EventLoops;

/// <summary>One connection to the shim, which never blocks. As an output sink it carries the output of a command that was run for this
/// client alone.</summary>
internal sealed class Client(SafeFileHandle handle) : IOutputSink, IDisposable
{
    /// <summary>With more unsent bytes than this, the command that was run for this client has to wait.</summary>
    private const int FullAt = 256 * 1024;

    private readonly FrameBuffer _received = new();
    private readonly ByteQueue _sending = new();

    internal SafeFileHandle Handle => handle;

    /// <summary>Whether the client's first frame, the request, is still to come.</summary>
    internal bool AwaitsRequest { get; set; } = true;

    /// <summary>Whether the client is sent the length of the log.</summary>
    internal bool FollowsLog { get; set; }

    /// <summary>The offset up to which a reader has read the log, whose pace the main command keeps; null when this connection is not for
    /// that.</summary>
    internal long? ReadUpTo { get; set; }

    /// <summary>Whether the client is sent the notices for the daemon's log.</summary>
    internal bool HearsNotices { get; set; }

    /// <summary>The command that the client's input frames go to.</summary>
    internal RunningCommand? Command { get; set; }

    /// <summary>Whether <see cref="Command"/> ends with this connection.</summary>
    internal bool EndsCommand { get; set; }

    /// <summary>Whether the connection closes as soon as everything is sent.</summary>
    internal bool IsClosing { get; set; }

    /// <summary>Whether the connection has failed or was closed.</summary>
    internal bool IsDisconnected { get; private set; }

    internal bool HasPending => !IsDisconnected && _sending.Length > 0;

    /// <inheritdoc/>
    public bool IsFull => !IsDisconnected && _sending.Length > FullAt;

    private long _sentLength = -1;
    private int _sentNotices;

    /// <inheritdoc/>
    public void Write(StreamKind stream, Span<byte> piece) => Send((byte)stream, piece[IOutputSink.HeaderSpace..]);

    /// <summary>Queues a frame and sends as much as the socket takes.</summary>
    internal void Send(ControlKind kind, ReadOnlySpan<byte> payload) => Send((byte)kind, payload);

    /// <inheritdoc cref="Send(ControlKind, ReadOnlySpan{byte})"/>
    internal void Send(StreamKind kind, ReadOnlySpan<byte> payload) => Send((byte)kind, payload);

    /// <summary>Sends the length of the log, unless the client knows it or an older length is still unsent.</summary>
    internal void SendLogLength(long length)
    {
        if (FollowsLog && length != _sentLength && _sending.Length == 0)
        {
            _sentLength = length;
            Span<byte> payload = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(payload, length);
            Send(ControlKind.LogLength, payload);
        }
    }

    /// <summary>Sends the newest notice, unless the client has it.</summary>
    internal void SendNotice(LogLoss loss)
    {
        if (HearsNotices && _sentNotices != loss.NoticeCount)
        {
            _sentNotices = loss.NoticeCount;
            Send(ControlKind.Notice, Encoding.UTF8.GetBytes(loss.Notice!));
        }
    }

    /// <summary>Receives the bytes that have arrived.</summary>
    internal void Receive(Span<byte> buffer)
    {
        Errno errno = Descriptor.Read(handle, buffer, out int length);
        if (errno == Errno.None && length > 0)
        {
            _received.Append(buffer[..length]);
        }
        else if (errno != Errno.TryAgain)
        {
            IsDisconnected = true;
        }
    }

    /// <summary>Takes the next complete frame.</summary>
    internal bool TryTake(out Frame frame)
    {
        try
        {
            return _received.TryTake(out frame);
        }
        catch (FrameFormatException)
        {
            IsDisconnected = true;
            frame = default;
            return false;
        }
    }

    /// <summary>Sends as much as the socket takes.</summary>
    internal void Flush()
    {
        while (HasPending)
        {
            Errno errno = Descriptor.Write(handle, _sending.Span, out int written);
            if (errno == Errno.TryAgain)
            {
                return;
            }

            IsDisconnected |= errno != Errno.None;
            _sending.Drop(written);
        }
    }

    public void Dispose()
    {
        IsDisconnected = true;
        handle.Dispose();
    }

    private void Send(byte kind, ReadOnlySpan<byte> payload)
    {
        if (!IsDisconnected)
        {
            _sending.AppendFrame(kind, payload);
            Flush();
        }
    }
}
