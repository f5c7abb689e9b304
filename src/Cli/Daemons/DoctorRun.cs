using System.CommandLine;
using Net.Api.Daemons;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl doctor</c>: the differences between desired state and the kernel. The exit code is 0 when there are none, or none any
/// more.</summary>
internal sealed class DoctorRun : Verb
{
    private readonly Option<bool> _fix = Flags.Switch("--fix", null, "Make good what differs");

    public DoctorRun()
        : base("doctor",
            "Compare what the kernel has with what it should have\n"
            + "Prints what differs; the exit code is 1 when something does, with --fix when something is left.") => Add(_fix);

    public override string Example =>
        "netctl doctor\n"
        + "netctl doctor --fix";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(_fix))
        {
            IReadOnlyList<DiffEntry> differences = (await context.Api.DiffAsync(cancellationToken)).Differences;
            Print(context, "", differences);
            return Conclude(context, differences.Count == 0);
        }

        MendResponse mending = await context.Api.MendAsync(cancellationToken);
        Print(context, "mended ", mending.Mended);
        Print(context, "not mended ", mending.Left);
        foreach (string problem in mending.Problems ?? [])
        {
            context.Output.WriteLine($"not mended: {TerminalText.Escape(problem)}");
        }

        return Conclude(context, mending is { Left.Count: 0, Problems: null or { Count: 0 } });
    }

    private static void Print(VerbContext context, string outcome, IEnumerable<DiffEntry> entries)
    {
        foreach (DiffEntry entry in entries)
        {
            string owner = string.IsNullOrEmpty(entry.OwnerName) ? "" : $" ({entry.OwnerName})";
            context.Output.WriteLine($"{outcome}{entry.Kind}: {TerminalText.Escape(entry.Description)}{owner}");
        }
    }

    private static int Conclude(VerbContext context, bool clean)
    {
        if (clean)
        {
            context.Output.WriteLine("everything is as it should be");
        }

        return clean ? 0 : 1;
    }
}
