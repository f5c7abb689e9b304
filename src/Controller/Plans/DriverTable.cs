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
    /// <exception cref="CnmException">NotFound: there is no such driver; the message lists the drivers.</exception>
    public INetworkDriver Require(string name)
    {
        if (_drivers.TryGetValue(name, out INetworkDriver? driver))
        {
            return driver;
        }

        IEnumerable<string> choices = _drivers.Values
            .Where(d => d.Capabilities.UserCreatable)
            .Select(d => d.Name)
            .Order(StringComparer.Ordinal);
        throw new CnmException(
            CnmErrorKind.NotFound, $"network driver \"{name}\" not found; choose one of {string.Join(", ", choices)}");
    }

    /// <summary>The network as its driver reads it.</summary>
    public IDriverNetwork Open(Network network, HostFacts facts) => Require(network.Driver).Open(network, facts);
}
