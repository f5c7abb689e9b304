namespace Net.Kernel;

/// <summary>The order in which a change reaches the kernel; removal goes the other way round.</summary>
/// <remarks>
/// What can fail for a reason outside (a taken port, a missing program) comes first, guards come before what they guard, and what makes
/// packets flow comes last. This is the one place that says so: a step names its phase and nothing else.
/// </remarks>
internal enum ApplyPhase
{
    /// <summary>Host ports are taken; another program's port is found out before anything is visible.</summary>
    HeldPorts,

    /// <summary>Namespaces are made and bound.</summary>
    Namespaces,

    /// <summary>Namespaces get their names for <c>ip netns</c>, sandboxes their files.</summary>
    Files,

    /// <summary>The firewall's rules, in one transaction: they name interfaces, so they can stand before those exist.</summary>
    Firewall,

    /// <summary>Settings that belong to no link, such as IP forwarding: after the rules that guard it.</summary>
    Settings,

    /// <summary>Bridges are made, still down.</summary>
    Bridges,

    /// <summary>Veth pairs are made, ports of their bridges, both ends down.</summary>
    Ports,

    /// <summary>Settings of a link, such as <c>disable_ipv6</c>, before it comes up.</summary>
    LinkSettings,

    /// <summary>Addresses are put on links.</summary>
    Addresses,

    /// <summary>Links are tagged and come up.</summary>
    LinksUp,

    /// <summary>Permanent neighbour entries.</summary>
    Neighbours,

    /// <summary>Routes: they need their link up and their gateway's subnet there.</summary>
    Routes,

    /// <summary>The resolver's sockets, which need loopback up, and then the rewrite that leads to them.</summary>
    Resolvers,
}
