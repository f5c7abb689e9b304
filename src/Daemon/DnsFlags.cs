using System.Globalization;
using System.Net;
using Net.Cnm.Addresses;
using Net.Dns.Files;

namespace Net.Daemon;

/// <summary>Parses the daemon's flags for DNS.</summary>
public static class DnsFlags
{
    /// <summary>Parses <c>--dns</c>.</summary>
    /// <param name="text">An address that the host can reach, such as 192.0.2.53.</param>
    /// <exception cref="FormatException">Anything else, and 127.0.0.11, the address of the embedded resolver in containers.</exception>
    public static IPAddress Server(string text) =>
        AddressParser.TryParse(text, out IPAddress address) && !address.Equals(ContainerResolvConf.ResolverAddress)
            ? address
            : throw Invalid(
                text, "--dns",
                $"the address of a DNS server, such as 192.0.2.53, and not {ContainerResolvConf.ResolverAddress}, "
                    + "which is the embedded resolver itself");

    /// <summary>Parses <c>--dns-cache</c>.</summary>
    /// <param name="text">The number of cached answers, 0 for none.</param>
    /// <exception cref="FormatException">Anything else; the message says which flag and what it takes.</exception>
    public static int CacheEntries(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int entries)
            ? entries
            : throw Invalid(text, "--dns-cache", "a number of answers from 0, which turns the cache off, to 2147483647");

    /// <summary>Parses <c>--dns-ttl</c>.</summary>
    /// <param name="text">Seconds; 0 forbids caching.</param>
    /// <exception cref="FormatException">Anything else; the message says which flag and what it takes.</exception>
    public static TimeSpan TimeToLive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw Invalid(text, "--dns-ttl", "seconds from 0 to 2147483647 (RFC 2181 8)");

    private static FormatException Invalid(string text, string flag, string takes) =>
        new($"invalid argument \"{text}\" for \"{flag}\" flag: it takes {takes}");
}
