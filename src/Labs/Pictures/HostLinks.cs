using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures;

/// <summary>The links by which the host reaches others, as this process sees them.</summary>
internal static class HostLinks
{
    /// <summary>The links with addresses, without the loopback and the networks' bridges.</summary>
    /// <returns>Empty when no bridge has its gateway's address here: the daemon is in another network namespace then.</returns>
    public static IReadOnlyList<PicturedUplink> Of(IReadOnlyList<PicturedNetwork> networks)
    {
        try
        {
            return UplinksOf(NetworkInterface.GetAllNetworkInterfaces(), networks);
        }
        catch (NetworkInformationException)
        {
            return []; // without /sys or /proc, or a link has gone while it was looked at
        }
    }

    private static IReadOnlyList<PicturedUplink> UplinksOf(NetworkInterface[] links, IReadOnlyList<PicturedNetwork> networks)
    {
        HashSet<string> bridges = [.. networks.Select(network => network.Bridge).OfType<string>()];
        HashSet<string> gateways = [.. networks.SelectMany(network => network.Subnets).Select(subnet => subnet.Gateway).OfType<string>()];
        bool isHere = links.Any(link => bridges.Contains(link.Name)
            && link.GetIPProperties().UnicastAddresses.Any(address => gateways.Contains(address.Address.ToString())));
        return isHere
            ?
            [
                .. links.Where(link => link.NetworkInterfaceType != NetworkInterfaceType.Loopback && !bridges.Contains(link.Name))
                    .Select(link => new PicturedUplink { Interface = link.Name, Addresses = [.. AddressesOf(link)] })
                    .Where(link => link.Addresses.Count > 0),
            ]
            : [];
    }

    private static IEnumerable<string> AddressesOf(NetworkInterface link) => link.GetIPProperties().UnicastAddresses
        .Where(address => !address.Address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address.Address))
        .Select(address => string.Create(CultureInfo.InvariantCulture, $"{address.Address}/{address.PrefixLength}"));
}
