using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Net.Api.Clients;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Pictures;
using Net.Labs.Pictures.Parts;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab run</c>: brings labs up, goes through their steps, checks what is expected, and leaves nothing.</summary>
internal sealed class LabPlay : Verb
{
    private const string All = "all";
    private const int DrawingColumns = 100;

    private readonly Option<bool> _keep = Flags.Switch("--keep", null, "Leave the lab up when a step fails, to look at it");
    private readonly Option<bool> _write = Flags.Switch(
        "--write", null, $"Write {LabReadme.FileName} and {LabReadme.DrawingName} of the lab anew, from its file and from what came up");

    private readonly Argument<string[]> _labs = Positional.Some("DIR", "Folder, name or number of a lab; \"all\" for each of them");

    public LabPlay()
        : base("run",
            "Go through labs: make their hosts, run the steps, check, leave nothing\n"
            + "Each host is a network namespace with files, processes and a daemon of its own; the machine's network is not touched.\n"
            + "The exit code is 1 when something was not as expected.")
    {
        Add(_keep);
        Add(_write);
        Add(_labs);
    }

    public override string Example =>
        "netctl lab run 04\n"
        + "netctl lab run all\n"
        + "netctl lab run --keep netlab/labs/04-published-ports";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string[] named = parsed.GetValue(_labs)!;
        string[] folders = [.. named.SelectMany(name => name == All
            ? LabFolders.All(Environment.GetEnvironmentVariable)
            : [LabFolders.Find(name, Environment.GetEnvironmentVariable)])];

        // All are read before the first one begins.
        Lab[] labs = [.. folders.Select(folder => LabReader.Read(folder, Environment.GetEnvironmentVariable))];
        using var interruption = new Interruption(cancellationToken);
        bool keeps = parsed.GetValue(_keep);
        bool writes = parsed.GetValue(_write);
        if (labs.Length == 1)
        {
            var printer = new LabPrinter(context.Output, context.Error);
            printer.Open(labs[0]);
            Played played = await PlayAsync(labs[0], printer, keeps, writes, interruption.Token);
            Report(played, printer, context.Output);
            return played.ExitCode;
        }

