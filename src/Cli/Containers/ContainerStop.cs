using System.CommandLine;
using System.Globalization;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl stop</c>: stops commands and all that they left running, and prints each name that was given.</summary>
internal sealed class ContainerStop : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers");
    private readonly Option<string?> _time = Flags.One(
        "--time", "-t", "SECONDS", "How long to wait between SIGTERM and SIGKILL; 10 when not given, -1 for ever");

    public ContainerStop()
        : base("stop", "End the command of containers, and all that it left running")
    {
        _time.Aliases.Add("--timeout");
        Add(_time);
        Add(_containers);
    }

    public override string Example => "netctl stop -t 30 web app";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        int? seconds = parsed.GetValue(_time) is not { } text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : throw new FormatException($"invalid argument \"{text}\" for \"-t, --time\" flag: it takes a whole number of seconds");
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            await context.Api.StopContainerAsync(name, seconds, cancellationToken);
            context.Output.WriteLine(name);
        });
    }
}
