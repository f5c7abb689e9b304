using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab start</c>: brings a lab up and leaves its tasks to the learner.</summary>
internal sealed class LabStart : Verb
{
    private readonly Argument<string> _lab = Positional.One("DIR", "Folder, name or number of a lab");

    public LabStart()
        : base("start",
            "Bring a lab up and leave its tasks to you\n"
            + "Go in with \"netctl lab shell HOST\". It stays up until \"netctl lab stop\"; the machine's network is not touched.") =>
        Add(_lab);

    public override IReadOnlyList<ExitStatus> ExitStatuses => [ExitStatus.Success, ExitStatus.Failure, ExitStatus.Interrupted];

    public override string Example => "netctl lab start 04";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        Lab lab = LabReader.Read(
            LabFolders.Find(parsed.GetValue(_lab)!, Environment.GetEnvironmentVariable), Environment.GetEnvironmentVariable);
        var printer = new LabPrinter(context.Output, context.Error);
        printer.Open(lab);
        long began = Stopwatch.GetTimestamp();
        using (var interruption = new Interruption(cancellationToken))
        {
            await WorldStart.RunAsync(lab, printer, interruption.Token);
        }

        TimeSpan ready = Stopwatch.GetElapsedTime(began);
        if (lab.About.Length > 0)
        {
            context.Output.WriteLine("");
            context.Output.WriteLine(lab.About);
        }

        int number = 0;
        foreach (LabStep step in lab.Steps)
        {
            Print(step, ++number, context.Output);
        }

        context.Output.WriteLine("");
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Ready in {ready.TotalSeconds:0.0} s. Hosts: {string.Join(", ", lab.Hosts.Select(host => host.Name))}. "
                + $"Go in with \"netctl lab shell {lab.Hosts[0].Name}\"; \"netctl lab check\" says what is solved, "
                + $"\"hint\" helps, \"solve\" shows a way, \"stop\" ends the lab."));
        return 0;
    }

    private static void Print(LabStep step, int number, TextWriter output)
    {
        output.WriteLine("");
        output.WriteLine($"{number}. {(step.IsTask ? "" : "Look: ")}{step.Title}");
        if (step.Text.Length > 0)
        {
            output.WriteLine("   " + step.Text.ReplaceLineEndings("\n   "));
        }

        foreach (LabCommand command in step.IsTask ? [] : step.Commands)
        {
            output.WriteLine("   " + LabReadme.Typed(command).ReplaceLineEndings("\n   "));
        }
    }
}
