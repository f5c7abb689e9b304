namespace Net.Cnm.Firewalls;

/// <summary>What changes in the firewall, in one transaction.</summary>
/// <param name="Add">Policies that come.</param>
/// <param name="Remove">Policies that go; one whose rules are gone already is no error.</param>
public sealed record FirewallChange(IReadOnlyList<FirewallPolicy> Add, IReadOnlyList<FirewallPolicy> Remove)
{
    /// <summary>The same change the other way round.</summary>
    public FirewallChange Inverse() => new(Remove, Add);
}
