using System.CommandLine;
using System.Globalization;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary><c>netctl create</c>: creates a container, with a command that waits for <c>start</c> or without one, and prints its
/// id.</summary>
internal sealed class ContainerCreate : Verb
{
    private readonly ContainerFlags _flags = new();
    private readonly ProcessFlags _process = new();
    private readonly RestartFlag _restart = new();
    private readonly HealthFlags _health = new();
    private readonly Option<bool> _remove = Flags.Switch("--rm", null, "Remove the container when its command ends");
    private readonly Option<string?> _namespace = Flags.One(
        "--netns", null, "PATH", "Network namespace to use that exists already, as /run/netns/NAME; what is in it stays");
    private readonly Option<string?> _namespaceProcess = Flags.One(
        "--pid", null, "PID", "Process whose network namespace to use; what is in it stays");
    private readonly Argument<string[]> _command = Positional.Any(
        "COMMAND [ARG...]", "The command that start runs, and its arguments; options of netctl stand before it");

    public ContainerCreate()
        : base("create",
            "Make a container without starting its command\n"
            + "Without a command it is a sandbox that waits, up at once, to be entered with exec.")
    {
        _process.AddTo(this, canDetach: false);
        Add(_remove);
        _restart.AddTo(this);
        _health.AddTo(this);
        _flags.AddTo(this);
        Add(_namespace);
        Add(_namespaceProcess);
        Add(_command);
    }

    public override bool TakesDryRun => true;

    public override bool OptionsEndAtFirstArgument => true;

    public override int FailureExitCode => 125;

    public override int RefusalExitCode => 1; // as docker create

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        ExitStatus.Success,
        new("1", "The daemon refuses."),
        new("125", "The command line is wrong, the daemon cannot be reached, or it failed."),
    ];

    public override string Example =>
        "netctl create --name lab --network front\n"
        + "netctl create --name web --network front busybox httpd -f -p 80";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string[] command = parsed.GetValue(_command) ?? [];
        if (command.Length == 0 && (_process.IsAskedFor(parsed) || parsed.GetValue(_remove)))
        {
            throw new FormatException(
                "--interactive, --tty, --env, --env-file, --workdir, --user and --rm are about a command: give the command too");
        }

        ContainerCreateRequest request = _flags.RequestOf(parsed) with
        {
            Cmd = command,
            Env = _process.EnvironmentOf(parsed),
            WorkingDir = _process.DirectoryOf(parsed),
            User = _process.UserOf(parsed),
            Tty = _process.HasTerminal(parsed),
            ConsoleSize = _process.ConsoleSizeOf(parsed),
            OpenStdin = _process.HasInput(parsed),
            AutoRemove = parsed.GetValue(_remove),
            NamespacePath = parsed.GetValue(_namespace) is { } path ? PathOf(path) : null,
            NamespaceProcess = parsed.GetValue(_namespaceProcess) is { } process ? ProcessOf(process) : null,
            RestartPolicy = _restart.PolicyOf(parsed, parsed.GetValue(_remove)),
            Healthcheck = _health.ConfigOf(parsed),
        };
        if (await context.RunAsync(context.Api.CreateContainer(request), cancellationToken) is { } created)
        {
            PrintWarnings(created, context);
            context.Output.WriteLine(created.Id);
        }

        return 0;
    }

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

    private static string PathOf(string path) => path.Length > 0
        ? Path.GetFullPath(path)
        : throw new FormatException("invalid network namespace \"\": give its path, such as /run/netns/NAME");
}
