using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Bridge;
using Net.Drivers.Options;

namespace Net.Drivers.Parents;

/// <summary>Opens networks whose containers share a link of the host.</summary>
internal static class SharedLinkOptions
{
    /// <summary>What all drivers of such networks can do.</summary>
    public static DriverCapabilities Capabilities { get; } =
        new(NeedsAddresses: true, CanPublish: false, UserCreatable: true) { SeveralSubnets = true };

    /// <summary>Reads the options of a network.</summary>
    /// <typeparam name="T">The options; a new one has the defaults.</typeparam>
    /// <exception cref="CnmException">InvalidParameter: all that is wrong with the options. Unavailable: the kernel has no
    /// IPv6.</exception>
    public static T Read<T>(INetworkDriver driver, IReadOnlyList<OptionRule<T>> rules, Network network, HostFacts facts)
        where T : class, new()
    {
        List<OptionProblem> problems = [];
        T options = OptionRule<T>.Apply(rules, new T(), network.Options, problems);
        return problems.Count > 0 ? throw OptionErrors.Invalid(network.Name, driver.Name, problems)
            : network.EnableIPv6 && !facts.IPv6Available ? throw BridgeErrors.NoIPv6(network)
            : options;
    }
}
