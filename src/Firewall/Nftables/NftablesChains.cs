namespace Net.Firewall.Nftables;

/// <summary>The base chains of our tables, named after their hooks except <see cref="Guard"/>.</summary>
internal static class NftablesChains
{
    /// <summary>Before all else that comes in: keeps loopback ports and addresses from others.</summary>
    public const string Guard = "guard";

    /// <summary>What comes in.</summary>
    public const string Prerouting = "prerouting";

    /// <summary>What is for the host itself.</summary>
    public const string Input = "input";

    /// <summary>What the host sends.</summary>
    public const string Output = "output";

    /// <summary>What passes through.</summary>
    public const string Forward = "forward";

    /// <summary>What leaves.</summary>
    public const string Postrouting = "postrouting";
}
