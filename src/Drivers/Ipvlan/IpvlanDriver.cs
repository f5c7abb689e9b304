using Net.Cnm.Drivers;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Options;

namespace Net.Drivers.Ipvlan;

/// <summary>The driver of networks whose containers are on a link of the host themselves and share its Ethernet address.</summary>
public sealed class IpvlanDriver : INetworkDriver
{
    /// <inheritdoc/>
    public string Name => "ipvlan";

    /// <inheritdoc/>
    public DriverCapabilities Capabilities { get; } =
        new(NeedsAddresses: true, CanPublish: false, UserCreatable: true) { SeveralSubnets = true };

    /// <inheritdoc/>
    public IDriverNetwork Open(Network network, HostFacts facts)
    {
        List<OptionProblem> problems = [];
        IpvlanOptions options = OptionRule<IpvlanOptions>.Apply(IpvlanOptions.Rules, new IpvlanOptions(), network.Options, problems);
        if (problems.Count > 0)
        {
            throw OptionErrors.Invalid(network.Name, Name, problems);
        }

        return network.EnableIPv6 && !facts.IPv6Available
            ? throw new CnmException(
                CnmErrorKind.Unavailable,
                $"network \"{network.Name}\": IPv6 was asked for and this kernel has none; boot without ipv6.disable=1, or create the "
                    + "network without --ipv6")
            : new IpvlanNetwork(network, options, facts);
    }
}
