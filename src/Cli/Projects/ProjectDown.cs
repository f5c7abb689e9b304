using System.CommandLine;
using System.Globalization;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose down</c>: removes what <c>up</c> has made.</summary>
internal sealed class ProjectDown : Verb
{
    private readonly ProjectFlags _flags;
    private readonly Option<bool> _orphans = Flags.Switch(
        "--remove-orphans", null, "Also remove containers of services that the file does not have");
    private readonly Option<string?> _time = Flags.One(
        "--timeout", "-t", "SECONDS", "How long a command may take to end before it is killed");
    private readonly Option<bool> _volumes = Flags.Switch("--volumes", "-v", "As Docker Compose takes it: there are no volumes to remove");

    public ProjectDown(ProjectFlags flags)
        : base("down",
            "Remove the containers and networks of a project\n"
            + "With -p alone it needs no file.")
    {
        _flags = flags;
        Add(_orphans);
        Add(_time);
        Add(_volumes);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        ExitStatus.Success,
        ExitStatus.OneFor("Something is left"),
        ExitStatus.Interrupted,
    ];

    public override string Example =>
        "netctl compose down\n"
        + "netctl compose -p shop down -t 1";

    public override bool Removes(ParseResult parsed) => true;

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? alone = _flags.NameAlone(parsed);
        ComposeProject? project = alone is null
            ? _flags.Read(parsed, context, source => source with { Profiles = ["*"], IsChecked = false }) // whatever it was brought up with
            : null;
        using var interruption = new Interruption(cancellationToken);
        bool isGone = await ProjectBoard.RunAsync(context.Error, 0, report => new ComposeDown(context.Api, report).RunAsync(
            alone ?? project!.Name, project, parsed.GetValue(_orphans), SecondsOf(parsed), interruption.Token));
        return isGone ? 0 : 1;
    }

    private int? SecondsOf(ParseResult parsed) => parsed.GetValue(_time) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds) ? seconds
        : throw new FormatException($"invalid argument \"{text}\" for \"-t, --timeout\" flag: it takes a whole number of seconds");
}
