using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Requests that no handler takes: of Docker's API or of none, of another version, or refused by the web server.</summary>
public sealed class UnservedRequestTests
{
    [KernelFact]
    public void A_request_of_Docker_s_API_that_netctl_does_not_serve_is_501_and_one_of_no_API_is_404()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string request in new[]
        {
            "GET /v1.47/containers/c/changes", "GET /containers/web.1/export", "POST /commit", "POST /containers/create?name=c",
            "GET /containers/c/attach/ws", "GET /v1.24/images/json", "GET /images/a/b/c.d:1.2/json", "DELETE /images/x.y",
            "GET /volumes", "GET /volumes/v.1", "GET /swarm", "POST /build", "POST /auth", "GET /system/df", "PUT /containers/c/archive",
            "GET /plugins/a/b.c/json", "GET /distribution/a/b/json", "POST /session",
        })
        {
            (int status, string message) = Ask(host, request);
            Assert.True(status == 501, $"{request}: {status} {message}");
            Assert.Contains("is not supported by netctl", message, StringComparison.Ordinal);
        }

        foreach (string request in new[]
        {
            "GET /nonsense", "GET /", "GET /nonsense/a.b", "DELETE /networks", "PUT /networks/x", "POST /version", "GET /netctl/nonsense",
            "GET /containers/c/nonsense", "POST /_ping", "GET /containers",
        })
        {
            (int status, string message) = Ask(host, request);
            Assert.True(status == 404, $"{request}: {status} {message}");
            Assert.Contains("page not found", message, StringComparison.Ordinal);
        }

        Assert.Equal(200, Ask(host, "GET /networks/").Status);
    }

    [KernelFact]
    public void A_version_of_the_API_that_is_not_supported_is_refused_with_400()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string version in new[] { "v9999.1", "v1.52", "v1.51.1", "v2", "v99999999999999999999999.1" })
        {
            (int status, string message) = Ask(host, $"GET /{version}/networks");
            Assert.True(status == 400, $"{version}: {status} {message}");
            Assert.Contains("too new. Maximum supported API version is 1.51", message, StringComparison.Ordinal);
        }

        foreach (string version in new[] { "v1.23", "v0.1", "v1", "v.", "v1..9" })
        {
            (int status, string message) = Ask(host, $"GET /{version}/networks");
            Assert.True(status == 400, $"{version}: {status} {message}");
            Assert.Contains("too old. Minimum supported API version is 1.24", message, StringComparison.Ordinal);
        }

        Assert.Equal(200, Ask(host, "GET /v1.24/networks").Status);
        Assert.Equal(200, Ask(host, "GET /v1.51/networks").Status);
        Assert.Equal(404, Ask(host, "GET /vx/networks").Status);
    }

    [KernelFact]
    public void What_the_web_server_itself_refuses_is_answered_with_a_message_too()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach ((string request, int status) in new[]
        {
            ("NONSENSE\\r\\n\\r\\n", 400),
            ("GET /networks/%00 HTTP/1.1\\r\\nHost: d\\r\\n\\r\\n", 400),
            ("GET /networks HTTP/1.1\\r\\nno colon\\r\\n\\r\\n", 400),
            ("GET /networks HTTP/1.1\\r\\n\\r\\n", 400),
            ("GET /networks HTTP/3.7\\r\\nHost: d\\r\\n\\r\\n", 505),
            ("GET /' + 'a' * 9000 + ' HTTP/1.1\\r\\nHost: d\\r\\n\\r\\n", 414),
            ("GET /networks HTTP/1.1\\r\\nHost: d\\r\\nX: ' + 'a' * 40000 + '\\r\\n\\r\\n", 431),
            ("POST /networks/create HTTP/1.1\\r\\nHost: d\\r\\nContent-Length: -1\\r\\n\\r\\n", 400),

            // After a request that is served on the same connection.
            ("GET /_ping HTTP/1.1\\r\\nHost: d\\r\\n\\r\\nNONSENSE\\r\\n\\r\\n", 400),
        })
        {
            AssertRefused(host, request, status);
        }

        Assert.Equal(200, Ask(host, "GET /networks").Status);
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_chunk_of_an_impossible_size_is_refused_with_400_and_leaves_no_stack_trace_in_the_log()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        const string Head = " HTTP/1.1\\r\\nHost: d\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n";
        foreach (string chunk in new[] { "FFFFFFFFFFFFFFFF", "80000000", "7FFFFFFFFFFFFFFFF", "-1", "zz", "5 x" })
        {
            AssertRefused(host, $"POST /networks/create{Head}{chunk}\\r\\n{{}}\\r\\n0\\r\\n\\r\\n", 400);
            AssertRefused(host, $"POST /netctl/containers/c/publish{Head}{chunk}\\r\\n{{}}\\r\\n0\\r\\n\\r\\n", 400);

            // Nobody reads this body: the answer is the handler's, or the server's.
            Assert.Contains("HTTP/1.1 ", Send(host, $"POST /containers/nobody/stop{Head}{chunk}\\r\\n{{}}\\r\\n0\\r\\n\\r\\n"),
                StringComparison.Ordinal);
        }

        Assert.Equal(200, Ask(host, "GET /networks").Status);
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    private static void AssertRefused(TestHost host, string request, int status)
    {
        string answer = Send(host, request);
        int last = answer.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        Assert.True(last >= 0 && answer[last..].StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{request}: {answer}");
        string[] parts = answer[last..].Split("\r\n\r\n", 2);
        Assert.Contains("Content-Type: application/json", parts[0], StringComparison.Ordinal);
        string? message = JsonDocument.Parse(parts[1]).RootElement.GetProperty("message").GetString();
        Assert.False(string.IsNullOrEmpty(message), $"{request}: {answer}");
    }

    // What the daemon sends on one connection until it closes it, or is silent for a second.
    private static string Send(TestHost host, string request) => host.Run(
        "python3", "-c",
        $"""
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect('{host.Socket}')
        s.sendall(('{request}').encode())
        s.settimeout(1)
        answer = b''
        try:
            while (part := s.recv(65536)):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
        sys.stdout.write(answer.decode())
        """).StandardOutput;

    private static (int Status, string Message) Ask(TestHost host, string request)
    {
        string[] words = request.Split(' ');
        string answer = host.Shell(
            $"curl -s -m 20 -X {words[0]} -w '\\n%{{http_code}}' --path-as-is --unix-socket {host.Socket} 'http://netctl{words[1]}'");
        int end = answer.LastIndexOf('\n');
        int status = int.Parse(answer[(end + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        string body = answer[..Math.Max(end, 0)];
        return (status, status < 300 ? body : JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()!);
    }
}
