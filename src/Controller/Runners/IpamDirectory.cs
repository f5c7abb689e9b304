using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Plugins;

namespace Net.Controller.Runners;

/// <summary>The IPAM drivers by name: those of this program, and those of plug-ins.</summary>
internal sealed class IpamDirectory(IReadOnlyList<IIpamDriver> drivers, IPluginDirectory plugins)
{
    private readonly Dictionary<string, IIpamDriver> _drivers = drivers.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>Whether a driver is one of this program. Only those are asked with the queue's turn.</summary>
    public bool IsBuiltIn(string name) => _drivers.ContainsKey(name);

    /// <summary>The driver of a name, which is one of this program.</summary>
    /// <exception cref="CnmException">NotFound: there is no such driver; the message lists the drivers.</exception>
    public IIpamDriver Require(string name) => _drivers.GetValueOrDefault(name) ?? throw NotFound(name);

    /// <summary>The plug-in of a name. Nobody else may have to wait for it: the caller does not have the queue's turn.</summary>
    /// <exception cref="CnmException">NotFound: there is no driver of that name. Unavailable, Internal: the plug-in does not answer, or
    /// with nonsense.</exception>
    public async ValueTask<IIpamPlugin> FindPluginAsync(string name, CancellationToken cancellationToken) =>
        await plugins.FindIpamDriverAsync(name, cancellationToken) ?? throw NotFound(name);

    private CnmException NotFound(string name) => new(
        CnmErrorKind.NotFound,
        $"IPAM driver \"{name}\" not found; choose one of {string.Join(", ", _drivers.Keys.Order(StringComparer.Ordinal))}{plugins.Hint}");
}
