using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Dns;

/// <summary><c>netctl dns flush</c>: empties the resolver's cache.</summary>
internal sealed class DnsFlush : Verb
{
    public DnsFlush()
        : base("flush", "Forget all answers of servers, and which servers failed")
    {
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl dns flush";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        await context.Api.FlushDnsAsync(cancellationToken);
        return 0;
    }
}
