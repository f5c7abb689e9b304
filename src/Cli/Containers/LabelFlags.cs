using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options of a container's labels.</summary>
internal sealed class LabelFlags
{
    private readonly Option<string[]> _labels = Flags.Many("--label", "-l", "KEY[=VALUE]", "Label of the container");
    private readonly Option<string[]> _files = Flags.Many("--label-file", null, "FILE", "File of labels, a line each");

    public void AddTo(Command command)
    {
        command.Add(_labels);
        command.Add(_files);
    }

    /// <summary>The labels; null for none. Those of the command line count where a file has them too.</summary>
    /// <exception cref="FormatException">A label without a name, or a file that cannot be read.</exception>
    public IReadOnlyDictionary<string, string>? Of(ParseResult parsed)
    {
        string[] all =
        [
            .. (parsed.GetValue(_files) ?? []).SelectMany(file => KeyValueFile.Read(file, "label", lookUp: null)),
            .. parsed.GetValue(_labels) ?? [],
        ];
        return all.Length > 0 ? KeyValues.Labels(all) : null;
    }
}
