namespace Net.Cnm.Firewalls;

/// <summary>A link of the host from which a bridge's containers may be reached by their own addresses, all ports of them.</summary>
public sealed record TrustedLink : FirewallPolicy
{
    /// <summary>The bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>The link that packets come in by.</summary>
    public required string Link { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-trusted:{Bridge}:{Link}";
}
