namespace Net.Cnm.Firewalls;

/// <summary>A change of the firewall that is carried out in one transaction.</summary>
/// <param name="Add">Policies to add.</param>
/// <param name="Remove">Policies to remove. A policy whose rules are gone already is not an error.</param>
public sealed record FirewallChange(IReadOnlyList<FirewallPolicy> Add, IReadOnlyList<FirewallPolicy> Remove)
{
    /// <summary>The change that undoes this one.</summary>
    public FirewallChange Inverse() => new(Remove, Add);
}
