using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Terminals;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Worlds;
using Spectre.Console;

namespace Net.Cli.Labs;

/// <summary><c>netctl lab list</c>: the labs, and which of them are up.</summary>
internal sealed class LabList : Verb
{
    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Print the names alone");

    public LabList()
        : base("list", "List the labs, and which of them are up")
    {
        Aliases.Add("ls");
        Add(_quiet);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl lab list";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorldState> up = WorldFiles.ReadAll();
        IReadOnlyList<string> folders = FoldersBeside(up);
        string[][] rows =
        [
            .. folders.Select(folder => RowOf(folder, up)),
            .. up.Where(state => !folders.Contains(state.Folder))
                .Select(state => new[] { state.Name, StateOf(state), state.Folder }),
        ];
        if (parsed.GetValue(_quiet))
        {
            Array.ForEach(rows, row => context.Output.WriteLine(row[0]));
        }
        else if (Screen.OfOutput() is { } screen)
        {
            Draw(rows, screen);
        }
        else
        {
            context.Output.Write(ColumnText.Align(["NAME\tSTATE\tQUESTION", .. rows.Select(row => string.Join('\t', row))]));
        }

        return Task.FromResult(0);
    }

    // What is up is listed anywhere.
    private static IReadOnlyList<string> FoldersBeside(IReadOnlyList<WorldState> up)
    {
        try
        {
            return LabFolders.All(Environment.GetEnvironmentVariable);
        }
        catch (FormatException) when (up.Count > 0)
        {
            return [];
        }
    }

    // A lab whose file is wrong is listed with what is wrong.
    private static string[] RowOf(string folder, IReadOnlyList<WorldState> up)
    {
        string state = up.FirstOrDefault(world => world.Folder == folder) is { } world ? StateOf(world) : "";
        try
        {
            Lab lab = LabReader.Read(folder, Environment.GetEnvironmentVariable);
            return [lab.Name, state, lab.Question];
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return [Path.GetFileName(folder), "wrong", error.Message];
        }
    }

    private static string StateOf(WorldState state) => state.IsReady ? "up" : "coming up";

    private static void Draw(IEnumerable<string[]> rows, IAnsiConsole screen)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("NAME", "STATE", "QUESTION");
        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Screen.Plain)]);
        }

        screen.Write(table);
    }
}
