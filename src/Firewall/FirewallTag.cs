using Net.Cnm.DesiredState;

namespace Net.Firewall;

/// <summary>The tag in the comment of every rule and set element that this daemon makes: <c>netctl:</c> and the owner.</summary>
/// <remarks>An id is cut to its first 12 digits, as it is shown everywhere else; an iptables comment takes 255 bytes, an nft comment
/// 128.</remarks>
public static class FirewallTag
{
    /// <summary>The text that every tag begins with.</summary>
    public const string Prefix = "netctl:";

    private const int ShownDigits = 12;

    /// <summary>The tag of the chains, sets and rules that all policies share.</summary>
    public static string Host { get; } = Of(OwnerId.Host);

    /// <summary>The tag of an owner.</summary>
    public static string Of(OwnerId owner) => Prefix + (owner.Tag.Length > ShownDigits ? owner.Tag[..ShownDigits] : owner.Tag);

    /// <summary>The owner that a comment names; null when the comment has no tag of ours.</summary>
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
