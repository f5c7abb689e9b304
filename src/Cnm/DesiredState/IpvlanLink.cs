namespace Net.Cnm.DesiredState;

/// <summary>A link in a sandbox that shares a link of the host and its Ethernet address (ipvlan, ip-link(8)).</summary>
/// <remarks>The kernel has one mode and one flag for all links of a parent: the link that is made last sets them for all.</remarks>
public sealed record IpvlanLink : SandboxLink
{
    /// <summary>On which layer it works.</summary>
    public required IpvlanMode Mode { get; init; }

    /// <summary>How it reaches other links of the same parent.</summary>
    public required IpvlanFlag Flag { get; init; }

    /// <inheritdoc/>
    public override string Kind => "ipvlan";
}
