using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Net.Api.Clients;

/// <summary>HTTP over the daemon's Unix socket: JSON bodies, upgrades, streams, and errors as the client's two exceptions.</summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly DaemonAddress _address;
    private readonly SilenceWatch? _silence;
    private readonly HttpClient _client;

    public HttpExchange(DaemonAddress address, SilenceWatch? silence)
    {
        _address = address;
        _silence = silence;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => ConnectAsync(cancellationToken),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };

        // No timeout: a wait or a foreground command may take any time.
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://netctl"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public static byte[] Json<T>(T document, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(document, type);

    /// <summary>Asks for a document that the daemon has at hand, so that its silence is a sign.</summary>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Task<T> answer = SendAsync(HttpMethod.Get, path, null, type, cancellationToken);
        return _silence?.AwaitAsync(answer) ?? answer;
    }

    public Task<T> PostAsync<T>(string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, type, cancellationToken);

    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using HttpResponseMessage response = await AskAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken)
            .ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = ContentOf(body) };
        using HttpResponseMessage response = await AskAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = ContentOf(body) };
        using HttpResponseMessage response = await AskAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken)
            .ConfigureAwait(false);
        byte[] json = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("the document is null");
        }
        catch (JsonException e)
        {
            throw new DaemonUnreachableException(
                $"what listens at {_address} does not answer {method} {path} like a netctl daemon ({e.Message}): "
                    + "give the daemon's socket with -H", e);
        }
    }

    public async Task<IFrameConnection> UpgradeAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue(ApiPaths.StreamProtocol));
        return await OpenAsync(request, HttpStatusCode.SwitchingProtocols, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IFrameConnection> ReadFramesAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await OpenAsync(request, HttpStatusCode.OK, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using HttpResponseMessage response = await AskAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await NextLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_address.Path), cancellationToken).ConfigureAwait(false);
            _silence?.Meet(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IFrameConnection> OpenAsync(HttpRequestMessage request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await AskAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return response.StatusCode == expected
                ? new FrameConnection(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), response, _address)
                : throw new DaemonUnreachableException(
                    $"what listens at {_address} answers {(int)response.StatusCode} where {(int)expected} is due, "
                        + "unlike a netctl daemon of this version: update the older of the two");
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<string?> NextLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DaemonUnreachableException(
                $"the connection to the netctl daemon at {_address} broke ({e.Message}): see whether the daemon still runs", e);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await _client.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode < 400)
            {
                return response;
            }

            using (response)
            {
                throw ErrorOf(response, await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (HttpRequestException e)
        {
            throw UnreachableFor(e);
        }
    }

    private static ByteArrayContent? ContentOf(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static ApiException ErrorOf(HttpResponseMessage response, byte[] body)
    {
        int status = (int)response.StatusCode;
        try
        {
            if (JsonSerializer.Deserialize(body, ApiJson.Wire.ErrorResponse) is { } error)
            {
                return new ApiException(status, error.Message, error.ExitCode);
            }
        }
        catch (JsonException)
        {
            // The answer is not from a netctl daemon (a proxy, another server). The message below says the status only.
        }

        return new ApiException(
            status,
            $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.PathAndQuery} was answered with "
                + $"status {status} and no reason");
    }

    private DaemonUnreachableException UnreachableFor(HttpRequestException error) =>
        (error.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.AccessDenied => new DaemonUnreachableException(
                $"permission denied on the netctl daemon's socket {_address}: run as root, or as a member of the group that owns the "
                    + "socket",
                error),
            not null =>
                new DaemonUnreachableException(
                    $"cannot reach the netctl daemon at {_address}: is it running? Start it with: netctl daemon", error),
            null =>
                new DaemonUnreachableException(
                    $"the netctl daemon at {_address} ended the connection before it answered ({error.Message}): see its log", error),
        };
}
