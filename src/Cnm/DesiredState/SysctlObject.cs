namespace Net.Cnm.DesiredState;

/// <summary>A kernel setting below /proc/sys/net. Owned: it goes with its interface. Adopted: it is the host's, its prior value is stored
/// and put back by a reset.</summary>
public sealed record SysctlObject : DesiredObject
{
    /// <summary>The namespace it is in.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>Its path below /proc/sys with slashes, such as <c>net/ipv4/ip_forward</c>: an interface name may hold a dot.</summary>
    public required string Path { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <summary>
    /// The interface it belongs to, or null. It is written before that interface comes up, and is gone with it.
    /// </summary>
    public string? Link { get; init; }

    /// <inheritdoc/>
    public override string Key => $"sysctl:{Namespace.Key}:{Path}";

    /// <inheritdoc/>
    public override string Label => $"sysctl:{Namespace}:{Path}";
}
