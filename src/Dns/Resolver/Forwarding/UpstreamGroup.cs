namespace Net.Dns.Resolver.Forwarding;

/// <summary>The servers of a policy, in the order in which they are tried.</summary>
internal sealed class UpstreamGroup(UpstreamPolicy policy)
{
    /// <summary>The policy.</summary>
    public UpstreamPolicy Policy => policy;
}
