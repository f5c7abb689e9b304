using Net.Dns.Resolver.Forwarding;
using Net.Dns.Wire;

namespace Net.Dns.Resolver.Serving;

/// <summary>Where every message of every client is dealt with, however it came: answered at once, or sent on.</summary>
/// <param name="responder">Decides, and answers our own names.</param>
/// <param name="forwarder">Knows or gets the answers of others.</param>
/// <param name="options">The limits.</param>
/// <param name="log">Is told of each.</param>
/// <param name="onFault">Is told of exceptions that nobody expected.</param>
internal sealed class Desk(Responder responder, Forwarder forwarder, DnsServerOptions options, QueryLog log, Action<Exception> onFault)
{
    /// <summary>Room for one message of any size. Used by one call after another.</summary>
    public byte[] Room { get; } = new byte[ushort.MaxValue];

    /// <summary>Answers what can be answered at once.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="message">What came.</param>
    /// <param name="transport">How it came.</param>
    /// <param name="response">Room for the answer.</param>
    /// <param name="length">The size of the answer in bytes; 0: none is due.</param>
    /// <returns>False: to be sent on with <see cref="Forward"/>, which must follow.</returns>
    public bool TryAnswer(ClientSession client, ReadOnlyMemory<byte> message, DnsTransport transport, Span<byte> response, out int length) =>
        TryAnswer(client, message, transport, response, out length, out _, out _);

    /// <summary>Answers what can be answered at once, and says what was done and, for an answer of the cache, who gave it.</summary>
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
            // A fault in the name source must not leave the client without an answer.
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

    /// <summary>Sends a question on.</summary>
    public void Forward(Asker asker)
    {
        asker.Client.InFlight++;
        forwarder.Ask(asker.Client.Upstreams, asker);
    }

    /// <summary>Makes the answer that an asker's client gets.</summary>
    /// <param name="asker">Whose question it answers.</param>
    /// <param name="answer">What a server said; empty: none did.</param>
    /// <param name="from">The server.</param>
    /// <returns>The answer in <see cref="Room"/>, good until the next.</returns>
    public ReadOnlySpan<byte> Finish(Asker asker, ReadOnlySpan<byte> answer, UpstreamServer? from)
    {
        asker.Client.InFlight--;
        int length = 0;
        if (answer.IsEmpty)
        {
            asker.Counters.Add(DnsCounters.Counter.UpstreamFailures);
            length = responder.Fail(asker.Message, DnsResponseCode.ServerFailure, Room);
        }
        else if (DnsQuery.TryParse(asker.Message, out DnsQuery query) == DnsFormatError.None)
        {
            length = AnswerFit.Write(answer, query, asker.Transport, options.MaxUdpResponseSize, Room);
        }

        ReadOnlySpan<byte> response = Room.AsSpan(0, length);
        if (log.IsWanted)
        {
            log.Add(asker.Client, asker.Transport, asker.Message, response, ResponderOutcome.Forward, from, asker.Elapsed);
        }

        return response;
    }
}
