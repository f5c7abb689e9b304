using System.Text.Json.Nodes;
using Net.Cli.Templates;

namespace Net.Cli.Formats;

/// <summary>The <c>--format</c> of <c>inspect</c>: an indented JSON array of all objects, one JSON document per line, or a template that is
/// filled in for each object.</summary>
internal sealed class InspectFormat
{
    private readonly Template? _template;
    private readonly bool _lines;

    private InspectFormat(Template? template, bool lines)
    {
        _template = template;
        _lines = lines;
    }

    /// <summary>Parses a format.</summary>
    /// <param name="format">Null or empty for the array; <c>json</c>; or a template.</param>
    /// <exception cref="TemplateException">The template is invalid.</exception>
    public static InspectFormat Parse(string? format) => string.IsNullOrEmpty(format)
        ? new InspectFormat(null, false)
        : format == "json" ? new InspectFormat(null, true) : new InspectFormat(Template.Parse(format), true);

    /// <summary>The text for the documents, with a final line feed.</summary>
    /// <exception cref="TemplateException">The template asks for a field that a document does not have.</exception>
    public string Render(IReadOnlyList<TemplateDocument> documents) => _lines
        ? string.Concat(documents.Select(d => (_template is null ? GoText.Json(d.Root) : _template.Render(d)) + "\n"))
        : GoText.Json(new JsonArray([.. documents.Select(d => d.Root?.DeepClone())]), indented: true) + "\n";
}
