using System.Text.Json.Nodes;
using Net.Api.Containers;
using Net.Api.Texts;
using Net.Linux.Terminals;

namespace Net.Cli.Formats;

/// <summary>Makes the rows of <c>ps</c>: Docker's columns, without those for images and disks.</summary>
internal static class ContainerRows
{
    private const int CommandLength = 20;

    /// <summary>The template for the rows of the default table.</summary>
    public const string DefaultColumns = "{{.ID}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

    /// <summary>The heading of every field of a row.</summary>
    public static IReadOnlyDictionary<string, string> Headings { get; } = new Dictionary<string, string>
    {
        ["Command"] = "COMMAND",
        ["CreatedAt"] = "CREATED AT",
        ["ID"] = "CONTAINER ID",
        ["Image"] = "IMAGE",
        ["Labels"] = "LABELS",
        ["LocalVolumes"] = "LOCAL VOLUMES",
        ["Mounts"] = "MOUNTS",
        ["Names"] = "NAMES",
        ["Networks"] = "NETWORKS",
        ["Ports"] = "PORTS",
        ["RunningFor"] = "CREATED",
        ["Size"] = "SIZE",
        ["State"] = "STATE",
        ["Status"] = "STATUS",
    };

    /// <summary>The rows of containers, newest first.</summary>
    /// <param name="containers">The containers.</param>
    /// <param name="truncate">Whether ids are cut to 12 digits and commands to 20 characters.</param>
    /// <param name="now">The current time, for how long ago each was created.</param>
    /// <param name="showsLinks">Whether the names that links give are shown beside the container's own, as in <c>db, web/db</c>. Otherwise,
    /// as in Docker's client, they are left out when truncating, and follow a comma without a space when not.</param>
    public static IReadOnlyList<JsonObject> Of(
        IEnumerable<ContainerSummary> containers, bool truncate, DateTimeOffset now, bool showsLinks = false) =>
        [.. containers.OrderByDescending(c => c.Created).Select(c => Row(c, truncate, now, showsLinks))];

    private static JsonObject Row(ContainerSummary container, bool truncate, DateTimeOffset now, bool showsLinks)
    {
        DateTimeOffset created = DateTimeOffset.FromUnixTimeSeconds(container.Created);
        return new JsonObject
        {
            ["Command"] = TerminalText.Quote(truncate ? RowText.Ellipsis(container.Command, CommandLength) : container.Command),
            ["CreatedAt"] = RowText.Time(created),
            ["ID"] = truncate ? RowText.ShortId(container.Id) : container.Id,
            ["Image"] = container.Image,
            ["Labels"] = RowText.Labels(container.Labels),
            ["LocalVolumes"] = "0",
            ["Mounts"] = "",
            ["Names"] = NamesOf(container, truncate, showsLinks),
            ["Networks"] = string.Join(',', (container.NetworkSettings?.Networks?.Keys ?? []).Order(StringComparer.Ordinal)),
            ["Ports"] = PortText.List(container.Ports ?? []),
            ["RunningFor"] = HumanDuration.Of(now - created) + " ago",
            ["Size"] = "0B",
            ["State"] = container.State,
            ["Status"] = container.Status,
        };
    }

    private static string NamesOf(ContainerSummary container, bool truncate, bool showsLinks)
    {
        string[] names = [.. container.Names.Select(name => name.TrimStart('/'))];
        return showsLinks ? string.Join(", ", names)
            : truncate && names.FirstOrDefault(name => !name.Contains('/', StringComparison.Ordinal)) is { } own ? own
            : string.Join(',', names);
    }
}
