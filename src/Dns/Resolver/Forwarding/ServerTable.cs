namespace Net.Dns.Resolver.Forwarding;

/// <summary>The groups of servers that clients use, and the servers that groups have: what is equal is one.</summary>
internal sealed class ServerTable(ForwardingParts parts)
{
    private const int MostUnused = 64; // groups; they keep what is known until then
    private const int MostServers = 16; // of a group: a bit each

    private readonly Dictionary<UpstreamPolicy, UpstreamGroup> _groups = [];
    private readonly Dictionary<UpstreamServer, ServerState> _servers = [];

    /// <summary>The servers that are known.</summary>
    public IEnumerable<ServerState> Servers => _servers.Values;

    /// <summary>The servers that clients may ask, each once.</summary>
    public IEnumerable<ServerState> UsedServers => _groups.Values.Where(static group => group.IsUsed).SelectMany(static group => group.Servers).Distinct();

    /// <summary>The group of a policy, used by one more client until <see cref="UpstreamGroup.Release"/>.</summary>
    public UpstreamGroup Take(UpstreamPolicy policy)
    {
        if (!_groups.TryGetValue(policy, out UpstreamGroup? group))
        {
            RemoveUnused();
            int count = Math.Clamp(parts.Options.MaxServersTried, 1, MostServers);
            group = new UpstreamGroup(policy, [.. policy.Servers.Distinct().Take(count).Select(Find)]);
            _groups.Add(policy, group);
        }

        group.Hold();
        return group;
    }

    /// <summary>Closes the sockets in a client's network namespace, and forgets what leads there.</summary>
    public void Forget(string client)
    {
        foreach (UpstreamGroup group in _groups.Values.Where(group => group.Servers.Any(server => server.Server.InClient == client)).ToArray())
        {
            Remove(group);
        }
    }

    /// <summary>Closes all sockets.</summary>
    public void Close()
    {
        foreach (ServerState server in _servers.Values.ToArray())
        {
            server.Close();
        }
    }

    private ServerState Find(UpstreamServer server)
    {
        if (!_servers.TryGetValue(server, out ServerState? state))
        {
            state = new ServerState(parts, server);
            _servers.Add(server, state);
        }

        state.Users++;
        return state;
    }

    private void RemoveUnused()
    {
        if (_groups.Count >= MostUnused)
        {
            foreach (UpstreamGroup group in _groups.Values.Where(static group => !group.IsUsed).ToArray())
            {
                Remove(group);
            }
        }
    }

    private void Remove(UpstreamGroup group)
    {
        _groups.Remove(group.Policy);
        foreach (ServerState server in group.Servers)
        {
            if (--server.Users == 0)
            {
                _servers.Remove(server.Server);
                server.Close();
            }
        }
    }
}
