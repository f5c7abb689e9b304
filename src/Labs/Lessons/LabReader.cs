using Net.Api.Texts;
using Net.Labs.Compose;
using Net.Labs.Compose.Models;
using Net.Labs.Lessons.Models;
using Net.Labs.Lessons.Reading;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons;

/// <summary>Reads a lab: the Compose file <c>lab.yml</c> of a folder, whose key <c>x-netlab</c> has the hosts, the links between them, the
/// faults and the steps.</summary>
public static class LabReader
{
    /// <summary>The file's name.</summary>
    public const string FileName = "lab.yml";

    /// <summary>The key of a Compose file that makes it a lab's.</summary>
    public const string Key = "x-netlab";

    /// <summary>The variable that has the lab's folder, in services and in commands of steps.</summary>
    internal const string FolderVariable = "LAB";

    /// <summary>The name of what joins the hosts of a lab; no host has it.</summary>
    internal const string SwitchName = "switch";

    /// <summary>Reads the lab of a folder.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="environment">Gives a variable of the process, or null.</param>
    /// <exception cref="FormatException">There is no lab there, or its file is wrong; a <see cref="FileFaultException"/> where there is a
    /// place.</exception>
    public static Lab Read(string folder, Func<string, string?> environment)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetFileName(path).Length == 0)
        {
            throw new FormatException($"the lab in {folder} has no name, since that is the folder's: copy it into a folder of its own");
        }

        string file = Path.Combine(path, FileName);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        string shown = relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
        if (!File.Exists(file))
        {
            throw new FormatException(
                $"there is no lab in {folder}: give a folder that has a {FileName}, or a name of \"netctl lab list\"");
        }

        Node root = YamlReader.Read(shown, File.ReadAllText(file));
        if (root is not Mapping mapping || mapping[Key] is null or Scalar { IsNull: true })
        {
            throw new FileFaultException(
                root.Place, $"there is no {Key} in the file, so that it is no lab: add it, or use \"netctl compose -f {shown}\"");
        }

        return Read(mapping, path, shown, environment);
    }

    private static Lab Read(Mapping root, string folder, string shown, Func<string, string?> environment)
    {
        var fields = new Fields(root[Key]!, Key);
        IReadOnlyList<string> names = HostReading.Names(fields);
        var commands = new CommandReading(names);
        LabHost[] hosts = [.. fields.Children("hosts").Select(entry => HostReading.Read(entry.Name, entry.Value, commands))];
        LabLink[] links = [.. fields.Children("links").Select(entry => HostReading.Read(entry.Name, entry.Value, names, commands))];
        var steps = new StepReading(commands, names[0]);
        var projects = new Dictionary<string, ComposeProject>(StringComparer.Ordinal);
        if (root.Entries.Any(entry => entry.Key.Text != Key && !Fields.IsExtension(entry.Key.Text)))
        {
            projects = ProjectsOf(hosts, new ComposeSource
            {
                Files = [shown],
                ProjectName = root["name"] is null ? NameOf(folder) : null,
                Environment = name => name == FolderVariable ? folder : environment(name),
                WorkingDirectory = Environment.CurrentDirectory,
            });
        }

        var lab = new Lab
        {
            Name = Path.GetFileName(folder),
            Folder = folder,
            Question = fields.Text("question")?.Trim()
                ?? throw fields.Missing("a lab", "the lab asks nothing: give the question that it answers", "question"),
            About = fields.Text("about")?.Trim() ?? "",
            Needs = [.. fields.Pairs("needs").Select(need => new LabNeed(need.Key, need.Value ?? need.Key, fields.PlaceOf("needs")))],
            Hosts = hosts,
            Links = links,
            Faults = commands.Read(fields, "faults", names[0], TimeSpan.Zero),
            IsInAnyOrder = fields.Switch("any_order") ?? false,
            Next = fields.Texts("next"),
            Steps = [.. fields.List("steps").Select(steps.Read)],
            Projects = projects,
            Warnings = projects.Values.FirstOrDefault()?.Warnings ?? [],
        };
        fields.Finish("a lab");
        LabRules.Check(lab, fields);
        return lab;
    }

    private static string NameOf(string folder) =>
        new([.. Path.GetFileName(folder).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]);

    // A service is on every host that has a daemon, or on those that it names. Each host has what contradicts itself for itself.
    private static Dictionary<string, ComposeProject> ProjectsOf(IReadOnlyList<LabHost> hosts, ComposeSource source)
    {
        string[] daemons = [.. hosts.Where(host => host.HasDaemon).Select(host => host.Name)];
        foreach (ComposeService service in ComposeReader.Read(source with { IsChecked = false }).Services)
        {
            if (service.Hosts.FirstOrDefault(name => !daemons.Contains(name)) is { } unknown)
            {
                throw new FileFaultException(
                    service.Place,
                    $"services.{service.Name}.{Key}.host: there is no host \"{unknown}\" with a daemon"
                        + $"{Suggestion.Of(unknown, daemons)}: name one of {string.Join(", ", daemons)}");
            }
        }

        return daemons.Select(host => (Host: host, Project: ComposeReader.Read(source with { LabHost = host })))
            .Where(pair => pair.Project.Services.Count > 0)
            .ToDictionary(pair => pair.Host, pair => pair.Project, StringComparer.Ordinal);
    }
}
