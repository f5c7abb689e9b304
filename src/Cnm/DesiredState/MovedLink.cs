using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A link that another program has made in the daemon's namespace and that is moved into a sandbox's, where it comes up. When the
/// object is removed, the link is moved back under its old name. It carries no tag: it is not ours.</summary>
public sealed record MovedLink : LinkObject
{
    /// <summary>The interface name in the daemon's namespace, before and after its time in the sandbox.</summary>
    public required string SourceName { get; init; }

    /// <summary>The sandbox's namespace.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The interface name in the sandbox, such as eth0.</summary>
    public required string Name { get; init; }

    /// <summary>The Ethernet address that it gets; null to leave its own.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Whether IPv6 is enabled. When it is not, <c>disable_ipv6</c> is set before the link comes up.</summary>
    public required bool IPv6 { get; init; }

    /// <summary>The plug-in that has made it, for messages.</summary>
    public required string Maker { get; init; }

    /// <inheritdoc/>
    public override string Kind => "link";

    /// <inheritdoc/>
    public override string Words => $"link {SourceName} of the plug-in {Maker}";

    /// <inheritdoc/>
    public override string Key => $"link:{Namespace.Key}:{Name}";

    /// <inheritdoc/>
    public override string Label => $"link:{Namespace}:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(Namespace, Name)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace)];
}
