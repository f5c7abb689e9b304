namespace Net.Cnm.Firewalls;

/// <summary>A link of the host through which all ports of a bridge's containers may be reached by the containers' own addresses.</summary>
public sealed record TrustedLink : FirewallPolicy
{
    /// <summary>The interface name of the bridge.</summary>
    public required string Bridge { get; init; }

    /// <summary>The interface name of the host link by which packets arrive.</summary>
    public required string Link { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-trusted:{Bridge}:{Link}";
}
