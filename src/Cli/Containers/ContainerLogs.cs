using System.CommandLine;
using Net.Api.Clients;
using Net.Api.Streams;
using Net.Api.Texts;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl logs</c>: prints the output of a command, standard output and standard error apart.</summary>
internal sealed class ContainerLogs : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Option<bool> _follow = Flags.Switch("--follow", "-f", "Go on until the command ends");
    private readonly TailFlag _tail = new();
    private readonly Option<bool> _timestamps = Flags.Switch("--timestamps", "-t", "Write the time of each line before it");
    private readonly Option<bool> _details = Flags.Switch(
        "--details", null, "Write the labels of each line before it: none here, and the space that follows them");
    private readonly Option<string?> _since = Flags.One(
        "--since", null, "TIME", "Only lines from this time on: a date, seconds since 1970, or 10m30s before now");
    private readonly Option<string?> _until = Flags.One("--until", null, "TIME", "Only lines up to this time");

    public ContainerLogs()
        : base("logs", "Print what the command of a container wrote")
    {
        Add(_follow);
        _tail.AddTo(this);
        Add(_timestamps);
        Add(_details);
        Add(_since);
        Add(_until);
        Add(_container);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl logs -f web\n"
        + "netctl logs -t --tail 20 --since 10m30s web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset now = context.Time.GetUtcNow();
        var selection = new LogSelection
        {
            Follow = parsed.GetValue(_follow),
            Tail = _tail.Of(parsed),
            Timestamps = parsed.GetValue(_timestamps),
            Details = parsed.GetValue(_details),
            Since = MomentOf(_since, parsed, now),
            Until = MomentOf(_until, parsed, now),
        };
        using var output = StandardStream.OpenOutput();
        using var error = StandardStream.OpenError();
        await foreach (Frame frame in context.Api.ReadLogsAsync(parsed.GetValue(_container)!, selection, cancellationToken))
        {
            StandardStream target = frame.Kind == FrameKind.StandardError ? error : output;
            target.Write(frame.Bytes.Span);
        }

        return 0;
    }

    private static DateTimeOffset? MomentOf(Option<string?> option, ParseResult parsed, DateTimeOffset now)
    {
        try
        {
            return parsed.GetValue(option) is { } text ? Moment.Parse(text, now) : null;
        }
        catch (FormatException error)
        {
            throw new FormatException($"invalid argument for \"{option.Name}\" flag: {error.Message}", error);
        }
    }
}
