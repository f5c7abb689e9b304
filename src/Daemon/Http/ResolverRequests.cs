using Net.Api.Containers;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>Reads what a request says about a container's resolver.</summary>
internal static class ResolverRequests
{
    /// <exception cref="CnmException">InvalidParameter: a server that is no address.</exception>
    public static ResolverConfig Parse(ContainerCreateRequest body) => new()
    {
        Servers = [.. (body.Dns ?? []).Select(static server => AddressParser.Parse(server, "DNS server"))],
        Search = body.DnsSearch ?? [],
        Options = body.DnsOptions ?? [],
    };
}
