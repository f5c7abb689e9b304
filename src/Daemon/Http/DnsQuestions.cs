using System.Net;
using System.Net.Sockets;
using Net.Api.Dns;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller;
using Net.Controller.Names;
using Net.Daemon.Http.Views;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Daemon.Http;

/// <summary>Asks the resolver in a container's place, or for nobody in particular, and explains where the answer comes from.</summary>
/// <param name="controller">Gives the model.</param>
/// <param name="views">The names and upstream servers of every container.</param>
/// <param name="server">The DNS server.</param>
internal sealed class DnsQuestions(NetworkController controller, ResolverViews views, DnsServer server)
{
    /// <summary>Parses a name and a type from the command line.</summary>
    /// <param name="name">A name; or an address, when the type is not given or PTR.</param>
    /// <param name="type">A type's name or <c>TYPE</c> and a number; null for A, or PTR for an address.</param>
    /// <exception cref="CnmException">InvalidParameter: there is no such name or type.</exception>
    public static DnsQuestion Parse(string name, string? type)
    {
        DnsRecordType? asked = type is null ? null
            : RecordTypeText.TryParse(type, out DnsRecordType known) ? known
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"unknown record type \"{type}\": give A, AAAA, PTR, MX, TXT, SRV or another name of a type, or TYPE and its number");
        if (asked is null or DnsRecordType.Pointer && IPAddress.TryParse(name, out IPAddress? address) && IsPlain(name, address))
        {
            return new DnsQuestion(ReverseName.FromAddress(address), DnsRecordType.Pointer);
        }

        return DnsName.TryParse(name, out DnsName parsed)
            ? new DnsQuestion(parsed, asked ?? DnsRecordType.A)
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"\"{name}\" is no domain name: give labels of 1 to {DnsName.MaxLabelLength} ASCII characters with dots between them, "
                + $"{DnsName.MaxLength} bytes in all");
    }

    /// <summary>Asks what a container would be told.</summary>
    /// <exception cref="CnmException">Conflict: it has no resolver.</exception>
    public async Task<DnsQueryResponse> AskAsync(Sandbox sandbox, DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsReply reply = await server.QueryAsync(sandbox.Id.Value, question, cancellationToken)
            ?? throw ResolverAbsence.Of(sandbox, controller.Snapshot);
        UpstreamPolicy upstreams = views.UpstreamsOf(sandbox.Id).Policy;
        var holders = new HolderView(controller.Snapshot, sandbox.Id);
        DnsQueryResponse response = Explain(reply, question, views.NamesOf(sandbox.Id), upstreams, holders);
        return response with { Container = sandbox.Name };
    }

    /// <summary>Asks for nobody in particular: local names are those of any container, all other names are asked of the host's
    /// servers.</summary>
    public async Task<DnsQueryResponse> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        INameSource names = views.SearchNames(question.Name);
        UpstreamPolicy upstreams = views.HostUpstreams;
        DnsReply reply = await server.QueryAsync(names, upstreams, question, cancellationToken)
            ?? throw new CnmException(CnmErrorKind.Unavailable, "the daemon is stopping and answers no names any more; start it again");
        return Explain(reply, question, names, upstreams, new HolderView(controller.Snapshot, client: null));
    }

    private static DnsQueryResponse Explain(
        DnsReply reply, DnsQuestion question, INameSource names, UpstreamPolicy upstreams, HolderView holders)
    {
        IReadOnlyList<DnsRecord> answers = reply.Message?.Answers ?? [];
        return new DnsQueryResponse
        {
            Name = question.Name.ToString(),
            Type = RecordTypeText.Of(question.Type),
            Status = reply.Message is { } message ? ResponseCodeText.Of(message.Header.ResponseCode) : "",
            Source = DnsView.SourceOf(reply.Outcome, reply.Server),
            Holders = reply.Outcome == ResponderOutcome.OwnName ? holders.Of(AddressesOf(question, answers, names)) : null,
            Server = DnsView.Of(reply.Server),
            Servers = [.. upstreams.Servers.Select(s => DnsView.Of(s)!)],
            Milliseconds = DnsView.Milliseconds(reply.Elapsed),
            SecondsLeft = reply.Outcome == ResponderOutcome.Cached
                ? answers.Concat(reply.Message?.Authorities ?? []).Min(r => (uint?)r.Ttl)
                : null,
            Answers = [.. answers.Select(DnsView.Of)],
        };
    }

    // The addresses of a local name: those of the answer; for a PTR query the address of the reverse name; all of the name's when the
    // answer has none.
    private static IReadOnlyCollection<IPAddress> AddressesOf(DnsQuestion question, IReadOnlyList<DnsRecord> answers, INameSource names)
    {
        if (question.Type == DnsRecordType.Pointer && ReverseName.TryGetAddress(question.Name, out IPAddress asked))
        {
            return [asked];
        }

        var addresses = answers.Select(a => a.Data).OfType<AddressData>().Select(a => a.Address).ToList();
        if (addresses.Count == 0)
        {
            names.Lookup(question.Name, AddressFamily.InterNetwork, addresses);
            names.Lookup(question.Name, AddressFamily.InterNetworkV6, addresses);
        }

        return addresses;
    }

    // IPAddress.TryParse accepts "10", "10.1" and "010.0.0.1" too.
    private static bool IsPlain(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text;
}
