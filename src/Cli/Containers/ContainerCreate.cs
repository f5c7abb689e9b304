using System.CommandLine;
using System.Globalization;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl create</c>: creates a container without a command and prints its id.</summary>
internal sealed class ContainerCreate : Verb
{
    private readonly ContainerFlags _flags = new();
    private readonly Option<string?> _namespace = Flags.One(
        "--netns", null, "PATH", "Network namespace to use that exists already, as /run/netns/NAME; what is in it stays");
    private readonly Option<string?> _process = Flags.One(
        "--pid", null, "PID", "Process whose network namespace to use; what is in it stays");

    public ContainerCreate()
        : base("create", "Make a container without a command\nIt is a sandbox that waits, to be entered with exec.")
    {
        _flags.AddTo(this);
        Add(_namespace);
        Add(_process);
    }

    public override bool TakesDryRun => true;

    public override int FailureExitCode => 125;

    public override string Example => "netctl create --name lab --network front";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (await context.RunAsync(context.Api.CreateContainer(RequestOf(parsed)), cancellationToken) is { } created)
        {
            PrintWarnings(created, context);
            context.Output.WriteLine(created.Id);
        }

        return 0;
    }

    private ContainerCreateRequest RequestOf(ParseResult parsed) => _flags.RequestOf(parsed) with
    {
        NamespacePath = parsed.GetValue(_namespace) is { } path ? Path.GetFullPath(path) : null,
        NamespaceProcess = parsed.GetValue(_process) is { } process ? ProcessOf(process) : null,
    };

    private static int ProcessOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
        ? id
        : throw new FormatException(
            $"invalid argument {TerminalText.Word(text)} for \"--pid\" flag: it takes the id of a process, such as 4711");

    /// <summary>Prints what the daemon warns of to standard error.</summary>
    public static void PrintWarnings(ContainerCreateResponse created, VerbContext context)
    {
        foreach (string warning in created.Warnings ?? [])
        {
            context.Error.WriteLine(ErrorText.Warning(warning));
        }
    }
}
