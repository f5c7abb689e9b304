using System.Net;
using System.Net.Sockets;
using System.Text;
using Net.Linux;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>A server that answers everybody with its name and the address it was asked from: <c>web 192.0.2.2</c>.</summary>
internal sealed class Responder : IDisposable
{
    private readonly Socket _socket;
    private readonly string _name;

    private Responder(Socket socket, string name)
    {
        _socket = socket;
        _name = name;
        new Thread(
            socket.SocketType == SocketType.Stream
                ? ServeConnections
                : ServeDatagrams)
        { IsBackground = true, Name = $"responder {name}" }.Start();
    }

    /// <summary>Listens in a namespace.</summary>
    /// <param name="place">The namespace.</param>
    /// <param name="name">What it answers with.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="address">An address of the namespace; <c>::</c> for all of both families.</param>
    /// <param name="port">The port.</param>
    public static Responder Start(NetworkNamespace place, string name, string protocol, string address, int port) => new(
        place.Run(() =>
        {
            var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
            (SocketType type, ProtocolType kind) = protocol == "tcp"
                ? (SocketType.Stream, ProtocolType.Tcp)
                : (SocketType.Dgram, ProtocolType.Udp);
            var socket = new Socket(endPoint.AddressFamily, type, kind);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            if (protocol == "tcp")
            {
                socket.Listen(128);
            }

            return socket;
        }),
        name);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private byte[] Answer(EndPoint client)
    {
        IPAddress address = ((IPEndPoint)client).Address;
        return Encoding.ASCII.GetBytes($"{_name} {(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}");
    }

    private void ServeConnections() => UntilClosed(() =>
    {
        using Socket client = _socket.Accept();
        try
        {
            client.Send(Answer(client.RemoteEndPoint!));
        }
        catch (SocketException)
        {
            // It did not wait for its answer.
        }
    });

    private void ServeDatagrams()
    {
        byte[] question = new byte[64];
        UntilClosed(() =>
        {
            EndPoint client = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            _socket.ReceiveFrom(question, ref client);
            _socket.SendTo(Answer(client), client);
        });
    }

    private static void UntilClosed(Action serve)
    {
        while (true)
        {
            try
            {
                serve();
            }
            catch (Exception error) when (
                error is ObjectDisposedException or SocketException
                {
                    SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted,
                })
            {
                return;
            }
            catch (SocketException)
            {
                // An unreachable client's error, told at the next call.
            }
        }
    }
}
