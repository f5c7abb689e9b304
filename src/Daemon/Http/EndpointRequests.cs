using System.Net;
using Net.Api.Networks;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Controller.Requests;

namespace Net.Daemon.Http;

/// <summary>Reads Docker's EndpointConfig.</summary>
internal static class EndpointRequests
{
    /// <exception cref="CnmException">InvalidParameter: an address that is none. NotImplemented: a field this version does not know.</exception>
    public static EndpointRequest Parse(string network, EndpointConfig? config)
    {
        string? absent = config switch
        {
            { Links.Count: > 0 } => "Links",
            { DriverOpts.Count: > 0 } => "DriverOpts",
            { GwPriority: not 0 } => "GwPriority",
            { IPAMConfig.LinkLocalIPs.Count: > 0 } => "IPAMConfig.LinkLocalIPs",
            _ => null,
        };
        if (absent is not null)
        {
            throw new CnmException(CnmErrorKind.NotImplemented, $"connecting to network \"{network}\": {absent} is not supported by this version; leave it out");
        }

        return new EndpointRequest
        {
            Network = network,
            IPv4 = Address(config?.IPAMConfig?.IPv4Address),
            IPv6 = Address(config?.IPAMConfig?.IPv6Address),
            MacAddress = Mac(config?.MacAddress),
            Aliases = config?.Aliases ?? [],
        };
    }

    private static IPAddress? Address(string? text) => string.IsNullOrEmpty(text) ? null : AddressParser.Parse(text, "IP address");

    private static MacAddress? Mac(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : MacAddress.TryParse(text, out MacAddress mac) ? mac
        : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid MAC address \"{text}\": write six hexadecimal bytes, as in 02:42:ac:11:00:02");
}
