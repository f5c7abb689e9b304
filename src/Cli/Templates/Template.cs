using System.Text;
using System.Text.Json.Nodes;

namespace Net.Cli.Templates;

/// <summary>
/// A format as Docker's <c>--format</c> takes it: the part of Go's text/template that formats use. Field paths, variables, pipes, parentheses,
/// <c>if</c>, <c>with</c>, <c>range</c>, comments, trim markers, and the functions that <see cref="TemplateFunctions"/> lists. Immutable.
/// </summary>
/// <remarks>Source: the documentation of Go's text/template and of docker's <c>--format</c>.</remarks>
internal sealed class Template
{
    private readonly IReadOnlyList<TemplateNode> _nodes;

    private Template(IReadOnlyList<TemplateNode> nodes) => _nodes = nodes;

    /// <summary>Reads a template. As in Docker, <c>\t</c> and <c>\n</c> typed as two characters stand for a tab and a line feed.</summary>
    /// <exception cref="TemplateException">It cannot be read.</exception>
    public static Template Parse(string text) => new(TemplateParser.Parse(
        text.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)));

    /// <summary>The template filled in from a document. No line feed is added.</summary>
    /// <param name="document">The dot: usually a JSON object.</param>
    /// <param name="shape">Which missing fields are not an error.</param>
    /// <exception cref="TemplateException">It asks for a field that is not there, or uses a value as what it is not.</exception>
    public string Render(JsonNode? document, DocumentShape shape)
    {
        var output = new StringBuilder();
        new TemplateEvaluator(output, shape, document).Run(_nodes, document);
        return output.ToString();
    }
}
