using System.Text.RegularExpressions;
using Net.Labs.Lessons.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Lessons.Reading;

/// <summary>Reads commands: a text, or a mapping that says where the command runs and what is expected of it.</summary>
/// <param name="hosts">The names of the lab's hosts.</param>
internal sealed class CommandReading(IReadOnlyCollection<string> hosts)
{
    private const string Takes = "a command, or a mapping with run, on, in, prints, lacks, exits, within";
    private const string Failing = "failing";

    // A pattern of a lab is a person's, and short; one that runs wild is told apart from one that does not match.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(2);

    /// <summary>Reads a command, or a list of them.</summary>
    /// <param name="fields">The mapping that has them.</param>
    /// <param name="key">Their key.</param>
    /// <param name="host">The host for those that name none.</param>
    /// <param name="patience">How long those are tried again that do not say.</param>
    public IReadOnlyList<LabCommand> Read(Fields fields, string key, string host, TimeSpan patience) => fields.Take(key) switch
    {
        null => [],
        Sequence list => [.. list.Items.Select(item => ReadOne(item, fields.PathOf(key), host, patience))],
        { } node => [ReadOne(node, fields.PathOf(key), host, patience)],
    };

    /// <summary>The host that a key names; the given one when there is no such key.</summary>
    public string HostOf(Fields fields, string key, string otherwise)
    {
        string name = fields.Text(key) ?? otherwise;
        return hosts.Contains(name) ? name : throw Unknown(fields, key, name);
    }

    /// <summary>The error for a host that is not there.</summary>
    public FileFaultException Unknown(Fields fields, string key, string name) => fields.Fault(
        key,
        $"there is no host \"{name}\"{Api.Texts.Suggestion.Of(name, hosts)}; the lab has {string.Join(", ", hosts)}");

    private LabCommand ReadOne(Node node, string path, string host, TimeSpan patience)
    {
        if (node is Scalar { IsNull: false } line)
        {
            return new LabCommand { Place = node.Place, Host = host, Text = line.Text.TrimEnd('\n'), Patience = patience };
        }

        if (node is not Mapping)
        {
            throw new FileFaultException(node.Place, $"{path} has {node.Kind} in it, and takes {Takes}");
        }

        var fields = new Fields(node, path);
        var command = new LabCommand
        {
            Place = node.Place,
            Host = HostOf(fields, "on", host),
            Container = fields.Text("in"),
            Text = fields.Text("run")?.TrimEnd('\n')
                ?? throw fields.Missing("a command", "there is no command: give the shell's input", "run"),
            Prints = PatternsOf(fields, "prints"),
            Lacks = PatternsOf(fields, "lacks"),
            ExitCode = ExitCodeOf(fields),
            Patience = fields.Nanoseconds("within") is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : patience,
        };
        fields.Finish("a command");
        return command;
    }

    private static int? ExitCodeOf(Fields fields) =>
        fields.Take("exits") is Scalar { Text: Failing } ? null : fields.Number("exits") ?? 0;

    private static Regex[] PatternsOf(Fields fields, string key) => [.. fields.Texts(key).Select(text =>
    {
        try
        {
            return new Regex(text, RegexOptions.Multiline | RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException error)
        {
            throw fields.Fault(key, $"\"{text}\" is no regular expression: {error.Message.TrimEnd('.')}");
        }
    })];
}
