using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system reset</c>: removes everything that the daemon has made.</summary>
internal sealed class SystemReset : Verb
{
    public SystemReset()
        : base("reset", "Remove every container and network, and put sysctls back")
    {
    }

    public override string Example => "netctl system reset";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        await context.Api.ResetAsync(cancellationToken);
        return 0;
    }
}
