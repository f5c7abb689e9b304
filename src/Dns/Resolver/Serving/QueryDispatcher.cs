using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Serving;

/// <summary>Handles every message of every client, whatever its transport: answers it at once, or forwards it.</summary>
/// <param name="responder">Decides, and answers local names.</param>
/// <param name="forwarder">Gets the responses of upstream servers, from its cache or by asking.</param>
/// <param name="options">The limits.</param>
/// <param name="log">Told of every message.</param>
/// <param name="onFault">Told of unexpected exceptions.</param>
internal sealed class QueryDispatcher(
    Responder responder, Forwarder forwarder, DnsServerOptions options, QueryLog log, Action<Exception> onFault)
{
    /// <summary>A buffer for one message of any size, used by one call after another.</summary>
    public byte[] Buffer { get; } = new byte[ushort.MaxValue];

    /// <summary>Answers a message that can be answered at once.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="message">The message, well-formed or not.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="response">Takes the response.</param>
    /// <param name="length">The size of the response in bytes; 0 when none is due.</param>
    /// <returns>False: the query has to be forwarded; the caller must call <see cref="Forward"/>.</returns>
    public bool TryAnswer(
        ClientSession client, ReadOnlyMemory<byte> message, DnsTransport transport, Span<byte> response, out int length) =>
        TryAnswer(client, message, transport, response, out length, out _, out _);

    /// <summary>Answers a message that can be answered at once, and says what was done and, for a cached response, which server gave
    /// it.</summary>
    /// <inheritdoc cref="TryAnswer(ClientSession, ReadOnlyMemory{byte}, DnsTransport, Span{byte}, out int)"/>
    public bool TryAnswer(
        ClientSession client,
        ReadOnlyMemory<byte> message,
        DnsTransport transport,
        Span<byte> response,
        out int length,
        out ResponderOutcome outcome,
        out UpstreamServer? from)
    {
        from = null;
        DnsQuery query;
        try
        {
            client.RefreshUpstreams(forwarder);
            outcome = responder.Respond(message, transport, client.Names, client.Upstreams.Policy, response, out query, out length);
        }
        catch (Exception error)
        {
            // A fault in the name source or the upstream source must not leave the client without a response.
            onFault(error);
            query = default;
            outcome = ResponderOutcome.Failed;
            length = responder.Fail(message, DnsResponseCode.ServerFailure, response);
        }

        if (outcome == ResponderOutcome.Forward)
        {
            if (forwarder.TryAnswer(client.Upstreams, query, transport, response, out length, out from))
            {
                outcome = ResponderOutcome.Cached;
            }
            else if (client.InFlight < options.MaxInFlight)
            {
                client.Counters.Add(outcome);
                return false;
            }
            else
            {
                outcome = ResponderOutcome.OverLimit;
                length = responder.Fail(message, DnsResponseCode.ServerFailure, response);
            }
        }

        client.Counters.Add(outcome);
        if (log.IsWanted)
        {
            log.Add(client, transport, message, response[..length], outcome, from, TimeSpan.Zero);
        }

        return true;
    }

    /// <summary>Forwards a query to the client's upstream servers.</summary>
    public void Forward(PendingQuery query)
    {
        query.Client.InFlight++;
        forwarder.Forward(query.Client.Upstreams, query);
    }

    /// <summary>Makes the response that the client of a forwarded query gets.</summary>
    /// <param name="pending">The query.</param>
    /// <param name="upstream">The response of an upstream server; empty when there is none.</param>
    /// <param name="from">The server.</param>
    /// <returns>The response in <see cref="Buffer"/>, valid until the next call.</returns>
    public ReadOnlySpan<byte> Finish(PendingQuery pending, ReadOnlySpan<byte> upstream, UpstreamServer? from)
    {
        pending.Client.InFlight--;
        int length = 0;
        if (upstream.IsEmpty)
        {
            pending.Counters.Add(DnsCounters.Counter.UpstreamFailures);
            length = responder.Fail(pending.Message, DnsResponseCode.ServerFailure, Buffer);
        }
        else if (DnsQuery.TryParse(pending.Message, out DnsQuery query) == DnsFormatError.None)
        {
            length = ClientResponseWriter.Write(upstream, query, pending.Transport, options.MaxUdpResponseSize, Buffer);
        }

        ReadOnlySpan<byte> response = Buffer.AsSpan(0, length);
        if (log.IsWanted)
        {
            log.Add(pending.Client, pending.Transport, pending.Message, response, ResponderOutcome.Forward, from, pending.Elapsed);
        }

        return response;
    }
}
