using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Net.Tests.TestKit;

/// <summary>Answers HTTP on a Unix socket with what a test has written down, byte by byte, and keeps what it was asked.</summary>
public sealed class ScriptedDaemon : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netctl-scripted-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<string, Action<Stream>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();

    /// <summary>Starts to listen.</summary>
    public ScriptedDaemon()
    {
        SocketPath = Path.Combine(_folder.FullName, "s");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>The socket's path.</summary>
    public string SocketPath { get; }

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Sets the answer to a request such as <c>GET /networks</c>.</summary>
    public ScriptedDaemon Answers(string request, int status, string json = "", string contentType = "application/json")
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        return Converses(request, stream =>
        {
            string length = status is 204 or 304 ? "" : $"Content-Length: {body.Length}\r\n";
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\n{length}\r\n"));
            stream.Write(body);
        });
    }

    /// <summary>Sets what happens after a request has been read; the stream is the bare connection.</summary>
    public ScriptedDaemon Converses(string request, Action<Stream> conversation)
    {
        _answers[request] = conversation;
        return this;
    }

    /// <summary>Sets a conversation after status 101.</summary>
    public ScriptedDaemon Upgrades(string request, Action<Stream> conversation) => Converses(request, stream =>
    {
        stream.Write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: netctl-stream\r\n\r\n"u8);
        conversation(stream);
        stream.Dispose();
    });

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket connection = _listener.Accept();
                new Thread(() => Serve(connection)) { IsBackground = true }.Start();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed: while it waited, or just before.
        }
    }

    private void Serve(Socket connection)
    {
        using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            while (Read(stream) is { } request)
            {
                _requests.Enqueue(request);
                if (_answers.TryGetValue(request.Line, out Action<Stream>? answer))
                {
                    answer(stream);
                }
                else
                {
                    stream.Write("HTTP/1.1 404 Scripted\r\nContent-Length: 26\r\n\r\n{\"message\":\"not scripted\"}"u8);
                }
            }
        }
        catch (Exception)
        {
            // The client has gone, or the conversation went otherwise than written: the client sees its connection end, and the test what
            // came of it.
        }
    }

    private static ScriptedRequest? Read(NetworkStream stream)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int next = stream.ReadByte();
            if (next < 0)
            {
                return null;
            }

            head.Append((char)next);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines[1..].Select(l => l.Split(": ", 2)).ToDictionary(h => h[0].ToLowerInvariant(), h => h[1]);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"))];
        stream.ReadExactly(body);
        return new ScriptedRequest(lines[0][..lines[0].LastIndexOf(' ')], headers, Encoding.UTF8.GetString(body));
    }
}
