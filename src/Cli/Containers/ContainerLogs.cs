using System.CommandLine;
using Net.Api.Streams;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl logs</c>: prints the output of a command, standard output and standard error apart.</summary>
internal sealed class ContainerLogs : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Option<bool> _follow = Flags.Switch("--follow", "-f", "Go on until the command ends");

    public ContainerLogs()
        : base("logs", "Print what the command of a container wrote")
    {
        Add(_follow);
        Add(_container);
    }

    public override string Example => "netctl logs -f web";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        using var output = StandardStream.OpenOutput();
        using var error = StandardStream.OpenError();
        await foreach (Frame frame in context.Api.ReadLogsAsync(parsed.GetValue(_container)!, parsed.GetValue(_follow), cancellationToken))
        {
            StandardStream target = frame.Kind == FrameKind.StandardError ? error : output;
            target.Write(frame.Bytes.Span);
        }

        return 0;
    }
}
