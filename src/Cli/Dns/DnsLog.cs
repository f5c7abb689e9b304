using System.CommandLine;
using Net.Api;
using Net.Api.Clients;
using Net.Api.Dns;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Dns;

/// <summary><c>netctl dns log -f</c>: the queries of containers as they are answered, and their outcomes.</summary>
internal sealed class DnsLog : Verb
{
    private readonly Option<bool> _follow = Flags.Switch(
        "--follow", "-f", "Print the questions that come from now on; there is no other way, for nothing is kept");
    private readonly Option<string?> _format = Flags.One(
        "--format", null, "FORMAT", "json, or a Go template such as '{{.Container}} {{.Name}}'");
    private readonly Argument<string?> _container = Positional.Optional("CONTAINER", "Name or id of the one container that is of interest");

    public DnsLog()
        : base("log",
            "Follow the questions that containers ask\n"
            + "A line each: time, container, transport, question, and what became of it. Ends when the container stops. When questions "
            + "come faster than they can be printed, some are left out and standard error says how many: the resolver never waits.")
    {
        Add(_follow);
        Add(_format);
        Add(_container);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl dns log -f app";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(_follow))
        {
            throw new FormatException("the resolver keeps no record of questions: give -f to follow those that come");
        }

        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        string? container = parsed.GetValue(_container);
        await foreach (DnsLogLine line in context.Api.FollowDnsAsync(container, cancellationToken))
        {
            if (line.Lost > 0)
            {
                context.Error.WriteLine($"netctl: {line.Lost} questions are missing here, for they came faster than they could be printed");
            }

            context.Output.Write(string.IsNullOrEmpty(text)
                ? DnsLogText.Of(line) + "\n"
                : format.Render([TemplateDocument.Of(line, ApiJson.Wire.DnsLogLine)]));
        }

        return container is null
            ? throw new DaemonUnreachableException(
                $"the netctl daemon at {context.Api.Address} has ended, and its log with it: start it again")
            : 0;
    }
}
