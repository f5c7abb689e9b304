using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Labs.Compose;
using Net.Labs.Compose.Models;

namespace Net.Cli.Projects;

/// <summary>The options of <c>netctl compose</c>, which stand before the verb: which files, and how they are read.</summary>
internal sealed class ProjectFlags
{
    private readonly Option<string[]> _files = Flags.Many(
        "--file", "-f", "FILE", "Compose file, each laid over those before it; compose.yaml here or above when not given");
    private readonly Option<string?> _name = Flags.One(
        "--project-name", "-p", "NAME", "Name of the project; that of the file or of its folder when not given");
    private readonly Option<string[]> _profiles = Flags.Many(
        "--profile", null, "PROFILE", "Profile whose services belong to it, * for all");
    private readonly Option<string[]> _environmentFiles = Flags.Many(
        "--env-file", null, "FILE", "File of variables; .env of the project's folder when not given");
    private readonly Option<string?> _directory = Flags.One(
        "--project-directory", null, "DIR", "Where relative paths begin; the folder of the first file when not given");

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_name);
        command.Add(_profiles);
        command.Add(_environmentFiles);
        command.Add(_directory);
    }

    /// <summary>The project's name alone, where that is given and no file is; null otherwise. It is enough for what is there
    /// already.</summary>
    public string? NameAlone(ParseResult parsed) => parsed.GetValue(_files) is null or [] ? parsed.GetValue(_name) : null;

    /// <summary>Reads the project, and prints what the user should know of it to standard error.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">Where to print.</param>
    /// <param name="change">Adds what the verb's own options say; null for nothing.</param>
    public ComposeProject Read(ParseResult parsed, VerbContext context, Func<ComposeSource, ComposeSource>? change = null)
    {
        var source = new ComposeSource
        {
            Files = parsed.GetValue(_files) ?? [],
            ProjectName = parsed.GetValue(_name),
            Profiles = parsed.GetValue(_profiles) ?? [],
            EnvironmentFiles = parsed.GetValue(_environmentFiles) ?? [],
            ProjectDirectory = parsed.GetValue(_directory),
            Environment = Environment.GetEnvironmentVariable,
            WorkingDirectory = Environment.CurrentDirectory,
        };
        ComposeProject project = ComposeReader.Read(change?.Invoke(source) ?? source);
        foreach (string warning in project.Warnings)
        {
            context.Error.WriteLine(ErrorText.Warning(warning));
        }

        return project;
    }
}
