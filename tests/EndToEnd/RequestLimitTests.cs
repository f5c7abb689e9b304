using System.Net.Sockets;
using System.Text;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Clients that are slow, clients that stay, and clients that are many.</summary>
public sealed class RequestLimitTests
{
    private const int Lines = 200_000;

    [KernelFact]
    public async Task A_request_that_is_not_complete_after_its_time_is_cut_off_and_a_stream_that_nobody_reads_is_not()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "talker", "sh", "-c", $"seq -f 'line %.0f' {Lines}; exec sleep 1000");

        // These are read no further than their beginning until the slow ones have been cut off.
        using NetworkStream events = Connect(host.Socket);
        await SendAsync(events, "GET /events HTTP/1.1\r\nHost: d\r\n\r\n");
        using NetworkStream logs = Connect(host.Socket);
        await SendAsync(logs, "GET /netctl/containers/talker/logs?follow=1&stdout=1 HTTP/1.1\r\nHost: d\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await ReadUntilAsync(events, "\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", await ReadUntilAsync(logs, "\r\n\r\n"));

        Task<string> paused = PauseAsync(host);
        string[] cut = await Task.WhenAll(
            TrickleAsync(host.Socket, "GET /networks HTTP/1.1\r\nHost: d\r\nX-Long: "),
            TrickleAsync(host.Socket, "POST /networks/create HTTP/1.1\r\nHost: d\r\nContent-Length: 5000\r\n\r\n"),
            TrickleAsync(
                Path.Combine(host.Root, "plugins", "netctl.sock"),
                "POST /IpamDriver.RequestPool HTTP/1.1\r\nHost: d\r\nContent-Length: 5000\r\n\r\n"));
        Assert.All(cut, answer => Assert.StartsWith("HTTP/1.1 408 ", answer));
        Assert.Contains("\"message\"", cut[0], StringComparison.Ordinal);
        Assert.Contains("body is not complete after 30 s", cut[1], StringComparison.Ordinal);
        Assert.Contains("body is not complete after 30 s", cut[2], StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 201 ", await paused);

        host.NetctlOk("network", "create", "late");
        await ReadUntilAsync(events, "\"late\"");
        await ReadUntilAsync(logs, $"line {Lines}\n");
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_body_that_is_too_large_is_refused_also_where_nobody_looks_at_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("create", "--name", "stays", "sleep", "1000");
        string megabytes = new('x', 2_000_000);
        foreach (string body in (string[])
            [
                $"Content-Length: {megabytes.Length}\r\n\r\n{megabytes}",
                $"Transfer-Encoding: chunked\r\n\r\n{megabytes.Length:x}\r\n{megabytes}\r\n0\r\n\r\n",
            ])
        {
            foreach ((string path, int status) in ((string, int)[])
                [("/containers/prune", 413), ("/networks/create", 413), ("/build", 501), ("/images/load", 501), ("/nowhere", 404)])
            {
                using NetworkStream client = Connect(host.Socket);
                Task sending = SendAsync(client, $"POST {path} HTTP/1.1\r\nHost: d\r\n{body}");
                Assert.StartsWith($"HTTP/1.1 {status} ", await ReadUntilAsync(client, "\r\n\r\n"));
                client.Dispose();
                await Record.ExceptionAsync(() => sending); // the rest is not read
            }
        }

        Assert.Equal("stays", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
    }

    [KernelFact]
    public async Task A_client_that_sends_no_more_is_answered_while_it_reads()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        const string Body = """{"Name":"half"}""";
        foreach ((string socket, string request, string answer) in ((string, string, string)[])
            [
                (host.Socket, "GET /_ping HTTP/1.0\r\n\r\n", "OK"),
                (host.Socket, $"POST /networks/create HTTP/1.1\r\nHost: d\r\nContent-Length: {Body.Length}\r\n\r\n{Body}", "\"Id\""),
                (host.Socket, "GET /networks/half HTTP/1.1\r\nHost: d\r\n\r\nGET /version HTTP/1.1\r\nHost: d\r\n\r\n", "ApiVersion"),
                (Path.Combine(host.Root, "plugins", "netctl.sock"), "POST /Plugin.Activate HTTP/1.1\r\nHost: d\r\n\r\n", "IpamDriver"),
            ])
        {
            using NetworkStream client = Connect(socket);
            await SendAsync(client, request);
            client.Socket.Shutdown(SocketShutdown.Send);
            string whole = await ReadToEndAsync(client);
            Assert.Contains(answer, whole, StringComparison.Ordinal);
            Assert.DoesNotContain("HTTP/1.1 4", whole, StringComparison.Ordinal);
        }

        // A stream goes on as long as its reader is there.
        using NetworkStream follower = Connect(host.Socket);
        await SendAsync(follower, "GET /events HTTP/1.1\r\nHost: d\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await ReadUntilAsync(follower, "\r\n\r\n"));
        follower.Socket.Shutdown(SocketShutdown.Send);
        host.NetctlOk("network", "create", "later");
        await ReadUntilAsync(follower, "\"later\"");
    }

    [KernelFact]
    public async Task Two_hundred_clients_at_once_are_all_answered()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        NetworkStream[] followers = [.. Enumerable.Range(0, 200).Select(_ => Connect(host.Socket))];
        await Task.WhenAll(followers.Select(stream => SendAsync(stream, "GET /events HTTP/1.1\r\nHost: d\r\n\r\n")));
        foreach (NetworkStream follower in followers)
        {
            Assert.StartsWith("HTTP/1.1 200 ", await ReadUntilAsync(follower, "\r\n\r\n"));
        }

        // Every fourth of them makes a network; all of them ask for the list.
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using NetworkStream client = Connect(host.Socket);
            string body = $"{{\"Name\":\"n{i}\"}}";
            await SendAsync(
                client,
                i % 4 > 0 ? "GET /networks HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n"
                    : "POST /networks/create HTTP/1.1\r\nHost: d\r\nConnection: close\r\n"
                        + $"Content-Length: {body.Length}\r\n\r\n{body}");
            return await ReadToEndAsync(client);
        }));
        Assert.All(answers, (answer, i) => Assert.StartsWith(i % 4 > 0 ? "HTTP/1.1 200 " : "HTTP/1.1 201 ", answer));
        Assert.Equal(50, host.NetctlOk("network", "ls", "-q", "--filter", "type=custom").Split('\n').Length);
        foreach (NetworkStream follower in followers)
        {
            await ReadUntilAsync(follower, "\"n196\"");
            follower.Dispose();
        }
    }

    private static NetworkStream Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task SendAsync(NetworkStream stream, string request) => await stream.WriteAsync(Encoding.ASCII.GetBytes(request));

    // Sends a byte each half second after the beginning of a request, until the daemon closes the connection.
    private static async Task<string> TrickleAsync(string socket, string beginning)
    {
        using NetworkStream stream = Connect(socket);
        await SendAsync(stream, beginning);
        Task<string> answer = ReadToEndAsync(stream);
        while (await Task.WhenAny(answer, Task.Delay(500)) != answer)
        {
            try
            {
                await SendAsync(stream, " ");
            }
            catch (IOException)
            {
                // The daemon has closed its end; what it said is being read.
            }
        }

        return await answer;
    }

    // Sends a body in two parts, with a pause that is longer than a server's usual patience and shorter than the limit.
    private static async Task<string> PauseAsync(TestHost host)
    {
        using NetworkStream stream = Connect(host.Socket);
        const string Body = """{"Name":"paused"}""";
        await SendAsync(
            stream, $"POST /networks/create HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..5]}");
        await Task.Delay(TimeSpan.FromSeconds(12));
        await SendAsync(stream, Body[5..]);
        return await ReadToEndAsync(stream);
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // The daemon has closed the connection while more was sent to it.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    // Reads until these words have come; gives all that has been read.
    private static async Task<string> ReadUntilAsync(NetworkStream stream, string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        byte[] buffer = new byte[64 * 1024];
        var seen = new MemoryStream();
        byte[] wanted = Encoding.ASCII.GetBytes(words);
        while (Tail(seen, buffer.Length + wanted.Length).IndexOf(wanted) < 0)
        {
            int read = await stream.ReadAsync(buffer, limit.Token);
            Assert.True(read > 0, $"the stream ended before \"{words}\"");
            seen.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(seen.ToArray());
    }

    private static ReadOnlySpan<byte> Tail(MemoryStream seen, int length) =>
        seen.GetBuffer().AsSpan(0, (int)seen.Length)[Math.Max(0, (int)seen.Length - length)..];
}
