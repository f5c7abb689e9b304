using Net.Api.Networks;
using Net.Api.Texts;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Reading;
using Net.Labs.Yaml;

namespace Net.Labs.Compose;

/// <summary>Reads the Compose files of a project: the networking half of the Compose specification.</summary>
/// <remarks>Source: https://github.com/compose-spec/compose-spec/blob/main/spec.md</remarks>
public sealed class ComposeReader
{
    private const string DefaultNetwork = "default";
    private const string AllProfiles = "*";

    private readonly ComposeSource _source;
    private readonly IReadOnlyList<string> _files;
    private readonly ComposeFolder _folder;
    private readonly List<string> _warnings = [];
    private readonly Variables _variables;

    private ComposeReader(ComposeSource source)
    {
        _source = source;
        _files = ComposeFiles.Of(source);
        string first = Path.GetFullPath(_files[0], source.WorkingDirectory);
        _folder = new ComposeFolder(source.ProjectDirectory is { } directory
            ? Path.GetFullPath(directory, source.WorkingDirectory)
            : Path.GetDirectoryName(first)!);
        _variables = new Variables(source.Environment);
    }

    /// <summary>Reads a project.</summary>
    /// <exception cref="FormatException">A file is not there or wrong; a <see cref="FileFaultException"/> where there is a
    /// place.</exception>
    public static ComposeProject Read(ComposeSource source) => new ComposeReader(source).Read();

    private ComposeProject Read()
    {
        foreach (string file in _source.EnvironmentFiles.Count > 0 ? _source.EnvironmentFiles : [".env"])
        {
            var place = new Place(file, 1);
            string? text = _folder.Read(file, place, "--env-file", isRequired: _source.EnvironmentFiles.Count > 0);
            _variables.Add(text is null ? [] : VariableFile.Read(file, text, _variables, _warnings));
        }

        var documents = new DocumentReading(
            _variables, new ComposeFolder(_source.WorkingDirectory), _warnings);
        var root = new Fields(documents.Read(_files), "");
        string name = NameOf(root);
        var ignored = new List<Scalar>();
        var environment = new EnvironmentReading(_variables, file => documents.FolderOf(file) ?? _folder, _warnings);
        ComposeService[] all =
        [
            .. root.Children("services").Select(entry => ServiceReading.Read(entry.Name, entry.Value, environment, ignored, _warnings)),
        ];
        Dictionary<string, ComposeNetwork> networks = root.Children("networks")
            .Select(entry => NetworkReading.Read(entry.Name, entry.Value, name))
            .ToDictionary(network => network.Key, StringComparer.Ordinal);
        networks.TryAdd(DefaultNetwork, new ComposeNetwork(
            DefaultNetwork, root.Place, IsExternal: false, new NetworkCreateRequest { Name = $"{name}_{DefaultNetwork}" }));
        ignored.AddRange(root.Finish("a Compose file", IgnoredKeys.OfFile));
        if (all.Length == 0)
        {
            throw new FileFaultException(root.Place, "there are no services in the file: name at least one under services");
        }

        return Checked(name, all, networks, [.. _warnings, .. WarningsOf(ignored)]);
    }

    private ComposeProject Checked(
        string name, ComposeService[] all, Dictionary<string, ComposeNetwork> networks, IReadOnlyList<string> warnings)
    {
        if (_source.Scales.Keys.FirstOrDefault(scaled => all.All(service => service.Name != scaled)) is { } unknown)
        {
            throw new FormatException(
                $"no such service: {unknown}{Suggestion.Of(unknown, all.Select(service => service.Name))}: give --scale the name of one");
        }

        all = [.. all.Where(IsOnHost)];
        ComposeService[] chosen = [.. all.Where(IsChosen).Select(service => service with
        {
            Scale = _source.Scales.GetValueOrDefault(service.Name, service.Scale),
        })];
        IReadOnlyList<ComposeService> ordered = ServiceOrder.Of(chosen);
        if (_source.IsChecked)
        {
            ProjectCheck.Run(name, chosen, all.Select(service => service.Name).ToHashSet(StringComparer.Ordinal), networks);
        }

        IEnumerable<string> used = chosen.SelectMany(service => service.Networks).Select(network => network.Key);
        return new ComposeProject
        {
            Name = name,
            Services = ordered,
            Networks = [.. networks.Values.Where(network => used.Contains(network.Key))],
            Warnings = warnings,
        };
    }

    private bool IsOnHost(ComposeService service) =>
        _source.LabHost is not { } host || service.Hosts.Count == 0 || service.Hosts.Contains(host);

    private bool IsChosen(ComposeService service)
    {
        IReadOnlyList<string> chosen = _source.Profiles.Count > 0
            ? _source.Profiles
            : _variables["COMPOSE_PROFILES"]?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return service.Profiles.Count == 0 || _source.Services.Contains(service.Name)
            || chosen.Contains(AllProfiles) || service.Profiles.Intersect(chosen).Any();
    }

    private string NameOf(Fields root)
    {
        string? inFile = root.Text("name");
        string? asked = _source.ProjectName ?? (_variables["COMPOSE_PROJECT_NAME"] is { Length: > 0 } named ? named : inFile);
        if (asked is not null && (asked.Length == 0 || asked != Normalized(asked)))
        {
            string where = asked == inFile ? $"{root.PlaceOf("name")}: " : "";
            throw new FormatException(
                $"{where}invalid project name \"{asked}\": it has lower-case letters, digits, dashes and underscores, "
                    + "and begins with a letter or digit");
        }

        return asked ?? (Normalized(Path.GetFileName(_folder.Path)) is { Length: > 0 } name ? name : "project");
    }

    private static string Normalized(string name) => string.Concat(name.ToLowerInvariant()
        .Where(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')).TrimStart('-', '_');

    private static IEnumerable<string> WarningsOf(IEnumerable<Scalar> ignored) => ignored.GroupBy(key => key.Place.File).Select(keys =>
        $"{keys.Key}: ignored: {string.Join(", ", keys.Select(key => key.Text).Distinct().Order(StringComparer.Ordinal))} "
            + "(netctl has no images, volumes or resource limits)");
}
