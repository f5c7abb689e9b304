using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Drivers.Bridge;

namespace Net.Drivers.Macvlan;

/// <summary>One macvlan network with parsed options. Its parent is a link of the host, a VLAN link of ours on such a link, or a private
/// link of ours.</summary>
internal sealed class MacvlanNetwork : IDriverNetwork
{
    private const int IdCharacters = 12;

    private readonly Network _network;
    private readonly MacvlanOptions _options;
    private readonly HostFacts _facts;
    private readonly HostLink? _ownParent;

    internal MacvlanNetwork(Network network, MacvlanOptions options, HostFacts facts)
    {
        _network = network;
        _options = options;
        _facts = facts;
        _ownParent = OwnParent();
    }

    /// <inheritdoc/>
    public string? LinkName => _ownParent?.Name;

    /// <inheritdoc/>
    public string InterfacePrefix => _options.InterfacePrefix;

    /// <inheritdoc/>
    public bool ChoosesEthernetAddresses => _options.Mode != MacvlanMode.PassThrough;

    private string Parent => _options.Parent ?? _ownParent!.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckNew()
    {
        if (_options.Parent is not { } parent || _facts.ForeignLinks.Contains(parent))
        {
            return [];
        }

        if (_ownParent is not VlanLink vlan)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {_network.Name}: the host has no link {parent}, and it is an invalid subinterface vlan name, example formatting "
                    + "is eth0.10; choose a parent that the host has (ip link)");
        }

        return _facts.ForeignLinks.Contains(vlan.Parent)
            ? []
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {_network.Name}: the host has neither a link {parent} nor {vlan.Parent}, of which it would be VLAN {vlan.Id}; "
                    + "choose a parent that the host has (ip link)");
    }

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe() => _ownParent is null ? [] : [_ownParent];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Describe(Endpoint endpoint, NamespaceRef sandbox, IReadOnlyList<PortMapping> ports) =>
    [
        new MacvlanLink
        {
            Owner = OwnerId.Of(endpoint.Id),
            Namespace = sandbox,
            Name = endpoint.InterfaceName,
            Parent = Parent,
            Mode = _options.Mode,
            MacAddress = endpoint.MacAddress,
            Mtu = _options.Mtu,
            IPv6 = endpoint.HasIPv6,
        },
        .. EndpointAddresses.Describe(endpoint, sandbox),
    ];

    private HostLink? OwnParent()
    {
        OwnerId owner = OwnerId.Of(_network.Id);
        string id = _network.Id.Value[..IdCharacters];
        return _options.Parent switch
        {
            null => new PrivateParent { Owner = owner, Name = $"dm-{id}", OtherName = $"dp-{id}", Mtu = _options.Mtu },
            var parent when !_facts.ForeignLinks.Contains(parent) && VlanName.TryParse(parent) is { } vlan =>
                new VlanLink { Owner = owner, Name = parent, Parent = vlan.Parent, Id = vlan.Id },
            _ => null,
        };
    }
}
