namespace Net.Cnm.DesiredState;

/// <summary>A link of ours in the daemon's namespace that no desired object wants, of whatever kind: it is only ever removed. Its tag is
/// empty when it was made by a daemon that was killed before it gave the tag.</summary>
public sealed record StrayLink : HostLink
{
    /// <summary>What the kernel says of its kind; empty when it says nothing.</summary>
    public required string KernelKind { get; init; }

    /// <inheritdoc/>
    public override string Kind => KernelKind;
}
