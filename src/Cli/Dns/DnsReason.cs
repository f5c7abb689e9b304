using Net.Api.Dns;

namespace Net.Cli.Dns;

/// <summary>Explains in one sentence why a query has no record for an answer.</summary>
internal static class DnsReason
{
    public static string Of(DnsQueryResponse response) =>
        $"{response.Name} {response.Type}: {(response.Status.Length == 0 ? "no answer" : response.Status)}, {Reason(response)}";

    private static string Reason(DnsQueryResponse response) => response.Source switch
    {
        DnsSource.Names when response.Status == "NXDOMAIN" && response.Name.EndsWith("invalid", StringComparison.OrdinalIgnoreCase) =>
            "no name ends so (RFC 6761); no server is asked for it",
        DnsSource.Names when response.Status == "NXDOMAIN" => "netctl.internal has no such name, and no server is asked for what is in it",
        DnsSource.Names => $"the name is ours and has no record of type {response.Type}; no server is asked for it",
        DnsSource.Internal =>
            $"no network of {Who(response)} has the name, and no server is asked, for all its networks are internal; "
                + "connect it to one that is not",
        DnsSource.Limit => $"too many questions of {Who(response)} are under way; see netctl dns stats {response.Container}",
        DnsSource.Fault => "the daemon failed; its log says how",
        DnsSource.Rejected => "this kind of question is not served",
        DnsSource.Nobody when response.Servers is { Count: > 0 } servers =>
            $"no server answered ({string.Join(", ", servers.Select(Server))}); see whether they can be reached",
        DnsSource.Nobody => "there is no server to ask; name one in the host's /etc/resolv.conf",
        _ => Words(response),
    };

    private static string Words(DnsQueryResponse response)
    {
        string server = response.Server?.Address ?? "the server that was asked";
        return response.Status switch
        {
            "" => $"what {server} sent cannot be read",
            "NXDOMAIN" => $"there is no such name, says {server}",
            "NOERROR" => $"the name has no record of type {response.Type}, says {server}",
            "SERVFAIL" => $"{server} could not find the answer",
            "REFUSED" => $"{server} does not want to answer",
            _ => $"says {server}",
        };
    }

    private static string Server(DnsServerAddress server) =>
        server.AskedInside ? $"{server.Address} from inside" : $"{server.Address} from the host";

    private static string Who(DnsQueryResponse response) => response.Container ?? "the asker";
}
