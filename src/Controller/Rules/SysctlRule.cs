using System.Text.RegularExpressions;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Rules;

/// <summary>The rule for kernel settings that users give a container (<c>--sysctl</c>): only settings of a network namespace, and only
/// where the container has one of its own that the daemon makes.</summary>
internal static partial class SysctlRule
{
    private static readonly string[] NoInterfaces = ["all", "default", "lo"];

    /// <summary>Returns the settings when they obey the rule, with white space in values reduced to single spaces, as the kernel is
    /// compared.</summary>
    /// <exception cref="CnmException">InvalidParameter: a setting breaks the rule; the message names it.</exception>
    public static IReadOnlyDictionary<string, string>? Require(
        IReadOnlyDictionary<string, string>? settings, NetworkMode mode, NamespaceSource? adopts)
    {
        if (settings is not { Count: > 0 })
        {
            return null;
        }

        foreach ((string name, string value) in settings)
        {
            RequireOne(name, value, mode, adopts);
        }

        return settings.ToDictionary(
            setting => setting.Key, setting => White().Replace(setting.Value.Trim(), " "), StringComparer.Ordinal);
    }

    /// <summary>Whether the settings leave a container without IPv6.</summary>
    public static bool TurnsIPv6Off(IReadOnlyDictionary<string, string>? settings) =>
        settings?.Any(setting => setting.Value == "1"
            && PathOf(setting.Key) is "net/ipv6/conf/all/disable_ipv6" or "net/ipv6/conf/default/disable_ipv6") == true;

    /// <summary>The path of a setting below /proc/sys.</summary>
    public static string PathOf(string name) => name.Replace('.', '/');

    private static void RequireOne(string name, string value, NetworkMode mode, NamespaceSource? adopts)
    {
        if (!Name().IsMatch(name))
        {
            throw Invalid($"sysctl '{Shorten(name)}={Shorten(value)}' is not allowed: a container has its own only of the settings net.*");
        }

        if (mode == NetworkMode.Host)
        {
            throw Invalid(
                $"sysctl \"{name}\" not allowed in host network namespace; set it on the host with sysctl, or choose another network");
        }

        if (adopts is not null)
        {
            throw Invalid($"sysctl \"{name}\" not allowed in a network namespace that another program made; set it there with sysctl");
        }

        if (PathOf(name).Split('/') is [_, _, "conf" or "neigh", var link, _, ..] && !NoInterfaces.Contains(link))
        {
            throw Invalid(
                $"sysctl \"{name}\" is of an interface, which does not exist yet; use --network name=NETWORK,"
                    + $"driver-opt=com.docker.network.endpoint.sysctls={name.Replace(link, "IFNAME", StringComparison.Ordinal)}={value}");
        }

        if (value.Trim().Length == 0 || value.Any(static c => c is (< ' ' and not '\t') or > '~'))
        {
            throw Invalid($"sysctl '{name}' has no value that can be written; write {name}=VALUE");
        }
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);

    [GeneratedRegex(@"^net(?:[./][A-Za-z0-9_-]+){2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex White();
}
