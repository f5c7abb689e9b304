using Net.Api.Streams;

namespace Net.Api.Clients;

/// <summary>Frames over the byte stream of an upgraded HTTP connection.</summary>
internal sealed class FrameConnection : IFrameConnection
{
    private readonly Stream _stream;
    private readonly IDisposable _owner;
    private readonly DaemonAddress _address;
    private readonly SemaphoreSlim _writeLock = new(1, 1);

    public FrameConnection(Stream stream, IDisposable owner, DaemonAddress address)
    {
        _stream = stream;
        _owner = owner;
        _address = address;
    }

    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FrameCodec.ReadAsync(_stream, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Broken(e);
        }
    }

    public async ValueTask WriteAsync(Frame frame, CancellationToken cancellationToken)
    {
        await _writeLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FrameCodec.WriteAsync(_stream, frame, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Broken(e);
        }
        finally
        {
            _writeLock.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _owner.Dispose();
        _writeLock.Dispose();
    }

    private DaemonUnreachableException Broken(Exception cause) =>
        new(
            $"the connection to the netctl daemon at {_address} broke while a command's streams went over it ({cause.Message}): "
                + "the command runs on; see netctl logs", cause);
}
