using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>The answers themselves, as curl sees them: statuses, headers and media types, as the Engine's.</summary>
public sealed class EngineAnswerTests
{
    [KernelFact]
    public void A_ping_has_the_Engines_headers_with_and_without_a_body()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach ((string method, string body) in new[] { ("GET", "OK"), ("HEAD", "") })
        {
            (string head, string text) = Ask(host, $"{method} /_ping");
            Assert.StartsWith("HTTP/1.1 200 OK", head, StringComparison.Ordinal);
            foreach (string header in new[]
            {
                "Api-Version: 1.51", "Ostype: linux", "Docker-Experimental: false", "Builder-Version: 1", "Pragma: no-cache",
                "Cache-Control: no-cache, no-store, must-revalidate", "Content-Type: text/plain; charset=utf-8",
                $"Content-Length: {body.Length}",
            })
            {
                Assert.Contains(header, head.Split("\r\n"));
            }

            Assert.Contains("Server: netctl/", head, StringComparison.Ordinal);
            Assert.Equal(body, text);
        }

        Assert.Contains("Api-Version: 1.51", Ask(host, "GET /v1.24/networks/nowhere").Head, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Every_refusal_has_the_Engines_status_and_a_message()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("create", "--name", "made", "true");
        string folder = KernelState.Of(host);
        foreach ((string request, int status) in new[]
        {
            ("POST /containers/nobody/start", 404), ("POST /containers/nobody/stop", 404), ("POST /containers/nobody/wait", 404),
            ("POST /containers/nobody/attach", 404), ("GET /containers/nobody/logs?stdout=1", 404), ("DELETE /containers/nobody", 404),
            ("POST /containers/nobody/resize?h=1&w=1", 404), ("POST /containers/nobody/exec {\"Cmd\":[\"true\"]}", 404),
            ("GET /containers/nobody/top", 404), ("GET /containers/nobody/stats", 404), ("GET /exec/0/json", 404),
            ("POST /exec/0/start {}", 404), ("POST /exec/0/resize?h=1&w=1", 404), ("GET /networks/bridge?scope=swarm", 404),
            ("POST /containers/made/kill", 409), ("POST /containers/made/pause", 409), ("GET /containers/made/top", 409),
            ("POST /containers/made/resize?h=10&w=10", 409), ("POST /containers/made/exec {\"Cmd\":[\"true\"]}", 409),
            ("DELETE /containers/web", 409), ("POST /containers/web/rename?name=made", 409), ("DELETE /networks/host", 403),
            ("POST /containers/web/exec {\"Cmd\":[]}", 400), ("POST /containers/web/exec {", 400), ("GET /containers/web/logs", 400),
            ("GET /containers/web/logs?stdout=1&since=x", 400), ("POST /containers/web/resize?h=x&w=1", 400),
            ("POST /containers/web/stop?t=x", 400), ("POST /containers/web/kill?signal=NONSENSE", 400),
            ("POST /containers/web/attach?stream=1&detachKeys=nonsense", 400), ("POST /containers/web/wait?condition=x", 400),
            ("GET /containers/json?limit=x", 400), ("POST /containers/web/update {\"RestartPolicy\":{\"Name\":\"x\"}}", 400),
            ("POST /containers/web/update {\"Memory\":1}", 501), ("POST /containers/create {}", 501), ("GET /system/df", 501),
        })
        {
            (string head, string body) = Ask(host, request);
            Assert.True(head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{request}: {head}{body}");
            Assert.Contains("Content-Type: application/json", head, StringComparison.Ordinal);
            string message = JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()!;
            Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
        }

        foreach (string request in new[] { "POST /containers/web/start", "POST /containers/made/stop" })
        {
            (string head, string body) = Ask(host, request);
            Assert.StartsWith("HTTP/1.1 304 ", head, StringComparison.Ordinal);
            Assert.Empty(body);
        }

        Assert.Equal(folder, KernelState.Of(host));
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Streams_are_upgraded_where_that_is_asked_for_and_their_media_type_is_that_of_the_version()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("run", "--name", "done", "sh", "-c", "echo out; echo err >&2");
        host.NetctlOk("run", "-d", "-t", "--name", "tty", "sh", "-c", "echo out; exec sleep 1000");
        TestHost.Eventually("it has written", () => host.NetctlOk("logs", "tty") != "");
        const string Raw = "Content-Type: application/vnd.docker.raw-stream\r\n";
        const string Multiplexed = "Content-Type: application/vnd.docker.multiplexed-stream\r\n";
        const string Frames = "\u0001\0\0\0\0\0\0\u0004out\n\u0002\0\0\0\0\0\0\u0004err\n";

        foreach ((string version, string type) in new[] { ("/v1.41", Raw), ("/v1.42", Multiplexed), ("", Multiplexed) })
        {
            (string head, string body) = Ask(host, $"GET {version}/containers/done/logs?stdout=1&stderr=1");
            Assert.Contains(type, head + "\r\n", StringComparison.Ordinal);
            Assert.Equal(Frames, body);
            (head, body) = Ask(host, $"POST {version}/containers/done/attach?logs=1&stdout=1&stderr=1");
            Assert.StartsWith("HTTP/1.1 200 OK", head, StringComparison.Ordinal);
            Assert.Contains(type, head + "\r\n", StringComparison.Ordinal);
            Assert.Equal(Frames, body);
            Assert.Contains(Raw, Ask(host, $"GET {version}/containers/tty/logs?stdout=1").Head + "\r\n", StringComparison.Ordinal);

            const string Command = """{"Cmd":["sh","-c","echo out; echo err >&2"],"AttachStdout":true}""";
            string exec = JsonDocument.Parse(Ask(host, $"POST {version}/containers/web/exec {Command}").Body)
                .RootElement.GetProperty("Id").GetString()!;
            (head, body) = Ask(host, $"POST {version}/exec/{exec}/start {{}}", "-H", "Connection: Upgrade", "-H", "Upgrade: tcp");
            Assert.StartsWith("HTTP/1.1 101 UPGRADED", head, StringComparison.Ordinal);
            Assert.Contains("Upgrade: tcp", head, StringComparison.Ordinal);
            Assert.Contains(type, head + "\r\n", StringComparison.Ordinal);
            Assert.Equal(Frames[..12], body);
        }

        Assert.Equal("out\r\n", Ask(host, "GET /containers/tty/logs?stdout=1").Body);
    }

    private static (string Head, string Body) Ask(TestHost host, string request, params string[] flags)
    {
        string[] words = request.Split(' ', 3);
        string[] method = words[0] == "HEAD" ? ["--head"] : ["-X", words[0], "-i"];
        string[] body = words.Length > 2 ? ["-d", words[2]] : [];
        Output output = host.Run(
            "curl", [.. method, "-sg", "-m", "20", "--unix-socket", host.Socket, .. flags, .. body, $"http://netctl{words[1]}"]);
        string[] parts = output.StandardOutput.Split("\r\n\r\n", 2);
        Assert.True(parts.Length == 2, $"{request}: {output}");
        return (parts[0], parts[1]);
    }
}
