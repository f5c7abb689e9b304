namespace Net.Dns.Resolver.Forwarding;

/// <summary>The servers of a policy, in the order in which they are tried. All clients with an equal policy use the same group.</summary>
/// <param name="policy">The policy.</param>
/// <param name="servers">The first of its servers, as many as are tried.</param>
internal sealed class UpstreamGroup(UpstreamPolicy policy, UpstreamServerState[] servers)
{
    private int _users;

    /// <summary>The policy.</summary>
    public UpstreamPolicy Policy => policy;

    /// <summary>The servers in the policy's order.</summary>
    public IReadOnlyList<UpstreamServerState> Servers => servers;

    /// <summary>Whether any client uses the group.</summary>
    public bool IsUsed => _users > 0;

    /// <summary>Counts one more client that uses the group.</summary>
    public void AddUser() => _users++;

    /// <summary>Counts one client less; its pending queries go on.</summary>
    public void Release() => _users--;

    /// <summary>The servers in the order in which one query tries them: those that failed lately come last.</summary>
    public UpstreamServerState[] OrderForQuery()
    {
        int failing = 0;
        for (int i = 0; i < servers.Length; i++)
        {
            failing |= servers[i].ShouldTryLast() ? 1 << i : 0;
        }

        return failing == 0
            ? servers
            : [.. servers.Where((_, i) => (failing & (1 << i)) == 0), .. servers.Where((_, i) => (failing & (1 << i)) != 0)];
    }
}
