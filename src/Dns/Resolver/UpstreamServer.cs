using System.Net;

namespace Net.Dns.Resolver;

/// <summary>A DNS server that queries are forwarded to.</summary>
/// <param name="Address">Its address and port.</param>
/// <param name="InClient">Null when it is dialled from the daemon's own network namespace, as the host reaches it. Otherwise the key of the
/// client from whose namespace it is dialled: a server that a user named for a container is the one that the container reaches at this
/// address.</param>
public sealed record UpstreamServer(IPEndPoint Address, string? InClient = null)
{
    /// <summary>Its address, with "(dialled inside)" when it is reached from within a client.</summary>
    public override string ToString() => InClient is null ? Address.ToString() : $"{Address} (dialled inside)";
}
