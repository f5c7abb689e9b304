using System.Text.Json.Nodes;
using Net.Api.Networks;

namespace Net.Cli.Formats;

/// <summary>Makes the rows of <c>network ls</c>: Docker's columns.</summary>
internal static class NetworkRows
{
    /// <summary>The template for the rows of the default table.</summary>
    public const string DefaultColumns = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}";

    /// <summary>The heading of every field of a row.</summary>
    public static IReadOnlyDictionary<string, string> Headings { get; } = new Dictionary<string, string>
    {
        ["CreatedAt"] = "CREATED AT",
        ["Driver"] = "DRIVER",
        ["ID"] = "NETWORK ID",
        ["IPv4"] = "IPV4",
        ["IPv6"] = "IPV6",
        ["Internal"] = "INTERNAL",
        ["Labels"] = "LABELS",
        ["Name"] = "NAME",
        ["Scope"] = "SCOPE",
    };

    /// <summary>The rows of networks, in order of their names.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="truncate">Whether ids are cut to 12 digits.</param>
    public static IReadOnlyList<JsonObject> Of(IEnumerable<NetworkResource> networks, bool truncate) =>
        [.. networks.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => Row(n, truncate))];

    private static JsonObject Row(NetworkResource network, bool truncate) => new()
    {
        ["CreatedAt"] = RowText.Time(network.Created),
        ["Driver"] = network.Driver,
        ["ID"] = truncate ? RowText.ShortId(network.Id) : network.Id,
        ["IPv4"] = RowText.Truth(network.EnableIPv4),
        ["IPv6"] = RowText.Truth(network.EnableIPv6),
        ["Internal"] = RowText.Truth(network.Internal),
        ["Labels"] = RowText.Labels(network.Labels),
        ["Name"] = network.Name,
        ["Scope"] = network.Scope,
    };
}
