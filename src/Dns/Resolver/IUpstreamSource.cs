namespace Net.Dns.Resolver;

/// <summary>The upstream policy of one client. The server reads it for every query, so a change holds from the next query on.</summary>
/// <remarks>Read by one thread at a time, on the path of every packet: return a value that is in memory, allocate nothing while nothing has
/// changed, block on nothing, throw nothing. An <see cref="UpstreamPolicy"/> is itself a source, one that never changes.</remarks>
public interface IUpstreamSource
{
    /// <summary>The policy as it is now. While nothing has changed, return the same object: a different object makes the server look its
    /// servers up again.</summary>
    UpstreamPolicy Policy { get; }
}
