using System.Net;
using Net.Api.Networks;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Controller.Links;
using Net.Controller.Requests;

namespace Net.Daemon.Http;

/// <summary>Turns Docker's EndpointConfig into a request of the controller.</summary>
internal static class EndpointRequests
{
    /// <summary>The request for an endpoint on a network; a null configuration lets everything be chosen.</summary>
    /// <exception cref="CnmException">InvalidParameter: an address or a link is invalid.</exception>
    public static EndpointRequest Parse(string network, EndpointConfig? config) => new()
    {
        Network = network,
        IPv4 = Address(config?.IPAMConfig?.IPv4Address),
        IPv6 = Address(config?.IPAMConfig?.IPv6Address),
        MacAddress = Mac(config?.MacAddress),
        Aliases = config?.Aliases ?? [],
        Links = [.. (config?.Links ?? []).Select(LinkSpec.Parse)],
        LinkLocalAddresses = [.. (config?.IPAMConfig?.LinkLocalIPs ?? []).Select(a => AddressParser.Parse(a, "link-local IP address"))],
        DriverOptions = config?.DriverOpts ?? new Dictionary<string, string>(),
        GatewayPriority = config?.GwPriority ?? 0,
    };

    private static IPAddress? Address(string? text) => string.IsNullOrEmpty(text) ? null : AddressParser.Parse(text, "IP address");

    private static MacAddress? Mac(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : MacAddress.TryParse(text, out MacAddress mac) ? mac
        : throw new CnmException(
            CnmErrorKind.InvalidParameter, $"invalid MAC address \"{text}\": write six hexadecimal bytes, as in 02:42:ac:11:00:02");
}
