using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Plugins;

namespace Net.Controller.Plans;

/// <summary>The network drivers by name: those of this program, and those of plug-ins.</summary>
internal sealed class DriverDirectory(IReadOnlyList<INetworkDriver> drivers, IPluginDirectory plugins)
{
    private readonly Dictionary<string, INetworkDriver> _drivers = drivers.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>Whether a driver is one of this program.</summary>
    public bool IsBuiltIn(string name) => _drivers.ContainsKey(name);

    /// <summary>The driver of a network. A plug-in need not be there: what its networks have is stored with them.</summary>
    /// <exception cref="CnmException">NotFound: this program has no such driver.</exception>
    public INetworkDriver Of(Network network) => Of(network.Driver, network.Plugged);

    /// <summary>The driver of a network that is to be made.</summary>
    /// <param name="name">The driver's name.</param>
    /// <param name="plugged">What of the network belongs to plug-ins; null for nothing.</param>
    /// <exception cref="CnmException">NotFound: this program has no such driver.</exception>
    public INetworkDriver Of(string name, PluggedNetwork? plugged) =>
        plugged is { HasDriver: true } ? plugins.Describe(name)
        : _drivers.TryGetValue(name, out INetworkDriver? driver) ? driver
        : throw NotFound(name);

    /// <summary>The network as its driver reads it.</summary>
    public IDriverNetwork Open(Network network, HostFacts facts) => Of(network).Open(network, facts);

    /// <summary>The plug-in of a name. Nobody else may have to wait for it: the caller does not have the queue's turn.</summary>
    /// <exception cref="CnmException">NotFound: there is no driver of that name; the message lists those of this program. Unavailable,
    /// Internal: the plug-in does not answer, or with nonsense.</exception>
    public async ValueTask<INetworkPlugin> FindPluginAsync(string name, CancellationToken cancellationToken) =>
        await plugins.FindNetworkDriverAsync(name, cancellationToken) ?? throw NotFound(name);

    private CnmException NotFound(string name)
    {
        IEnumerable<string> choices = _drivers.Values
            .Where(d => d.Capabilities.UserCreatable)
            .Select(d => d.Name)
            .Order(StringComparer.Ordinal);
        return new CnmException(
            CnmErrorKind.NotFound,
            $"network driver \"{name}\" not found; choose one of {string.Join(", ", choices)}{plugins.Hint}");
    }
}
