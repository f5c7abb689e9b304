using System.CommandLine;
using Net.Api.Networks;
using Net.Cli.CommandLines;
using Net.Cli.Formats;

namespace Net.Cli.Networks;

/// <summary><c>netctl network ls</c>: lists networks.</summary>
internal sealed class NetworkList : Verb
{
    private static readonly string[] Known = ["dangling", "driver", "id", "label", "name", "scope", "type"];

    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Print ids only");
    private readonly Option<string[]> _filters = Flags.Many(
        "--filter", "-f", "FILTER", "Only networks with dangling=, driver=, id=, label=, name=, scope= or type= so");
    private readonly Option<string?> _format = Flags.One("--format", null, "FORMAT", "table, json, or a Go template such as '{{.Name}}'");
    private readonly Option<bool> _noTruncate = Flags.Switch("--no-trunc", null, "Do not cut ids");

    public NetworkList()
        : base("ls", "List networks")
    {
        Aliases.Add("list");
        Add(_quiet);
        Add(_filters);
        Add(_format);
        Add(_noTruncate);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl network ls\n"
        + "netctl network ls -f driver=bridge --format '{{.Name}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        // As with Docker, ids take the place of the table alone. That is not so for ps, where they count more than any format.
        string? asked = parsed.GetValue(_format);
        bool idsOnly = parsed.GetValue(_quiet) && (asked is null or "" or ListFormat.TableWord);
        var format = ListFormat.Parse(idsOnly ? "{{.ID}}" : asked, NetworkRows.DefaultColumns);
        IReadOnlyDictionary<string, IReadOnlyList<string>> filters = FilterWords.Parse(parsed.GetValue(_filters)!, Known);
        IReadOnlyList<NetworkResource> networks = await context.Api.ListNetworksAsync(filters, cancellationToken);
        context.Output.Write(format.Render(NetworkRows.Of(networks, !parsed.GetValue(_noTruncate)), NetworkRows.Headings));
        return 0;
    }
}
