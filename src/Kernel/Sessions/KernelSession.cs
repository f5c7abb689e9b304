using Net.Cnm.DesiredState;
using Net.Kernel.Links;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Sessions;

/// <summary>The namespaces and netlink connections that one operation has open, and the link indexes that it has learned.</summary>
/// <remarks>Closed at the end of the operation: an open socket in a sandbox's namespace would keep the namespace alive.</remarks>
internal sealed class KernelSession(NamespaceThread thread, NetlinkConnection host) : IDisposable
{
    private readonly Dictionary<string, NetworkNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NetlinkConnection> _connections = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Path, string Link), int> _indexes = [];
    private readonly HashSet<(string? Path, string Link)> _foreign = [];
    private readonly HashSet<(string? Path, string? Link)> _made = [];

    /// <summary>The thread that makes and enters namespaces.</summary>
    public NamespaceThread Thread => thread;

    /// <summary>Whether links were buried, which are to be deleted some time.</summary>
    public bool HasGraves { get; set; }

    /// <summary>The namespace, opened at its first use.</summary>
    /// <exception cref="LinuxException">NoEntry: it is not there.</exception>
    public NetworkNamespace Namespace(NamespaceRef reference)
    {
        if (reference.Path is not { } path)
        {
            return thread.Home;
        }

        if (!_namespaces.TryGetValue(path, out NetworkNamespace? opened))
        {
            opened = thread.Open(path);
            _namespaces.Add(path, opened);
        }

        return opened;
    }

    /// <summary>A NETLINK_ROUTE connection to the namespace, opened at its first use.</summary>
    /// <exception cref="LinuxException">The namespace is not there.</exception>
    public NetlinkConnection Connection(NamespaceRef reference)
    {
        if (reference.Path is not { } path)
        {
            return host;
        }

        if (!_connections.TryGetValue(path, out NetlinkConnection? connection))
        {
            connection = NetlinkConnection.Open(NetlinkProtocol.Route, Namespace(reference));
            _connections.Add(path, connection);
        }

        return connection;
    }

    /// <summary>Whether a namespace is bound to a file in this process's mount namespace.</summary>
    public bool IsBound(NetworkNamespace held, string path)
    {
        try
        {
            using NetworkNamespace bound = thread.OpenBound(path);
            return bound.Id == held.Id;
        }
        catch (LinuxException error) when (error.Errno == Errno.NoEntry)
        {
            return false;
        }
    }

    /// <summary>Takes a namespace that was just made, so that it need not be opened again.</summary>
    public void Keep(NamespaceRef reference, NetworkNamespace made)
    {
        _namespaces[reference.Path!] = made;
        _made.Add((reference.Path, null));
    }

    /// <summary>Records that a link was made in this operation.</summary>
    public void NoteMade(NamespaceRef reference, string link) => _made.Add((reference.Path, link));

    /// <summary>Whether a namespace, or a link in it, was made in this operation: to undo that undoes all in or on it.</summary>
    public bool HasMade(NamespaceRef reference, string? link) =>
        _made.Contains((reference.Path, null)) || (link is not null && _made.Contains((reference.Path, link)));

    /// <summary>Runs file and socket calls in a namespace: in place for the daemon's own, else on the namespace thread.</summary>
    public T Visit<T>(NamespaceRef reference, Func<T> body) => reference.IsHost ? body() : Namespace(reference).Run(body);

    /// <summary>Records a link's index that the kernel has reported without being asked.</summary>
    public void Learn(NamespaceRef reference, string link, int index) => _indexes[(reference.Path, link)] = index;

    /// <summary>Forgets what was learned about links: something was deleted.</summary>
    public void ForgetLinks()
    {
        _indexes.Clear();
        _foreign.Clear();
    }

    /// <summary>Closes what is open in a namespace, so that the kernel can remove it.</summary>
    public void Close(NamespaceRef reference)
    {
        if (_connections.Remove(reference.Path!, out NetlinkConnection? connection))
        {
            connection.Dispose();
        }

        if (_namespaces.Remove(reference.Path!, out NetworkNamespace? opened))
        {
            opened.Dispose();
        }

        ForgetLinks();
    }

    /// <summary>Asks for the indexes of links in one send, those known already left out. Afterwards <see cref="IndexOf"/> knows
    /// them.</summary>
    public void Resolve(NamespaceRef reference, IEnumerable<string> links)
    {
        string[] unknown = [.. links.Distinct(StringComparer.Ordinal).Where(link => !_indexes.ContainsKey((reference.Path, link)))];
        if (unknown.Length == 0)
        {
            return;
        }

        IReadOnlyList<PipelineResult> results = Connection(reference).Pipeline(Array.ConvertAll(unknown, link => LinkRequests.Get(link)));
        for (int i = 0; i < unknown.Length; i++)
        {
            if (results[i].Error is null && LinkConnectionExtensions.FromEcho(results[i].Replies) is { } link)
            {
                _indexes[(reference.Path, unknown[i])] = link.Index;
                if (!LinkMark.IsOurs(link))
                {
                    _foreign.Add((reference.Path, unknown[i]));
                }
            }
        }
    }

    /// <summary>The index of a link that was resolved or learned; null when there is no such link.</summary>
    public int? IndexOf(NamespaceRef reference, string link) => _indexes.TryGetValue((reference.Path, link), out int index) ? index : null;

    /// <summary>Whether a link that was resolved was not made by this daemon.</summary>
    public bool IsForeign(NamespaceRef reference, string link) => _foreign.Contains((reference.Path, link));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NetlinkConnection connection in _connections.Values)
        {
            connection.Dispose();
        }

        foreach (NetworkNamespace opened in _namespaces.Values)
        {
            opened.Dispose();
        }
    }
}
