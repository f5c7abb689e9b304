using System.CommandLine;
using Net.Api;
using Net.Api.Daemons;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;
using Net.Linux.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl doctor</c>: the differences between desired state and the kernel, and the faults of the host that keep traffic from
/// flowing. The exit code is 0 when there are none but notes, or none any more.</summary>
internal sealed class DoctorRun : Verb
{
    private readonly Option<bool> _fix = Flags.Switch("--fix", null, "Make good what differs");

    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{range .Findings}}{{println .Kind .Object}}{{end}}'");

    public DoctorRun()
        : base("doctor",
            "Compare the kernel with what it should have, and look for faults of the host\n"
            + "Prints what differs, and each fault with its remedy; the exit code is 1 when there is any, with --fix when something is "
            + "left. A line that begins with \"note:\" may be meant so and does not count.")
    {
        Add(_fix);
        Add(_format);
    }

    public override int FailureExitCode => 2;

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "Everything is as it should be, but for notes."),
        new("1", "Something differs, or the host has a fault, or with `--fix` something is left."),
        ExitStatus.FailureAsTwo,
    ];

    public override string Example =>
        "netctl doctor\n"
        + "netctl doctor --fix\n"
        + "netctl doctor -f '{{range .Findings}}{{println .Kind .Object}}{{end}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? format = parsed.GetValue(_format);
        var formatted = InspectFormat.Parse(format);
        return parsed.GetValue(_fix)
            ? Tell(context, await context.Api.MendAsync(cancellationToken), string.IsNullOrEmpty(format) ? null : formatted)
            : Tell(context, await context.Api.DiffAsync(cancellationToken), string.IsNullOrEmpty(format) ? null : formatted);
    }

    private static int Tell(VerbContext context, DiffResponse found, InspectFormat? format)
    {
        IReadOnlyList<FindingEntry> findings = found.Findings ?? [];
        bool clean = found.Differences.Count == 0 && findings.All(IsNote);
        if (format is not null)
        {
            context.Output.Write(format.Render([TemplateDocument.Of(found, ApiJson.Wire.DiffResponse)]));
            return ExitCodeOf(clean);
        }

        Print(context, "", found.Differences);
        Print(context, findings);
        return Conclude(context, clean, findings.Count);
    }

    private static int Tell(VerbContext context, MendResponse mending, InspectFormat? format)
    {
        IReadOnlyList<FindingEntry> left = mending.Findings ?? [];
        bool clean = mending is { Left.Count: 0, Problems: null or { Count: 0 } } && left.All(IsNote);
        if (format is not null)
        {
            context.Output.Write(format.Render([TemplateDocument.Of(mending, ApiJson.Wire.MendResponse)]));
            return ExitCodeOf(clean);
        }

        Print(context, "mended ", mending.Mended);
        Print(context, "not mended ", mending.Left);
        foreach (FindingEntry finding in mending.MendedFindings ?? [])
        {
            context.Output.WriteLine($"mended {TerminalText.Escape($"{finding.Kind}: {finding.Object}: {finding.Cause}")}");
        }

        Print(context, left);
        foreach (string problem in mending.Problems ?? [])
        {
            context.Output.WriteLine($"not mended: {TerminalText.Escape(problem)}");
        }

        return Conclude(context, clean, left.Count);
    }

    private static void Print(VerbContext context, string outcome, IEnumerable<DiffEntry> entries)
    {
        foreach (DiffEntry entry in entries)
        {
            string owner = string.IsNullOrEmpty(entry.OwnerName) ? "" : $" ({entry.OwnerName})";
            context.Output.WriteLine($"{outcome}{entry.Kind}: {TerminalText.Escape(entry.Description)}{owner}");
        }
    }

    private static void Print(VerbContext context, IEnumerable<FindingEntry> findings)
    {
        foreach (FindingEntry finding in findings)
        {
            string note = IsNote(finding) ? "note: " : "";
            context.Output.WriteLine($"{note}{TerminalText.Escape($"{finding.Kind}: {finding.Object}: {finding.Cause}")}");
            context.Output.WriteLine($"    see:  {TerminalText.Escape(finding.Look)}");
            context.Output.WriteLine($"    mend: {TerminalText.Escape(finding.Remedy)}");
        }
    }

    private static bool IsNote(FindingEntry finding) => finding.Grade == "note";

    private static int Conclude(VerbContext context, bool clean, int notes)
    {
        if (clean)
        {
            string but = notes switch { 0 => "", 1 => "; see the note above", _ => $"; see the {notes} notes above" };
            context.Output.WriteLine($"everything is as it should be{but}");
        }

        return ExitCodeOf(clean);
    }

    private static int ExitCodeOf(bool clean) => clean ? 0 : 1;
}
