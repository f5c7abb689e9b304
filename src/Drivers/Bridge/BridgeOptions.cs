using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Drivers.Options;

namespace Net.Drivers.Bridge;

/// <summary>The options of a bridge network, read once from the text the user gave. Their names are Docker's.</summary>
public sealed record BridgeOptions
{
    private const string NameKey = "com.docker.network.bridge.name";
    private const string MtuKey = "com.docker.network.driver.mtu";
    private const string InterContainerKey = "com.docker.network.bridge.enable_icc";
    private const string MasqueradeKey = "com.docker.network.bridge.enable_ip_masquerade";
    private const string HostBindingKey = "com.docker.network.bridge.host_binding_ipv4";
    private const string InterfacePrefixKey = "com.docker.network.container_iface_prefix";

    /// <summary><c>com.docker.network.bridge.name</c>: the bridge's interface name, 1 to 15 characters. Null, the default: one made from the
    /// network's id.</summary>
    public string? Name { get; init; }

    /// <summary><c>com.docker.network.driver.mtu</c>: MTU in bytes, 68 to 65535, with IPv6 at least 1280. Null, the default: that of the
    /// host's way out.</summary>
    /// <remarks>68 is IPv4's least (RFC 791), 1280 IPv6's (RFC 8200 5): below, the kernel takes IPv6 off the link. More than the way out can
    /// carry makes
    /// large packets to the outside depend on path MTU discovery.</remarks>
    public int? Mtu { get; init; }

    /// <summary><c>com.docker.network.bridge.enable_icc</c>: whether containers on the bridge may talk to each other. Default true.</summary>
    public bool InterContainer { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.enable_ip_masquerade</c>: whether packets to the outside get the host's address. Default true.</summary>
    /// <remarks>False needs a route to the subnet on every machine that is to answer.</remarks>
    public bool Masquerade { get; init; } = true;

    /// <summary><c>com.docker.network.bridge.host_binding_ipv4</c>: the host address that ports are published on when <c>-p</c> names none.
    /// Null, the default: all of them.</summary>
    public IPAddress? HostBinding { get; init; }

    /// <summary><c>com.docker.network.container_iface_prefix</c>: what interfaces in containers are called before their number, 1 to 12
    /// characters. Default <c>eth</c>.</summary>
    public string InterfacePrefix { get; init; } = "eth";

    /// <summary>Reads options, all of them, and tells everything that is wrong.</summary>
    /// <param name="text">The options as given; an unknown key is a problem.</param>
    /// <param name="ipv6">Whether the network has IPv6, which raises the least MTU.</param>
    /// <param name="options">The options when the result is true.</param>
    /// <param name="problems">What is wrong, in the order of the keys; empty when the result is true.</param>
    public static bool TryParse(
        IReadOnlyDictionary<string, string> text, bool ipv6, [NotNullWhen(true)] out BridgeOptions? options, out IReadOnlyList<OptionProblem> problems)
    {
        var found = new List<OptionProblem>();
        options = new BridgeOptions();
        foreach ((string key, string value) in text.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            options = key switch
            {
                NameKey when OptionText.IsInterfaceName(value, 15) && value is not ("lo" or "all" or "default") => options with { Name = value },
                NameKey => Problem("is not an interface name", "1 to 15 of the characters [a-zA-Z0-9_.-], a letter or digit first, not lo, all or default"),
                MtuKey => ParseMtu(value, ipv6) is { } mtu
                    ? options with { Mtu = mtu }
                    : Problem("is not an MTU", ipv6 ? "a number from 1280 to 65535, since the network has IPv6" : "a number from 68 to 65535"),
                InterContainerKey => OptionText.ParseBoolean(value) is { } on
                    ? options with { InterContainer = on }
                    : Problem("is neither true nor false", OptionText.BooleanWords),
                MasqueradeKey => OptionText.ParseBoolean(value) is { } on
                    ? options with { Masquerade = on }
                    : Problem("is neither true nor false", OptionText.BooleanWords),
                HostBindingKey when AddressParser.TryParse(value, out IPAddress address) && address.AddressFamily == AddressFamily.InterNetwork =>
                    options with { HostBinding = address },
                HostBindingKey => Problem("is not an IPv4 address", "an IPv4 address of this host, as 127.0.0.1, or 0.0.0.0"),
                InterfacePrefixKey when OptionText.IsInterfaceName(value, 12) => options with { InterfacePrefix = value },
                InterfacePrefixKey => Problem("cannot begin an interface name", "1 to 12 of the characters [a-zA-Z0-9_.-], a letter or digit first"),
                _ => Problem("unknown option", $"{NameKey}, {MtuKey}, {InterContainerKey}, {MasqueradeKey}, {HostBindingKey}, {InterfacePrefixKey}"),
            };

            BridgeOptions Problem(string why, string allowed)
            {
                found.Add(new OptionProblem(key, value, why, allowed));
                return new BridgeOptions();
            }
        }

        problems = found;
        options = found.Count == 0 ? options : null;
        return options is not null;
    }

    private static int? ParseMtu(string value, bool ipv6) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu) && mtu >= (ipv6 ? 1280 : 68) && mtu <= 65535 ? mtu : null;
}
