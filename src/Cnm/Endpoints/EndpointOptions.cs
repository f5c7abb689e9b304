using System.Text.RegularExpressions;
using Net.Cnm.Errors;

namespace Net.Cnm.Endpoints;

/// <summary>The options of an endpoint that every driver has (<c>--driver-opt</c>), parsed.</summary>
/// <remarks>The names, and what a setting may be, are those of Docker Engine 28.</remarks>
public sealed partial record EndpointOptions
{
    /// <summary>The option whose value is the interface name in the container.</summary>
    public const string InterfaceNameKey = "com.docker.network.endpoint.ifname";

    /// <summary>The option whose value is a list of settings of the interface, each <c>net.FAMILY.GROUP.IFNAME.NAME=VALUE</c>, separated by
    /// commas.</summary>
    public const string SettingsKey = "com.docker.network.endpoint.sysctls";

    private const string Placeholder = "IFNAME";

    /// <summary>The requested interface name; null to have one chosen.</summary>
    public string? InterfaceName { get; private init; }

    /// <summary>The requested settings of the interface, each once.</summary>
    public IReadOnlyList<EndpointSetting> Settings { get; private init; } = [];

    /// <summary>The first option that is neither of the two, which only a plug-in can know; null for none.</summary>
    public string? UnknownKey { get; private init; }

    /// <summary>Parses the options of an endpoint.</summary>
    /// <exception cref="CnmException">InvalidParameter: the value of an option is not allowed.</exception>
    public static EndpointOptions Parse(IReadOnlyDictionary<string, string> options)
    {
        var parsed = new EndpointOptions();
        foreach ((string key, string value) in options)
        {
            parsed = key switch
            {
                InterfaceNameKey => parsed with { InterfaceName = RequireName(value) },
                SettingsKey => parsed with { Settings = ParseSettings(value) },
                _ => parsed with { UnknownKey = parsed.UnknownKey ?? key },
            };
        }

        return parsed;
    }

    /// <summary>Refuses options that no driver of this program has.</summary>
    /// <exception cref="CnmException">InvalidParameter: an option is unknown.</exception>
    public EndpointOptions RequireKnown() => UnknownKey is null
        ? this
        : throw Invalid($"unknown driver option \"{UnknownKey}\" of an endpoint; use {SettingsKey} or {InterfaceNameKey}");

    private static string RequireName(string name) =>
        NameForm().IsMatch(name) && name is not ("lo" or "all" or "default")
            ? name
            : throw Invalid(
                $"invalid interface name \"{name}\" in {InterfaceNameKey}: use 1 to 15 of the characters a-z, A-Z, 0-9, \"_\", \".\" and "
                    + "\"-\", a letter or digit first, and neither lo, all nor default");

    private static EndpointSetting[] ParseSettings(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseSetting)
            .GroupBy(setting => (setting.Family, setting.Group, setting.Name)).Select(same => same.Last()),
    ];

    private static EndpointSetting ParseSetting(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        string value = equals < 0 ? "" : text[(equals + 1)..].Trim();
        string[] parts = name.Trim().Split('.', 5);
        if (parts is not ["net", "ipv4" or "ipv6" or "mpls", var group, Placeholder, var last]
            || !WordForm().IsMatch(group) || !WordForm().IsMatch(last))
        {
            throw Invalid(
                $"unrecognised network interface sysctl '{name}'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be "
                    + "'ipv4', 'ipv6' or 'mpls'");
        }

        if (!ValueForm().IsMatch(value))
        {
            throw Invalid($"the network interface sysctl '{name}' has no value that can be written; give it as {name}=VALUE");
        }

        return (parts[1], last) == ("ipv6", "disable_ipv6")
            ? throw Invalid(
                $"the network interface sysctl '{name}' cannot be set: whether an interface has IPv6 follows from its network and "
                    + "addresses; leave it out")
            : new EndpointSetting(parts[1], group, last, value);
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[a-z0-9_]+\z")]
    private static partial Regex WordForm();

    [GeneratedRegex(@"\A[!-~]([ -~]*[!-~])?\z")]
    private static partial Regex ValueForm();
}
