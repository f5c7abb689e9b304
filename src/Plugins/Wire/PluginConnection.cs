using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Net.Cnm.Errors;
using Net.Plugins.Places;

namespace Net.Plugins.Wire;

/// <summary>Sends requests to one plug-in: HTTP POST to <c>/OBJECT.METHOD</c>, over its Unix socket, TCP or TLS.</summary>
/// <remarks>
/// Safe to call from several threads. Each request goes over a connection of its own: on one that is used again a plug-in may have closed
/// its end meanwhile, as HTTP/1.0 servers do after each answer, and nobody could tell then whether it has read the request. Every request
/// ends within a time limit. Only a connection that is refused is tried again, since the plug-in may be starting; a request that was sent
/// is never sent twice by this class.
/// Source: <c>pkg/plugins/client.go</c> of moby.
/// </remarks>
internal sealed class PluginConnection : IDisposable
{
    /// <summary>The largest answer in bytes. The largest that makes sense is a Join with some hundred routes.</summary>
    private const int LargestAnswer = 1 << 20;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly PluginPlace _place;
    private readonly PluginTimes _times;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly Lock _lock = new();
    private int _requests;
    private bool _disposed;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="name">The plug-in's name.</param>
    /// <param name="place">Where it answers.</param>
    /// <param name="read">Reads the files of certificates and keys; throws <see cref="IOException"/>.</param>
    /// <param name="times">How long it is waited for.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CnmException">Unavailable: a certificate cannot be read.</exception>
    public PluginConnection(string name, PluginPlace place, Func<string, string> read, PluginTimes times, TimeProvider time)
    {
        _name = name;
        _place = place;
        _times = times;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero, // one for each request
            ConnectCallback = (_, cancellationToken) => ConnectAsync(place, cancellationToken),
        };
        if (place.Tls is { } tls)
        {
            handler.SslOptions = Options(tls, read);
        }

        string scheme = place.Tls is null ? "http" : "https";
        string host = place.Host is null ? "plugin.moby.localhost"
            : place.Host.Contains(':', StringComparison.Ordinal) ? $"[{place.Host}]" : place.Host;
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"{scheme}://{host}{(place.Host is null ? "" : FormattableString.Invariant($":{place.Port}"))}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request and reads the answer. An answer that is <c>null</c> or empty counts as a document without fields.</summary>
    /// <param name="method">The object and the method, such as <c>NetworkDriver.Join</c>.</param>
    /// <param name="body">The request as JSON; empty for a method without one.</param>
    /// <param name="type">The form of the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PluginRefusalException">The plug-in answered with an error.</exception>
    /// <exception cref="CnmException">Unavailable: it does not answer within its time. Internal: the answer makes no sense.</exception>
    public async Task<T> PostAsync<T>(string method, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : PluginAnswer, new()
    {
        Begin(method);
        using CancellationTokenSource limit = new(_times.Request, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            (HttpStatusCode status, byte[] answer) = await SendAsync(method, body, either.Token).ConfigureAwait(false);
            T? read = Read(method, status, answer, type);
            string? refusal = read?.Err is { Length: > 0 } err ? err : read?.Error is { Length: > 0 } error ? error : null;
            return status != HttpStatusCode.OK || refusal is not null
                ? throw new PluginRefusalException(_name, method, status, refusal ?? PluginText.Of(answer))
                : read ?? new T();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Silent(
                FormattableString.Invariant($"it has not answered {method} within {_times.Request.TotalSeconds:0.###} s"), null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Silent($"{method}: {Cause(error)}", error);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Takes no further requests. What is open is closed when the requests under way have ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_disposed && _requests == 0)
            {
                _client.Dispose();
            }

            _disposed = true;
        }
    }

    private void Begin(string method)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Silent($"{method}: the plug-in is at another address by now", inner: null);
            }

            _requests++;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_requests == 0 && _disposed)
            {
                _client.Dispose();
            }
        }
    }

    private static string Cause(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        // The runtime calls ENOENT of a Unix socket so.
        return error is SocketException { SocketErrorCode: SocketError.AddressNotAvailable }
            ? "the socket is not there, so that the plug-in does not run"
            : PluginText.Shorten(error.Message);
    }

    private T? Read<T>(string method, HttpStatusCode status, byte[] answer, JsonTypeInfo<T> type)
        where T : class
    {
        if (answer.AsSpan().Trim(" \r\n\t"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(answer, type);
        }
        catch (JsonException) when (status != HttpStatusCode.OK)
        {
            return null; // the text of the error is not JSON
        }
        catch (JsonException error)
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"plug-in {_name}: its answer to {method} makes no sense ({PluginText.Shorten(error.Message)}); look at the plug-in's own "
                    + "log",
                error);
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> SendAsync(
        string method, byte[] body, CancellationToken cancellationToken)
    {
        TimeSpan delay = FirstDelay;
        for (long begin = _time.GetTimestamp(); ; delay *= 2)
        {
            try
            {
                return await SendOnceAsync(method, body, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException error) when (
                error.HttpRequestError is HttpRequestError.ConnectionError && _time.GetElapsedTime(begin) + delay < _times.Absence)
            {
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> SendOnceAsync(
        string method, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{method}") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.docker.plugins.v1.2+json");
        using HttpResponseMessage response = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var answer = new MemoryStream();
        byte[] chunk = new byte[8192];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            answer.Write(chunk, 0, read);
            if (answer.Length > LargestAnswer)
            {
                throw new CnmException(
                    CnmErrorKind.Internal,
                    $"plug-in {_name}: its answer to {method} is longer than {LargestAnswer >> 20} MiB; look at the plug-in's own log");
            }
        }

        return (response.StatusCode, answer.ToArray());
    }

    private CnmException Silent(string words, Exception? inner) => new(
        CnmErrorKind.Unavailable, $"plug-in {_name} at {_place}: {words}; start it, or look at its own log", inner);

    private static async ValueTask<Stream> ConnectAsync(PluginPlace place, CancellationToken cancellationToken)
    {
        Socket socket = place.SocketPath is not null
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoint end = place.SocketPath is { } path ? new UnixDomainSocketEndPoint(path) : new DnsEndPoint(place.Host!, place.Port);
            await socket.ConnectAsync(end, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions Options(PluginTls tls, Func<string, string> read)
    {
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, _, _, errors) => tls.SkipsVerification || errors == SslPolicyErrors.None,
            };
            if (tls.CertificateFile is { } certificate)
            {
                options.ClientCertificates = [X509Certificate2.CreateFromPem(read(certificate), read(tls.KeyFile ?? certificate))];
            }

            if (tls.CertificateAuthorityFile is { } authorities)
            {
                var policy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                policy.CustomTrustStore.ImportFromPem(read(authorities));
                options.CertificateChainPolicy = policy;
            }

            return options;
        }
        catch (Exception error) when (error is CryptographicException or IOException)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"plug-in {_name}: a file of its TLSConfig cannot be read as a certificate or key: {error.Message}",
                error);
        }
    }
}
