namespace Net.Kernel;

/// <summary>The phases in which a change reaches the kernel, in order; a removal goes through them backwards.</summary>
/// <remarks>
/// What can fail for an external reason (a port in use, a missing program) comes first, protection comes before what it protects, and what
/// lets packets through comes last. The order is that of this enum, and a step names its phase; <see cref="ApplyPhases"/> says only which
/// neighbours are sent together, and a test keeps both equal.
/// </remarks>
internal enum ApplyPhase
{
    /// <summary>Host ports are bound: a port that another program uses is detected before the kernel has been changed.</summary>
    HeldPorts,

    /// <summary>Namespaces are created and bound to their files.</summary>
    Namespaces,

    /// <summary>Namespaces get their names for <c>ip netns</c>, sandboxes their files.</summary>
    Files,

    /// <summary>In a removal only: bridges are deleted, and with a bridge goes the route to its subnet. So they go after
    /// <see cref="ForgottenFlows"/>: a packet that a tracked connection still translates to an address of that subnet would leave by the
    /// host's default route.</summary>
    RemovedBridges,

    /// <summary>In a removal only: the tracked connections of addresses that have left their sandbox are deleted. Their links are gone and
    /// so are the rules that translated to them, so no new connection of such an address comes into being.</summary>
    ForgottenFlows,

    /// <summary>The firewall's rules are installed in one transaction. They match interfaces by name, so they can exist before the
    /// interfaces do.</summary>
    Firewall,

    /// <summary>Settings that belong to no link are written, such as IP forwarding: after the rules that restrict forwarding.</summary>
    Settings,

    /// <summary>Bridges are created, still down.</summary>
    Bridges,

    /// <summary>Bridges are tagged and get their MTU: otherwise the first port that is added would determine it
    /// (br_mtu_auto_adjust).</summary>
    BridgeSettings,

    /// <summary>Veth pairs are created as ports of their bridges, both ends down.</summary>
    Veths,

    /// <summary>Settings of a link are written, such as <c>disable_ipv6</c>, before it comes up.</summary>
    LinkSettings,

    /// <summary>Addresses are put on links.</summary>
    Addresses,

    /// <summary>Links are tagged and come up.</summary>
    LinksUp,

    /// <summary>Permanent neighbour entries are added.</summary>
    Neighbours,

    /// <summary>Routes are added: their link must be up, and the gateway's subnet reachable.</summary>
    Routes,

    /// <summary>The resolver's sockets are opened, which needs loopback up; then port 53 is rewritten to them.</summary>
    Resolvers,
}
