using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads the variables of a service: those of <c>env_file</c>, and above them those of <c>environment</c>. A variable without a
/// value has that of the process, and is left out where the process has none.</summary>
internal sealed class EnvironmentReading(Variables variables, Func<string, ComposeFolder> folderOf, ICollection<string> warnings)
{
    /// <summary>The variables, each <c>KEY=VALUE</c>; null for none.</summary>
    public IReadOnlyList<string>? Of(Fields service)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in FilesOf(service).SelectMany(static lines => lines))
        {
            values[key] = value;
        }

        foreach ((string key, string? value) in service.Pairs("environment"))
        {
            if ((value ?? variables[key]) is { } known)
            {
                values[key] = known;
            }
        }

        return values.Count > 0 ? [.. values.Select(pair => $"{pair.Key}={pair.Value}")] : null;
    }

    private IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> FilesOf(Fields service)
    {
        IEnumerable<Node> files = service.Take("env_file") switch
        {
            null => [],
            Sequence sequence => sequence.Items,
            { } node => [node],
        };
        return [.. files.Select(file => Lines(file, service.PathOf("env_file")))];
    }

    private IReadOnlyList<KeyValuePair<string, string>> Lines(Node node, string path)
    {
        string? name;
        bool isRequired = true;
        bool isRaw = false;
        if (node is Scalar scalar)
        {
            name = scalar.Text;
        }
        else
        {
            var fields = new Fields(node, path);
            name = fields.Text("path");
            isRequired = fields.Switch("required") ?? true;
            isRaw = fields.Text("format") switch
            {
                null => false,
                "raw" => true,
                { } other => throw fields.Fault("format", $"\"{other}\" is no format: it takes raw, or is left out"),
            };
            fields.Finish("a file of variables");
        }

        return name is not null && folderOf(node.Place.File).Read(name, node.Place, path, isRequired) is { } text
            ? VariableFile.Read(name, text, variables, warnings, isRaw)
            : [];
    }
}
