namespace Net.Dns.Resolver.Forwarding;

/// <summary>The groups of upstream servers that clients use, and the servers of these groups. Equal policies have one group, equal servers
/// one state.</summary>
internal sealed class UpstreamTable(UpstreamResources resources)
{
    /// <summary>When there are this many groups, those that no client uses are removed; until then what is known of them is kept.</summary>
    private const int MaxGroupsWithUnused = 64;

    /// <summary>The most servers in a group: an <see cref="UpstreamQuery"/> has a bit for each.</summary>
    private const int MaxServersInGroup = 16;

    private readonly Dictionary<UpstreamPolicy, UpstreamGroup> _groups = [];
    private readonly Dictionary<UpstreamServer, UpstreamServerState> _servers = [];

    /// <summary>All servers that are known.</summary>
    public IEnumerable<UpstreamServerState> Servers => _servers.Values;

    /// <summary>The servers that clients may ask, each once.</summary>
    public IEnumerable<UpstreamServerState> UsedServers =>
        _groups.Values.Where(static group => group.IsUsed).SelectMany(static group => group.Servers).Distinct();

    /// <summary>The group of a policy, used by one more client until <see cref="UpstreamGroup.Release"/>.</summary>
    public UpstreamGroup Acquire(UpstreamPolicy policy)
    {
        if (!_groups.TryGetValue(policy, out UpstreamGroup? group))
        {
            RemoveUnused();
            int count = Math.Clamp(resources.Options.MaxServersTried, 1, MaxServersInGroup);
            group = new UpstreamGroup(policy, [.. policy.Servers.Distinct().Take(count).Select(GetOrAdd)]);
            _groups.Add(policy, group);
        }

        group.AddUser();
        return group;
    }

    /// <summary>Removes the groups with servers that are dialled from a client's network namespace, and closes the sockets in
    /// there.</summary>
    public void RemoveClient(string client)
    {
        UpstreamGroup[] groups =
            [.. _groups.Values.Where(group => group.Servers.Any(server => server.Server.InClient == client))];
        Array.ForEach(groups, Remove);
    }

    /// <summary>Closes all sockets.</summary>
    public void Close()
    {
        foreach (UpstreamServerState server in _servers.Values.ToArray())
        {
            server.Close();
        }
    }

    private UpstreamServerState GetOrAdd(UpstreamServer server)
    {
        if (!_servers.TryGetValue(server, out UpstreamServerState? state))
        {
            state = new UpstreamServerState(resources, server);
            _servers.Add(server, state);
        }

        state.Users++;
        return state;
    }

    private void RemoveUnused()
    {
        if (_groups.Count >= MaxGroupsWithUnused)
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
        foreach (UpstreamServerState server in group.Servers)
        {
            if (--server.Users == 0)
            {
                _servers.Remove(server.Server);
                server.Close();
            }
        }
    }
}
