using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Net.Daemon.Http.Refusals;

namespace Net.Daemon.Http.RawStreams;

/// <summary>Lets a handler take a connection from the web server (Kestrel) and go on with it as a plain stream of bytes, as the Engine does
/// for <c>attach</c> and <c>exec</c>.</summary>
/// <remarks>The server's own upgrade does not do for Docker's clients, for three reasons: the request that starts a command has a body,
/// with which the server does not upgrade; clients that do not ask for an upgrade are answered 200, and the bytes follow; and a client ends
/// the command's input by closing its direction of the connection, which the server takes for the end of the client.</remarks>
internal sealed class ConnectionTakeover
{
    private readonly ConnectionContext _connection;
    private readonly RefusalOutput _output;
    private readonly TakenInput _input;

    private ConnectionTakeover(ConnectionContext connection, RefusalOutput output, TakenInput input)
    {
        _connection = connection;
        _output = output;
        _input = input;
    }

    /// <summary>Whether the connection was taken.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Prepares the connections of a socket, whose answers <see cref="ServerRefusals.Prepare"/> has prepared before.</summary>
    public static void Prepare(ListenOptions socket) => socket.Use(next => async connection =>
    {
        var input = new TakenInput(connection.Transport.Input);
        var takeover = new ConnectionTakeover(connection, connection.Features.Get<RefusalOutput>()!, input);
        connection.Features.Set(takeover);
        await using var takeable = new TakeableConnection(connection, takeover, input);
        await next(takeable);
    });

    /// <summary>Takes the connection. The request's body must have been read. When the handler ends, the connection is closed once what was
    /// written is sent.</summary>
    /// <param name="head">The status line and the headers of the answer, with the empty line.</param>
    public async ValueTask<RawConnection> TakeAsync(ReadOnlyMemory<byte> head)
    {
        IsTaken = true;
        _input.Take();
        PipeWriter output = _output.Take();
        await output.WriteAsync(head);
        Socket socket = _connection.Features.Get<IConnectionSocketFeature>()?.Socket
            ?? throw new InvalidOperationException("the connection has no socket");
        return new RawConnection(_connection.Transport.Input, output, socket);
    }
}
