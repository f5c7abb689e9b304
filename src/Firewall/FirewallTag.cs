using Net.Cnm.DesiredState;

namespace Net.Firewall;

/// <summary>The mark in the comment of every rule and set element of ours: <c>netctl:</c> and whose it is.</summary>
/// <remarks>An id is cut to its first 12 digits, as it is shown everywhere else; an iptables comment takes 255 bytes, an nft comment
/// 128.</remarks>
public static class FirewallTag
{
    /// <summary>What every mark begins with.</summary>
    public const string Prefix = "netctl:";

    private const int ShownDigits = 12;

    /// <summary>The mark of the chains, sets and rules that all policies share.</summary>
    public static string Host { get; } = Of(OwnerId.Host);

    /// <summary>The mark for an owner.</summary>
    public static string Of(OwnerId owner) => Prefix + (owner.Tag.Length > ShownDigits ? owner.Tag[..ShownDigits] : owner.Tag);

    /// <summary>Whose a comment says the rule is; null when it is not one of ours.</summary>
    public static string? OwnerIn(string? comment)
    {
        if (comment is null || !comment.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        int end = comment.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? comment[Prefix.Length..] : comment[Prefix.Length..end];
    }
}
