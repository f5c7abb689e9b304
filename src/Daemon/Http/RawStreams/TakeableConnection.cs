using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Net.Daemon.Http.RawStreams;

/// <summary>A connection as the web server has it. Once it was taken, the server is not told that the client has closed its direction,
/// upon which it would end the connection.</summary>
internal sealed class TakeableConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly ConnectionTakeover _takeover;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenRegistration _closing;

    public TakeableConnection(ConnectionContext inner, ConnectionTakeover takeover, PipeReader input)
    {
        _inner = inner;
        _takeover = takeover;
        Transport = new Duplex(input, inner.Transport.Output);
        ConnectionClosed = _closed.Token;
        _closing = inner.ConnectionClosed.Register(Close);
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
        _closed.Dispose();
        await base.DisposeAsync(); // of this connection alone; the inner one is the server's
    }

    private void Close()
    {
        if (!_takeover.IsTaken)
        {
            _closed.Cancel();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
