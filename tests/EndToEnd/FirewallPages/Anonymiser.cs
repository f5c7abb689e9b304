using System.Text.RegularExpressions;

namespace Net.Tests.EndToEnd.FirewallPages;

/// <summary>Puts words in place of what is another at every run: ids, Ethernet addresses and what is made from them.</summary>
internal static partial class Anonymiser
{
    /// <summary>Replaces them.</summary>
    public static string Clean(string text)
    {
        text = Tag().Replace(text, "netctl:ID"); // first: the digits of an id may all be decimal, as an address option's are
        text = LinkLocal().Replace(text, "LINK-LOCAL");
        text = RawLinkLocal().Replace(text, "LINK-LOCAL");
        text = AddressOption().Replace(text, "OPTION-WITH-MAC");
        text = EthernetAddress().Replace(text, "MAC");
        return HostLink().Replace(text, "vethID");
    }

    [GeneratedRegex("fe80::[0-9a-f:]*ff:fe[0-9a-f:]+")]
    private static partial Regex LinkLocal();

    // nft writes a key made of raw bytes as one number.
    [GeneratedRegex("0xfe80[0-9a-f]{28}")]
    private static partial Regex RawLinkLocal();

    [GeneratedRegex(@"\b[0-9]{10,}\b")]
    private static partial Regex AddressOption();

    [GeneratedRegex("[0-9a-f]{2}(:[0-9a-f]{2}){5}")]
    private static partial Regex EthernetAddress();

    [GeneratedRegex("veth[0-9a-f]{7}")]
    private static partial Regex HostLink();

    [GeneratedRegex("netctl:[0-9a-f]{12}")]
    private static partial Regex Tag();
}
