using Net.Api.Containers;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Daemon.Http;

/// <summary>Turns the resolver settings of a request into those of the controller.</summary>
internal static class ResolverRequests
{
    /// <summary>Parses the settings.</summary>
    /// <exception cref="CnmException">InvalidParameter: a server is not an address.</exception>
    public static ResolverConfig Parse(ContainerCreateRequest body) => new()
    {
        Servers = [.. (body.Dns ?? []).Select(static server => AddressParser.Parse(server, "DNS server"))],
        Search = body.DnsSearch ?? [],
        Options = body.DnsOptions ?? [],
    };
}
