using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Linux;
using Net.Linux.Terminals;

namespace Net.Cli.Daemons;

/// <summary><c>netctl system backup</c>: saves the definitions of all networks and containers.</summary>
internal sealed class SystemBackup : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to write; - for standard output" };

    public SystemBackup()
        : base("backup", "Save the definitions of all networks and containers in a file, while they run") => Add(_file);

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl system backup netctl.backup";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_file)!;
        byte[] backup = await context.Api.BackupAsync(cancellationToken);
        if (path == "-")
        {
            await using Stream output = Console.OpenStandardOutput();
            await output.WriteAsync(backup, cancellationToken);
            return 0;
        }

        try
        {
            Write(path, backup);
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException(
                $"the backup cannot be written to {TerminalText.Quote(path)}: {error.Message}; name another file", error);
        }
    }

    private static void Write(string path, byte[] backup)
    {
        if (RegularFile.IsOther(path))
        {
            using FileStream device = File.OpenWrite(path);
            device.Write(backup);
            return;
        }

        string whole = Path.GetFullPath(path); // a relative link of a relative path would be looked for below /
        bool isLink = new FileInfo(whole).LinkTarget is not null;
        Replace(isLink ? File.ResolveLinkTarget(whole, returnFinalTarget: true)!.FullName : whole, backup);
    }

    // The environment of containers is in it, which may be secret; and one that is there already stays whole until the new one is.
    private static void Replace(string path, byte[] backup)
    {
        string beside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var file = new FileStream(beside, options);
        try
        {
            file.Write(backup);
            file.Flush(flushToDisk: true);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
