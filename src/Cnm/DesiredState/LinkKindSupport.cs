namespace Net.Cnm.DesiredState;

/// <summary>The kernel's ability to make links of a kind, which a network needs whose own links are all in sandboxes: so the network is
/// refused, and not only its first container. It is no object in the kernel, and is looked at when the network is made, and by
/// <c>netctl doctor</c>, since a host may have another kernel since.</summary>
public sealed record LinkKindSupport : LinkObject
{
    /// <summary>The kernel's name of the kind. One whose links need a lower link (IFLA_LINK).</summary>
    public required string NeededKind { get; init; }

    /// <inheritdoc/>
    public override string Kind => NeededKind;

    /// <inheritdoc/>
    public override string Words => $"{Kind} links";

    /// <inheritdoc/>
    public override string Key => $"kind:{Kind}:{Owner}";
}
