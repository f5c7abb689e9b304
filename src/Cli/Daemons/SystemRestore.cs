using System.CommandLine;
using Net.Api.Daemons;
using Net.Cli.CommandLines;
using Net.Cli.Terminals;
using Net.Linux.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system restore</c>: makes all networks and containers as a backup has them.</summary>
internal sealed class SystemRestore : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "A file of \"netctl system backup\"; - for standard input" };
    private readonly Option<bool> _force = Flags.Switch("--force", "-f", "Do not ask; needed where standard input is no terminal");

    public SystemRestore()
        : base("restore", "Make all networks and containers as a backup has them")
    {
        Add(_file);
        Add(_force);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses =>
    [
        new("0", "It succeeded, or the answer to its question was no."),
        ExitStatus.OneFor("There is nobody to ask, and `-f` is missing"),
    ];

    public override string Example => "netctl system restore -f netctl.backup";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_file)!;
        byte[] backup = await ReadAsync(path, cancellationToken);
        if (!parsed.GetValue(_force))
        {
            if (path == "-" || !Confirmation.HasTerminal)
            {
                context.Error.WriteLine(
                    "netctl: nothing was restored: a restore ends and removes every container that the backup does not have, and "
                        + "standard input is no terminal to ask on: give -f");
                return 1;
            }

            if (Confirmation.Ask(
                context.Error, "This will end and remove every container and network that the backup does not have.") != true)
            {
                return 0;
            }
        }

        RestoreResponse restored = await context.Api.RestoreAsync(backup, cancellationToken);
        foreach (string warning in restored.Warnings)
        {
            context.Error.WriteLine($"WARNING: {warning}");
        }

        string containers = restored.Containers == 1 ? "container" : "containers";
        context.Output.WriteLine(
            FormattableString.Invariant($"{restored.Networks} networks and {restored.Containers} {containers} are restored"));
        return 0;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path != "-")
            {
                return await File.ReadAllBytesAsync(path, cancellationToken);
            }

            using var content = new MemoryStream();
            await using Stream input = Console.OpenStandardInput();
            await input.CopyToAsync(content, cancellationToken);
            return content.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException(
                $"the backup {TerminalText.Quote(path)} cannot be read: {error.Message}; name a file of \"netctl system backup\"", error);
        }
    }
}
