using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Engine.CallSequences;

/// <summary>Calls the daemon's plug-in socket over one connection after another as Docker Engine does, without a program in between: there
/// are thousands of calls.</summary>
internal sealed class SocketCalls : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>Calls the socket of a host's daemon.</summary>
    public SocketCalls(TestHost host) => _client = new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(host.Root, "plugins", "netctl.sock")), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>Makes a call and gives what it was refused for; empty when it was not.</summary>
    public async Task<string> AskAsync(RecordedCall call)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Request?.ToJsonString() ?? ""));
        content.Headers.ContentType = (MediaTypeHeaderValue?)null;
        using HttpResponseMessage answer = await _client.PostAsync(new Uri($"http://plugin.moby.localhost/{call.Method}"), content);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{call}: {answer.StatusCode} {body}");
        JsonObject document = JsonNode.Parse(body)!.AsObject();
        return (string?)document["Err"] ?? (string?)document["Error"] ?? "";
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
