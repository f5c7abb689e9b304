using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads files into one document: variables are put in, included files are laid below, later files above, and services that extend
/// others are laid over them.</summary>
internal sealed class DocumentReading(Interpolation interpolation, ComposeFolder folder)
{
    private const string Include = "include";
    private const string Extends = "extends";
    private const string Services = "services";
    private const int MostDepth = 20;

    private readonly Dictionary<string, ComposeFolder> _folders = new(StringComparer.Ordinal);

    /// <summary>The folder in which the paths of a file begin that was included or extended; null for a file of the project
    /// itself.</summary>
    public ComposeFolder? FolderOf(string file) => _folders.GetValueOrDefault(file);

    /// <summary>Reads files, each laid over those before it.</summary>
    public Mapping Read(IEnumerable<string> files) => Read(files, 0);

    private Mapping Read(IEnumerable<string> files, int depth) =>
        (Mapping)files.Select(file => (Node)ReadOne(file, depth)).Aggregate((below, above) => NodeMerge.Merge(below, above));

    private Mapping ReadOne(string file, int depth)
    {
        var start = new Place(file, 1);
        string text = folder.Read(file, start, "file", isRequired: true)!;
        Node node = interpolation.Apply(YamlReader.Read(file, text));
        Mapping own = node switch
        {
            Mapping mapping => mapping,
            Scalar { IsNull: true } => new Mapping(start, []),
            _ => throw new FileFaultException(node.Place, $"a Compose file is a mapping that has services, and this is {node.Kind}"),
        };
        Mapping extended = WithExtended(own, file, depth);
        IReadOnlyList<string> included = IncludedBy(extended, file, depth);
        var rest = new Mapping(extended.Place, [.. extended.Entries.Where(entry => entry.Key.Text != Include)]);
        return included.Count == 0 ? rest : (Mapping)NodeMerge.Merge(Read(included, depth + 1), rest);
    }

    private List<string> IncludedBy(Mapping document, string file, int depth)
    {
        var files = new List<string>();
        if (document[Include] is not { } node)
        {
            return files;
        }

        if (depth >= MostDepth)
        {
            throw new FileFaultException(node.Place, "include: files include each other in a circle: leave one of them out");
        }

        foreach (Node item in node is Sequence list ? list.Items : [node])
        {
            if (item is Scalar path)
            {
                files.Add(Beside(file, path.Text));
                continue;
            }

            var fields = new Fields(item, Include);
            string[] paths = [.. fields.Texts("path").Select(other => Beside(file, other))];
            if (fields.Text("project_directory") is { } directory)
            {
                foreach (string other in paths)
                {
                    _folders[other] = new ComposeFolder(Path.Combine(folder.Path, Path.GetDirectoryName(file) ?? "", directory));
                }
            }

            files.AddRange(paths);
            fields.Finish("an included file");
        }

        return files;
    }

    // A path in a file begins in that file's folder.
    private string Beside(string file, string named)
    {
        string path = Path.Combine(Path.GetDirectoryName(file) ?? "", named);
        _folders[path] = new ComposeFolder(Path.Combine(folder.Path, Path.GetDirectoryName(path) ?? ""));
        return path;
    }

    private Mapping WithExtended(Mapping document, string file, int depth) =>
        document[Services] is not Mapping services || !services.Entries.Any(entry => (entry.Value as Mapping)?[Extends] is not null)
            ? document
            : new Mapping(document.Place, [.. document.Entries.Select(entry => entry.Key.Text != Services
                ? entry
                : entry with
                {
                    Value = services with
                    {
                        Entries = [.. services.Entries.Select(service => service with
                        {
                            Value = Extended(services, service.Value, file, depth),
                        })],
                    },
                })]);

    private Node Extended(Mapping services, Node service, string file, int depth)
    {
        if (service is not Mapping own || own[Extends] is not { } node)
        {
            return service;
        }

        if (depth >= MostDepth)
        {
            throw new FileFaultException(node.Place, "extends: services extend each other in a circle: leave one of them out");
        }

        (string? named, string name) = TargetOf(node);
        string? other = named is null ? null : Beside(file, named);
        Mapping? all = other is null || other == file ? services : ReadOne(other, depth + 1)[Services] as Mapping;
        Node below = all?[name] ?? throw new FileFaultException(
            node.Place, $"extends: there is no service \"{name}\" in {other ?? file}: name one of its services");
        var rest = new Mapping(own.Place, [.. own.Entries.Where(entry => entry.Key.Text != Extends)]);
        return NodeMerge.Merge(Extended(all, below, other ?? file, depth + 1), rest);
    }

    private static (string? File, string Service) TargetOf(Node node)
    {
        if (node is Scalar name)
        {
            return (null, name.Text);
        }

        var fields = new Fields(node, Extends);
        string? file = fields.Text("file");
        string service = fields.Text("service")
            ?? throw new FileFaultException(node.Place, "extends has no service: give the name of the service that it extends");
        fields.Finish(Extends);
        return (file, service);
    }
}
