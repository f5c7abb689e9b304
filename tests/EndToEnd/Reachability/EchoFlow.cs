using System.Net;
using System.Net.Sockets;
using Net.Linux;

namespace Net.Tests.EndToEnd.Reachability;

/// <summary>A client that asks one server again and again by one socket, and counts the questions that were not answered.</summary>
internal sealed class EchoFlow : IDisposable
{
    private const int Patience = 5000; // ms: everything is on this machine, which may be busy

    private readonly Socket _listener;
    private readonly Socket _client;
    private readonly List<Thread> _threads = [];
    private volatile bool _stopped;
    private int _answered;

    private EchoFlow(Socket listener, Socket client)
    {
        _listener = listener;
        _client = client;
    }

    /// <summary>How many questions were answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>How many were not; a connection that was reset is one.</summary>
    public int Lost { get; private set; }

    /// <summary>Begins to ask; returns when the first answer has come.</summary>
    /// <param name="server">The server's namespace.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="client">The client's namespace.</param>
    /// <param name="target">Where the client asks.</param>
    /// <param name="protocol">TCP or UDP.</param>
    public static EchoFlow Start(NetworkNamespace server, int port, NetworkNamespace client, IPEndPoint target, ProtocolType protocol)
    {
        SocketType type = protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram;
        Socket listener = server.Run(() => new Socket(target.AddressFamily, type, protocol));
        listener.Bind(new IPEndPoint(target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
        if (protocol == ProtocolType.Tcp)
        {
            listener.Listen();
        }

        Socket asking = client.Run(() => new Socket(target.AddressFamily, type, protocol) { ReceiveTimeout = Patience });
        asking.Connect(target);
        var flow = new EchoFlow(listener, asking);
        flow.Run(() => flow.Serve(protocol));
        flow.Run(flow.Ask);
        Assert.True(SpinWait.SpinUntil(() => flow.Answered > 0, TimeSpan.FromSeconds(20)), $"{protocol} {target} is answered");
        return flow;
    }

    /// <summary>Ends the questions; the counts are final then.</summary>
    public void Stop()
    {
        _stopped = true;
        _threads[1].Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped = true;
        _client.Dispose();
        _listener.Dispose();
        _threads.ForEach(thread => thread.Join());
    }

    private void Run(ThreadStart body)
    {
        var thread = new Thread(body) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    private void Ask()
    {
        byte[] answer = new byte[4];
        for (int number = 0; !_stopped; number++)
        {
            try
            {
                _client.Send(BitConverter.GetBytes(number));
                do
                {
                    if (_client.Receive(answer) == 0)
                    {
                        Lost++;
                        return;
                    }
                }
                while (BitConverter.ToInt32(answer) != number); // a late answer
                Interlocked.Increment(ref _answered);
                Thread.Sleep(1);
            }
            catch (SocketException) when (_client.SocketType == SocketType.Dgram)
            {
                Lost++; // none in time, or told by ICMP
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                Lost++;
                return;
            }
        }
    }

    private void Serve(ProtocolType protocol)
    {
        try
        {
            byte[] question = new byte[4];
            if (protocol == ProtocolType.Tcp)
            {
                using Socket peer = _listener.Accept();
                for (int length = peer.Receive(question); length > 0; length = peer.Receive(question))
                {
                    peer.Send(question.AsSpan(0, length));
                }

                return;
            }

            EndPoint sender = _listener.LocalEndPoint!;
            while (true)
            {
                int length = _listener.ReceiveFrom(question, ref sender);
                _listener.SendTo(question.AsSpan(0, length), SocketFlags.None, sender);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
