using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Net.Daemon.Http.RawStreams;

/// <summary>A connection as the web server has it. The server is told of its end when the client has closed both directions: a client that
/// has closed its own alone, such as <c>nc -N</c>, still waits for its answer. Once the connection was taken the server is not told at
/// all.</summary>
internal sealed class TakeableConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly ConnectionTakeover _takeover;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _closing;
    private Task _hangUp = Task.CompletedTask;

    public TakeableConnection(ConnectionContext inner, ConnectionTakeover takeover, PipeReader input)
    {
        _inner = inner;
        _takeover = takeover;
        Transport = new Duplex(input, inner.Transport.Output);
        ConnectionClosed = _closed.Token;
        _closing = inner.ConnectionClosed.Register(() => _hangUp = CloseAsync());
    }

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => _inner.ConnectionId;
        set => _inner.ConnectionId = value;
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features => _inner.Features;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed { get; set; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint
    {
        get => _inner.LocalEndPoint;
        set => _inner.LocalEndPoint = value;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint
    {
        get => _inner.RemoteEndPoint;
        set => _inner.RemoteEndPoint = value;
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _closing.DisposeAsync();
        await _ended.CancelAsync();
        await _hangUp;
        _ended.Dispose();
        _closed.Dispose();
        await base.DisposeAsync(); // of this connection alone; the inner one is the server's
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_inner.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            {
                await HangUp.WaitAsync(socket, _ended.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            return; // the server has ended the connection itself
        }

        if (!_takeover.IsTaken)
        {
            await _closed.CancelAsync();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
