using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Machines;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab run</c>: brings labs up, goes through their steps, checks what is expected, and leaves nothing.</summary>
internal sealed class LabPlay : Verb
{
    private const string All = "all";

    private readonly Option<bool> _keep = Flags.Switch("--keep", null, "Leave the lab up when a step fails, to look at it");
    private readonly Option<bool> _write = Flags.Switch(
        "--write", null, $"Write {LabReadme.FileName} and {LabReadme.DrawingName} of the lab anew, from its file and from what came up");

    private readonly Option<bool> _inMachine = Flags.Switch(
        "--vm", null, "Run the labs in a virtual machine of the Vagrantfile, which has to be up");

    private readonly Option<string?> _machine = Flags.One(
        "--machine", null, "NAME", $"The virtual machine, where it is not {VirtualMachine.DefaultName}; with --vm");

    private readonly Argument<string[]> _labs = Positional.Some("DIR", "Folder, name or number of a lab; \"all\" for each of them");

    public LabPlay()
        : base("run",
            "Go through labs: make their hosts, run the steps, check, leave nothing\n"
            + "Each host is a network namespace with files, processes and a daemon of its own; the machine's network is not touched.\n"
            + "The exit code is 1 when something was not as expected.")
    {
        Add(_keep);
        Add(_write);
        Add(_inMachine);
        Add(_machine);
        Add(_labs);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "All was as expected."),
        ExitStatus.OneFor("Something was not as expected"),
        ExitStatus.Interrupted,
        new(ExitStatus.Other, "With `--vm`: that of what ended the run in the machine."),
    ];

    public override string Example =>
        "netctl lab run 04\n"
        + "netctl lab run all\n"
        + "netctl lab run --keep netlab/labs/04-published-ports\n"
        + "netctl lab run --vm 04 10";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        // All are read before the first one begins.
        Lab[] labs =
        [
            .. parsed.GetValue(_labs)!.SelectMany(FoldersOf).Select(folder => LabReader.Read(folder, Environment.GetEnvironmentVariable)),
        ];
        if (parsed.GetValue(_inMachine) || parsed.GetValue(_machine) is not null)
        {
            return await PlayInMachineAsync(parsed, labs, cancellationToken);
        }

        var player = new LabPlayer(parsed.GetValue(_keep), parsed.GetValue(_write));
        var printer = new LabPrinter(context.Output, context.Error);
        using var interruption = new Interruption(cancellationToken);
        if (labs is [{ } only])
        {
            printer.Open(only);
            PlayedLab played = await player.PlayAsync(only, printer, interruption.Token);
            played.PrintFault(printer, context.Error);
            context.Output.WriteLine($"\n{played.Line}");
            return played.ExitCode;
        }

        return Screen.OfOutput() is { } screen
            ? await PlayWithBarsAsync(labs, player, printer, screen, context.Error, interruption.Token)
            : await PlayInLinesAsync(labs, player, printer, context, interruption.Token);
    }

    private async Task<int> PlayInMachineAsync(ParseResult parsed, Lab[] labs, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_write))
        {
            throw new FormatException("--write is for labs that run here, and --vm for labs that run elsewhere: leave one of them out");
        }

        using var interruption = new Interruption(cancellationToken);
        VirtualMachine machine = await VirtualMachine.FindAsync(
            parsed.GetValue(_machine) ?? VirtualMachine.DefaultName, interruption.Token);
        return await machine.PlayAsync([.. labs.Select(lab => lab.Folder)], parsed.GetValue(_keep), interruption.Token);
    }

    private static IReadOnlyList<string> FoldersOf(string named) => named == All
        ? LabFolders.All(Environment.GetEnvironmentVariable)
        : [LabFolders.Find(named, Environment.GetEnvironmentVariable)];

    private static async Task<int> PlayInLinesAsync(
        Lab[] labs, LabPlayer player, LabPrinter printer, VerbContext context, CancellationToken cancellationToken)
    {
        int exitCode = 0;
        foreach (Lab lab in labs)
        {
            PlayedLab played = await player.PlayAsOneOfManyAsync(lab, SilentReport.Instance, cancellationToken);
            context.Output.WriteLine(played.Line);
            played.PrintFault(printer, context.Error);
            exitCode |= played.ExitCode;
        }

        return exitCode;
    }

    private static async Task<int> PlayWithBarsAsync(
        Lab[] labs, LabPlayer player, LabPrinter printer, IAnsiConsole screen, TextWriter error, CancellationToken cancellationToken)
    {
        var all = new List<PlayedLab>();
        Progress progress = screen.Progress().AutoClear(true).HideCompleted(true).Columns(
            new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        try
        {
            await progress.StartAsync(async bars =>
            {
                ProgressTask whole = bars.AddTask("all labs", maxValue: labs.Length);
                foreach (Lab lab in labs)
                {
                    ProgressTask bar = bars.AddTask(Screen.Plain(lab.Name), maxValue: LabProgress.LengthOf(lab));
                    PlayedLab played = await player.PlayAsOneOfManyAsync(lab, new LabProgress(bar, lab), cancellationToken);
                    bar.StopTask();
                    whole.Increment(1);
                    all.Add(played);
                    screen.MarkupLine($"[{(played.ExitCode == 0 ? "green" : "red")}]{Screen.Plain(played.Line)}[/]");
                }
            });
        }
        finally
        {
            all.ForEach(played => played.PrintFault(printer, error));
        }

        return all.Max(played => played.ExitCode);
    }
}
