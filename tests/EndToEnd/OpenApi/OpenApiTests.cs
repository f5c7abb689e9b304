using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.OpenApi;

/// <summary>What the daemon answers is what docs/api/openapi.json says, for every operation that it has.</summary>
public sealed partial class OpenApiTests
{
    [KernelFact]
    public async Task Every_operation_answers_as_the_description_says()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using var asker = new Asker(host.Socket, Description.Read());

        await asker.AskAsync("GET", "/_ping", 200);
        await asker.AskAsync("HEAD", "/_ping", 200);
        await asker.AskAsync("GET", "/version", 200);
        await asker.AskAsync("GET", "/info", 200);
        await asker.AskAsync("GET", "/netctl/diff", 200);
        await asker.AskAsync("POST", "/netctl/mend", 200);

        await asker.AskAsync("POST", "/networks/create?dryRun=1", 200, """{"Name":"front"}""");
        await asker.AskAsync(
            "POST", "/networks/create", 201,
            """{"Name":"front","EnableIPv6":true,"Labels":{"a":"b"},"IPAM":{"Config":[{"Subnet":"10.9.0.0/24","Gateway":"10.9.0.1"}]}}""");
        await asker.AskAsync("POST", "/networks/create", 409, """{"Name":"front"}""");
        await asker.AskAsync("POST", "/networks/create", 400, """{"Name":5}""");
        await asker.AskAsync("POST", "/networks/create", 501, """{"Name":"x","Scope":"swarm"}""");
        await asker.AskAsync("POST", "/networks/create", 404, """{"Name":"x","Driver":"nosuch"}""");
        await asker.AskAsync("GET", "/networks", 200);
        await asker.AskAsync("GET", "/networks?filters={\"nonsense\":[\"x\"]}", 400);
        await asker.AskAsync("DELETE", "/networks/bridge", 403);
        await asker.AskAsync("DELETE", "/networks/nobody", 404);

        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "-p", "80", "--restart", "no", "sleep", "1000");
        await asker.AskAsync(
            "POST", "/netctl/containers/create", 201,
            """{"Name":"probed","Healthcheck":{"Test":["CMD","echo","yes"],"Interval":100000000,"StartPeriod":1000000000}}""");
        await asker.AskAsync("POST", "/netctl/containers/create", 400, """{"Healthcheck":{"Test":["CMD"]}}""");
        TestHost.Eventually("it is probed", () => host.NetctlOk("inspect", "-f", "{{.State.Health.Status}}", "probed") == "healthy");
        await asker.AskAsync("GET", "/containers/probed/json", 200);
        await asker.AskAsync("DELETE", "/containers/probed?force=1", 204);
        await asker.AskAsync("GET", "/networks/front?verbose=true", 200);
        await asker.AskAsync("GET", "/networks/nobody", 404);
        await asker.AskAsync("DELETE", "/networks/front", 403);
        await asker.AskAsync("POST", "/networks/bridge/connect?dryRun=1", 200, """{"Container":"web"}""");
        await asker.AskAsync("POST", "/networks/bridge/connect", 200, """{"Container":"web"}""");
        await asker.AskAsync("POST", "/networks/bridge/connect", 403, """{"Container":"web"}""");
        await asker.AskAsync("POST", "/networks/bridge/disconnect", 200, """{"Container":"web"}""");
        await asker.AskAsync("POST", "/netctl/containers/web/publish", 200, """{"Ports":["8080:80"]}""");
        await asker.AskAsync("POST", "/netctl/containers/web/unpublish", 204, """{"Ports":["8080:80"]}""");
        await asker.AskAsync("GET", "/containers/web/top", 200);
        await asker.AskAsync("GET", "/containers/web/stats?stream=false", 200);
        await asker.AskAsync("GET", "/containers/nobody/stats", 404);
        await asker.AskAsync("GET", "/netctl/dns/query?name=web&container=web", 200);
        await asker.AskAsync("GET", "/netctl/dns/query", 400);
        await asker.AskAsync("GET", "/netctl/dns/stats", 200);
        await asker.AskAsync("POST", "/netctl/dns/flush", 204);
        Task log = asker.AskAsync("GET", "/netctl/dns/log", 200, lines: 1);
        while (!log.IsCompleted)
        {
            host.Dig("web", "web");
        }

        await log;
        await AskContainersAsync(asker);
        await asker.AskAsync("GET", "/events?since=1&until=2000000000", 200, lines: 3);

        await asker.AskAsync("POST", "/networks/prune", 200);
        host.NetctlOk("rm", "-f", "web");
        await asker.AskAsync("DELETE", "/networks/front?dryRun=1", 200);
        await asker.AskAsync("DELETE", "/networks/front", 204);
        await asker.AskAsync("POST", "/netctl/system/settle", 204);
        await asker.AskAsync("GET", "/netctl/system/backup", 200);
        await asker.SendAsync("POST", "/netctl/system/restore", 200, new ByteArrayContent(asker.LastBody));
        await asker.SendAsync("POST", "/netctl/system/restore", 400, new ByteArrayContent([1, 2, 3]));
        await asker.AskAsync("POST", "/netctl/system/reset", 204);
        Assert.Empty(asker.Description.Unanswered);
    }

    private static async Task AskContainersAsync(Asker asker)
    {
        const string Command = """{"Name":"job","Cmd":["cat"],"OpenStdin":true,"Tty":true}""";
        await asker.AskAsync("POST", "/netctl/containers/create?dryRun=1", 200, Command);
        await asker.AskAsync("POST", "/netctl/containers/create", 201, Command);
        await asker.AskAsync("POST", "/netctl/containers/create", 409, Command);
        await asker.AskAsync("POST", "/netctl/containers/job/start", 101, upgrades: true);
        await asker.AskAsync("POST", "/containers/job/start", 304);
        await asker.AskAsync("POST", "/containers/nobody/start", 404);
        await asker.AskAsync("GET", "/containers/json?all=1&size=1", 200);
        await asker.AskAsync("GET", "/containers/json?limit=many", 400);
        await asker.AskAsync("GET", "/containers/job/json?size=1", 200);
        await asker.AskAsync("GET", "/containers/nobody/json", 404);
        await asker.AskAsync("POST", "/containers/job/pause", 204);
        await asker.AskAsync("POST", "/containers/job/pause", 409);
        await asker.AskAsync("POST", "/containers/job/unpause", 204);
        await asker.AskAsync("POST", "/containers/job/rename?name=task", 204);
        await asker.AskAsync("POST", "/containers/task/update", 200, """{"RestartPolicy":{"Name":"on-failure"}}""");
        await asker.AskAsync("POST", "/containers/task/update", 400, """{"RestartPolicy":{"Name":"sometimes"}}""");
        await asker.AskAsync("POST", "/containers/task/update", 501, """{"Memory":1}""");
        await asker.AskAsync("POST", "/containers/task/restart?t=0", 204);
        await asker.AskAsync("POST", "/containers/task/exec", 201, """{"Cmd":["cat"],"Tty":true,"AttachStdin":true}""");
        string execution = asker.LastId;
        await asker.AskAsync("POST", $"/exec/{execution}/start", 101, """{"Tty":true}""", upgrades: true);
        await asker.AskAsync("GET", $"/exec/{execution}/json", 200);
        await asker.AskAsync("GET", "/exec/nothing/json", 404);
        await asker.AskAsync("POST", "/containers/task/exec", 201, """{"Cmd":["sleep","100"],"Tty":true}""");
        await asker.AskAsync("POST", $"/netctl/exec/{asker.LastId}/start", 204);
        await asker.AskAsync("POST", $"/exec/{asker.LastId}/resize?h=30&w=100", 200);
        await asker.AskAsync("POST", "/containers/task/exec", 201, """{"Cmd":["true"]}""");
        await asker.AskAsync("POST", $"/exec/{asker.LastId}/start", 200, """{"Detach":true}""");
        await asker.AskAsync("POST", "/containers/task/attach?stream=1&stdout=1", 101, upgrades: true);
        await asker.AskAsync("POST", "/netctl/containers/task/attach", 101, upgrades: true);
        await asker.AskAsync("POST", "/containers/task/resize?h=30&w=100", 200);
        await asker.AskAsync("GET", "/containers/task/logs?stdout=1", 200);
        await asker.AskAsync("GET", "/netctl/containers/task/logs?tail=5", 200);
        await asker.AskAsync("POST", "/containers/task/kill?signal=CONT", 204);
        await asker.AskAsync("POST", "/containers/task/stop?t=0", 204);
        await asker.AskAsync("POST", "/containers/task/stop", 304);
        await asker.AskAsync("POST", "/containers/task/kill", 409);
        await asker.AskAsync("POST", "/containers/task/start", 204);
        await asker.AskAsync("POST", "/containers/task/stop?t=0", 204);
        await asker.AskAsync("POST", "/containers/task/wait", 200);
        await asker.AskAsync("DELETE", "/containers/task", 204);
        await asker.AskAsync("POST", "/netctl/containers/create", 201, """{"Name":"lamp"}""");
        await asker.AskAsync("POST", "/netctl/containers/create", 201, """{"Name":"linked","Links":["lamp:light"]}""");
        await asker.AskAsync("DELETE", "/containers/linked/light?link=1", 204);
        await asker.AskAsync("POST", "/containers/prune", 200);
    }

    private sealed partial class Asker(string socket, Description description) : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });

        public Description Description => description;

        /// <summary>The id in the last document that had one.</summary>
        public string LastId { get; private set; } = "";

        /// <summary>The body of the last answer that was read to its end.</summary>
        public byte[] LastBody { get; private set; } = [];

        /// <summary>Asks, and demands that the answer has this status and is as the description says.</summary>
        /// <param name="method">The method.</param>
        /// <param name="request">The path and the query.</param>
        /// <param name="status">The status that is due.</param>
        /// <param name="body">The document to send; null for none.</param>
        /// <param name="lines">How many lines of a stream are read; null for a body that ends.</param>
        /// <param name="upgrades">Whether it asks for a connection with the streams of a command.</param>
        public Task AskAsync(
            string method, string request, int status, string? body = null, int? lines = null, bool upgrades = false) => SendAsync(
            method, request, status, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), lines, upgrades);

        /// <summary>The same with a body of any form.</summary>
        public async Task SendAsync(
            string method, string request, int status, HttpContent? body, int? lines = null, bool upgrades = false)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            using var message = new HttpRequestMessage(new HttpMethod(method), $"http://netctl{request}") { Content = body };
            if (upgrades)
            {
                message.Headers.Connection.Add("Upgrade");
                message.Headers.Upgrade.ParseAdd("tcp");
            }

            using HttpResponseMessage answer =
                await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            string text = lines is { } wanted
                ? await ReadLinesAsync(answer, wanted, limit.Token)
                : upgrades ? ""
                : Encoding.UTF8.GetString(LastBody = await answer.Content.ReadAsByteArrayAsync(limit.Token));
            Assert.True((int)answer.StatusCode == status, $"{method} {request}: {(int)answer.StatusCode} {text}");
            LastId = Id().Match(text) is { Success: true } id ? id.Groups[1].Value : LastId;
            description.Check(method, request.Split('?')[0], status, answer.Content.Headers.ContentType?.MediaType, text);
        }

        public void Dispose() => _client.Dispose();

        [GeneratedRegex("\"Id\":\"([0-9a-f]{64})\"")]
        private static partial Regex Id();

        private static async Task<string> ReadLinesAsync(HttpResponseMessage answer, int count, CancellationToken cancellation)
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
            var lines = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                lines.Append(await reader.ReadLineAsync(cancellation)).Append('\n');
            }

            return lines.ToString();
        }
    }
}
