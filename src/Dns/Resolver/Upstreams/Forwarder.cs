using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;

namespace Net.Dns.Resolver.Upstreams;

/// <summary>Gets an answer from one of several servers.</summary>
/// <remarks>The servers are asked one after another, each having an equal share of the time before the next is asked as well; what a slow one
/// still says is taken until the time is over. A server that refuses or fails is followed by the next at once.</remarks>
internal sealed class Forwarder
{
    private readonly DnsServerOptions _options;
    private readonly TimeProvider _time;
    private readonly UdpExchange _udp;
    private readonly TcpExchange _tcp;

    /// <summary>Makes a forwarder.</summary>
    internal Forwarder(DnsServerOptions options, TimeProvider time, RandomNumberGenerator random)
    {
        _options = options;
        _time = time;
        _udp = new UdpExchange(random);
        _tcp = new TcpExchange(random);
    }

    /// <summary>Asks the servers.</summary>
    /// <param name="query">The client's query.</param>
    /// <param name="transport">How it came, and how it is sent on: an answer cut for UDP is asked again over TCP by the client itself.</param>
    /// <param name="servers">The servers in their order.</param>
    /// <param name="counters">The client's numbers.</param>
    /// <param name="cancellationToken">The client goes away.</param>
    /// <returns>The answer with the client's id, otherwise unchanged; one that says SERVFAIL or REFUSED when no server has a better one; null
    /// when none answered in time.</returns>
    internal async Task<byte[]?> AskAsync(
        ReadOnlyMemory<byte> query,
        DnsTransport transport,
        ImmutableArray<IPEndPoint> servers,
        DnsCounters counters,
        CancellationToken cancellationToken)
    {
        IUpstreamExchange exchange = transport == DnsTransport.Udp ? _udp : _tcp;
        using var timeout = new CancellationTokenSource(_options.UpstreamTimeout, _time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var pending = new List<Task<byte[]?>>();
        byte[]? failure = null;
        try
        {
            int count = Math.Min(servers.Length, _options.MaxServersTried);
            for (int next = 0; next < count || pending.Count > 0;)
            {
                if (next < count)
                {
                    pending.Add(exchange.AskAsync(query, servers[next++], counters, over.Token));
                }

                TimeSpan share = next < count ? _options.UpstreamTimeout / count : Timeout.InfiniteTimeSpan;
                Task<byte[]?>? done = await FirstAsync(pending, share, over.Token).ConfigureAwait(false);
                if (done is null)
                {
                    over.Token.ThrowIfCancellationRequested();
                    continue;
                }

                pending.Remove(done);
                byte[]? reply = await done.ConfigureAwait(false);
                if (reply is not null && !ReplyCheck.IsFailure(reply))
                {
                    return WithIdOf(query, reply);
                }

                failure ??= reply;
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over: what there is, is the answer.
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }

        return failure is null ? null : WithIdOf(query, failure);
    }

    /// <summary>Waits for one of the tasks to end, for a while; null when none has.</summary>
    private async Task<Task<byte[]?>?> FirstAsync(List<Task<byte[]?>> pending, TimeSpan wait, CancellationToken over)
    {
        if (pending.Count == 1 && wait == Timeout.InfiniteTimeSpan)
        {
            await Task.WhenAny(pending[0]).ConfigureAwait(false);
            return pending[0];
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(over);
        var delay = Task.Delay(wait, _time, stop.Token);
        Task first = await Task.WhenAny([.. pending, delay]).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return first == delay ? null : (Task<byte[]?>)first;
    }

    private static byte[] WithIdOf(ReadOnlyMemory<byte> query, byte[] reply)
    {
        query.Span[..sizeof(ushort)].CopyTo(reply);
        return reply;
    }
}
