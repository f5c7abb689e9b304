using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Dns.Files;

namespace Net.Controller.Rules;

/// <summary>The rule for resolver settings that users give. They are written to resolv.conf as they are, so none may contain white space or
/// a line end.</summary>
public static class ResolverRule
{
    private const int LongestOption = 255;

    /// <summary>Returns the settings when they obey the rule.</summary>
    /// <exception cref="CnmException">InvalidParameter: a setting breaks the rule; the message names it and says how it is
    /// written.</exception>
    public static ResolverConfig Require(ResolverConfig settings, NetworkMode mode)
    {
        if (mode == NetworkMode.Host && (settings.Servers.Count > 0 || settings.Search.Count > 0 || settings.Options.Count > 0))
        {
            throw Invalid(
                "conflicting options: dns and network host: the container uses the host's own /etc/resolv.conf; leave the dns options out, "
                    + "or choose another network");
        }

        if (settings.Servers.Any(IsEmbedded))
        {
            throw Invalid(
                $"DNS server {ContainerResolvConf.ResolverAddress} is the embedded resolver itself; name the server that it is to ask, "
                    + "or leave it out");
        }

        if (settings.Search.FirstOrDefault(d => d != "." && !DomainNameRule.IsObeyedBy(d)) is { } domain)
        {
            throw Invalid($"invalid DNS search domain \"{Shorten(domain)}\": use {DomainNameRule.Description}, or \".\" for an empty list");
        }

        if (settings.Options.FirstOrDefault(o => !IsOption(o)) is { } option)
        {
            throw Invalid($"invalid DNS option \"{Shorten(option)}\": use one word of resolv.conf(5), such as ndots:2 or rotate");
        }

        return settings;
    }

    /// <summary>Whether a server is the embedded resolver, which would query itself.</summary>
    public static bool IsEmbedded(IPAddress server) => server.Equals(ContainerResolvConf.ResolverAddress);

    private static bool IsOption(string option) =>
        option.Length is > 0 and <= LongestOption && option.All(static c => c is > ' ' and <= '~') && option[0] is not ('#' or ';');

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
