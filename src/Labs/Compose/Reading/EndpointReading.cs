using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Net.Api.Networks;
using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads what a service asks of its networks.</summary>
internal static partial class EndpointReading
{
    /// <summary>The networks of a service, in the order in which they are connected. A service that names none joins
    /// <c>default</c>.</summary>
    /// <param name="service">The service's fields; its mode has been read.</param>
    /// <param name="macAddress">The MAC address that the service asks for on its first network.</param>
    public static IReadOnlyList<ServiceNetwork> Read(Fields service, string? macAddress)
    {
        ServiceNetwork[] networks = service.Take("networks") switch
        {
            null => [new ServiceNetwork("default", service.Place, new EndpointConfig(), 0)],
            Sequence names => [.. names.Items.Select(item => item is Scalar name
                ? new ServiceNetwork(name.Text, name.Place, new EndpointConfig(), 0)
                : throw new FileFaultException(item.Place, $"{service.PathOf("networks")} is a list, and takes names of networks in it"))],
            _ => [.. service.Children("networks").Select(entry => Of(entry.Name, entry.Value, service.PathOf("networks")))],
        };
        ServiceNetwork[] ordered = [.. networks.DistinctBy(network => network.Key).OrderByDescending(network => network.Priority)];
        if (macAddress is not null && ordered is [{ Endpoint.MacAddress: null } first, ..])
        {
            ordered[0] = first with { Endpoint = first.Endpoint with { MacAddress = macAddress } };
        }

        return ordered;
    }

    /// <summary>A MAC address; null when the key is not there.</summary>
    public static string? MacAddressOf(Fields fields, string key) => fields.Text(key) is not { } text ? null
        : MacAddress().IsMatch(text) ? text
        : throw fields.Fault(key, $"\"{text}\" is no MAC address: give six bytes, such as 02:42:ac:11:00:02");

    private static ServiceNetwork Of(Scalar name, Node value, string path)
    {
        var fields = new Fields(value, $"{path}.{name.Text}");
        string? ipv4 = AddressOf(fields, "ipv4_address", AddressFamily.InterNetwork);
        string? ipv6 = AddressOf(fields, "ipv6_address", AddressFamily.InterNetworkV6);
        IReadOnlyList<string> linkLocal = fields.Texts("link_local_ips");
        IReadOnlyList<string> aliases = fields.Texts("aliases");
        var endpoint = new EndpointConfig
        {
            IPAMConfig = ipv4 is null && ipv6 is null && linkLocal.Count == 0 ? null : new EndpointIpamConfig
            {
                IPv4Address = ipv4,
                IPv6Address = ipv6,
                LinkLocalIPs = linkLocal.Count > 0 ? linkLocal : null,
            },
            Aliases = aliases.Count > 0 ? aliases : null,
            MacAddress = MacAddressOf(fields, "mac_address"),
            DriverOpts = OptionsOf(fields),
            GwPriority = fields.Number("gw_priority", int.MinValue) ?? 0,
        };
        int priority = fields.Number("priority", int.MinValue) ?? 0;
        fields.Finish("a service's network");
        return new ServiceNetwork(name.Text, name.Place, endpoint, priority);
    }

    // Docker's client passes interface_name on as an option of the driver.
    private static IReadOnlyDictionary<string, string>? OptionsOf(Fields fields)
    {
        IReadOnlyDictionary<string, string>? options = fields.Dictionary("driver_opts");
        return fields.Text("interface_name") is { } name
            ? new SortedDictionary<string, string>((options ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal)
            {
                ["com.docker.network.endpoint.ifname"] = name,
            }
            : options;
    }

    private static string? AddressOf(Fields fields, string key, AddressFamily family) => fields.Text(key) is not { } text ? null
        : IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family
            && (family == AddressFamily.InterNetworkV6 || address.ToString() == text) ? text
        : throw fields.Fault(key, family == AddressFamily.InterNetwork
            ? $"\"{text}\" is no IPv4 address: give one of the network's subnet, such as 172.20.0.10"
            : $"\"{text}\" is no IPv6 address: give one of the network's subnet, such as fd00:20::10");

    [GeneratedRegex("^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$", RegexOptions.CultureInvariant)]
    private static partial Regex MacAddress();
}
