using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Dns.Files;

namespace Net.Controller.Rules;

/// <summary>The rule for what a user says about a resolver. What gets through stands in resolv.conf as it is, so no word may be two, or a line's end.</summary>
internal static class ResolverRule
{
    private const int LongestOption = 255;

    /// <summary>Returns what is asked for when it keeps the rule.</summary>
    /// <exception cref="CnmException">InvalidParameter: a part breaks it; the message names the part and says how one is written.</exception>
    public static ResolverConfig Require(ResolverConfig asked, NetworkMode mode)
    {
        if (mode == NetworkMode.Host && (asked.Servers.Count > 0 || asked.Search.Count > 0 || asked.Options.Count > 0))
        {
            throw Invalid("conflicting options: dns and network host: the container uses the host's own /etc/resolv.conf; leave the dns options out, or choose another network");
        }

        if (asked.Servers.Any(IsOurs))
        {
            throw Invalid($"DNS server {ContainerResolvConf.ResolverAddress} is the embedded resolver itself; name the server that it is to ask, or leave it out");
        }

        if (asked.Search.FirstOrDefault(d => d != "." && !DomainNameRule.IsKeptBy(d)) is { } domain)
        {
            throw Invalid($"invalid DNS search domain \"{Shown(domain)}\": use {DomainNameRule.InWords}, or \".\" for an empty list");
        }

        if (asked.Options.FirstOrDefault(o => !IsOption(o)) is { } option)
        {
            throw Invalid($"invalid DNS option \"{Shown(option)}\": use one word of resolv.conf(5), such as ndots:2 or rotate");
        }

        return asked;
    }

    /// <summary>Whether a server is the embedded resolver, which would ask itself.</summary>
    public static bool IsOurs(IPAddress server) => server.Equals(ContainerResolvConf.ResolverAddress);

    private static bool IsOption(string option) => option.Length is > 0 and <= LongestOption && option.All(static c => c is > ' ' and <= '~') && option[0] is not ('#' or ';');

    private static string Shown(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
