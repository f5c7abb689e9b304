namespace Net.Cnm.DesiredState;

/// <summary>A kernel setting below /proc/sys/net. An owned setting disappears with its interface. An adopted setting belongs to the host:
/// its prior value is stored and set back by a reset.</summary>
public sealed record SysctlObject : DesiredObject
{
    /// <summary>The network namespace of the setting.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The path below /proc/sys, such as <c>net/ipv4/ip_forward</c>. It is written with slashes, since an interface name may
    /// contain a dot.</summary>
    public required string Path { get; init; }

    /// <summary>The value of the setting as text.</summary>
    public required string Value { get; init; }

    /// <summary>The name of the interface that the setting belongs to, or null. The setting is written before that interface comes up and
    /// disappears with it.</summary>
    public string? Link { get; init; }

    /// <inheritdoc/>
    public override string Key => $"sysctl:{Namespace.Key}:{Path}";

    /// <inheritdoc/>
    public override string Label => $"sysctl:{Namespace}:{Path}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace, Link)];
}
