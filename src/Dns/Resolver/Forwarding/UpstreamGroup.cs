namespace Net.Dns.Resolver.Forwarding;

/// <summary>The servers of a policy, in the order in which they are tried.</summary>
/// <param name="policy">The policy.</param>
/// <param name="servers">The first of its servers, as many as are tried.</param>
internal sealed class UpstreamGroup(UpstreamPolicy policy, ServerState[] servers)
{
    private int _users;

    /// <summary>The policy.</summary>
    public UpstreamPolicy Policy => policy;

    /// <summary>Its servers in their order.</summary>
    public IReadOnlyList<ServerState> Servers => servers;

    /// <summary>Whether a client uses it.</summary>
    public bool IsUsed => _users > 0;

    /// <summary>One more client uses it.</summary>
    public void Hold() => _users++;

    /// <summary>One client uses it no more; what that one waits for goes on.</summary>
    public void Release() => _users--;

    /// <summary>The servers in the order in which one question asks them: those that failed lately come last.</summary>
    public ServerState[] Order()
    {
        int failing = 0;
        for (int i = 0; i < servers.Length; i++)
        {
            failing |= servers[i].ShouldWait() ? 1 << i : 0;
        }

        return failing == 0
            ? servers
            : [.. servers.Where((_, i) => (failing & (1 << i)) == 0), .. servers.Where((_, i) => (failing & (1 << i)) != 0)];
    }
}
