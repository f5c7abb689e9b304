using Net.Labs.Lessons;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads files into one document: variables are put in, included files are laid below, later files above, and services that extend
/// others are laid over them.</summary>
internal sealed class DocumentReading(Variables variables, ComposeFolder folder, ICollection<string> warnings)
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
    public Mapping Read(IEnumerable<string> files) =>
        Read(files.Select(file => new NamedFile(file, new Place(file, 1), "file", variables)), 0);

    private Mapping Read(IEnumerable<NamedFile> files, int depth) =>
        files.Select(file => ReadOne(file, depth)).Aggregate((below, above) => NodeMerge.Merge(below, above));

    private Mapping ReadOne(NamedFile named, int depth)
    {
        string file = named.File;
        string text = folder.Read(file, named.Place, named.Key, isRequired: true)!;
        var start = new Place(file, 1);
        Node node = new Interpolation(named.Variables, warnings).Apply(WithoutLab(YamlReader.Read(file, text)));
        Mapping own = node switch
        {
            Mapping mapping => mapping,
            Scalar { IsNull: true } => new Mapping(start, []),
            _ => throw new FileFaultException(node.Place, $"a Compose file is a mapping that has services, and this is {node.Kind}"),
        };
        Mapping extended = WithExtended(own, named, depth);
        IReadOnlyList<NamedFile> included = IncludedBy(extended, named, depth);
        var rest = new Mapping(extended.Place, [.. extended.Entries.Where(entry => entry.Key.Text != Include)]);
        if (included.Count == 0)
        {
            return rest;
        }

        Mapping below = Read(included, depth + 1);
        RefuseTwice(below, rest);
        return NodeMerge.Merge(below, rest);
    }

    // What belongs to a lab alone has commands of a shell, whose variables are the shell's.
    private static Node WithoutLab(Node root) => root is Mapping mapping
        ? mapping with { Entries = [.. mapping.Entries.Where(static entry => entry.Key.Text != LabReader.Key)] }
        : root;

    // An included service is as its own file says; who wants it otherwise lays a file over it.
    private static void RefuseTwice(Mapping included, Mapping own)
    {
        foreach (Entry service in (own[Services] as Mapping)?.Entries ?? [])
        {
            if ((included[Services] as Mapping)?[service.Key.Text] is { } other)
            {
                throw new FileFaultException(
                    service.Key.Place,
                    $"services.{service.Key.Text}: {other.Place} has a service of this name, and is included: give it another name");
            }
        }
    }

    private List<NamedFile> IncludedBy(Mapping document, NamedFile by, int depth)
    {
        var files = new List<NamedFile>();
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
            Fields fields = item is Scalar ? new Fields(new Mapping(item.Place, [new Entry(PathKey(item), item)]), Include)
                : new Fields(item, Include);
            string[] paths = [.. fields.Texts("path").Select(path => Beside(by.File, path))];
            string home = fields.Text("project_directory") is { } directory
                ? Path.Combine(Path.GetDirectoryName(by.File) ?? "", directory)
                : Path.GetDirectoryName(paths.FirstOrDefault("")) ?? "";
            Variables inside = VariablesOf(fields, by, home);
            fields.Finish("an included file");
            foreach (string path in paths)
            {
                _folders[path] = new ComposeFolder(Path.Combine(folder.Path, home));
                files.Add(new NamedFile(path, item.Place, Include, inside));
            }
        }

        return files;
    }

    private static Scalar PathKey(Node item) => new(item.Place, "path", IsPlain: true);

    // Below the variables of whoever includes it: the files that are named for it, or .env of its folder.
    private Variables VariablesOf(Fields included, NamedFile by, string home)
    {
        string[] named = [.. included.Texts("env_file").Select(path => Path.Combine(Path.GetDirectoryName(by.File) ?? "", path))];
        var inside = new Variables(name => by.Variables[name]);
        foreach (string path in named.Length > 0 ? named : [Path.Combine(home, ".env")])
        {
            if (folder.Read(path, included.PlaceOf("env_file"), $"{Include}.env_file", isRequired: named.Length > 0) is { } text)
            {
                inside.Add(VariableFile.Read(path, text, inside, warnings));
            }
        }

        return inside;
    }

    // A path in a file begins in that file's folder.
    private string Beside(string file, string named)
    {
        string path = Path.Combine(Path.GetDirectoryName(file) ?? "", named);
        _folders[path] = new ComposeFolder(Path.Combine(folder.Path, Path.GetDirectoryName(path) ?? ""));
        return path;
    }

    private Mapping WithExtended(Mapping document, NamedFile file, int depth) =>
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
                            Value = Extended(services, service.Value, $"services.{service.Key.Text}", file, depth),
                        })],
                    },
                })]);

    private Node Extended(Mapping services, Node service, string path, NamedFile file, int depth)
    {
        if (service is not Mapping own || own[Extends] is not { } node)
        {
            return service;
        }

        if (depth >= MostDepth)
        {
            throw new FileFaultException(
                node.Place, $"{path}.{Extends}: services extend each other in a circle: leave one of them out");
        }

        (string? named, string name) = TargetOf(node);
        string? other = named is null ? null : Beside(file.File, named);
        NamedFile target = other is null ? file : new NamedFile(other, node.Place, $"{path}.{Extends}", file.Variables);
        Mapping? all = other is null || other == file.File ? services : ReadOne(target, depth + 1)[Services] as Mapping;
        Node below = all?[name] ?? throw new FileFaultException(
            node.Place, $"{path}.{Extends}: there is no service \"{name}\" in {target.File}: name one of its services");
        var rest = new Mapping(own.Place, [.. own.Entries.Where(entry => entry.Key.Text != Extends)]);
        return NodeMerge.MergeServices(Extended(all, below, path, target, depth + 1), rest);
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

    /// <summary>A file to read.</summary>
    /// <param name="File">Its path.</param>
    /// <param name="Place">Where it is named.</param>
    /// <param name="Key">The key that names it.</param>
    /// <param name="Variables">The variables that it may use.</param>
    private readonly record struct NamedFile(string File, Place Place, string Key, Variables Variables);
}
