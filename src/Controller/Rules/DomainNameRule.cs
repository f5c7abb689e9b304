using Net.Dns.Wire;

namespace Net.Controller.Rules;

/// <summary>The rule for names of hosts and domains that users give: RFC 1123 2.1, and underscores, which are in use (RFC 2181
/// 11).</summary>
internal static class DomainNameRule
{
    /// <summary>The rule as text for messages.</summary>
    public const string Description =
        "labels of 1 to 63 letters, digits, hyphens and underscores with dots between them, no hyphen first or last in any";

    /// <summary>Whether a name obeys the rule. A final dot is allowed; "." alone is not a name.</summary>
    public static bool IsObeyedBy(string name) =>
        DnsName.TryParse(name, out DnsName parsed) && !parsed.IsRoot
        && (name.EndsWith('.') ? name[..^1] : name).Split('.').All(IsLabel);

    private static bool IsLabel(string label) =>
        label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && label[0] != '-' && label[^1] != '-';
}
