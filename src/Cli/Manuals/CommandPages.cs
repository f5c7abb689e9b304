using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Manuals;

/// <summary>The manual pages of all commands, made from the command tree.</summary>
internal static class CommandPages
{
    private const int Command = 1;
    private const int Administration = 8;

    // man(1) puts seven columns before it; a terminal has eighty.
    private const int SynopsisWidth = 73;

    /// <summary>The pages, in the order of the tree. A verb that stands under a noun as well has one page, with both names.</summary>
    public static IReadOnlyList<ManualPage> Of(Command root)
    {
        (string Path, Command Command)[] all = [.. All(root, root.Name)];
        ILookup<Verb, string> underNouns = all.Where(one => one.Command is NounVerb)
            .ToLookup(one => VerbOf(all, (NounVerb)one.Command), one => one.Path);
        return
        [
            .. all.Where(one => one.Command is not NounVerb).Select(one =>
                PageOf(one.Path, one.Command, one.Command is Verb verb ? [.. underNouns[verb]] : [])),
        ];
    }

    /// <summary>The name of the page of a command.</summary>
    /// <param name="path">The command's names from the root, such as <c>netctl network create</c>.</param>
    public static string NameOf(string path) => path.Replace(' ', '-');

    // The verb under the noun was made anew, and is known by its type.
    private static Verb VerbOf((string Path, Command Command)[] all, NounVerb verb) =>
        all.Select(one => one.Command).OfType<Verb>().First(one => one.GetType() == verb.Same.GetType());

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        CommandUsage.CommandsOf(command).SelectMany(c => All(c, $"{path} {c.Name}")).Prepend((path, command));

    private static ManualPage PageOf(string path, Command command, IReadOnlyList<string> pathsUnderNouns)
    {
        var sections = new List<ManualSection>
        {
            new("Synopsis", [new ManualBlock.Lines(SynopsisOf(command, path))]),
            new("Description", [.. (command.Description ?? "").Split('\n').Select(line => new ManualBlock.Paragraph(EndedOf(line)))]),
        };
        if (command.Aliases.Concat(pathsUnderNouns).ToArray() is { Length: > 0 } others)
        {
            string names = string.Join(", ", others.Select(other => $"`{other}`"));
            sections.Add(new("Other names", [new ManualBlock.Paragraph($"{names}.")]));
        }

        AddTerms("Commands", CommandUsage.CommandsOf(command).Select(c => (c.Name, CommandUsage.SummaryOf(c))));
        AddTerms("Arguments", command.Arguments.Select(a => (a.Name, a.Description ?? "")));
        AddTerms(
            "Options",
            CommandUsage.OptionsOf(command).Select(o => (o.Shorthand is { } name ? $"{name}, {o.Name}" : o.Name, o.Description)));
        if (command is Verb verb)
        {
            AddTerms("Exit status", verb.ExitStatuses.Select(status => (status.Code, status.Meaning)));
            sections.Add(new("Examples", [new ManualBlock.Lines(verb.Example.Split('\n'))]));
        }

        if (command.Parents.FirstOrDefault() is null)
        {
            sections.AddRange(Surroundings());
        }

        sections.Add(new("See also", [new ManualBlock.Paragraph(SeeAlso(path, command))]));
        return new ManualPage(NameOf(path), NumberOf(command), CommandUsage.SummaryOf(command), sections)
        {
            Aliases = [.. pathsUnderNouns.Select(NameOf)],
        };

        void AddTerms(string title, IEnumerable<(string Term, string Text)> terms)
        {
            if (terms.ToArray() is { Length: > 0 } entries)
            {
                sections.Add(new(title, [new ManualBlock.Terms(entries)]));
            }
        }
    }

    // A line that is too long goes on in the next one, further in.
    private static IReadOnlyList<string> SynopsisOf(Command command, string path) =>
    [
        .. WordWrap.Lines(CommandUsage.LineOf(command, path), SynopsisWidth).Select((line, index) => index == 0 ? line : $"    {line}"),
    ];

    private static string EndedOf(string line) => line.EndsWith('.') || line.Length == 0 ? line : $"{line}.";

    private static int NumberOf(Command command) => command is Daemons.DaemonStart ? Administration : Command;

    private static IEnumerable<ManualSection> Surroundings() =>
    [
        new("Exit status",
        [
            new ManualBlock.Paragraph("The page of a command has those that it ends with. In general:"),
            new ManualBlock.Terms(
            [
                (ExitStatus.Success.Code, ExitStatus.Success.Meaning),
                (ExitStatus.Failure.Code, ExitStatus.Failure.Meaning),
                ("125", "As 1, for a command that gives the status of another one on."),
                .. ExitStatus.NotStarted.Select(status => (status.Code, status.Meaning)),
                (ExitStatus.Interrupted.Code, ExitStatus.Interrupted.Meaning),
                ("141", "What read its output has ended, as for a shell after SIGPIPE."),
            ]),
        ]),
        new("Environment",
        [
            new ManualBlock.Terms(
            [
                ("NETCTL_HOST", "The socket of the daemon, as `--host` takes it."),
                ("NETCTL_LABS", "The folder of the labs of `netctl lab`."),
                ("NO_COLOR", "When it is set to anything, nothing is coloured."),
            ]),
        ]),
        new("Files",
        [
            new ManualBlock.Terms(
            [
                ("/run/netctl/netctl.sock", "The socket of the daemon."),
                ("/etc/netctl/daemon.json", "The settings of the daemon: daemon.json(5)."),
                ("/var/lib/netctl", "What the daemon keeps over a reboot: networks, containers, logs."),
                ("/run/netctl", "What it keeps until a reboot."),
            ]),
        ]),
    ];

    private static string SeeAlso(string path, Command command)
    {
        string[] names = path.Split(' ');
        List<string> pages =
        [
            .. names.Skip(1).Select((_, depth) => $"{NameOf(string.Join(' ', names[..(depth + 1)]))}(1)"),
            .. CommandUsage.CommandsOf(command).Where(c => c is not NounVerb).Select(c => $"{NameOf($"{path} {c.Name}")}({NumberOf(c)})"),
        ];
        if (command is Daemons.DaemonStart)
        {
            pages.Add($"{SettingsPage.Name}({SettingsPage.Number})");
        }

        if (command is Labs.LabPlay or Labs.LabStart)
        {
            pages.Add($"{LabFilePage.Name}({LabFilePage.Number})");
        }

        return $"{string.Join(", ", pages)}.";
    }
}
