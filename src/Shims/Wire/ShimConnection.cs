using System.Buffers;
using System.Net.Sockets;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux;
using Net.Linux.Descriptors;

namespace Net.Shims.Wire;

/// <summary>The daemon's end of one connection to a shim. One reader and any number of writers at a time.</summary>
internal sealed class ShimConnection : IDisposable
{
    private const int MostReceived = 16 * 1024;

    private readonly Socket _socket;
    private readonly FrameBuffer _received = new();
    private readonly SemaphoreSlim _sending = new(1);

    private ShimConnection(Socket socket) => _socket = socket;

    /// <summary>Connects to the shim of a directory.</summary>
    /// <returns>Null when no shim listens there because it has ended or was never started.</returns>
    internal static Task<ShimConnection?> ConnectAsync(string directory, CancellationToken cancellationToken) =>
        ConnectAsync(directory, ShimFiles.Socket, cancellationToken);

    /// <summary>Connects to a socket of a directory.</summary>
    /// <returns>Null when nobody listens there.</returns>
    internal static async Task<ShimConnection?> ConnectAsync(string directory, string name, CancellationToken cancellationToken)
    {
        SafeFileHandle place;
        try
        {
            place = Descriptor.OpenPlace(directory);
        }
        catch (LinuxException error) when (error.Errno == Errno.NoEntry)
        {
            return null;
        }

        using (place)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                // A socket's path has at most 107 bytes (sun_path); through the descriptor of its directory it is short, wherever the
                // directory is.
                var address = new UnixDomainSocketEndPoint($"{Descriptor.PathOf(place)}/{name}");
                await socket.ConnectAsync(address, cancellationToken);
                return new ShimConnection(socket);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable
                || (Errno)error.NativeErrorCode == Errno.NoEntry)
            {
                socket.Dispose();
                return null;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Sends one frame.</summary>
    /// <returns>False when the shim has ended.</returns>
    internal async ValueTask<bool> SendAsync(byte kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[Frame.HeaderLength + payload.Length];
        Frame.WriteHeader(bytes, kind, payload.Length);
        payload.CopyTo(bytes.AsMemory(Frame.HeaderLength));
        await _sending.WaitAsync(cancellationToken);
        try
        {
            for (ReadOnlyMemory<byte> rest = bytes; !rest.IsEmpty;)
            {
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a request.</summary>
    /// <inheritdoc cref="SendAsync(byte, ReadOnlyMemory{byte}, CancellationToken)"/>
    internal ValueTask<bool> SendAsync(ControlKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        SendAsync((byte)kind, payload, cancellationToken);

    /// <summary>Takes the next frame.</summary>
    /// <returns>Null when the shim has closed the connection or has ended.</returns>
    internal async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_received.TryTake(out Frame frame))
            {
                return frame;
            }

            if (!await ReceiveAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    // The daemon has a connection to each shim: none has a buffer while it waits.
    private async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = [];
        try
        {
            await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            buffer = ArrayPool<byte>.Shared.Rent(MostReceived);
            int count = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            _received.Append(buffer.AsSpan(0, count));
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Waits until the shim closes the connection, which it does only by ending.</summary>
    /// <param name="onNotice">Called with each notice; null to ignore them, as other frames that the shim still sends.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    internal async Task WaitForEndAsync(Action<string>? onNotice, CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } frame)
        {
            if (frame.Control == ControlKind.Notice)
            {
                onNotice?.Invoke(Encoding.UTF8.GetString(frame.Bytes.Span));
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }
}
