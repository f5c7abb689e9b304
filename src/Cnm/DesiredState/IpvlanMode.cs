namespace Net.Cnm.DesiredState;

/// <summary>On which layer the links of one ipvlan parent work. Source: Documentation/networking/ipvlan.rst.</summary>
public enum IpvlanMode
{
    /// <summary>L2: as on an Ethernet, with neighbours that are looked for on the parent's link.</summary>
    L2,

    /// <summary>L3: packets are routed in the parent's namespace; there is no broadcast and no multicast.</summary>
    L3,

    /// <summary>L3S: as L3, and packets pass the parent's namespace's netfilter, with connection tracking.</summary>
    L3S,
}
