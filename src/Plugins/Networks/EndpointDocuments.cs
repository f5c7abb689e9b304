using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Plugins;
using Net.Plugins.Wire;

namespace Net.Plugins.Networks;

/// <summary>What a plug-in is told of an endpoint, and what it may choose of it.</summary>
internal static class EndpointDocuments
{
    /// <summary>The options of an endpoint: its ports, its Ethernet address when it has one, and the user's own, each under its
    /// name.</summary>
    public static IReadOnlyDictionary<string, object> Options(Endpoint endpoint, PluginPorts ports)
    {
        var options = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string key, string value) in endpoint.DriverOptions ?? new Dictionary<string, string>())
        {
            options[key] = value;
        }

        options["com.docker.network.endpoint.exposedports"] =
            ports.Exposed.Select(port => new ServedPort((int)port.Protocol, port.Port)).ToArray();
        options["com.docker.network.portmap"] = ports.Published.Select(Map).ToArray();
        if (endpoint.MacAddress is { } mac)
        {
            options["com.docker.network.endpoint.macaddress"] = Convert.ToBase64String(mac.ToBytes());
        }

        return options;
    }

    /// <summary>The endpoint with what the plug-in has chosen.</summary>
    /// <exception cref="CnmException">Internal: it has changed what was chosen already, or answers what is no address.</exception>
    public static Endpoint Fill(string plugin, Endpoint endpoint, EndpointInterface? chosen) => endpoint with
    {
        IPv4 = Address(plugin, endpoint.IPv4, chosen?.Address, ipv6: false),
        IPv6 = Address(plugin, endpoint.IPv6, chosen?.AddressIPv6, ipv6: true),
        MacAddress = Ethernet(plugin, endpoint.MacAddress, chosen?.MacAddress),
    };

    private static PortMap Map(PluginPort port) =>
        new((int)port.Protocol, "", port.Port, port.HostAddress?.ToString() ?? "", port.HostPort, port.LastHostPort);

    private static InterfaceAddress? Address(string plugin, InterfaceAddress? had, string? chosen, bool ipv6)
    {
        if (string.IsNullOrEmpty(chosen))
        {
            return had;
        }

        if (!InterfaceAddress.TryParse(chosen, out InterfaceAddress? read) || read.IsIPv6 != ipv6)
        {
            throw Nonsense(plugin, $"\"{PluginText.Shorten(chosen)}\" is no {(ipv6 ? "IPv6" : "IPv4")} address with a prefix length");
        }

        return had is null || had.Equals(read) ? read : throw Changed(plugin, had.ToString(), read.ToString());
    }

    private static MacAddress? Ethernet(string plugin, MacAddress? had, string? chosen)
    {
        if (string.IsNullOrEmpty(chosen))
        {
            return had;
        }

        if (!MacAddress.TryParse(chosen, out MacAddress read))
        {
            throw Nonsense(plugin, $"\"{PluginText.Shorten(chosen)}\" is no Ethernet address");
        }

        return had is null || had == read ? read : throw Changed(plugin, had.Value.ToString(), read.ToString());
    }

    private static CnmException Nonsense(string plugin, string words) => new(
        CnmErrorKind.Internal, $"plug-in {plugin}: its answer to NetworkDriver.CreateEndpoint makes no sense: {words}");

    private static CnmException Changed(string plugin, string had, string chosen) => new(
        CnmErrorKind.Internal,
        $"plug-in {plugin}: driver modified interface address: the endpoint has {had} and the plug-in answers {chosen}; it may choose only "
            + "what was left open");
}
