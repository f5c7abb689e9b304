using Net.Api.Networks;
using Net.Cnm.Errors;

namespace Net.Daemon.Settings;

/// <summary>The options that new networks of a driver have when they are not given them: <c>--default-network-opt</c>. As in Docker they
/// are not for the predefined networks.</summary>
public sealed class DefaultNetworkOptions
{
    private const string IPv4Key = "com.docker.network.enable_ipv4";
    private const string IPv6Key = "com.docker.network.enable_ipv6";

    private readonly Dictionary<string, Dictionary<string, string>> _byDriver = new(StringComparer.Ordinal);

    private DefaultNetworkOptions()
    {
    }

    /// <summary>No options.</summary>
    public static DefaultNetworkOptions None { get; } = new();

    /// <summary>Parses the values of the setting. The last value of a driver's key counts.</summary>
    /// <param name="texts">Each <c>DRIVER=KEY=VALUE</c>.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static DefaultNetworkOptions Parse(IReadOnlyList<SettingText> texts)
    {
        var all = new DefaultNetworkOptions();
        foreach (SettingText text in texts)
        {
            if (text.Text.Split('=', 3) is not [{ Length: > 0 } driver, { Length: > 0 } key, string value])
            {
                throw text.Invalid("DRIVER=KEY=VALUE, such as bridge=com.docker.network.driver.mtu=1400");
            }

            if (!all._byDriver.TryGetValue(driver, out Dictionary<string, string>? options))
            {
                all._byDriver[driver] = options = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            if (key is IPv4Key or IPv6Key && !bool.TryParse(value, out _))
            {
                throw text.Invalid($"true or false for {key}");
            }

            options[key] = value;
        }

        return all;
    }

    /// <summary>The driver options of a driver's networks, without those that turn an address family on or off; empty for none.</summary>
    public IReadOnlyDictionary<string, string> DriverOptionsOf(string driver) => (_byDriver.GetValueOrDefault(driver) ?? [])
        .Where(option => option.Key is not (IPv4Key or IPv6Key))
        .ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);

    /// <summary>A request for a network with the options that it was not given. Those that turn an address family on or off become the
    /// fields of the request for that.</summary>
    /// <exception cref="CnmException">InvalidParameter: an option that is true or false has another value.</exception>
    public NetworkCreateRequest Complete(NetworkCreateRequest request)
    {
        var options = new Dictionary<string, string>(
            _byDriver.GetValueOrDefault(string.IsNullOrEmpty(request.Driver) ? "bridge" : request.Driver) ?? [], StringComparer.Ordinal);
        foreach ((string key, string value) in request.Options ?? new Dictionary<string, string>())
        {
            options[key] = value;
        }

        return request with
        {
            EnableIPv4 = Take(options, IPv4Key, request) is { } ipv4 ? request.EnableIPv4 ?? ipv4 : request.EnableIPv4,
            EnableIPv6 = Take(options, IPv6Key, request) is { } ipv6 ? request.EnableIPv6 ?? ipv6 : request.EnableIPv6,
            Options = options,
        };
    }

    private static bool? Take(Dictionary<string, string> options, string key, NetworkCreateRequest request)
    {
        if (!options.Remove(key, out string? value))
        {
            return null;
        }

        return bool.TryParse(value, out bool on)
            ? on
            : throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"network {request.Name}: invalid value \"{value}\" of option {key}; it takes true or false");
    }
}