        return Screen.OfOutput() is { } screen
            ? await PlayWithBarsAsync(labs, screen, context, keeps, writes, interruption.Token)
            : await PlayInLinesAsync(labs, context, keeps, writes, interruption.Token);
    }

    private static async Task<int> PlayInLinesAsync(
        IEnumerable<Lab> labs, VerbContext context, bool keeps, bool writes, CancellationToken cancellationToken)
    {
        int exitCode = 0;
        var printer = new LabPrinter(context.Output, context.Error);
        foreach (Lab lab in labs)
        {
            Played played = await PlayQuietlyAsync(lab, report => report, keeps, writes, cancellationToken);
            context.Output.WriteLine(LineOf(played));
            PrintFault(played, printer, context.Error);
            exitCode |= played.ExitCode;
        }

        return exitCode;
    }

    private static async Task<int> PlayWithBarsAsync(
        Lab[] labs, IAnsiConsole screen, VerbContext context, bool keeps, bool writes, CancellationToken cancellationToken)
    {
        var all = new List<Played>();
        try
        {
            await PlayWithBarsAsync(labs, screen, all, keeps, writes, cancellationToken);
        }
        finally
        {
            var printer = new LabPrinter(context.Output, context.Error);
            all.ForEach(played => PrintFault(played, printer, context.Error));
        }

        return all.Max(played => played.ExitCode);
    }

    private static Task PlayWithBarsAsync(
        Lab[] labs, IAnsiConsole screen, List<Played> all, bool keeps, bool writes, CancellationToken cancellationToken)
    {
        Progress progress = screen.Progress().AutoClear(true).HideCompleted(true).Columns(
            new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        return progress.StartAsync(async bars =>
        {
            ProgressTask whole = bars.AddTask("all labs", maxValue: labs.Length);
            foreach (Lab lab in labs)
            {
                ProgressTask bar = bars.AddTask(Screen.Plain(lab.Name), maxValue: LabProgress.LengthOf(lab));
                Played played = await PlayQuietlyAsync(
                    lab, report => new LabProgress(bar, lab, report), keeps, writes, cancellationToken);
                bar.StopTask();
                whole.Increment(1);
                all.Add(played);
                string colour = played.ExitCode == 0 ? "green" : "red";
                screen.MarkupLine($"[{colour}]{Screen.Plain(LineOf(played))}[/]");
            }
        });
    }

    // One lab of many: only what was wrong is of interest.
    private static async Task<Played> PlayQuietlyAsync(
        Lab lab, Func<ILabReport, ILabReport> wrap, bool keeps, bool writes, CancellationToken cancellationToken)
    {
        try
        {
            ILabReport silent = new LabPrinter(TextWriter.Null, TextWriter.Null);
            return await PlayAsync(lab, wrap(silent), keeps, writes, cancellationToken);
        }
        catch (Exception error) when (error is FormatException or ApiException or DaemonUnreachableException
            or IOException or UnauthorizedAccessException)
        {
            return new Played(lab) { Error = error };
        }
    }

    private static async Task<Played> PlayAsync(
        Lab lab, ILabReport report, bool keeps, bool writes, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        World world = await WorldStart.RunAsync(lab, report, cancellationToken);
        TimeSpan ready = Stopwatch.GetElapsedTime(began);
        LabFault? fault = null;
        bool isKept = false;
        try
        {
            Picture? picture = null;
            fault = await new LabRun(world, report)
            {
                AfterStep = async step => picture = writes && step == (lab.Steps.LastOrDefault(other => other.IsDrawn) ?? lab.Steps[^1])
                    ? await WorldPicture.ReadAsync(world, cancellationToken)
                    : picture,
            }.RunAsync(cancellationToken);
            if (fault is null && picture is not null)
            {
                Write(lab, picture);
            }

            isKept = keeps && fault is not null;
        }
        finally
        {
            if (!isKept)
            {
                await WorldStop.RunAsync(world.State);
            }
        }

        return new Played(lab) { Fault = fault, IsKept = isKept, Ready = ready, Whole = Stopwatch.GetElapsedTime(began) };
    }

    private static void Write(Lab lab, Picture picture)
    {
        File.WriteAllText(Path.Combine(lab.Folder, LabReadme.DrawingName), PictureFormats.Draw(picture, "svg", DrawingColumns));
        File.WriteAllText(
            Path.Combine(lab.Folder, LabReadme.FileName),
            LabReadme.Of(lab, PictureFormats.Draw(picture, PictureFormats.Text, DrawingColumns)));
    }

    private static void Report(Played played, LabPrinter printer, TextWriter output)
    {
        if (played.Fault is { } fault)
        {
            printer.Print(fault, played.Lab, played.IsKept);
            return;
        }

        output.WriteLine("");
        output.WriteLine(LineOf(played));
    }

    private static void PrintFault(Played played, LabPrinter printer, TextWriter error)
    {
        if (played.Fault is { } fault)
        {
            printer.Print(fault, played.Lab, played.IsKept);
        }
        else if (played.Error is { } failure)
        {
            error.WriteLine(ErrorText.OfClient(failure));
        }
    }

    private static string LineOf(Played played) => played.ExitCode == 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"ok      {played.Lab.Name}: {played.Lab.Steps.Count} steps, ready in {played.Ready.TotalSeconds:0.0} s, "
                + $"{played.Whole.TotalSeconds:0.0} s in all; nothing is left")
        : $"FAILED  {played.Lab.Name}";

    /// <summary>How a lab went.</summary>
    private sealed record Played(Lab Lab)
    {
        public LabFault? Fault { get; init; }

        public bool IsKept { get; init; }

        public Exception? Error { get; init; }

        public TimeSpan Ready { get; init; }

        public TimeSpan Whole { get; init; }

        public int ExitCode => Fault is null && Error is null ? 0 : 1;
    }
}
