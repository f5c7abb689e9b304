using System.Collections.Concurrent;
using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Plugins;
using Net.Plugins.Networks;
using Net.Plugins.Places;
using Net.Plugins.Wire;

namespace Net.Plugins;

/// <summary>Finds plug-ins in the folders that Docker uses, and speaks Docker's plug-in protocol to them.</summary>
/// <remarks>As with Docker, a plug-in is asked what it is once: one that is started again goes on with what it has stored. One whose file
/// or socket has moved is looked for again.</remarks>
public sealed class PluginDirectory : IPluginDirectory, IDisposable
{
    private readonly string _ownName;
    private readonly PluginFolders _folders;
    private readonly Func<string, string> _read;
    private readonly PluginTimes _times;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ActivePlugin> _active = new(StringComparer.Ordinal);

    /// <summary>Looks for nothing yet.</summary>
    /// <param name="ownName">The name under which this program is a plug-in itself: it is not looked for.</param>
    /// <param name="socketFolder">The folder of sockets; null for none.</param>
    /// <param name="fileFolders">The folders of .spec and .json files, in the order in which they are searched.</param>
    /// <param name="read">Reads a small regular file, such as one of these and those of certificates. It throws <see
    /// cref="IOException"/> at what is not there, is large, or is no regular file, and does not wait.</param>
    /// <param name="times">How long plug-ins are waited for.</param>
    /// <param name="time">The clock.</param>
    public PluginDirectory(
        string ownName,
        string? socketFolder,
        IReadOnlyList<string> fileFolders,
        Func<string, string> read,
        PluginTimes times,
        TimeProvider time)
    {
        _ownName = ownName;
        _folders = new PluginFolders(socketFolder, fileFolders, new PluginFile(read));
        _read = read;
        _times = times;
        _time = time;
    }

    /// <inheritdoc/>
    public string Hint => _folders.All.Any() ? $", or start a plug-in of that name ({string.Join(", ", _folders.All)})" : "";

    /// <inheritdoc/>
    public INetworkDriver Describe(string name) => new RemoteDriver(name);

    /// <inheritdoc/>
    public async ValueTask<INetworkPlugin?> FindNetworkDriverAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } plugin
            ? plugin.Network ?? throw IsAnother(plugin, name, "network driver", "NetworkDriver")
            : null;

    /// <inheritdoc/>
    public async ValueTask<IIpamPlugin?> FindIpamDriverAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } plugin
            ? plugin.Ipam ?? throw IsAnother(plugin, name, "IPAM driver", "IpamDriver")
            : null;

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (ActivePlugin plugin in _active.Values)
        {
            plugin.Dispose();
        }
    }

    // It is asked again the next time: another program may have its name by then.
    private CnmException IsAnother(ActivePlugin plugin, string name, string kind, string implements)
    {
        if (_active.TryRemove(KeyValuePair.Create(name, plugin)))
        {
            plugin.Dispose();
        }

        return new(
            CnmErrorKind.NotFound, $"{kind} \"{name}\" not found: the plug-in of that name does not say that it is one ({implements})");
    }

    private async ValueTask<ActivePlugin?> FindAsync(string name, CancellationToken cancellationToken)
    {
        PluginPlace? place = name == _ownName ? null : _folders.Find(name);
        if (_active.TryGetValue(name, out ActivePlugin? known) && (place is null || place == known.Place))
        {
            return known;
        }

        if (place is null)
        {
            return null;
        }

        ActivePlugin made = await ActivePlugin.ActivateAsync(
            new PluginConnection(name, place, _read, _times, _time), name, place, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (_active.TryAdd(name, made))
            {
                return made;
            }

            if (!_active.TryGetValue(name, out ActivePlugin? other))
            {
                continue;
            }

            if (other.Place == place)
            {
                made.Dispose(); // another request was quicker
                return other;
            }

            if (_active.TryUpdate(name, made, other))
            {
                other.Dispose(); // it has moved; requests under way are ended by their own limit
                return made;
            }
        }
    }
}
