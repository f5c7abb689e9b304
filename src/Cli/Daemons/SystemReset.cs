using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system reset</c>: removes everything that the daemon has made.</summary>
internal sealed class SystemReset : Verb
{
    private readonly Option<bool> _force = Flags.Switch("--force", "-f", "Do not ask; needed where standard input is no terminal");

    public SystemReset()
        : base("reset", "Remove every container and network, and put sysctls back") => Add(_force);

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded, or the answer to its question was no."),
        ExitStatus.OneFor("There is nobody to ask, and `-f` is missing"),
    ];

    public override string Example => "netctl system reset";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(_force))
        {
            if (!Confirmation.HasTerminal)
            {
                context.Error.WriteLine(
                    "netctl: nothing was removed: a reset ends every container and removes every network, and standard input is no "
                        + "terminal to ask on: give -f");
                return 1;
            }

            if (Confirmation.Ask(
                context.Error,
                "This will end and remove every container, remove every network, and put the host's settings back.") != true)
            {
                return 0;
            }
        }

        await context.Api.ResetAsync(cancellationToken);
        return 0;
    }
}
