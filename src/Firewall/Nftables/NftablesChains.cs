namespace Net.Firewall.Nftables;

/// <summary>The names of our tables' base chains, which are those of their hooks except <see cref="Guard"/> and
/// <see cref="Forwarded"/>.</summary>
internal static class NftablesChains
{
    /// <summary>Sees packets before all other chains: keeps loopback ports and addresses from other machines.</summary>
    public const string Guard = "guard";

    /// <summary>Sees packets that come in.</summary>
    public const string Prerouting = "prerouting";

    /// <summary>Sees packets for the host itself.</summary>
    public const string Input = "input";

    /// <summary>Sees packets that the host sends.</summary>
    public const string Output = "output";

    /// <summary>Sees packets that the host forwards.</summary>
    public const string Forward = "forward";

    /// <summary>Sees frames that a bridge forwards, after br_netfilter has passed them to the forward chains of IPv4 and IPv6.</summary>
    public const string Forwarded = "forwarded";

    /// <summary>Sees packets that leave.</summary>
    public const string Postrouting = "postrouting";
}
