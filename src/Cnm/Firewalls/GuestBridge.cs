namespace Net.Cnm.Firewalls;

/// <summary>A bridge of another program that connects containers and virtual machines only. A <see cref="ForwardingGuard"/> leaves their
/// traffic to that program's own rules: what comes from the bridge, answers to it and what was translated to one of its published ports.
/// All else towards the bridge is guarded.</summary>
/// <remarks>Has no effect without a guard.</remarks>
public sealed record GuestBridge : FirewallPolicy
{
    /// <summary>The interface name of the bridge.</summary>
    public required string Bridge { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-guests:{Bridge}";
}
