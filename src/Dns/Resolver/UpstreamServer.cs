using System.Net;

namespace Net.Dns.Resolver;

/// <summary>A DNS server that questions are sent on to.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="InClient">Null: it is dialled from the daemon's own network namespace, as the host would. Otherwise the key of the client from whose
/// namespace it is dialled: a server that a user named for a container is the one that the container reaches at this address.</param>
public sealed record UpstreamServer(IPEndPoint Address, string? InClient = null)
{
    /// <summary>Its address, and "inside" when that is the client's.</summary>
    public override string ToString() => InClient is null ? Address.ToString() : $"{Address} (dialled inside)";
}
