using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Controller.Plans;

/// <summary>The network drivers by name.</summary>
internal sealed class DriverTable(IReadOnlyList<INetworkDriver> drivers)
{
    private readonly Dictionary<string, INetworkDriver> _drivers = drivers.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The driver of a name.</summary>
    /// <exception cref="CnmException">NotFound: there is none; the message lists those there are.</exception>
    public INetworkDriver Require(string name) =>
        _drivers.TryGetValue(name, out INetworkDriver? driver)
            ? driver
            : throw new CnmException(
                CnmErrorKind.NotFound,
                $"network driver \"{name}\" not found; choose one of {string.Join(", ", _drivers.Values.Where(d => d.Capabilities.UserCreatable).Select(d => d.Name).Order(StringComparer.Ordinal))}");

    /// <summary>The network as its driver sees it.</summary>
    public IDriverNetwork Open(Network network, HostFacts facts) => Require(network.Driver).Open(network, facts);
}
