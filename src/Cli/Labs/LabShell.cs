using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Net.Cli.CommandLines;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab shell</c>: a shell on a host of a lab.</summary>
internal sealed class LabShell : Verb
{
    private static readonly PosixSignal[] OfTerminal = [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP];

    private readonly LabChoice _choice = new();
    private readonly Argument<string> _host = Positional.One("HOST", "The host");
    private readonly Argument<string[]> _command = Positional.Any("COMMAND", "What to run there instead of a shell, with its arguments");

    public LabShell()
        : base("shell",
            "Open a shell on a host of the lab\n"
            + "The machine's files are there; what is written below /etc, /var, /tmp, /root, /opt and /run is the host's own. "
            + "The exit code is the command's.")
    {
        _choice.AddTo(this);
        Add(_host);
        Add(_command);
    }

    public override bool OptionsEndAtFirstArgument => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "The command ended with 0."),
        ExitStatus.Failure,
        new("125", "The host has ended, or does not see the folder of the lab."),
        .. ExitStatus.NotStarted,
        new(ExitStatus.Other, "That of the command."),
    ];

    public override string Example =>
        "netctl lab shell client\n"
        + "netctl lab shell client curl http://192.0.2.1:8080/";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        World world = _choice.Read(parsed);

        // Keys such as Ctrl-C are for the program in the foreground.
        PosixSignalRegistration[] ignored = [.. OfTerminal.Select(signal => PosixSignalRegistration.Create(signal, c => c.Cancel = true))];
        try
        {
            using Process shell = world.StartInForeground(parsed.GetValue(_host)!, parsed.GetValue(_command) ?? []);
            await shell.WaitForExitAsync(cancellationToken);
            return shell.ExitCode;
        }
        finally
        {
            Array.ForEach(ignored, registration => registration.Dispose());
        }
    }
}
