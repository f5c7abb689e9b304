using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Macvlan;

/// <summary>The driver of networks whose containers are on a link of the host themselves, each with an Ethernet address of its
/// own.</summary>
public sealed class MacvlanDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "macvlan";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } =
        new(NeedsAddresses: true, CanPublish: false, UserCreatable: true) { SeveralSubnets = true };

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts)
    {
        List<OptionProblem> problems = [];
        MacvlanOptions options = OptionRule<MacvlanOptions>.Apply(MacvlanOptions.Rules, new MacvlanOptions(), network.Options, problems);
        if (problems.Count > 0)
        {
            throw OptionErrors.Invalid(network.Name, Name, problems);
        }

        return network.EnableIPv6 && !facts.IPv6Available
            ? throw new CnmException(
                CnmErrorKind.Unavailable,
                $"network \"{network.Name}\": IPv6 was asked for and this kernel has none; boot without ipv6.disable=1, or create the "
                    + "network without --ipv6")
            : new MacvlanNetwork(network, options, facts);
    }
}
