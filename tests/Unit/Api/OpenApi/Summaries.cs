using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Net.Tests.Unit.Api.OpenApi;

/// <summary>The summaries in the documentation comments of an assembly, as text.</summary>
internal sealed partial class Summaries
{
    private readonly Dictionary<string, string> _texts;

    private Summaries(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>Reads the file that the compiler writes beside an assembly.</summary>
    public static Summaries Of(System.Reflection.Assembly assembly)
    {
        var document = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        return new Summaries(document.Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!)));
    }

    /// <summary>The summary of a type; null when it has none.</summary>
    public string? Of(Type type) => _texts.GetValueOrDefault($"T:{type.FullName}");

    /// <summary>The summary of a property; null when it has none.</summary>
    public string? Of(Type type, string property) => _texts.GetValueOrDefault($"P:{type.FullName}.{property}");

    private static string TextOf(XElement summary) =>
        Spaces().Replace(string.Concat(summary.Nodes().Select(TextOf)), " ").Trim();

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } reference => reference.Attribute("langword")?.Value
            ?? reference.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1],
        XElement element => string.Concat(element.Nodes().Select(TextOf)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
