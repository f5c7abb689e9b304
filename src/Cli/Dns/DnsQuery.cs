using System.CommandLine;
using Net.Api;
using Net.Api.Dns;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;
using Net.Linux.Terminals;

namespace Net.Cli.Dns;

/// <summary><c>netctl dns query</c>: the answer to a container's query, and its source.</summary>
internal sealed class DnsQuery : Verb
{
    private readonly Option<string?> _container = Flags.One(
        "--container", "-c", "CONTAINER", "Ask as this container; not given: the names of all networks, then the host's own servers");
    private readonly Option<string?> _format = Flags.One("--format", "-f", "FORMAT", "json, or a Go template such as '{{.Source}}'");
    private readonly Argument<string> _name = Positional.One("NAME", "The name, or an address for its name");
    private readonly Argument<string?> _type = Positional.Optional(
        "TYPE", "A when not given, PTR for an address; any other by its name or as TYPE and its number");

    public DnsQuery()
        : base("query",
            "Ask what a container is told, and where the answer comes from\n"
            + "The question goes the way of the container's own: the same names, servers, cache and limits, "
            + "and it counts as one of them. NAME is asked for as it stands, as dig does: the search list and ndots of the container's "
            + "resolv.conf are not applied. The exit code is 0 when there is a record, else 1, and standard error says why there is none.")
    {
        Add(_container);
        Add(_format);
        Add(_name);
        Add(_type);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "There is a record."),
        ExitStatus.OneFor("There is no record"),
    ];

    public override string Example =>
        "netctl dns query -c app db\n"
        + "netctl dns query -c app example.org MX";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        DnsQueryResponse response = await context.Api.QueryDnsAsync(
            parsed.GetValue(_container), parsed.GetValue(_name)!, parsed.GetValue(_type), cancellationToken);
        if (!string.IsNullOrEmpty(text))
        {
            context.Output.Write(format.Render([TemplateDocument.Of(response, ApiJson.Wire.DnsQueryResponse)]));
        }
        else
        {
            Print(context.Output, response);
        }

        if (response.Answers.Count > 0 && response.Status == "NOERROR")
        {
            return 0;
        }

        context.Error.WriteLine($"netctl: {TerminalText.Escape(DnsReason.Of(response))}");
        return 1;
    }

    private static void Print(TextWriter output, DnsQueryResponse response)
    {
        int nameWidth = response.Answers.Select(a => a.Name.Length).DefaultIfEmpty().Max();
        int ttlWidth = response.Answers.Select(a => $"{a.Ttl}".Length).DefaultIfEmpty().Max();
        int typeWidth = response.Answers.Select(a => a.Type.Length).DefaultIfEmpty().Max();
        foreach (DnsAnswer answer in response.Answers)
        {
            output.WriteLine(
                $"{answer.Name.PadRight(nameWidth)}  {$"{answer.Ttl}".PadLeft(ttlWidth)}  {answer.Type.PadRight(typeWidth)}  "
                    + $"{answer.Data}");
        }

        if (DnsOrigin.Of(response) is { } origin)
        {
            output.WriteLine($"from: {origin}");
        }
    }
}
