using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Writing;
using Net.Linux.Terminals;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose config</c>: prints what the files say together, with all variables put in.</summary>
internal sealed class ProjectConfig : Verb
{
    private readonly ProjectFlags _flags;
    private readonly Option<bool> _quiet = Flags.Switch("--quiet", "-q", "Only check the files");
    private readonly Option<bool> _services = Flags.Switch("--services", null, "Print the names of services only");
    private readonly Option<bool> _networks = Flags.Switch("--networks", null, "Print the names of networks only");
    private readonly Option<string?> _format = Flags.One("--format", null, "FORMAT", "yaml or json; yaml when not given");

    public ProjectConfig(ProjectFlags flags)
        : base("config",
            "Check the Compose files, and print what they say together\n"
            + "Only what has a meaning for netctl is printed.")
    {
        _flags = flags;
        Add(_quiet);
        Add(_services);
        Add(_networks);
        Add(_format);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl compose config\n"
        + "netctl compose -f shop.yaml config -q";

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string format = parsed.GetValue(_format) ?? "yaml";
        if (format is not ("yaml" or "json"))
        {
            throw new FormatException($"invalid argument {TerminalText.Word(format)} for \"--format\" flag: it takes yaml or json");
        }

        ComposeProject project = _flags.Read(parsed, context);
        if (parsed.GetValue(_services) || parsed.GetValue(_networks))
        {
            IEnumerable<string> names = parsed.GetValue(_services)
                ? project.Services.Select(service => service.Name)
                : project.Networks.Select(network => network.Key);
            foreach (string name in names)
            {
                context.Output.WriteLine(name);
            }
        }
        else if (!parsed.GetValue(_quiet))
        {
            context.Output.Write(format == "json" ? JsonText.Of(ProjectDocument.Of(project)) : YamlText.Of(ProjectDocument.Of(project)));
        }

        return Task.FromResult(0);
    }
}
