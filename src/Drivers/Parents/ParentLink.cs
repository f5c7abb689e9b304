using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;

namespace Net.Drivers.Parents;

/// <summary>The link of the host that the links of a network's containers share: one that is there, a VLAN link of ours on such a link, or
/// a private link of ours.</summary>
internal sealed class ParentLink
{
    private const int IdCharacters = 12;

    private readonly Network _network;
    private readonly HostFacts _facts;
    private readonly bool _isGiven;

    /// <summary>Chooses the parent of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="given">The interface name that the user gave; null for a private link.</param>
    /// <param name="privatePrefix">The prefix of the private link's name, before the first characters of the network's id.</param>
    /// <param name="mtu">The MTU of the private link in bytes; null for the kernel's default.</param>
    /// <param name="facts">The facts about the host.</param>
    public ParentLink(Network network, string? given, string privatePrefix, int? mtu, HostFacts facts)
    {
        _network = network;
        _facts = facts;
        _isGiven = given is not null;
        OwnerId owner = OwnerId.Of(network.Id);
        string id = network.Id.Value[..IdCharacters];
        Own = given switch
        {
            null => new PrivateParent { Owner = owner, Name = $"{privatePrefix}{id}", OtherName = $"dp-{id}", Mtu = mtu },
            _ when !facts.ForeignLinks.Contains(given) && VlanName.TryParse(given) is { } vlan =>
                new VlanLink { Owner = owner, Name = given, Parent = vlan.Parent, Id = vlan.Id },
            _ => null,
        };
        Name = given ?? Own!.Name;
    }

    /// <summary>The interface name.</summary>
    public string Name { get; }

    /// <summary>The link when it is to be made for this network; null when it is another's.</summary>
    public HostLink? Own { get; }

    /// <summary>Whether it leads nowhere.</summary>
    public bool IsPrivate => !_isGiven;

    /// <summary>The addresses that the host has on it.</summary>
    public IReadOnlyList<HostAddress> HostAddresses => [.. _facts.ForeignAddresses.Where(own => own.Link == Name)];

    /// <summary>Checks that the link is there or can be made. Called when the network is created.</summary>
    /// <exception cref="CnmException">InvalidParameter: it is not, and cannot be.</exception>
    public void RequirePossible()
    {
        if (!_isGiven || _facts.ForeignLinks.Contains(Name))
        {
            return;
        }

        if (Own is not VlanLink vlan)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {_network.Name}: the host has no link {Name}, and it is an invalid subinterface vlan name, example formatting "
                    + "is eth0.10; choose a parent that the host has (ip link)");
        }

        if (!_facts.ForeignLinks.Contains(vlan.Parent))
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {_network.Name}: the host has neither a link {Name} nor {vlan.Parent}, of which it would be VLAN {vlan.Id}; "
                    + "choose a parent that the host has (ip link)");
        }
    }
}
