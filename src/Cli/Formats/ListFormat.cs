using System.Text;
using System.Text.Json.Nodes;
using Net.Cli.Templates;

namespace Net.Cli.Formats;

/// <summary>The <c>--format</c> of lists, as in Docker: a table, one JSON document per line, or a template that is filled in for each
/// row.</summary>
internal sealed class ListFormat
{
    /// <summary>The format that is the table with its default columns.</summary>
    public const string TableWord = "table";

    private readonly Template? _template;
    private readonly bool _table;

    private ListFormat(Template? template, bool table)
    {
        _template = template;
        _table = table;
    }

    /// <summary>Parses a format.</summary>
    /// <param name="format">Null, empty or <c>table</c> for the default table; <c>json</c>; <c>table TEMPLATE</c>; or a template.</param>
    /// <param name="defaultColumns">The template of the default table's rows, cells separated by tabs.</param>
    /// <exception cref="TemplateException">The template is invalid.</exception>
    public static ListFormat Parse(string? format, string defaultColumns)
    {
        string text = format?.Trim() ?? "";
        if (text.Length == 0 || text == TableWord)
        {
            return new ListFormat(Template.Parse(defaultColumns), true);
        }

        bool table = text.StartsWith(TableWord + " ", StringComparison.Ordinal);
        return text == "json"
            ? new ListFormat(null, false)
            : new ListFormat(Template.Parse(table ? text[TableWord.Length..].TrimStart() : text), table);
    }

    /// <summary>The text for the rows; each line ends with a line feed.</summary>
    /// <param name="rows">The rows, each a flat object of strings.</param>
    /// <param name="headings">The heading of every field of a row.</param>
    /// <exception cref="TemplateException">The template asks for a field that rows do not have.</exception>
    public string Render(IReadOnlyList<JsonObject> rows, IReadOnlyDictionary<string, string> headings)
    {
        if (_template is null)
        {
            return Lines(rows.Select(row => GoText.Json(row)));
        }

        if (!_table)
        {
            return Lines(rows.Select(row => _template.Render(TemplateDocument.OfJson(row))));
        }

        var heading = new JsonObject(headings.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)JsonValue.Create(h.Value))));
        return ColumnText.Align([.. rows.Prepend(heading).Select(row => _template.Render(TemplateDocument.OfJson(row)))]);
    }

    private static string Lines(IEnumerable<string> lines)
    {
        var output = new StringBuilder();
        foreach (string line in lines)
        {
            output.Append(line).Append('\n');
        }

        return output.ToString();
    }
}
