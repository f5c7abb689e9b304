using System.Diagnostics;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>A client on the machine outside that asks an echo server at a published port all the time: on new connections, and on one that
/// lasts.</summary>
internal sealed class SteadyClient : IDisposable
{
    // One answer a line, when it is asked for by one: how many requests were answered, and what failed.
    private const string Script =
        """
        import select, socket, sys
        place = (sys.argv[1], int(sys.argv[2]))
        answered, failed = 0, []
        def echo(connection):
            connection.sendall(b"hello\n")
            answer = b""
            while not answer.endswith(b"\n"):
                part = connection.recv(100)
                if not part:
                    raise OSError("the connection ended")
                answer += part
        def ask():
            global answered
            try:
                with socket.create_connection(place, 10) as connection:
                    echo(connection)
                echo(lasting)
                answered += 1
            except OSError as error:
                failed.append(str(error))
        lasting = socket.create_connection(place, 10)
        while True:
            ask()
            if select.select([sys.stdin], [], [], 0.02)[0]:
                if not sys.stdin.readline():
                    break
                ask()
                print(answered, *failed[:3], flush=True)
        """;

    private readonly Process _client;

    private SteadyClient(Process client) => _client = client;

    /// <summary>Starts to ask, once the server answers.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The published port.</param>
    public static SteadyClient Start(TestHost host, string port)
    {
        AwaitServer(host, port);
        return new SteadyClient(host.Start("ip", "netns", "exec", "outside", "python3", "-c", Script, TestHost.Address, port));
    }

    /// <summary>Waits until an echo server answers at a published port.</summary>
    public static void AwaitServer(TestHost host, string port) => TestHost.Eventually(
        $"the server answers at port {port}",
        () => host.Outside("sh", "-c", $"echo hello | nc -N -w 2 {TestHost.Address} {port}").StandardOutput == "hello\n");

    /// <summary>Demands that a request is answered now and that none has failed so far.</summary>
    public void AssertAllAnswered()
    {
        _client.StandardInput.WriteLine();
        _client.StandardInput.Flush();
        string? said = _client.StandardOutput.ReadLine();
        Assert.True(int.TryParse(said, out int answered) && answered > 0, $"answered, and what failed: {said}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.StandardInput.Close();
        _client.WaitForExit();
        _client.Dispose();
    }
}
