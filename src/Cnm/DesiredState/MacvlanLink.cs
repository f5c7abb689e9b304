using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A link in a sandbox that shares a link of the host and has an Ethernet address of its own (macvlan, ip-link(8)).</summary>
public sealed record MacvlanLink : SandboxLink
{
    /// <summary>How it reaches other links of the same parent.</summary>
    public required MacvlanMode Mode { get; init; }

    /// <summary>The Ethernet address; null for that of the parent (<see cref="MacvlanMode.PassThrough"/>).</summary>
    public MacAddress? MacAddress { get; init; }

    /// <inheritdoc/>
    public override string Kind => "macvlan";
}
