using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab stop</c>: ends labs that are up, with everything in them.</summary>
internal sealed class LabStop : Verb
{
    private readonly Option<bool> _all = Flags.Switch("--all", "-a", "End all labs that are up");
    private readonly Option<string?> _name = Flags.One("--lab", null, "NAME", "The lab, as for the other verbs");
    private readonly Argument<string?> _lab = Positional.Optional(
        "NAME", "Name, number or folder of the lab; may be left out when one is up");

    public LabStop()
        : base("stop", "End a lab with everything in it")
    {
        Add(_all);
        Add(_name);
        Add(_lab);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl lab stop\n"
        + "netctl lab stop --all";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        WorldStart.RequireRoot();
        IReadOnlyList<WorldState> chosen = parsed.GetValue(_all)
            ? WorldFiles.ReadAll()
            : [LabChoice.StateOf(parsed.GetValue(_lab) ?? parsed.GetValue(_name))];
        foreach (WorldState state in chosen)
        {
            await WorldStop.RunAsync(state);
            context.Output.WriteLine(state.Name);
        }

        return 0;
    }
}
